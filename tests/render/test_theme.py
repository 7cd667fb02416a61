"""Colours: one table for all that has any, in the terminal's own or in those of a pygments style."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pygments.styles import get_all_styles
from pygments.token import STANDARD_TYPES, string_to_tokentype

from stk_shell.model.errors import UsageError
from stk_shell.model.piece import Piece
from stk_shell.render.palette import Palette
from stk_shell.render.sgr import INDEXED, OWN, TRUE, color_count, sgr_code
from stk_shell.render.theme import ROLES, check_theme, load_theme, theme_names

VANISH = {"yellow", "blue", "black", "gray", "white", "brightblack", "brightgreen", "brightyellow", "brightcyan"}
"""The terminal's colours that cannot be read on white, or on black, with the usual palettes."""


def test_every_role_has_a_token_that_pygments_knows() -> None:
    assert {string_to_tokentype(role.token) for role in ROLES.values()} <= STANDARD_TYPES.keys()


def test_our_own_colours_can_be_read_on_dark_and_on_light() -> None:
    words = {word for role in ROLES.values() for word in role.style.split()}
    assert not words & {f"ansi{name}" for name in VANISH}
    assert not any(word.startswith("#") for word in words)


def test_our_own_theme_needs_nothing_of_pygments() -> None:
    program = (
        "import sys; from stk_shell.render.palette import Palette; print(Palette(True).paint('error', 'no'));"
        "from stk_shell.render.theme import check_theme; check_theme('', 'default'); print('pygments' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "\x1b[1;31mno\x1b[0m\nFalse\n"


@pytest.mark.parametrize("colors", [OWN, INDEXED, TRUE])
@pytest.mark.parametrize("name", ["default", *get_all_styles()])
def test_every_style_of_pygments_is_a_theme(name: str, colors: int) -> None:
    theme = load_theme(name, colors)
    assert theme.styles.keys() == theme.codes.keys() == ROLES.keys()
    assert theme.codes["error"]
    assert theme.codes["problem"]


def test_a_theme_has_the_colours_of_its_style() -> None:
    assert load_theme("monokai", TRUE).codes["string"] == "38;2;230;219;116"
    assert load_theme("monokai", INDEXED).codes["string"] == "38;5;186"
    assert load_theme("monokai", OWN).codes["string"] == "33"
    assert load_theme("dracula", TRUE).styles["variable"] == "italic #8be9fd"


def test_what_is_plain_in_a_theme_is_the_terminals_own_text() -> None:
    assert load_theme("monokai", TRUE).codes["variable"] == ""
    assert Palette(True, load_theme("monokai", TRUE)).paint("variable", "$x") == "$x"


def test_with_few_colours_greys_are_text_or_dim_and_others_the_nearest_hue() -> None:
    assert [sgr_code(color, OWN) for color in ("#f8f8f2", "#75715e", "#202020")] == ["", "2", ""]
    assert [sgr_code(color, OWN) for color in ("#ff0000", "#66d9ef", "#a6e22e", "#c678dd")] == ["31", "36", "33", "35"]


@pytest.mark.parametrize(
    ("color", "index"), [("#000000", 16), ("#ffffff", 231), ("#ff0000", 196), ("#808080", 244), ("#5f87af", 67)]
)
def test_the_nearest_of_256_colours_is_taken(color: str, index: int) -> None:
    assert sgr_code(color, INDEXED) == f"38;5;{index}"


@pytest.mark.parametrize(
    ("environment", "colors"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, TRUE),
        ({"TERM": "xterm-direct"}, TRUE),
        ({"TERM": "screen-256color"}, INDEXED),
        ({"TERM": "xterm"}, OWN),
        ({"TERM": "linux", "COLORTERM": "yes"}, OWN),
        ({}, OWN),
    ],
)
def test_the_terminal_says_how_many_colours_it_has(environment: dict[str, str], colors: int) -> None:
    assert color_count(environment) == colors


@pytest.mark.parametrize(
    ("name", "near"), [("monoki", "monokai"), ("mono", "monokai"), ("solarised-light", "solarized-light")]
)
def test_an_unknown_theme_is_an_error_with_the_nearest_name(name: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"`theme` cannot be `{name}`") as caught:
        check_theme("`theme`", name)
    assert caught.value.help == f"Did you mean `{near}`?"
    with pytest.raises(UsageError):
        load_theme(name)


@pytest.mark.parametrize("name", ["", "../x", "os.path"])
def test_what_is_far_from_any_theme_is_answered_with_all_of_them(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_theme("`theme`", name)
    assert caught.value.help is not None
    assert ", ".join(theme_names()) in caught.value.help


def test_each_line_of_a_text_is_painted_on_its_own() -> None:
    assert Palette(True).paint("title", "a\n\nb") == "\x1b[1ma\x1b[0m\n\n\x1b[1mb\x1b[0m"


def test_a_program_is_painted_by_its_stretches_and_no_colour_goes_over_the_end_of_a_line() -> None:
    text = "ab 'c\nd'"
    palette = Palette(True, read=lambda program: [Piece(0, 2, "command"), Piece(3, len(program), "string")])
    assert palette.paint("program", text) == "\x1b[36mab\x1b[0m \x1b[32m'c\x1b[0m\n\x1b[32md'\x1b[0m"
    assert Palette(True).paint("program", text) == text
    assert palette.replace(color=False).paint("program", text) == text
