"""A sample of the hostile inputs: every known text, each with every law; `python -m tests.hostile` tries more."""

from __future__ import annotations

import re

import pytest

from stk_shell.model.errors import StkError
from stk_shell.model.settings import Settings
from stk_shell.model.span import Source
from stk_shell.model.stream import Data
from stk_shell.output import note_text
from stk_shell.render.formats import renderer
from stk_shell.render.palette import Palette
from tests.fixtures.shells import Recorder, Shell, no_store
from tests.fixtures.terminals import OpenTerminal
from tests.hostile.laws import (
    EXAMPLES,
    PURE,
    TAILS,
    Law,
    argument_of,
    assert_harmless,
    comes_back,
    is_recorded,
    is_shown,
    piped_into,
    see_error,
)
from tests.hostile.texts import ESCAPES, KNOWN, LONG


@pytest.mark.parametrize("law", PURE)
def test_a_law_holds_for_every_text(law: Law) -> None:
    shell = Shell(no_store, Settings())
    for text in KNOWN:
        law(text, shell)


def test_what_is_recorded_comes_back_or_is_refused_whole(shell: Shell) -> None:
    for text in KNOWN:
        is_recorded(text, shell)


def test_every_example_bears_a_hostile_text_in_the_place_of_its_own(example_shell: Shell) -> None:
    for at, line in enumerate(EXAMPLES):
        argument_of(line)(KNOWN[at % len(KNOWN)], example_shell)


def test_every_command_that_takes_input_bears_hostile_rows(example_shell: Shell) -> None:
    for at, tail in enumerate(TAILS):
        piped_into(tail)(KNOWN[at * 7 % len(KNOWN)], example_shell)


@pytest.mark.parametrize("text", LONG, ids=lambda text: repr(text[:6]))
def test_a_megabyte_is_a_text_like_others(text: str, shell: Shell) -> None:
    comes_back(text, shell)
    is_recorded(text, shell)


def test_a_note_is_harmless(pure: Shell) -> None:
    for text in ESCAPES:
        assert_harmless(note_text(text))


def test_the_line_to_type_instead_is_harmless() -> None:
    for text in ESCAPES:
        see_error(StkError(text, help=f"{text}\n{text}", instead=f"{text}\n{text}"))


DEFINITION = '# \x1b[8mDoes\n# \x1b]0;things\x07\ndef "my \x1b[8mown" [a = "\x1b[2J" # \x1b[1AWhat.\n] { $a }'
"""A command of the user's, every text of which would do something to a terminal."""


class Screen(Recorder):
    """What a terminal gets."""

    def show(self, data: Data, *, beside: bool = False, newline: bool = True) -> None:
        """Remember it as it would be printed, in colours."""
        self.shown.append("".join(renderer("table", self.width, Palette(color=True), exact=False)(data)))


def test_a_help_page_has_no_escapes_but_those_of_our_colours() -> None:
    shell = Shell(no_store, Settings())
    shell.session.output = screen = Screen()
    shell.session.run(Source(DEFINITION))
    shell.session.run(Source('help "my \x1b[8mown"'))
    shown = str(screen.shown[-1])
    assert "␛[8mDoes" in shown
    assert "\x1b[0m" in shown
    assert_harmless(re.sub(r"\x1b\[(?!8m)[0-9;]*m", "", shown))


TITLE = r"\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[H"
"""What sets the title of a terminal and clears it, as it is typed."""


@pytest.mark.parametrize(
    "program",
    [
        f'print "{TITLE}"',
        f'"{TITLE}"',
        f'{{"{TITLE}": [{{a: "{TITLE}"}}]}}',
        f'[{{"{TITLE}": "{TITLE}"}}]',
        f'error make {{msg: "{TITLE}", help: "{TITLE}"}}',
        f'print --stderr "{TITLE}"',
        f'input "{TITLE}"',
        f'input --suppress-output "{TITLE}"',
        f'"{TITLE}" | to json; "{TITLE}" | table',
        f'def "{TITLE}" [] {{ 1 }}\nhelp "{TITLE}"',
    ],
)
def test_a_terminal_obeys_none_of_it(terminal: OpenTerminal, program: str) -> None:
    shell = terminal("-c", f"print before\n{program}")
    shell.wait(lambda: "owned" in shell.text())
    assert shell.screen.title == ""
    assert shell.text().startswith("before")


def test_a_law_that_is_broken_is_noticed(pure: Shell) -> None:
    with pytest.raises(AssertionError):
        assert_harmless("\x1b[31m")
    is_shown("\x1b[31m", pure)
