"""Completing at the prompt: what the menu shows, what the keys do with it, and that it keeps out of the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.terminals import CTRL_C, ENTER, SIZES, UP, OpenTerminal, Terminal

TAB, ESCAPE, BACKSPACE = "\t", "\x1b", "\x7f"
DOWN, RIGHT, SHIFT_TAB = "\x1b[B", "\x1b[C", "\x1b[Z"


LOGIN = "01a20569-11c4-7d0a-8a4e-5b1f6f0d9c21"
ORDER = "01a20567-8b3a-7c55-8f10-90ab4de2c3f4"

CASES = {
    "event ": ["event get ", "Show one event with all its columns.", "event revoke", ".append event"],
    ".a": [".append event  ", "Log an event: record that something happened."],
    ".append ev": [],
    "event list | where ": ["name  ", "What kind of thing happened.", "record_json", "is_revoked"],
    "event list | where record_json.": ["user?  ", "record of id, name", "text  ", "string, such as Login failed"],
    "event list | get record_json.user?.": ["id  ", "number, such as 7", "name  "],
    "event list | select name ": ["created", "When it was logged."],
    "event list --": ["--limit, -l", "The most events to list; 0 lists all.", "--until, -u"],
    "event list --name ": ["authentication  ", "last 2026-11-2", "order error  "],
    "event list --type ": ["NONE  ", "Anything.", "TIMESHEET", "Time spent."],
    "event get ": [LOGIN, ORDER, "2026-11-22", "  authentication", "  order error"],
    "event revoke ": [LOGIN],
    "event list | where name == ": ["authentication", "order error"],
    "$": ["$rows  ", "list, [{n: 1}]", "$env  ", "the environment"],
    "$rows.": [],
    "$env.XDG_": ["XDG_CONFIG_HOME", "XDG_STATE_HOME"],
    "use ": ["modules/stk_event", "tools.stk", "21 B"],
    "open ": ["data.json", "2 B", "folder/", "folder"],
    "save f": [],
    "config set color ": ["auto", "always", "never"],
    "help event l": [],
    "greet --": ["--loud, -l", "--help, -h", "Show this page."],
    "event list | where name ": ["==", "is equal to", "=~"],
}
"""What is typed before Tab, and what the menu shows then; where there is nothing, only one name fits and is put in."""

PUT_IN = {
    "help event l": "help event list",
    ".append ev": ".append event ",
    "$rows.": "$rows.n",
    "save f": "save folder/",
}


@pytest.fixture
def shell(terminal: OpenTerminal, database: TestDatabase, tmp_path: Path) -> Terminal:
    """A shell of 80 columns whose store has two events."""
    return opened(terminal, database, tmp_path)


def opened(
    open_shell: OpenTerminal, database: TestDatabase, home: Path, columns: int = 80, lines: int = 24, **variables: str
) -> Terminal:
    """A shell on a store with two events, and in a folder with two files."""
    (home / "data.json").write_text("{}")
    (home / "tools.stk").write_text("export def t [] { 1 }")
    (home / "folder").mkdir(exist_ok=True)
    with database.connect() as connection:
        for uu, name, record, created in (
            (LOGIN, "authentication", '{"text": "Login failed", "user": {"id": 7, "name": "Ana"}}', "22:39"),
            (ORDER, "order error", '{"text": "Out of stock", "order": 42}', "22:38"),
        ):
            connection.execute(
                "insert into private.stk_event (uu, name, record_json, created, created_by_uu)"
                " select %s, %s, %s, ('2026-11-22 ' || %s || '+00')::timestamptz, a.uu"
                " from private.stk_actor a where a.name = 'stk_login'",
                (uu, name, record, created),
            )
    shell = open_shell("--dsn", database.dsn(), columns=columns, lines=lines, TZ="UTC", **variables)
    # Not as any of the tests begins: the history would suggest it.
    shell.run("do { event list | length }", "\n2")
    return shell


def clear(shell: Terminal) -> None:
    """Drop what is typed."""
    shell.send(CTRL_C)
    shell.wait_for_prompt()


def menu(shell: Terminal) -> list[str]:
    """The lines of the menu, without what stands in the last lines of the terminal."""
    return [line.strip() for line in shell.below().split("\n") if line.startswith(" ")]


@SIZES
def test_tab_shows_what_can_be_typed_next_and_what_it_is(
    terminal: OpenTerminal, database: TestDatabase, tmp_path: Path, columns: int, lines: int
) -> None:
    shell = opened(terminal, database, tmp_path, columns, lines)
    shell.run("let rows = [{n: 1}]", "]")
    shell.run("def greet [--loud (-l)] { 1 }", "1 }")
    for text, expected in CASES.items():
        shell.send(text + TAB)
        if expected:
            shell.wait(lambda words=expected: all(word in shell.below() for word in words))  # type: ignore[misc]
        else:
            shell.wait(lambda whole=PUT_IN[text]: shell.text().endswith(f"> {whole.rstrip()}"))  # type: ignore[misc]
        clear(shell)


@SIZES
def test_the_menu_opens_while_one_types_and_marks_what_is_typed(
    terminal: OpenTerminal, database: TestDatabase, tmp_path: Path, columns: int, lines: int
) -> None:
    shell = opened(terminal, database, tmp_path, columns, lines)
    shell.type("sor")
    shell.wait(lambda: len(menu(shell)) > 1)
    assert menu(shell)[:2] == [
        "sort     Put the items of a list, or the fields of a record, in order.",
        "sort-by  Order rows by columns or by what closures give.",
    ]
    look = shell.look_of("sort-by  ")
    assert [char.bold for char in look[:5]] == [True, True, True, False, False]
    assert not look[0].reverse
    shell.send(DOWN + DOWN)
    shell.wait(lambda: shell.text().endswith("> sort-by") and shell.look_of("sort-by  ")[0].reverse)
    assert not shell.look_of("sort   ")[0].reverse


def test_enter_runs_the_entry_where_nothing_is_chosen(shell: Terminal) -> None:
    shell.send('"x" | str upc')
    shell.wait(lambda: "str upcase" in shell.below())
    shell.send("ase" + ENTER)
    shell.wait_for_prompt("\nX\n")
    shell.send("event types | len")
    shell.wait(lambda: "length" in shell.below())
    shell.send(ENTER)
    shell.wait_for_prompt("unknown_command")


@pytest.mark.parametrize("key", [ENTER, RIGHT])
def test_the_chosen_name_is_taken_with_a_blank_behind_it(shell: Terminal, key: str) -> None:
    shell.send("1..3 | le")
    shell.wait(lambda: "length" in shell.below())
    shell.send(DOWN)
    shell.wait(lambda: shell.text().endswith("| length"))
    shell.send(key)
    shell.wait(lambda: not menu(shell))
    shell.send("| $in + 4" + ENTER)
    shell.wait_for_prompt("> 1..3 | length | $in + 4\n7\n")


def test_right_takes_the_first_name_at_the_end_of_the_line(shell: Terminal) -> None:
    shell.send("1..3 | leng")
    shell.wait(lambda: "length" in shell.below())
    shell.send(RIGHT)
    shell.wait(lambda: shell.text().endswith("| length") and not menu(shell))


def test_tab_puts_in_what_all_names_begin_with_and_then_goes_through_them(shell: Terminal) -> None:
    shell.send("ev" + TAB)
    shell.wait(lambda: shell.text().endswith("> eve") or shell.text().endswith("> event"))
    clear(shell)
    shell.send("str c" + TAB)
    shell.wait(lambda: len(menu(shell)) == 8)
    for name in ("str camel-case", "str capitalize", "str contains"):
        shell.send(TAB)
        shell.wait(lambda whole=name: shell.text().endswith(f"> {whole}"))  # type: ignore[misc]
    shell.send(SHIFT_TAB)
    shell.wait(lambda: shell.text().endswith("> str capitalize"))


def test_the_only_name_is_put_in_by_tab(shell: Terminal) -> None:
    shell.send("event list -n authentication | whe" + TAB)
    shell.wait(lambda: shell.text().endswith("| where") and not menu(shell))
    shell.send("record_json.us" + TAB)
    shell.wait(lambda: shell.text().endswith("where record_json.user?"))
    shell.send(".i" + TAB + "== 7 | get na" + TAB + ENTER)
    shell.wait_for_prompt("authentication")


def test_a_blank_that_is_typed_behind_the_one_of_the_menu_is_the_same(shell: Terminal) -> None:
    shell.send("[3 1] | leng" + TAB)
    shell.wait(lambda: shell.text().endswith("| length"))
    shell.send(" | $in + 4")
    shell.wait(lambda: shell.text().endswith("> [3 1] | length | $in + 4"))
    clear(shell)
    shell.send("[3 1] | leng" + TAB + "  | $in")
    shell.wait(lambda: shell.text().endswith("> [3 1] | length  | $in"))


def test_letters_one_after_another_find_a_name(shell: Terminal) -> None:
    shell.send("evlst" + TAB)
    shell.wait(lambda: shell.text().endswith("> event list"))


def test_what_needs_quotes_gets_them(shell: Terminal) -> None:
    shell.send("event list --name or" + TAB)
    shell.wait(lambda: shell.text().endswith('--name "order error"'))
    shell.send("| get record_json.order" + ENTER)
    shell.wait_for_prompt("42")
    shell.send('1 | .append event "')
    shell.wait(lambda: shell.text().endswith('event ""'))
    shell.send("or" + TAB)
    shell.wait(lambda: shell.text().endswith('event "order error"'))
    shell.send("| get name" + ENTER)
    shell.wait_for_prompt('"order error" | get name\norder error\n')


def test_escape_closes_the_menu_and_leaves_what_was_typed(shell: Terminal) -> None:
    shell.send("eve")
    shell.wait(lambda: bool(menu(shell)))
    shell.send(DOWN)
    shell.wait(lambda: shell.text().endswith("> event"))
    shell.send(ESCAPE)
    shell.wait(lambda: shell.text().endswith("> eve") and not menu(shell))


def test_backspace_shows_more_again(shell: Terminal) -> None:
    shell.send("event ge")
    shell.wait(lambda: len(menu(shell)) == 1)
    shell.send(BACKSPACE + BACKSPACE + "re")
    shell.wait(lambda: "event revoke" in shell.below())


def test_up_goes_to_what_was_typed_before_also_with_a_menu(shell: Terminal) -> None:
    shell.send("eve")
    shell.wait(lambda: bool(menu(shell)))
    shell.send(UP)
    shell.wait(lambda: shell.text().endswith("> do { event list | length }") and not menu(shell))


def test_what_is_logged_is_offered_at_once(shell: Terminal) -> None:
    shell.send("event list --name " + TAB)
    shell.wait(lambda: "authentication" in shell.below())
    clear(shell)
    shell.run(".append event brand-new", "brand-new")
    shell.send("event list --name " + TAB)
    shell.wait(lambda: "brand-new" in shell.below())


def test_what_the_store_has_can_be_asked_for_before_anything_else(
    open_shell: OpenTerminal, database: TestDatabase
) -> None:
    with database.connect() as connection:
        connection.execute("set role stk_api_role")
        connection.execute("insert into api.stk_event (name) values ('first'), ('last')")
    shell = open_shell("--dsn", database.dsn())
    shell.send("event list --name " + TAB)
    shell.wait(lambda: "first" in shell.below() and "last" in shell.below())
    assert shell.text().endswith("--name")


def test_a_store_that_is_gone_is_told_of_and_typing_goes_on(open_shell: OpenTerminal) -> None:
    shell = open_shell("--dsn", "host=127.0.0.1 port=1 dbname=nowhere")
    shell.send("event list --name " + TAB)
    shell.wait(lambda: "the store does not answer" in shell.below())
    shell.send("x | whe" + TAB)
    shell.wait(lambda: shell.text().endswith("--name x | where"))


def test_the_menu_opens_at_tab_alone_where_that_is_set(shell: Terminal) -> None:
    shell.run("config set menu tab", "tab")
    shell.type("event ge")
    shell.read(0.3)
    assert not menu(shell)
    shell.send(BACKSPACE + TAB)
    shell.wait(lambda: "event get" in shell.below() or shell.text().endswith("event get"))


@pytest.mark.parametrize("lines", [24, 10])
def test_room_is_made_for_the_menu_only_while_it_is_open(
    terminal: OpenTerminal, database: TestDatabase, tmp_path: Path, lines: int
) -> None:
    shell = opened(terminal, database, tmp_path, lines=lines)
    for _ in range(3):
        shell.run(f"1..{lines - 5} | str join (char newline)", f"\n{lines - 5}\n")
    shell.wait(lambda: " ms" in shell.below())
    place = shell.screen.cursor.y
    assert place >= lines - 3
    shell.type("[1 2] ")
    assert shell.screen.cursor.y == place
    clear(shell)
    shell.wait(lambda: " ms" in shell.below())
    place = shell.screen.cursor.y
    shell.type("eve")
    shell.wait(lambda: len(menu(shell)) >= min(7, lines - 6))
    assert shell.screen.cursor.y < place
    shell.send("nt list | length" + ENTER)
    shell.wait_for_prompt("> event list | length\n2\n>")


def test_a_narrow_terminal_shows_names_and_as_much_as_fits_beside_them(
    terminal: OpenTerminal, database: TestDatabase, tmp_path: Path
) -> None:
    shell = opened(terminal, database, tmp_path, columns=40)
    shell.send("event get " + TAB)
    shell.wait(lambda: "01a20569-11c4" in shell.below())
    assert menu(shell)[0].startswith("01a20569-11c4")
    assert "2026-11-22" in menu(shell)[0]
    assert all(len(line) <= 40 for line in shell.lines())
    clear(shell)
    shell.send("event list | where " + TAB)
    shell.wait(lambda: "record_json" in shell.below())
    assert menu(shell)[0].endswith("…")


def test_without_colours_the_chosen_name_can_be_told_apart(
    terminal: OpenTerminal, database: TestDatabase, tmp_path: Path
) -> None:
    shell = opened(terminal, database, tmp_path, NO_COLOR="1")
    shell.send("sor")
    shell.wait(lambda: len(menu(shell)) > 1)
    shell.send(DOWN + DOWN)
    shell.wait(lambda: shell.text().endswith("> sort-by") and shell.look_of("sort-by  ")[0].reverse)
    assert {char.fg for char in shell.look_of("sort   ")} == {"default"}


def test_a_name_is_completed_in_the_middle_of_an_entry_of_several_lines(shell: Terminal) -> None:
    shell.send("[1 2] | each {|x|" + ENTER)
    shell.wait(lambda: shell.text().endswith("·"))
    shell.send(TAB + "let row = {first: $x, second: 2}" + ENTER + "$row.sec" + TAB)
    shell.wait(lambda: shell.text().endswith("$row.second"))
    shell.send(" * $x" + ENTER + "} | to json --raw" + ENTER)
    shell.wait_for_prompt("[2,4]")
