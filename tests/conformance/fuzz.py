"""Programs that nobody would write: mutations of the conformance programs, and texts from the language's own pieces.

Those that the grammar makes are in `grammar.py`.

`python -m tests.conformance.fuzz SECONDS` looks for one that fails otherwise than with an error of ours.
"""

from __future__ import annotations

import random
import signal
import sys
import time
import traceback
from types import FrameType

from hypothesis import HealthCheck, given, settings

from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import Exit, StkError
from stk_shell.model.settings import Settings
from stk_shell.model.span import Source
from stk_shell.model.types import KINDS
from stk_shell.model.values import INT_MAX, INT_MIN, Value
from stk_shell.wiring import FRAMES
from tests.conformance.cases import cases
from tests.conformance.grammar import programs
from tests.fixtures.shells import REGISTRY, Recorder, no_store

PROGRAMS = [case.program for case in cases()]

PIECES = [
    *(
        "|",
        ";",
        "\n",
        " ",
        ",",
        ":",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "`",
        "$",
        "$'",
        '$"',
        "#",
        "...",
        "..",
        "?",
    ),
    *(
        "r#'",
        "'#",
        "0x[",
        "\\",
        "\\u{",
        "--",
        "-",
        "=",
        "==",
        "=>",
        "+=",
        "++",
        "&&",
        "||",
        ">",
        "!~",
        "=~",
        "//",
        "**",
    ),
    *(
        "let x = ",
        "mut y = 1",
        "$x",
        "$it",
        "$in",
        "$env",
        "if ",
        "else",
        "match ",
        "for i in ",
        "while ",
        "try ",
        "catch",
    ),
    *(
        "def f [a: int, --b (-c): string, ...d] {",
        "alias z = ",
        "{|x| ",
        "each ",
        "where ",
        "a == b",
        "not ",
        "and ",
        "in ",
    ),
    *(
        "1",
        "-1",
        "9223372036854775807",
        "1.5e3",
        "2025-03-01",
        "2025-99-99",
        "1day",
        "3kb",
        "null",
        "true",
        "a.b?.0",
        "1..5",
    ),
    *("é", "🎉", "\u202e", "\x00", "\x1b[31m", "\ud800", "\t", "\r\n", "\ufeff"),
]

TOUCHES_THE_WORLD = (
    "event",
    "store",
    "save",
    "open",
    "source",
    "use",
    "sleep",
    "input",
    "exit",
    "generate",
    "loop",
    "while",
    "..",
    "seq",
)
"""Words of programs that are only parsed: they would write files, wait, or go on for ever."""

LIMIT = 5
"""Seconds after which a program counts as hanging, on a busy machine."""


class Hangs(Exception):
    """A program that takes longer than the limit."""


def program(source: random.Random) -> str:
    """A text that may be a program."""
    if source.random() < 0.25:
        return "".join(source.choices(PIECES, k=source.randint(1, 25)))
    text = source.choice(PROGRAMS)
    for _ in range(source.randint(1, 4)):
        text = _mutated(text, source)
    return text


def _mutated(text: str, source: random.Random) -> str:
    at = source.randint(0, len(text))
    end = min(len(text), at + source.randint(0, 8))
    kind = source.randint(0, 4)
    if kind == 0:
        return text[:at] + text[end:]
    if kind == 1:
        return text[:at] + source.choice(PIECES) + text[at:]
    if kind == 2:
        return text[:at] + source.choice(PIECES) + text[end:]
    if kind == 3:
        return text[:end] + text[at:]
    other = source.choice(PROGRAMS)
    return text[:at] + other[source.randint(0, len(other)) :]


def trouble(text: str, *, harmless: bool = False) -> str | None:
    """What goes wrong with a program beside errors of ours, or None.

    A program that may touch the world, or not end, is only read unless it is known to be `harmless`.
    """
    output = Recorder()
    session = ShellSession(Settings(), REGISTRY, output, no_store, {})
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LIMIT)
    try:
        session.parse(Source(text))
        if harmless or not any(word in text for word in TOUCHES_THE_WORLD):
            session.run(Source(text))
    except (StkError, Exit):
        return None
    except Hangs:
        return f"no answer in {LIMIT} s"
    except Exception:  # noqa: BLE001
        return traceback.format_exc()
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    wrong = [value for value in output.shown if not is_sound(value)]
    return f"no value of the language: {wrong[0]!r}" if wrong else None


def is_sound(value: Value) -> bool:
    """Whether everything in a value is of a type of the language, and integers have 64 bits."""
    # A value may be nested more deeply than functions can call each other.
    open_values = [value]
    while open_values:
        each = open_values.pop()
        if type(each) not in KINDS or (isinstance(each, int) and not INT_MIN <= each <= INT_MAX):
            return False
        if isinstance(each, list):
            open_values += each
        elif isinstance(each, dict):
            open_values += each.values()
    return True


def _too_long(number: int, frame: FrameType | None) -> None:
    raise Hangs


def search(seconds: float) -> int:
    """Try programs of both kinds for a time, and print those that make trouble; gives their number."""
    source, found, tried = random.Random(), 0, 0

    def attempt(text: str, *, harmless: bool = False) -> None:
        nonlocal found, tried
        tried += 1
        why = trouble(text, harmless=harmless)
        if why is not None:
            found += 1
            sys.stdout.write(f"{text!r}\n{why}\n\n")

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(text=programs)
    def attempt_some(text: str) -> None:
        attempt(text, harmless=True)

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        attempt_some()
        for _ in range(1000):
            attempt(program(source))
    sys.stdout.write(f"{tried} programs, {found} in trouble\n")
    return found


if __name__ == "__main__":
    sys.setrecursionlimit(FRAMES)
    sys.exit(search(float(sys.argv[1])) > 0)
