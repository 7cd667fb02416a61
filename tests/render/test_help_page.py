"""Help pages: they fit the screen, whatever its width."""

from __future__ import annotations

import pytest
from wcwidth import wcswidth

from stk_shell.render.help_page import lay_out, render_page
from tests.fixtures.shells import REGISTRY


def page(name: str, width: int) -> str:
    """The page of a command, with its subcommands."""
    command = REGISTRY.find(name)
    assert command is not None
    family = [found for other in REGISTRY.names() if other.startswith(f"{name} ") and (found := REGISTRY.find(other))]
    return render_page(command, family, width, lambda role, text: text)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("name", [*REGISTRY.names()])
def test_no_line_but_of_a_program_is_wider_than_the_screen(name: str, width: int) -> None:
    command = REGISTRY.find(name)
    assert command is not None
    programs = [line for example in command.examples for line in example.line.split("\n")]
    for line in page(name, width).split("\n"):
        assert wcswidth(line) <= width or line[4:] in programs, line


def test_on_a_narrow_screen_what_a_flag_means_stands_under_it() -> None:
    assert "  -j, --json <json>\n      A record, or the JSON of one, to\n      merge" in page(".append event", 40)


def test_on_a_wide_screen_what_a_flag_means_stands_behind_it() -> None:
    assert "  -j, --json <json>            A record, or the JSON" in page(".append event", 80)


def test_the_programs_of_a_page_are_painted_as_programs() -> None:
    command = REGISTRY.find("where")
    assert command is not None
    text = render_page(command, [], 80, lambda role, text: f"<{role}>{text}" if role == "program" else text)
    for example in command.examples:
        first, *more = example.line.split("\n")
        assert "\n".join([f"  > <program>{first}", *(f"    {line}" for line in more)]) in text


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("name", ["event", "event list", "where", "if", "str replace", "for"])
def test_each_example_stands_in_the_lines_that_the_page_says(name: str, width: int) -> None:
    command = REGISTRY.find(name)
    assert command is not None
    laid_out = lay_out(command, [], width, lambda role, text: text)
    lines = laid_out.text.split("\n")
    for example, place in zip(command.examples, laid_out.examples, strict=True):
        block = [line[4:] for line in lines[place.start : place.stop]]
        at = block.index(example.line.split("\n")[0])
        assert block[at : at + example.line.count("\n") + 1] == example.line.split("\n")
        assert " ".join(line.strip() for line in lines[place.start : place.start + at]) == example.sentence
        assert [*lines, ""][place.stop] == ""
