"""The command `move`."""

from __future__ import annotations

from stk_shell.commands._records import change_records
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import COLUMN
from stk_shell.model.paths import no_column
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Record

PLACES = ("first", "last", "before", "after")
"""The flags that say where to; one of them has to be given."""


class Move(Command):
    """Changes the order of columns."""

    name = "move"
    summary = "Put columns somewhere else in the order of columns."
    signature = Signature(
        types=(("record", "record"), ("table", "table")),
        category="filters",
        rest=Parameter(
            "columns", STRING, "Which columns; they will stand in the order in which they are named.", completes=COLUMN
        ),
        flags=(
            Flag("first", "Before all others."),
            Flag("last", "Behind all others."),
            Flag("before", "Before this column.", STRING, completes=COLUMN),
            Flag("after", "Behind this column.", STRING, completes=COLUMN),
        ),
    )
    examples = (
        Example("{a: 1, b: 2, c: 3} | move c --first", "To the front.", {"c": 3, "a": 1, "b": 2}),
        Example("{a: 1, b: 2, c: 3} | move a b --after c", "Several.", {"c": 3, "a": 1, "b": 2}),
        Example(
            "event list | select uu name created | move uu --last | columns",
            "The uu of events to the end.",
            ["name", "created", "uu"],
        ),
    )
    fails = "A column that a row does not have ends the command."
    see_also = ("select", "rename")

    def run(self, call: Call, data: Data) -> Data:
        """The rows, with the same columns in another order."""
        columns, place = [str(name) for name in call.rest("columns")], _place(call)
        pivot = call.optional_text(place) if place in ("before", "after") else None
        if pivot in columns:
            label = Label(call.span(place), "this is one of the columns to move")
            raise RunError("a column cannot be moved beside itself", "incompatible_parameters", (label,))

        def moved(row: Record) -> Record:
            for name in [*columns, *([] if pivot is None else [pivot])]:
                if name not in row:
                    span = call.span(place if name == pivot else "columns")
                    raise no_column(name, list(row), span, may_be_optional=False)
            return {name: row[name] for name in _order(list(row), columns, place, pivot)}

        return change_records(call, data, moved)


def _place(call: Call) -> str:
    """The flag that says where to."""
    given = [name for name in PLACES if call.given(name)]
    if len(given) == 1:
        return given[0]
    label = Label(call.span(given[1]) if given else call.head, "one too many" if given else "where to?")
    hint = "Say one of `--first`, `--last`, `--before COLUMN` and `--after COLUMN`."
    raise RunError("`move` needs one place to move columns to", "incompatible_parameters", (label,), hint)


def _order(names: list[str], columns: list[str], place: str, pivot: str | None) -> list[str]:
    others = [name for name in names if name not in columns]
    at = {"first": 0, "last": len(others)}.get(place, 0)
    if pivot is not None:
        at = others.index(pivot) + (place == "after")
    return [*others[:at], *columns, *others[at:]]


COMMAND = Move()
