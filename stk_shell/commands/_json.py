"""Reading JSON as the commands do."""

from __future__ import annotations

import json

from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.literals import whole_number
from stk_shell.model.values import Value


def parse_json(text: str, call: Call, line: int | None = None) -> Value:
    """The value of a JSON text. Integers beyond 64 bits become floats.

    Raises:
        RunError: it is no JSON; `line` is named where the text is one line of many.
    """
    try:
        value: Value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        where = f"line {line or error.lineno}, column {error.colno}"
        near = text[max(error.pos - 20, 0) : error.pos + 10].replace("\n", " ")
        label = Label(call.head, f"{where}: near `{near}`" if near else where)
        raise RunError(f"this is no JSON: {error.msg[0].lower()}{error.msg[1:]}", "json", (label,)) from None
    except RecursionError:
        label = Label(call.head, f"line {line}" if line else "")
        raise RunError("this JSON is nested too deeply", "json", (label,)) from None
    return value


def _no_constant(name: str) -> Value:
    raise json.JSONDecodeError(f"{name} is no JSON", name, 0)


_DECODER = json.JSONDecoder(parse_int=whole_number, parse_constant=_no_constant)
