"""Flags that several writers share."""

from __future__ import annotations

from stk_shell.model.command import Call
from stk_shell.model.counts import at_least_zero
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag
from stk_shell.model.stream import Data, collect
from stk_shell.model.values import Closure, Value

INDENTING = (
    Flag("raw", "In one line, without blanks.", short="r"),
    Flag("indent", "How many blanks a level is indented by.", INT, "i"),
    Flag("tabs", "How many tabs a level is indented by.", INT, "t"),
)

SERIALIZE = Flag("serialize", "Write closures as their text.", short="s")


def indent(call: Call) -> str | None:
    """What a level is indented by: nothing where the text shall be raw, None where nothing is said of it.

    Raises:
        RunError: a number is negative.
    """
    if call.switch("raw"):
        return ""
    for name, sign in (("tabs", "\t"), ("indent", " ")):
        count = at_least_zero(call, name)
        if count is not None:
            return sign * count
    return None


def writable(call: Call, data: Data) -> Value:
    """The value to write."""
    value = collect(data)
    return _closures_as_text(value) if call.switch("serialize") else value


def _closures_as_text(value: Value) -> Value:
    if isinstance(value, Closure):
        return value.span.text
    if isinstance(value, list):
        return [_closures_as_text(item) for item in value]
    if isinstance(value, dict):
        return {name: _closures_as_text(item) for name, item in value.items()}
    return value
