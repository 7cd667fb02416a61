"""What a value is: the type names of help, `describe` and error messages."""

from __future__ import annotations

import datetime

from stk_shell.model.source import Source
from stk_shell.model.stream import Data, Document, Stream, TextStream
from stk_shell.model.values import CellPath, Closure, Duration, Filesize, Range, Value

KINDS: dict[type, str] = {
    type(None): "nothing",
    bool: "bool",
    int: "int",
    float: "float",
    str: "string",
    bytes: "binary",
    datetime.datetime: "datetime",
    Duration: "duration",
    Filesize: "filesize",
    list: "list",
    dict: "record",
    Range: "range",
    CellPath: "cell-path",
    Closure: "closure",
    Stream: "list",
    Source: "list",
    TextStream: "string",
    Document: "string",
}
"""The type name of each Python type, without what is inside."""

TYPE_NAMES = frozenset({*KINDS.values(), "any", "number", "table"})
"""Every name that a signature may use, before an optional `<...>`."""


def kind(data: Data) -> str:
    """The type name, without what is inside: `int`, `list`, `record`."""
    return KINDS[type(data)]


def describe(value: Value) -> str:
    """The full type as `describe` prints it: `list<int>`, `record<a: int>`, `table<name: string>`."""
    if isinstance(value, dict):
        return f"record<{_fields(value)}>" if value else "record"
    if not isinstance(value, list):
        return kind(value)
    kinds = list(dict.fromkeys(describe(item) for item in value))
    if len(kinds) == 1:
        return "table" + kinds[0][len("record") :] if isinstance(value[0], dict) else f"list<{kinds[0]}>"
    if not kinds:
        return "list<any>"
    return "list<number>" if set(kinds) == {"int", "float"} else "list<any>"


def _fields(record: dict[str, Value]) -> str:
    return ", ".join(f"{name}: {describe(item)}" for name, item in record.items())


def fits(data: Data, type_name: str) -> bool:
    """Whether the data may go where the type is asked for; items of lists are not looked at."""
    base = type_name.partition("<")[0]
    actual = kind(data)
    if base in ("any", "oneof") or base == actual:
        return True
    if base == "table":
        return actual == "list" and not _is_no_table(data)
    if base == "list":
        return actual == "range"
    return base == "number" and actual in ("int", "float")


def _is_no_table(data: Data) -> bool:
    """Whether the list surely holds something else than records."""
    if isinstance(data, Source):
        return data.relation.is_column
    return isinstance(data, list) and any(not isinstance(row, dict) for row in data)
