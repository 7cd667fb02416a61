"""The command `rename`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from stk_shell.commands._records import change_records
from stk_shell.model import operations
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.operations import Operation
from stk_shell.model.paths import no_column
from stk_shell.model.shape import CLOSURE, RECORD, STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, collect
from stk_shell.model.values import Record, Value


class Rename(Command):
    """Gives columns other names."""

    name = "rename"
    summary = "Give columns other names."
    description = """Names alone are given from the left: the first is for the first column, and columns for which
no name is left keep theirs. `--column` takes only those that it names, `--block` makes each new name of the old one."""
    signature = Signature(
        types=(("record", "record"), ("table", "table")),
        category="filters",
        rest=Parameter("names", STRING, "The new names, in the order of the columns."),
        flags=(
            Flag("column", "Which columns, as a record of old and new names.", RECORD, short="c"),
            Flag("block", "A closure that gives the new name for an old one.", CLOSURE, short="b"),
        ),
    )
    examples = (
        Example("[[a b]; [note 1]] | rename name", "The first column.", [{"name": "note", "b": 1}]),
        Example(
            "{uu: 7f3a, name: note} | rename --column {name: kind}", "One by its name.", {"uu": "7f3a", "kind": "note"}
        ),
        Example("{name: note, n: 1} | rename --block { str upcase }", "Each by a closure.", {"NAME": "note", "N": 1}),
        Example(
            "event list | select name created | rename what when | columns",
            "Columns of events.",
            ["what", "when"],
        ),
    )
    fails = "A column that `--column` names and a row does not have ends the command."
    see_also = ("select", "move", "reject")

    def gives(self, given: Given) -> Columns:
        """Those that flow in, with their new names where these are written down."""
        names = given.texts("names")
        renamed = (column.replace(name=name) for column, name in zip(given.columns, names, strict=False))
        return (*renamed, *given.columns[len(names) :])

    def operation(self, call: Call) -> Operation | None:
        """The names, unless a closure makes them."""
        if call.has("block"):
            return None
        if not call.has("column"):
            return operations.Rename(tuple(map(str, call.rest("names"))))
        pairs = call.value("column")
        is_plain = isinstance(pairs, dict) and pairs and all(isinstance(name, str) for name in pairs.values())
        new = ((old, str(name)) for old, name in call.record("column").items()) if is_plain else ()
        return operations.Rename(new=tuple(new)) if is_plain else None

    def run(self, call: Call, data: Data) -> Data:
        """The rows, with the same values under other names."""
        names = _new_names(call)

        def renamed(row: Record) -> Record:
            return dict(zip(names(row), row.values(), strict=True))

        return change_records(call, data, renamed)


Names = Callable[[Record], Iterable[str]]
"""Gives the new names of a record's columns, in their order."""


def _new_names(call: Call) -> Names:
    if call.has("block"):
        return _by_closure(call)
    if call.has("column"):
        return _by_record(call)
    given = [str(name) for name in call.rest("names")]
    return lambda row: [*given[: len(row)], *list(row)[len(given) :]]


def _by_closure(call: Call) -> Names:
    closure = call.closure("block")
    made: dict[str, str] = {}

    def new(name: str) -> str:
        if name not in made:
            made[name] = _text(call, "block", collect(closure.run((name,), name)))
        return made[name]

    return lambda row: map(new, row)


def _by_record(call: Call) -> Names:
    pairs = call.value("column")
    if not isinstance(pairs, dict) or not pairs:
        label = Label(call.span("column"), "there is nothing in it")
        raise RunError("`--column` needs the old and the new name", "type_mismatch", (label,), "`--column {old: new}`")
    new = {old: _text(call, "column", name) for old, name in pairs.items()}

    def names(row: Record) -> Iterable[str]:
        for old in new:
            if old not in row:
                raise no_column(old, list(row), call.span("column"), may_be_optional=False)
        return [new.get(name, name) for name in row]

    return names


def _text(call: Call, argument: str, value: Value) -> str:
    if isinstance(value, str):
        return value
    label = Label(call.span(argument), f"this gives {article(value)}")
    raise RunError("the name of a column has to be a string", "type_mismatch", (label,))


COMMAND = Rename()
