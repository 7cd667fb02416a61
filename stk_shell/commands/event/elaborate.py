"""The command `elaborate`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.commands._attached import ROW_TYPES
from stk_shell.commands._record_columns import ATTACHED_TO
from stk_shell.commands._together import together
from stk_shell.commands._uu import whole
from stk_shell.commands.event._examples import ORDER_ERROR
from stk_shell.model.columns import Column, Columns, Given
from stk_shell.model.columns import together as all_of
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Record, Value

SHOWN = ("table_name", "uu", "name", "description", "search_key")
"""The columns of a record that is pointed at, unless others are named."""


class Elaborate(Command):
    """Shows the records that uus stand for."""

    name = "elaborate"
    summary = "Look up the records that the columns of uus point at."
    description = """Many columns hold the uu of another record: type_uu, created_by_uu, stk_entity_uu, and
table_name_uu_json, the record that something is attached to. For each such column, whose name ends with `_uu`, a column
is added with `_resolved` behind its name, which holds that record, from whatever table.

Of a record it shows table_name, uu, name, description and search_key, or the columns that you name, or with
`--detail` all of them. Where nothing is pointed at, it is null; where there is no such record, or it is not yours to
see, it has a column `error`. All rows are looked up together, with a question to the store for each table."""
    signature = Signature(
        types=ROW_TYPES,
        category="event",
        rest=Parameter("columns", STRING, "Which columns of the records."),
        flags=(Flag("detail", "All columns of the records.", short="d"),),
    )
    examples = (
        Example(
            "request list | elaborate name | get table_name_uu_json_resolved",
            "What requests are about.",
            [{"name": "order-error"}],
        ),
        Example(
            "event list --detail | elaborate | get created_by_uu_resolved.name | uniq",
            "Who has logged events.",
            ["stk_login"],
        ),
        Example(
            f"{{order_uu: '{ORDER_ERROR}'}} | elaborate --detail\n| get order_uu_resolved.record_json.text",
            "Any record with a column whose name ends with `_uu`.",
            "Error processing order 42",
        ),
    )
    fails = "Fails when something else than records flows in, and when the store cannot be reached."
    see_also = ("events", "requests", "tags", "event get")

    def gives(self, given: Given) -> Columns:
        """Those that flow in, and those that are looked up."""
        found = tuple(Column(name) for name in given.texts("columns") or SHOWN)
        added = tuple(
            Column(f"{each.name}_resolved", f"The record that {each.name} points at.", "record", columns=found)
            for each in given.columns
            if _points(each.name)
        )
        return all_of(given.columns, added)

    def run(self, call: Call, data: Data) -> Data:
        """The record or rows, with the records they point at."""
        names = [str(name) for name in call.rest("columns")] or SHOWN
        columns = None if call.switch("detail") else names

        def work(rows: list[Record]) -> list[Record]:
            uus = [*dict.fromkeys(uu for row in rows for _, uu in _pointers(row) if uu)]
            found = call.session.store.resolved(uus, columns) if uus else {}
            return [_elaborated(row, found) for row in rows]

        return together(call, data, work)


def _points(name: str) -> bool:
    return name.endswith("_uu") or name == ATTACHED_TO.name


def _pointers(row: Record) -> Iterator[tuple[str, str | None]]:
    """The columns that point at records, each with the uu that it holds."""
    for name, value in row.items():
        if _points(name):
            yield name, whole(_pointed_at(value))


def _pointed_at(value: Value) -> Value:
    return value.get("uu") if isinstance(value, dict) else value


def _elaborated(row: Record, found: dict[str, Record]) -> Record:
    resolved = {f"{name}_resolved": _found(row[name], uu, found) for name, uu in _pointers(row)}
    return {**row, **resolved}


def _found(value: Value, uu: str | None, found: dict[str, Record]) -> Value:
    text = _pointed_at(value)
    if text is None or text == "":
        return None
    if uu is None:
        return {"uu": text, "error": "this is no uu"}
    record = found.get(uu)
    return {"uu": uu, "error": f"no record has the uu {uu}"} if record is None else dict(record)


COMMAND = Elaborate()
