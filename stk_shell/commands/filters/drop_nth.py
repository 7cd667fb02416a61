"""The command `drop nth`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT, RANGE, one_of
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Range, Value


class DropNth(Command):
    """Leaves out rows by their number."""

    name = "drop nth"
    summary = "Leave out rows by their number."
    description = "Rows are counted from 0. A number that no row has is no error."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table"), ("range", "list<any>")),
        category="filters",
        rest=Parameter("rows", one_of(INT, RANGE), "Numbers of rows, or ranges of them."),
    )
    examples = (
        Example("[a b c d] | drop nth 0 2", "Without the first and the third.", ["b", "d"]),
        Example("[a b c d e] | drop nth 1..3", "Without some in a row.", ["a", "e"]),
        Example("[a b c d e] | drop nth 2..", "Without the third and all behind it.", ["a", "b"]),
    )
    fails = "A number below 0, and a range that runs backwards, are errors."
    see_also = ("drop", "reject", "select")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the other rows."""
        given = call.rest("rows")
        ranges = [_upwards(row, call) for row in given if isinstance(row, Range)]
        single = {_from_zero(row, call) for row in given if isinstance(row, int)}
        return Stream(_others(iterate(data), single, ranges))


def _others(rows: Iterable[Value], single: set[float], ranges: list[Range]) -> Iterator[Value]:
    for at, row in enumerate(rows):
        if at not in single and not any(at in each for each in ranges):
            yield row


def _from_zero(row: float, call: Call) -> float:
    if isinstance(row, int) and row >= 0:
        return row
    label = Label(call.span("rows"), f"{row} is none")
    raise RunError("the number of a row is a whole number from 0 up", "unsupported_input", (label,))


def _upwards(rows: Range, call: Call) -> Range:
    _from_zero(rows.start, call)
    if rows.stride() > 0:
        return rows
    raise RunError(
        "the range runs backwards",
        "unsupported_input",
        (Label(call.span("rows"), f"from {rows.start} to {rows.end}"),),
        f"`{rows.end}..{rows.start}` names the same rows.",
    )


COMMAND = DropNth()
