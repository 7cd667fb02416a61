"""Errors as their reader sees them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from stk_shell.model.errors import Label, RunError
from stk_shell.model.piece import Piece
from stk_shell.model.span import Source
from stk_shell.parse import parse
from stk_shell.parse.highlight import stretches
from stk_shell.parse.scope import Scope
from stk_shell.render.diagnostic import render_diagnostic
from stk_shell.render.palette import Palette
from tests.fixtures.shells import REGISTRY, Shell

WERE = """\
Error: stk::parse::unknown_command

  × `were` is not a command
   ╭─[1:9]
 1 │ [1 2] | were $it > 1
   ·         ─┬──
   ·          ╰── did you mean `where`?
   ╰─
  try: [1 2] | where $it > 1"""

DATES = """\
Error: stk::run::operator_incompatible_types

  × cannot compare datetime with string
   ╭─[1:1]
 1 │ 2025-03-01 > yesterday
   · ────┬───── ┬ ────┬────
   ·     │      │     ╰── string
   ·     │      ╰── > needs two of a kind
   ·     ╰── datetime
   ╰─
  help: `(date now) - 1day` is a day ago; `2026-11-21` is a date.
  try: 2025-03-01 > ((date now) - 1day)"""

WIDE = """\
Error: stk::parse::unknown_command

  × `nosuch` is not a command
   ╭─[2:8]
 2 │ "日本" | nosuch
   ·          ──┬───
   ·            ╰── no command of that name
   ╰─
  help: `help commands` lists all commands. A text goes in quotes."""


@pytest.mark.parametrize(
    ("program", "text"),
    [("[1 2] | were $it > 1", WERE), ("2025-03-01 > yesterday", DATES), ('1\n"日本" | nosuch', WIDE)],
)
def test_an_error_points_at_its_place(pure: Shell, program: str, text: str) -> None:
    assert render_diagnostic(pure.error(program)) == text


def test_of_a_long_line_the_part_around_the_place_is_shown(pure: Shell) -> None:
    error = pure.error(f"'{'a' * 200}' | nosuch | first")
    lines = render_diagnostic(error, 60).split("\n")
    (program,) = [line for line in lines if line.startswith(" 1 │")]
    (under,) = [line for line in lines if "┬" in line]
    assert len(program) <= 60
    assert program[under.index("──") : under.index("──") + 6] == "nosuch"


def test_labels_in_several_lines_are_each_shown(pure: Shell) -> None:
    text = render_diagnostic(pure.error("[[a b]\n; [1 2]\n [3]]"))
    assert " 1 │ [[a b]" in text
    assert " 3 │  [3]]" in text
    assert "1 values" in text


def test_a_script_is_named_with_the_place() -> None:
    source = Source("one\ntwo", "greet.stk")
    error = RunError("wrong", "wrong", (Label(source.span(4, 7), "here"),))
    assert "╭─[greet.stk:2:1]" in render_diagnostic(error)


def test_an_error_without_a_place_is_its_headline_and_help() -> None:
    error = RunError("wrong", "wrong", help="do it right")
    assert render_diagnostic(error) == "Error: stk::run::wrong\n\n  × wrong\n  help: do it right"


def test_what_an_error_quotes_moves_nothing() -> None:
    source = Source("x\x1b[2Jy")
    error = RunError("bad \x1b[31m", "wrong", (Label(source.span(0, 3), "\x07 \x1b"),), "try \x1b")
    assert "\x1b" not in render_diagnostic(error)


def without_colors(text: str) -> str:
    """The text without what only colours it."""
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def test_colours_do_not_change_the_text(pure: Shell) -> None:
    error = pure.error("2025-03-01 > yesterday")
    painted = render_diagnostic(error, 80, Palette(True))
    assert "\x1b" in painted
    assert without_colors(painted) == DATES


def read(program: str) -> list[Piece]:
    """The stretches of a program that have colours."""
    source = Source(program)
    return stretches(source, parse(source, Scope(), REGISTRY))


def test_the_program_in_an_error_has_its_colours(pure: Shell) -> None:
    painted = render_diagnostic(pure.error("[1 2] | were $it > 1"), 80, Palette(True, read=read))
    program, line = (next(each for each in painted.split("\n") if part in each) for part in ("were \x1b", "try:"))
    assert program.endswith("[\x1b[35m1\x1b[0m \x1b[35m2\x1b[0m] | were \x1b[35m$it\x1b[0m > \x1b[35m1\x1b[0m")
    assert "\x1b[36mwhere\x1b[0m \x1b[35m$it" in line
    assert without_colors(painted) == WERE


@pytest.mark.parametrize("lead", ["'" + "a" * 200 + "' | ", "'" + "日" * 90 + "' | ", "\t" * 50, "# one\n" * 1000])
def test_the_part_of_a_program_that_is_shown_has_the_colours_of_that_part(pure: Shell, lead: str) -> None:
    painted = render_diagnostic(pure.error(f"{lead}first | nosuch"), 60, Palette(True, read=read))
    assert "\x1b[36mfirst\x1b[0m | nosuch" in painted


@given(st.text(st.sampled_from("ab |\t\n日é\x00"), min_size=1, max_size=200), st.data(), st.integers(40, 100))
def test_no_colour_of_a_program_changes_the_text(text: str, data: st.DataObject, width: int) -> None:
    source = Source(text)
    start = data.draw(st.integers(0, len(text) - 1))
    label = Label(source.span(start, data.draw(st.integers(start, len(text)))), "here")
    error = RunError("wrong", "wrong", (label,))
    checked = Palette(True, read=lambda program: [Piece(at, at + 1, "string") for at in range(0, len(program), 2)])
    assert without_colors(render_diagnostic(error, width, checked)) == render_diagnostic(error, width)


NARROW = """\
Error: stk::run::wrong

  × a headline that is longer than forty
    columns are
   ╭─[1:30]
 1 │ event list | where created > yes
   ·                              ─┬─
   ·   a text or a number, which ──╯
   ·   no time can be compared
   ·   with
   ╰─
  help: `(date now) - 1day` is a day
        ago; `2026-11-21` is a date."""


def test_at_forty_columns_everything_hangs_under_its_beginning() -> None:
    source = Source("event list | where created > yes")
    label = Label(source.span(29, 32), "a text or a number, which no time can be compared with")
    error = RunError(
        "a headline that is longer than forty columns are",
        "wrong",
        (label,),
        "`(date now) - 1day` is a day ago; `2026-11-21` is a date.",
    )
    assert render_diagnostic(error, 40) == NARROW


def test_line_ends_and_tabs_of_what_is_quoted_break_no_line() -> None:
    source = Source("x", "a\tb\nc")
    error = RunError("bad `a\tb\nc\r`", "wrong", (Label(source.span(0, 1), "is\tthis\nthat"),), "try\tit\nso")
    lines = render_diagnostic(error).split("\n")
    assert lines[2] == r"  × bad `a\tb\nc\r`"
    assert lines[3] == r"   ╭─[a\tb\nc:1:1]"
    assert lines[6] == r"   · ╰── is\tthis\nthat"
    assert lines[8:] == ["  help: try    it", "        so"]


def test_labels_far_apart_in_a_long_line_have_a_part_of_it_each() -> None:
    source = Source("left" + " + 1" * 100 + " + right")
    end = len(source.text)
    error = RunError("wrong", "wrong", (Label(source.span(0, 4), "one"), Label(source.span(end - 5, end), "two")))
    text = render_diagnostic(error, 60)
    assert text.count(" 1 │ ") == 2
    assert "│ left + 1 " in text
    assert "+ right\n" in text
    assert "╰── one" in text
    assert "two" in text


def columns(line: str) -> list[str]:
    """The characters by column; the second column of a wide one is empty."""
    return [column for char in line for column in [char, *[""] * (wcwidth(char) - 1)]]


@given(st.text(st.sampled_from("ab |\t日本語é"), min_size=1, max_size=200), st.data(), st.integers(40, 100))
def test_what_is_underlined_stands_above_the_line(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    source = Source(text)
    label = Label(source.span(start, end), data.draw(st.sampled_from(["", "here", "a long text for a place " * 3])))
    lines = render_diagnostic(RunError("wrong", "wrong", (label,)), width).split("\n")
    place = next(at for at, line in enumerate(lines) if line.startswith(" 1 │ "))
    under = lines[place + 1]
    first, last = len(under) - len(under[4:].lstrip(" ·")), len(under)
    shown = text[start:end].replace("\t", "    ")
    above = "".join(columns(lines[place])[first:last])
    assert set(under[first:last]) <= {"─", "┬"}
    assert above == shown or (above.endswith("…") and shown.startswith(above[:-1]))
    assert all(wcswidth(line) <= width for line in lines)


def test_a_place_that_holds_another_is_underlined_within_the_width() -> None:
    source = Source("0" * 37)
    labels = tuple(Label(source.span(start, end)) for start, end in ((1, 1), (1, 36), (0, 33)))
    assert all(len(line) <= 40 for line in render_diagnostic(RunError("wrong", "wrong", labels), 40).split("\n"))


@given(
    st.text(max_size=300) | st.text(st.sampled_from("a日\t"), min_size=50, max_size=200),
    st.data(),
    st.integers(40, 120),
)
def test_any_place_in_any_text_can_be_shown(text: str, data: st.DataObject, width: int) -> None:
    source = Source(text)
    labels = []
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        labels.append(
            Label(
                source.span(start, data.draw(st.integers(start, len(text)))),
                data.draw(st.sampled_from(["", "here", "some words for it " * 3])),
            )
        )
    shown = render_diagnostic(RunError("wrong", "wrong", tuple(labels)), width)
    assert all(wcswidth(line) <= width for line in shown.split("\n"))


def test_a_password_in_the_program_is_not_shown(pure: Shell) -> None:
    error = pure.error("config set dsn 'postgresql://ana:hunter2@h/db' --typo")
    text = render_diagnostic(error, 80)
    assert "hunter2" not in text
    assert "postgresql://ana:*" in text
