"""The help on the full screen."""

from __future__ import annotations

import pytest

from tests.fixtures.terminals import (
    BACKSPACE,
    CTRL_C,
    CTRL_U,
    DOWN,
    END,
    ENTER,
    ESCAPE,
    F1,
    HOME,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    SHIFT_TAB,
    SIZES,
    TAB,
    UP,
    OpenTerminal,
    Terminal,
)

EDGE = "│"


def typed(shell: Terminal, text: str) -> None:
    """Type into the prompt."""
    shell.wait_for_prompt()
    shell.type(text)


def opened(shell: Terminal, text: str = "") -> None:
    """Type something, and open the help there."""
    typed(shell, text)
    press_f1(shell)


def press_f1(shell: Terminal) -> None:
    """Open the help."""
    shell.send(F1)
    shell.wait(lambda: "Esc leaves" in shell.lines()[-1])
    shown: list[str] = []
    while shown != shell.lines():
        shown = shell.lines()
        shell.read(0.4)


def list_(shell: Terminal) -> list[str]:
    """The rows of the list, as far as they show."""
    return [line.partition(EDGE)[0].strip() for line in shell.lines()[2:-1]]


def page(shell: Terminal) -> str:
    """What shows of the page."""
    return "\n".join(line.partition(EDGE)[2] for line in shell.lines()[2:-1])


def title(shell: Terminal) -> str:
    """Which page it is."""
    return shell.lines()[0].partition(EDGE)[2].strip()


def marked(shell: Terminal) -> list[str]:
    """The lines of the selected example."""
    return [line.partition("▌")[2].strip() for line in shell.lines() if "▌" in line]


@SIZES
def test_it_opens_with_the_commands_by_group_and_a_page(terminal: OpenTerminal, columns: int, lines: int) -> None:
    shell = terminal(columns=columns, lines=lines)
    opened(shell)
    shell.wait(lambda: list_(shell)[:2] == ["event", "▸  .append event"] and "event get" in list_(shell))
    assert title(shell) == ".append event · event"
    assert "Log an event: record that something happened." in page(shell)
    assert "type to search" in shell.lines()[0]
    assert max(map(len, shell.lines())) <= columns
    assert shell.look_of("▸  .append event")[3].reverse
    heading = shell.screen.buffer[2][1]
    assert (heading.data, heading.fg, heading.bold) == ("e", "green", True)


@SIZES
def test_what_is_typed_narrows_the_list_names_before_descriptions(
    terminal: OpenTerminal, columns: int, lines: int
) -> None:
    shell = terminal(columns=columns, lines=lines)
    opened(shell)
    shell.send("sort")
    shell.wait(lambda: title(shell) == "sort · filters" and list_(shell)[:2] == ["▸  sort", "sort-by"])
    found = list_(shell)
    assert found.index("in the descriptions") < found.index("math max")
    shell.send(CTRL_U)
    shell.wait(lambda: "type to search" in shell.lines()[0] and "▸  sort" in list_(shell))
    shell.send("xyzzy")
    shell.wait(lambda: "No command is called `xyzzy`" in page(shell))
    shell.send(ENTER)
    shell.send(BACKSPACE * 5 + "undo")
    shell.wait(lambda: title(shell) == "event revoke · event")


@SIZES
def test_an_example_gets_into_the_prompt_in_place_of_what_was_there(
    terminal: OpenTerminal, columns: int, lines: int
) -> None:
    shell = terminal(columns=columns, lines=lines)
    opened(shell, "sort-by n")
    shell.wait(lambda: title(shell) == "sort-by · filters")
    shell.send(TAB)
    shell.wait(lambda: "> [[n]; [3] [1] [2]] | sort-by n" in marked(shell))
    assert shell.color_of("sort-by n") == "cyan"
    shell.send(TAB)
    shell.wait(lambda: "> [[n]; [3] [1] [2]] | sort-by n --reverse" in marked(shell))
    shell.send(SHIFT_TAB + DOWN)
    shell.send(ENTER)
    shell.wait(lambda: shell.text().endswith("\n> [[n]; [3] [1] [2]] | sort-by n --reverse"))
    shell.send(ENTER)
    shell.wait_for_prompt("│ 2 │ 1 │")


def test_a_name_gets_to_where_the_cursor_is(terminal: OpenTerminal) -> None:
    shell = terminal()
    opened(shell, "[1 2] | wh")
    shell.wait(lambda: list_(shell)[:2] == ["▸  where", "while"])
    shell.send(DOWN + UP + ENTER)
    shell.wait(lambda: shell.text().endswith("\n> [1 2] | where"))
    shell.send("$it > 1")
    shell.wait(lambda: shell.text().endswith("\n> [1 2] | where $it > 1"))


@pytest.mark.parametrize("key", [ESCAPE, "q", F1, CTRL_C])
def test_it_is_left_with_the_prompt_as_it_was(terminal: OpenTerminal, key: str) -> None:
    shell = terminal()
    typed(shell, "event list | ")
    before = shell.lines()
    press_f1(shell)
    shell.send(DOWN + key)
    shell.wait(lambda: shell.lines() == before)
    shell.send("le")
    shell.wait(lambda: shell.text().endswith("\n> event list | le"))


def test_what_is_typed_before_it_has_gone_gets_into_the_prompt(terminal: OpenTerminal) -> None:
    shell = terminal()
    opened(shell)
    shell.send("q1 + 1" + ENTER)
    shell.wait_for_prompt("\n> 1 + 1\n2")


