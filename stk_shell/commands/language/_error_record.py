"""What `catch` is told of an error, and the words in which nushell's programs expect it."""

from __future__ import annotations

import json
import re

from stk_shell.model.errors import StkError
from stk_shell.model.values import Record
from stk_shell.render.diagnostic import render_diagnostic
from stk_shell.render.palette import PLAIN

WORDS = {
    "division_by_zero": "Division by zero.",
    "operator_overflow": "Operator overflow.",
    "incorrect_value": "Incorrect value.",
    "incompatible_path_access": "Data cannot be accessed with a cell path",
    "input_type_mismatch": "Input type not supported.",
    "only_supports_this_input_type": "Input type not supported.",
    "type_mismatch": "Type mismatch.",
    "unsupported_input": "Unsupported input",
}
"""Messages of nushell 0.108 that programs may compare with, by the end of our code."""

WIDTH = 80
"""The columns of the diagnostic in the record: it is a text to keep, whatever the terminal."""


def error_record(error: StkError) -> Record:
    """The error as a record with `msg`, `debug`, `raw`, `rendered` and `json`, all of them texts."""
    message = _message(error)
    rendered = render_diagnostic(error, WIDTH, PLAIN)
    labels = [
        {"text": label.text, "span": {"start": label.span.start, "end": label.span.end}} for label in error.labels
    ]
    fields = {"msg": message, "labels": labels, "code": error.code, "url": None, "help": error.help, "inner": []}
    return {
        "msg": message,
        "debug": f"{error.code}: {error.headline}",
        "raw": error.headline,
        "rendered": rendered,
        "json": json.dumps(fields, ensure_ascii=False),
    }


def _message(error: StkError) -> str:
    ending = error.code.rpartition("::")[2]
    if ending == "column_not_found" and (name := re.search("`(.*)`", error.headline)):
        return f"Cannot find column '{name[1]}'"
    if ending == "access_beyond_end":
        last = re.search(r"the last one is (\d+)", " ".join(label.text for label in error.labels))
        return f"Row number too large ({f'max: {last[1]}' if last else 'empty content'})."
    return WORDS.get(ending, error.headline)
