"""The question that lists records, the newest first; stages of a pipeline make it narrower."""

from __future__ import annotations

import re
from functools import lru_cache

from stk_shell.model.store import EventQuery
from stk_shell.store import event_queries as queries
from stk_shell.store.event_queries import FOUND_BY, SELECTED, Table
from stk_shell.store.narrowing import conditions
from stk_shell.store.pushdown.cells import BOOL, JSON, TEXT, TIME, UUID, Cell, Values
from stk_shell.store.pushdown.rows import Ordering, Origin, Rows

UUIDS = frozenset({"uu", "type_uu", "stk_entity_uu", "created_by_uu", "updated_by_uu"})
TIMES = frozenset({"created", "updated", "revoked", "processed"})
BOOLS = frozenset({"is_revoked", "is_processed", "is_valid"})
DOCUMENTS = frozenset({"record_json", "table_name_uu_json"})
ALWAYS_THERE = frozenset({"uu", "name", "record_json", "created", "updated", "is_revoked", "table_name_uu_json"})

NEWEST_FIRST = (Ordering("e.created", descending=True), Ordering("e.uu", descending=True))


def listing(table: Table, query: EventQuery, types: list[str] | None, values: Values) -> Rows:
    """The rows that a query asks for; `types` are the uus of its type."""
    found, given = conditions(query, types)
    places = iter([values.add(value) for value in given])
    named = [re.sub("%s", lambda _: next(places), condition) for condition in found]
    valid = [] if query.revoked else ["not e.is_revoked"]
    return _every(table, detail=query.detail).replace(conditions=(*valid, *named), limit=query.limit)


@lru_cache(maxsize=64)
def _every(table: Table, *, detail: bool) -> Rows:
    """All records."""
    cells = {name: _cell(table, name) for name in queries.columns(table.noun, detail=detail)}
    return Rows(Origin(table.view, queries.joins(table), "stk_entity_uu" not in table.lacks), cells, NEWEST_FIRST)


def _cell(table: Table, name: str) -> Cell:
    kind = UUID if name in UUIDS else TIME if name in TIMES else BOOL if name in BOOLS else TEXT
    kind = JSON if name in DOCUMENTS else kind
    if FOUND_BY.get(name, name) in table.lacks:
        return Cell(f"null::{TYPES[kind]}", kind, nullable=True)
    sql = f"e.{name}" if kind == UUID else SELECTED.get(name, f"e.{name}")
    guard = queries.odd_documents(table) if name == "record_json" else None
    return Cell(sql, kind, nullable=name not in ALWAYS_THERE, guard=guard)


TYPES = {UUID: "uuid", TIME: "timestamptz", BOOL: "boolean", TEXT: "text", JSON: "jsonb"}
"""The types of PostgreSQL."""
