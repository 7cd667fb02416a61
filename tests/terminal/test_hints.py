"""The line above the last one, which tells how the command being typed is called."""

from __future__ import annotations

from tests.fixtures.terminals import CTRL_C, ENTER, LEFT, SIZES, OpenTerminal, Terminal


def hint(shell: Terminal) -> str:
    """The line above the last one."""
    return shell.lines()[-2]


@SIZES
def test_it_shows_how_the_command_is_called_and_what_it_does(
    open_shell: OpenTerminal, columns: int, lines: int
) -> None:
    shell = open_shell(columns=columns, lines=lines)
    shell.read(0.3)
    assert hint(shell) == ""
    shell.send("event list")
    shell.wait(lambda: hint(shell) == "event list {flags}   List events, the newest first.")
    assert shell.lines()[-1].startswith("embedded")
    assert shell.color_of("event list {") == "cyan"
    shell.send(CTRL_C)
    shell.wait(lambda: hint(shell) == "")


@SIZES
def test_it_tells_what_the_word_at_the_cursor_means(open_shell: OpenTerminal, columns: int, lines: int) -> None:
    shell = open_shell(columns=columns, lines=lines)
    shell.send("'abc' | str replace a b")
    shell.wait(lambda: hint(shell).endswith("What to put in its place."))
    shell.send(LEFT * 2)
    shell.wait(lambda: hint(shell) == "str replace {flags} <find> <replace> ...cells   string: What to look for.")
    assert [shell.look_of(word)[0].bold for word in ("<find>", "<replace>", "What to")] == [True, False, False]
    shell.send(CTRL_C + "event list --limit 5")
    shell.wait(lambda: hint(shell).endswith("-l, --limit <int>: The most events to list; 0 lists all. (default: 10)"))
    shell.send(LEFT * 4)
    shell.read(0.3)
    assert "The most events to list" in hint(shell)


def test_it_fits_a_narrow_screen(open_shell: OpenTerminal) -> None:
    shell = open_shell(columns=40)
    shell.send("event list --limit 5")
    shell.wait(lambda: hint(shell) == "-l, --limit <int>: The most events to …")


def test_it_stays_where_the_last_line_is_turned_off(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("config set toolbar false" + ENTER)
    shell.wait(lambda: shell.text().endswith("\n>") and not shell.below())
    shell.send("where ")
    shell.wait(lambda: shell.below() == "where <condition>   condition: What a row has to meet.")


def test_it_knows_commands_of_the_users_and_names_of_the_entry(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("# Count what went wrong.\x1b\rdef troubles [since: datetime] { 1 }" + ENTER)
    shell.wait_for_prompt("troubles")
    shell.send("troubles")
    shell.wait(lambda: hint(shell) == "troubles <since>   Count what went wrong.")