@pytest.mark.parametrize(
    ("before", "behind", "name"),
    [
        ("event list --limit 5", "", "event list"),
        ("event list", " | get name", "event list"),
        ("[1] | each { str tri", "", "str trim"),
        ("let x = ", "", "let"),
    ],
)
def test_it_opens_at_the_command_that_the_cursor_is_on(
    terminal: OpenTerminal, before: str, behind: str, name: str
) -> None:
    shell = terminal()
    opened_at(shell, before, behind)
    shell.wait(lambda: title(shell).startswith(f"{name} · ") and f"▸  {name}" in list_(shell))


def test_a_key_that_comes_before_all_commands_are_known_opens_it_there_as_well(terminal: OpenTerminal) -> None:
    shell = terminal()
    shell.send("str tri" + F1)
    shell.wait(lambda: title(shell).startswith("str trim · "))


def opened_at(shell: Terminal, before: str, behind: str) -> None:
    """Open the help somewhere in what is typed."""
    typed(shell, before + behind)
    shell.send(LEFT * len(behind))
    press_f1(shell)


def test_the_page_scrolls_by_key_and_by_wheel(terminal: OpenTerminal) -> None:
    shell = terminal()
    opened(shell, "event list")
    first = page(shell)
    shell.send(PAGE_DOWN)
    shell.wait(lambda: page(shell).split("\n")[0] == first.split("\n")[-1])
    shell.send(END)
    shell.wait(lambda: "See also: " in page(shell) and "PgDn" not in shell.lines()[-1])
    shell.send(PAGE_UP)
    shell.wait(lambda: "See also: " not in page(shell))
    shell.send(HOME)
    shell.wait(lambda: page(shell) == first)
    shell.send("\x1b[<65;60;10M")
    shell.wait(lambda: page(shell).split("\n")[0] == first.split("\n")[3])
    shell.send("\x1b[<64;60;10M")
    shell.wait(lambda: page(shell) == first)


def test_the_mouse_selects_commands_and_examples(terminal: OpenTerminal) -> None:
    shell = terminal()
    opened(shell)
    row = list_(shell).index("event revoke") + 3
    shell.send(f"\x1b[<0;8;{row}M\x1b[<0;8;{row}m")
    shell.wait(lambda: title(shell) == "event revoke · event")
    shell.send(END)
    shell.wait(lambda: "See also: " in page(shell))
    row, line = next((at, line) for at, line in enumerate(shell.lines(), 1) if f"{EDGE}   > " in line)
    shell.send(f"\x1b[<0;40;{row}M\x1b[<0;40;{row}m")
    shell.wait(lambda: line.partition(EDGE)[2].strip() in marked(shell))


def test_an_example_that_has_been_scrolled_away_is_not_taken(terminal: OpenTerminal) -> None:
    shell = terminal()
    opened(shell, "event list ")
    shell.send(RIGHT)
    shell.wait(lambda: bool(marked(shell)))
    shell.send(HOME)
    shell.wait(lambda: not marked(shell) and "puts the name" in shell.lines()[-1])
    shell.send(ENTER)
    shell.wait(lambda: shell.text().endswith("\n> event list"))


def test_a_letter_q_can_be_searched_for_behind_a_slash(terminal: OpenTerminal) -> None:
    shell = terminal()
    opened(shell)
    shell.send("/qui")
    shell.wait(lambda: "/ qui" in shell.lines()[0])
    shell.send(TAB + "q")
    shell.wait_for_prompt()


def test_a_narrow_screen_shows_one_at_a_time(terminal: OpenTerminal) -> None:
    shell = terminal(columns=40)
    opened(shell, "sort-by ")
    assert EDGE not in "\n".join(shell.lines())
    assert "▸  sort-by" in "\n".join(shell.lines())
    shell.send(RIGHT)
    shell.wait(lambda: shell.lines()[0] == " sort-by · filters")
    shell.wait(lambda: "Order rows by columns or by what" in shell.lines()[2])
    assert max(map(len, shell.lines())) <= 40
    shell.send(LEFT)
    shell.wait(lambda: "▸  sort-by" in "\n".join(shell.lines()))
    shell.send(RIGHT + DOWN)
    shell.wait(lambda: "> [[n]; [3] [1] [2]] | sort-by n" in marked(shell))
    shell.send(ENTER)
    shell.wait(lambda: shell.text().endswith("\n> [[n]; [3] [1] [2]] | sort-by n"))


def test_commands_of_the_users_have_their_pages(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("# Count what went wrong.\x1b\rdef troubles [since: datetime] { 1 }" + ENTER)
    shell.wait_for_prompt("troubles")
    opened(shell, "troubles")
    shell.wait(lambda: title(shell) == "troubles · your own" and "Count what went wrong." in page(shell))
    assert "> troubles <since>" in page(shell)


def test_from_an_entry_it_opens_at_a_command_and_fills_the_next_prompt(terminal: OpenTerminal) -> None:
    shell = terminal()
    typed(shell, "help --browse str trim")
    shell.send(ENTER)
    shell.wait(lambda: "Esc leaves" in shell.lines()[-1] and title(shell) == "str trim · strings")
    shell.send(TAB)
    shell.wait(lambda: bool(marked(shell)))
    line = next(line for line in marked(shell) if line.startswith(">"))
    shell.send(ENTER)
    shell.wait(lambda: shell.text().endswith(f"\n{line}"))
    shell.send(ENTER)
    shell.wait_for_prompt(line)


def test_without_colours_it_can_be_told_what_is_selected(terminal: OpenTerminal) -> None:
    shell = terminal(NO_COLOR="1")
    opened(shell, "sort-by ")
    shell.send(TAB)
    shell.wait(lambda: "> [[n]; [3] [1] [2]] | sort-by n" in marked(shell))
    colors = {cell.fg for row in shell.screen.buffer.values() for cell in row.values()}
    assert colors == {"default"}
