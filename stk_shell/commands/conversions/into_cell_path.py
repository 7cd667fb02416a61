"""The command `into cell-path`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect
from stk_shell.model.values import CellPath, PathMember, Record, Value


class IntoCellPath(Command):
    """Makes cell paths."""

    name = "into cell-path"
    summary = "Make a cell path of its steps."
    description = """A text is the name of a column, an int the number of a row. A record with the columns `value`,
`optional` and `insensitive` makes a step with `?` or `!`."""
    signature = Signature(
        types=(("int", "cell-path"), ("list<any>", "cell-path"), ("cell-path", "cell-path")),
        category="conversions",
    )
    examples = (
        Example("let way = ([a b] | into cell-path)\n{a: {b: 7}} | get $way", "Columns.", 7),
        Example("'record_json.text' | split row . | into cell-path | into string", "A text.", "$.record_json.text"),
        Example("[{value: a, optional: true}] | into cell-path | into string", "A step with `?`.", "$.a?"),
    )
    fails = "Anything but a text, an int of 0 or more, or such a record is an error."
    see_also = ("get", "split row")

    def run(self, call: Call, data: Data) -> Data:
        """The path."""
        value = collect(data)
        if isinstance(value, CellPath):
            return value
        steps = value if isinstance(value, list) else [value]
        return CellPath(tuple(_member(call, step) for step in steps))


def _member(call: Call, step: Value) -> PathMember:
    if isinstance(step, dict):
        return PathMember(
            _name(call, step.get("value")), _switch(call, step, "optional"), _switch(call, step, "insensitive")
        )
    return PathMember(_name(call, step))


def _name(call: Call, value: Value) -> str | int:
    if isinstance(value, str):
        return value
    if type(value) is not int:
        raise _no_step(call, value)
    if value < 0:
        label = Label(call.head, f"{value} comes in here")
        raise RunError("rows are counted from 0", "needs_positive_value", (label,))
    return value


def _switch(call: Call, step: Record, name: str) -> bool:
    value = step.get(name, False)
    if isinstance(value, bool):
        return value
    raise _no_step(call, value)


def _no_step(call: Call, value: Value) -> RunError:
    label = Label(call.head, f"{article(value)} comes in here")
    hint = "A column is a text, a row an int; `optional` and `insensitive` are bools."
    return RunError(f"{article(value)} is no part of a cell path", "cant_convert", (label,), hint)


COMMAND = IntoCellPath()
