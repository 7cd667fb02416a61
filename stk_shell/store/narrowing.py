"""The conditions of a query on records, for whatever is asked about them."""

from __future__ import annotations

from stk_shell.model.store import EventQuery


def conditions(query: EventQuery, types: list[str] | None) -> tuple[list[str], list[object]]:
    """The conditions on records `e` with their values, but for what is revoked; `types` are uus of the query's type."""
    found: list[str] = ["not e.is_processed"] if query.unprocessed else []
    values: list[object] = []
    for condition, value in (
        ("e.name = %s", query.name),
        ("e.type_uu = any(%s::uuid[])", types),
        ("e.created >= %s", query.since),
        ("e.created < %s", query.until),
    ):
        if value is not None:
            found.append(condition)
            values.append(value)
    return found, values


def where(conditions: list[str]) -> str:
    """The text of the conditions in a statement."""
    return f" where {' and '.join(conditions)}" if conditions else ""
