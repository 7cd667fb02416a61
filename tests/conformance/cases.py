"""The programs, and how an answer is compared with nushell's.

The other files hold those that were written beside those of `cases.jsonl`: about the language, about dates, durations,
sizes and conversions, about texts in formats like JSON, about texts and numbers, about lists and the shapes of tables,
and about choosing, changing and ordering rows. Each line is a program with `expect` (the value as `to json` gives it)
or `error` (the code of nushell's error), as nushell 0.108.0 gave it in UTC.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, NamedTuple

FILES = [
    Path(__file__).with_name(name)
    for name in (
        "cases.jsonl",
        "language.jsonl",
        "dates.jsonl",
        "formats.jsonl",
        "strings.jsonl",
        "shapes.jsonl",
        "filters.jsonl",
    )
]


class Case(NamedTuple):
    """A program, and what nushell made of it: a value, or an error."""

    id: str
    program: str
    expect: object
    error: str | None
    causes: tuple[str, ...]

    @property
    def group(self) -> str:
        """The group of programs that it belongs to."""
        return self.id.partition("/")[0]

    @property
    def wrapped(self) -> str:
        """The program that gives the value as JSON."""
        return f"do {{ {self.program}\n}} | to json -r"


def cases() -> list[Case]:
    """All of them."""
    return [_case(json.loads(line)) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]


def _case(fields: dict[str, Any]) -> Case:
    return Case(
        fields["id"], fields["program"], fields.get("expect"), fields.get("error"), tuple(fields.get("causes") or ())
    )


def same(actual: object, expected: object) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are not, floats may differ in the last digits, order counts."""
    if isinstance(actual, dict) and isinstance(expected, dict):
        return list(actual) == list(expected) and all(same(actual[key], expected[key]) for key in actual)
    if isinstance(actual, list) and isinstance(expected, list):
        return len(actual) == len(expected) and all(map(same, actual, expected))
    if isinstance(actual, float) and isinstance(expected, float):
        return math.isclose(actual, expected, rel_tol=1e-12)
    return type(actual) is type(expected) and actual == expected
