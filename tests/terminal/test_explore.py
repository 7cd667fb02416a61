"""The full-screen table."""

from __future__ import annotations

from tests.fixtures.terminals import ENTER, SIZES, OpenTerminal, Terminal

TABLE = "[[name n more]; [note 2 {a: {b: 1}}] [login 10 {a: 'x'}] [backup 1 {}]]"


def screen(shell: Terminal) -> str:
    """All of it."""
    return "\n".join(shell.lines())


def explored(shell: Terminal, line: str) -> None:
    """Open a table."""
    shell.wait_for_prompt()
    shell.send(f"{line} | explore" + ENTER)
    shell.wait(lambda: "result  1 of " in shell.lines()[-1])


@SIZES
def test_it_is_moved_about_in_and_left(terminal: OpenTerminal, columns: int, lines: int) -> None:
    shell = terminal(columns=columns, lines=lines)
    explored(shell, TABLE)
    assert shell.lines()[0].split() == ["name", "n", "more"]
    assert "q leave" in shell.lines()[-1]
    assert shell.color_of("name") == "green"
    shell.send("j")
    shell.wait(lambda: "result  2 of 3" in shell.lines()[-1])
    shell.read(1.0)
    assert "running" not in screen(shell)
    shell.send("q")
    shell.wait_for_prompt()
    assert "q leave" not in screen(shell)
    shell.run("1 + 1", "\n2")


def test_it_is_sorted_and_searched(terminal: OpenTerminal) -> None:
    shell = terminal()
    explored(shell, TABLE)
    shell.send("ls")
    shell.wait(lambda: "n ▲" in screen(shell) and "backup" in shell.lines()[1])
    shell.send("s")
    shell.wait(lambda: "n ▼" in screen(shell) and "login" in shell.lines()[1])
    shell.send("/NOTE" + ENTER)
    shell.wait(lambda: "result  2 of 3" in shell.lines()[-1])
    shell.send("/nowhere" + ENTER)
    shell.wait(lambda: "`nowhere` is nowhere in here" in shell.lines()[-1])


@SIZES
def test_its_keys_are_explained(terminal: OpenTerminal, columns: int, lines: int) -> None:
    shell = terminal(columns=columns, lines=lines)
    explored(shell, TABLE)
    assert "? help" in shell.lines()[-1]
    shell.send("?")
    shell.wait(lambda: "any key goes back" in shell.lines()[-1])
    assert shell.lines()[0].startswith("↑ ↓ ← →, h j k l  move")
    assert "backup" not in screen(shell)
    assert "the largest first" in " ".join(screen(shell).split())
    for key in "sx?":
        shell.send(key)
        shell.wait(lambda: "login" in screen(shell))
        assert "▲" not in screen(shell)
        shell.send("?")
        shell.wait(lambda: "any key goes back" in shell.lines()[-1])


def test_what_is_nested_opens_and_is_taken_to_the_prompt(terminal: OpenTerminal) -> None:
    shell = terminal()
    explored(shell, TABLE)
    shell.send("ll" + ENTER)
    shell.wait(lambda: "result › 0.more  1 of 1" in shell.lines()[-1])
    shell.send("l" + ENTER)
    shell.wait(lambda: "result › 0.more › a  1 of 1" in shell.lines()[-1])
    shell.send("\x7f")
    shell.wait(lambda: "result › 0.more  1 of 1" in shell.lines()[-1])
    shell.send("c")
    shell.wait(lambda: shell.text().endswith("> {b: 1}"))
    shell.send(ENTER)
    shell.wait_for_prompt("│ b │ 1 │")


def test_a_row_is_taken_to_the_prompt(terminal: OpenTerminal) -> None:
    shell = terminal()
    explored(shell, TABLE)
    shell.send("jr")
    shell.wait(lambda: shell.text().endswith("> {name: login, n: 10, more: {a: x}}"))


def test_wide_tables_are_scrolled_by_the_column(terminal: OpenTerminal) -> None:
    shell = terminal(columns=40)
    explored(shell, "[{a: ('x' | fill -w 30 -c x), b: ('y' | fill -w 30 -c y), c: last}]")
    assert "last" not in shell.lines()[1]
    shell.send("ll")
    shell.wait(lambda: "last" in shell.lines()[1])


def test_millions_of_rows_open_at_once(terminal: OpenTerminal) -> None:
    shell = terminal()
    explored(shell, "1..50000000 | each {|n| {n: $n} }")
    shell.send("\x1b[6~")
    shell.wait(lambda: "result  23 of " in shell.lines()[-1])
