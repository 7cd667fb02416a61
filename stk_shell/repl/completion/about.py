"""What stands beside a name: what is known of it, in a line."""

from __future__ import annotations

from stk_shell.model.columns import Column
from stk_shell.model.types import kind
from stk_shell.model.values import Value
from stk_shell.render.cells import cell

EXAMPLE = 40
"""How many characters of a value are shown."""

FIELDS = 5
"""How many fields of a record are named."""


def about_column(column: Column) -> str:
    """What a column is, or else its type and one of its values."""
    if column.sentence:
        return column.sentence
    if column.columns:
        return f"{column.kind or 'record'} of {', '.join(each.name for each in column.columns[:FIELDS])}"
    example = about_text(column.example)
    return f"{column.kind}, such as {example}" if column.kind and example else column.kind


def about_value(value: Value) -> str:
    """The type of a value, and the beginning of it."""
    return f"{kind(value)}, {about_text(value)}"


def about_text(value: Value) -> str:
    """The beginning of a value in one line; null is nothing."""
    text = cell(value, EXAMPLE + 1) if value is not None else ""
    return text if len(text) <= EXAMPLE else f"{text[: EXAMPLE - 1]}…"
