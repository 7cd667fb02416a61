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
    "cannot_spread_as_list": "Not a list",
    "cannot_spread_as_record": "Not a record",
    "range_to_countable": "Can't convert range to countable values",
    "needs_positive_value": "Negative value passed when positive one is required",
    "column_already_exists": "Column already exists",
    "delimiter_error": "Delimiter error",
    "incompatible_parameters": "Incompatible parameters.",
    "invalid_probability": "Invalid Probability.",
    "regex": "Error with regular expression",
    "file_not_found": "File not found",
    "directory_not_found": "Directory not found",
    "is_a_directory": "I/O error",
    "already_exists": "Destination file already exists",
    "json": "Error while parsing JSON text",
    "nuon": "error when loading nuon text",
}
"""Messages of nushell 0.108 that programs may compare with, by the end of our code."""

PATTERNS = {
    "column_not_found": ("`(.*)`", r"Cannot find column '\1'"),
    "column_defined_twice": ("for `(.*)`", r"Record field or table column used twice: \1"),
    "invalid_range": ("`(.*)`", r"Invalid range \1"),
    "missing_parameter": ("`(.*)`", r"Missing parameter: \1."),
    "operator_unsupported_type": (
        "`(.*)` does not work on (?:an? )?(.*)",
        r"The '\1' operator does not work on values of type '\2'.",
    ),
    "datetime_parse_error": ("`(.*)`", r"Unable to parse datetime: [\1]."),
}
"""The same where the message names something: how to find it in our headline, and what to say of it."""

CONVERSIONS = {"this is no TOML": "structured toml data", "a cell of ": "string"}
"""What nushell says that cannot be made of something, by the beginning of our headline."""

WIDTH = 80
"""The columns of the diagnostic in the record: it is a text to keep, whatever the terminal."""


def error_record(error: StkError) -> Record:
    """The error as a record with `msg`, `debug`, `raw`, `rendered` and `json`, all of them texts."""
    message = _message(error)
    rendered = render_diagnostic(error, WIDTH, PLAIN)
    labels = [
        {"text": label.text, "span": {"start": label.span.start, "end": label.span.end}} for label in error.labels
    ]
    code = None if error.code.endswith("::error") else error.code
    fields = {"msg": message, "labels": labels, "code": code, "url": None, "help": error.help, "inner": []}
    return {
        "msg": message,
        "debug": f"{error.code}: {error.headline}",
        "raw": error.headline,
        "rendered": rendered,
        "json": json.dumps(fields, ensure_ascii=False),
    }


def _message(error: StkError) -> str:
    ending = error.code.rpartition("::")[2]
    if ending == "access_beyond_end":
        last = re.search(r"the last one is (\d+)", " ".join(label.text for label in error.labels))
        return f"Row number too large ({f'max: {last[1]}' if last else 'empty content'})."
    if ending == "operator_incompatible_types" and len(error.labels) == 3:
        left, sign, right = error.labels
        return f"Types '{left.text}' and '{right.text}' are not compatible for the '{sign.span.text}' operator."
    if ending == "cant_convert":
        return _no_conversion(error)
    pattern, words = PATTERNS.get(ending, ("", ""))
    found = re.search(pattern, error.headline) if pattern else None
    return found.expand(words).replace("'null'", "'nothing'") if found else WORDS.get(ending, error.headline)


def _no_conversion(error: StkError) -> str:
    """The message with the type that was wanted: the headline names it, or the command that it points at."""
    for beginning, made in CONVERSIONS.items():
        if error.headline.startswith(beginning):
            return f"Can't convert to {made}."
    places = " ".join(label.span.text for label in error.labels)
    found = re.search(r"an? ([\w<>-]+) is needed", error.headline) or re.search(r"\binto (\w+)", places)
    wanted = found[1] if found else "bool" if re.search("bool|true or false", error.headline) else ""
    return f"Can't convert to {'boolean' if wanted == 'bool' else wanted}." if wanted else error.headline
