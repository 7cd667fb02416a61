"""`event watch` at the prompt: rows as they come, and Ctrl-C brings the prompt back."""

from __future__ import annotations

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.terminals import CTRL_C, ENTER, SIZES, OpenTerminal


def record(database: TestDatabase, name: str) -> None:
    """Record an event."""
    database.rows(f"insert into api.stk_event (name) values ('{name}')", "stk_login", "stk_api_role")


@SIZES
def test_rows_are_shown_as_they_come_until_ctrl_c(
    open_shell: OpenTerminal, database: TestDatabase, columns: int, lines: int
) -> None:
    shell = open_shell("--dsn", database.dsn(), columns=columns, lines=lines)
    record(database, "before")
    shell.send(f"event watch --since 1hr{ENTER}")
    shell.wait_for("│ before ")
    for number in range(3):
        record(database, f"row-{number}")
        shell.wait_for(f"│ row-{number}")
    shell.send(CTRL_C)
    shell.wait_for_prompt("note: stopped")
    table = [line for line in shell.lines() if line[:1] in "╭├│╰" and line]
    assert {len(line) for line in table} == {columns}
    assert [line[0] for line in table] == [*"╭│├", *"││││", "╰"]
    assert "^C" not in shell.text()
    shell.run("$last | length", "\n4")


def test_more_rows_than_the_screen_has_need_no_pager(open_shell: OpenTerminal, database: TestDatabase) -> None:
    shell = open_shell("--dsn", database.dsn())
    database.rows(
        "insert into api.stk_event (name) select 'n' || i from generate_series(1, 60) i", "stk_login", "stk_api_role"
    )
    shell.send(f"event watch --since 1hr | select name{ENTER}")
    shell.wait_for("│ n60")
    record(database, "last")
    shell.wait_for("│ last")
    shell.send(CTRL_C)
    shell.wait_for_prompt("61 rows")


def test_what_is_printed_for_each_event_does_not_hold_up_the_rows(
    open_shell: OpenTerminal, database: TestDatabase
) -> None:
    shell = open_shell("--dsn", database.dsn())
    shell.send("event watch --since 1hr | each {|e| print $'seen ($e.name)'; {name: $e.name} }" + ENTER)
    for number in range(3):
        record(database, f"row-{number}")
        shell.wait_for(f"seen row-{number}")
        shell.wait_for(f"│ row-{number}")
    shell.send(CTRL_C)
    shell.wait_for_prompt("note: stopped")
