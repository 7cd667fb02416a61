"""The command `compact`."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.commands.filters._emptiness import empty
from stk_shell.model.batches import filtered
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.offers import COLUMN
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class Compact(Command):
    """Leaves out what is null."""

    name = "compact"
    summary = "Leave out null items, or rows that have null in certain columns."
    description = "A row that lacks a column counts as one that has null there. Of a record, null fields are left out."
    signature = Signature(
        types=(("record", "record"), ("list<any>", "list<any>"), ("table", "table")),
        category="filters",
        rest=Parameter("columns", STRING, "The columns that a row must have something in.", completes=COLUMN),
        flags=(Flag("empty", "Leave out empty texts, lists and records, too.", short="e"),),
    )
    examples = (
        Example("[1 null 2] | compact", "Items.", [1, 2]),
        Example(
            "[[name note]; [login null] [edit typo]] | compact note",
            "Rows with a note.",
            [{"name": "edit", "note": "typo"}],
        ),
        Example("{name: login, note: null} | compact", "Fields of a record.", {"name": "login"}),
        Example('[a "" [] b] | compact --empty', "What is empty, too.", ["a", "b"]),
    )
    see_also = ("default", "where", "is-empty")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the other rows, or the record with its other fields."""
        lacking = empty if call.switch("empty") else _is_null
        if isinstance(data, dict):
            return {name: field for name, field in data.items() if not lacking(field)}
        names = [str(name) for name in call.rest("columns")]
        return filtered(data, _complete(names, lacking) if names else lambda row: not lacking(row))


def _is_null(value: Value) -> bool:
    return value is None


def _complete(names: list[str], lacking: Callable[[Value], bool]) -> Callable[[Value], bool]:
    """The test whether a row has something in each column; what is no record has no columns to lack."""

    def complete(row: Value) -> bool:
        if isinstance(row, dict):
            for name in names:
                if lacking(row.get(name)):
                    return False
        return True

    return complete


COMMAND = Compact()
