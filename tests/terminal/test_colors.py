"""Colours on the screen: of what is typed, of brackets and mistakes at the cursor, of outputs, in themes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.terminals import CTRL_C, ENTER, LEFT, SIZES, OpenTerminal, Terminal, pasted

CTRL_HOME = "\x1b[1;5H"

LINE = 'let n = 5; event list --limit $n | where name == "it" # why'


def type_in(shell: Terminal, line: str) -> None:
    """Type something and wait until all of it is on the screen, with colours."""
    shell.send(line)
    shell.wait_for(line.strip()[-30:])
    settled = False
    while not settled:
        before = [shell.look_of(part) for part in line.split()]
        shell.read(0.5)
        settled = before == [shell.look_of(part) for part in line.split()]


def configure(home: Path, line: str) -> None:
    """Write the configuration file."""
    (home / "config" / "stk").mkdir(parents=True)
    (home / "config" / "stk" / "config.toml").write_text(f"{line}\n")


def underlined(shell: Terminal) -> str:
    """All that is underlined on the screen."""
    rows = (shell.screen.buffer[row] for row in range(shell.screen.lines))
    cells = (row[column] for row in rows for column in range(shell.screen.columns))
    return "".join(cell.data for cell in cells if cell.underscore)


def reversed_at(shell: Terminal, text: str) -> list[int]:
    """The places in a text on the screen that are reversed."""
    return [at for at, cell in enumerate(shell.look_of(text)) if cell.reverse]


@SIZES
def test_each_part_of_a_line_has_the_colour_of_what_it_is(open_shell: OpenTerminal, columns: int, lines: int) -> None:
    shell = open_shell(columns=columns, lines=lines)
    type_in(shell, LINE)
    parts = ("let", "5;", "event", "--limit", "$n", "where", "name", '"it"', "| where", "> let")
    colors = "brightblue magenta cyan brightblue magenta cyan green green default default"
    assert [shell.color_of(part) for part in parts] == colors.split()
    assert [shell.look_of(part)[0].bold for part in ("let", "==", "where")] == [True, True, False]


@SIZES
def test_the_first_mistake_is_underlined_and_only_that(open_shell: OpenTerminal, columns: int, lines: int) -> None:
    shell = open_shell(columns=columns, lines=lines)
    type_in(shell, "[1] | nosuch | neither $x ")
    shell.wait(lambda: underlined(shell) == "nosuch")
    assert shell.color_of("nosuch") == "red"
    assert shell.color_of("neither") == "default"


def test_a_command_is_no_mistake_until_its_word_is_left(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    type_in(shell, "[1 2] | wher")
    assert underlined(shell) == ""
    assert shell.color_of("wher") == "default"
    shell.send(" ")
    shell.wait(lambda: underlined(shell) == "wher")
    assert shell.color_of("wher") == "red"
    shell.send("\be $it > 1")
    shell.wait_for("where $it > 1")
    shell.wait(lambda: shell.color_of("where") == "cyan")
    assert underlined(shell) == ""


@pytest.mark.parametrize("line", ["[1 2", "[1 2] | where $it ==", '"open', "if true {", "event list --limit", "1 |"])
def test_what_is_only_incomplete_is_no_mistake(open_shell: OpenTerminal, line: str) -> None:
    shell = open_shell()
    type_in(shell, line)
    assert underlined(shell) == ""


@SIZES
def test_the_bracket_at_the_cursor_and_its_partner_are_marked(
    open_shell: OpenTerminal, columns: int, lines: int
) -> None:
    shell = open_shell(columns=columns, lines=lines)
    type_in(shell, "[1 (2) '(']")
    shell.wait(lambda: reversed_at(shell, "[1 (2) '(']") == [0, 10])
    shell.send(LEFT * 5)
    shell.wait(lambda: reversed_at(shell, "[1 (2) '(']") == [3, 5])
    assert shell.color_of("(2)") == "cyan"


def test_brackets_in_strings_and_comments_are_not_marked(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    for line in ('"(" + ")"', "# (1)"):
        type_in(shell, line)
        for _ in line:
            shell.send(LEFT)
            shell.read(0.1)
            assert reversed_at(shell, line) == []
        shell.send(CTRL_C)


def test_a_mistake_stays_marked_when_the_line_is_entered_and_brackets_do_not(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.type("[1] | wher [2]")
    shell.wait(lambda: shell.look_of("wher [2]")[0].underscore)
    shell.send(ENTER)
    shell.wait_for_prompt("did you mean `where`?")
    entered = next(row for row in range(24) if shell.screen.display[row].startswith("> [1] | wher [2]"))
    cells = [shell.screen.buffer[entered][column] for column in range(20)]
    assert "".join(cell.data for cell in cells if cell.underscore) == "wher"
    assert not any(cell.reverse for cell in cells)


@SIZES
def test_help_pages_and_errors_show_programs_as_the_prompt_does(
    open_shell: OpenTerminal, tmp_path: Path, columns: int, lines: int
) -> None:
    configure(tmp_path, 'pager = "off"')
    shell = open_shell(columns=columns, lines=lines)
    shell.run("help enumerate", "See also")
    example = next(line for line in reversed(shell.lines()) if "| enumerate" in line)
    assert shell.look_of(example)[example.index("enumerate")].fg == "cyan"
    assert shell.look_of(example)[example.index("|")].fg == "default"
    shell.run('[1 2] | get "nosuch"', "╰─")
    assert shell.color_of('get "nosuch"') == "cyan"
    assert shell.color_of('"nosuch"') == "green"
    assert shell.color_of("Error") == "red"


def test_without_colour_nothing_is_marked(open_shell: OpenTerminal, tmp_path: Path) -> None:
    configure(tmp_path, 'pager = "off"')
    shell = open_shell(NO_COLOR="1")
    type_in(shell, "[1 (2)] | nosuch 'a' ")
    assert {cell.fg for cell in shell.look_of("[1 (2)] | nosuch 'a'")} == {"default"}
    assert underlined(shell) == ""
    shell.send(ENTER)
    shell.wait_for_prompt("no command of that name")
    shell.run("help first", "See also")
    cells = [shell.screen.buffer[row][column] for row in range(24) for column in range(80)]
    assert {cell.fg for cell in cells} == {"default"}


@pytest.mark.parametrize(
    ("variables", "command", "string"),
    [
        ({"COLORTERM": "truecolor"}, "a6e22e", "e6db74"),
        ({"COLORTERM": ""}, "afd700", "d7d787"),
        ({"COLORTERM": "", "TERM": "xterm"}, "brown", "brown"),
    ],
)
@SIZES
def test_a_theme_colours_the_prompt_and_outputs_as_well_as_the_terminal_can(
    open_shell: OpenTerminal,
    tmp_path: Path,
    variables: dict[str, str],
    command: str,
    string: str,
    columns: int,
    lines: int,
) -> None:
    configure(tmp_path, 'theme = "monokai"')
    shell = open_shell(columns=columns, lines=lines, **variables)
    type_in(shell, '["x"] | first | get a')
    assert (shell.color_of("first"), shell.color_of('"x"')) == (command, string)
    shell.send(ENTER)
    shell.wait_for_prompt("╰─")
    assert (shell.color_of("first"), shell.color_of('"x"')) == (command, string)


def test_another_theme_counts_from_the_next_line_on(open_shell: OpenTerminal) -> None:
    shell = open_shell(COLORTERM="truecolor")
    shell.run("config set theme dracula", "> config set theme dracula")
    type_in(shell, "[1] | first")
    shell.wait(lambda: shell.color_of("first") == "50fa7b")
    shell.send(ENTER)
    shell.wait_for_prompt("\n1\n")
    shell.run("config set theme draculla", "Did you mean `dracula`?")


def test_a_long_paste_is_coloured_where_one_types_and_soon_everywhere(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send(pasted("\n".join(f"let x{at} = [1 2 3] | first {at}" for at in range(1000))))
    shell.wait_for("let x999")
    shell.wait(lambda: shell.color_of("let x999") == "brightblue")
    shell.send(CTRL_HOME)
    shell.wait_for("let x0 ")
    shell.wait(lambda: shell.color_of("let x0 ") == "brightblue")
