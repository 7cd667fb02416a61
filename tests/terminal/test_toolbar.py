"""The last line of the terminal, the prompt, and `$last`."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.terminals import ENTER, SIZES, OpenTerminal


@SIZES
def test_the_last_line_tells_store_entity_user_and_the_last_entry(
    open_shell: OpenTerminal, database: TestDatabase, columns: int, lines: int
) -> None:
    shell = open_shell("--dsn", database.dsn(), columns=columns, lines=lines)
    shell.wait(lambda: "entity *" in shell.below())
    shell.run('["a" "b" "c"] | .append event "x"', "│ 2 │ ")
    shell.wait(lambda: "entity * · stk_login · 3 rows in " in shell.below())
    last = shell.lines()[-1]
    assert last.endswith("F1 help  Ctrl-R history")
    assert len(last) <= columns
    shell.run("let y = 1", "let y = 1")
    shell.wait(lambda: " ms" in shell.below())
    assert "rows" not in shell.below()


def test_the_last_line_tells_the_entity_that_is_used(open_shell: OpenTerminal, data_dir: Path) -> None:
    shell = open_shell("--data-dir", str(data_dir))
    shell.run("entity new shop | get name", "shop")
    shell.send("entity use shop | get name" + ENTER)
    shell.wait(lambda: "entity shop · " in shell.below())


def test_a_narrow_last_line_keeps_what_matters_most(open_shell: OpenTerminal) -> None:
    shell = open_shell(columns=30)
    shell.run("[1 2]", "╰")
    shell.wait(lambda: "2 rows in" in shell.below())
    assert len(shell.lines()[-1]) <= 30


def test_the_last_line_can_be_turned_off(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.wait(lambda: "embedded" in shell.below())
    shell.send("config set toolbar false" + ENTER)
    shell.wait(lambda: shell.text().endswith("false\n>") and not shell.below())


def test_the_prompt_names_store_and_entity_where_it_is_told_to(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("config set prompt '{store} {entity}> '" + ENTER)
    shell.wait(lambda: shell.text().endswith("\nembedded *>"))


@SIZES
def test_a_lost_connection_is_told_and_so_is_its_return(
    open_shell: OpenTerminal, data_dir: Path, columns: int, lines: int
) -> None:
    shell = open_shell("--data-dir", str(data_dir), columns=columns, lines=lines)
    shell.run("event list | length", "\n0")
    pid = int((data_dir / "postgres" / "postmaster.pid").read_text().split("\n")[0])
    os.kill(pid, signal.SIGKILL)
    shell.wait(lambda: "the store is back" in shell.below() or "connection lost" in shell.below())
    shell.run("event list | length", "\n0")
    shell.wait(lambda: "connected again" in shell.below())
    shell.run("1", "\n1")
    shell.wait(lambda: "embedded" in shell.below() and "connected" not in shell.below())


def test_a_server_that_is_gone_and_comes_back_is_noticed_while_nobody_types(
    open_shell: OpenTerminal, database: TestDatabase
) -> None:
    shell = open_shell("--dsn", database.dsn())
    shell.run("event list | length", "\n0")
    with database.connect() as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname ="
            " current_database()"
        )
    shell.wait(lambda: "the store is back" in shell.below())


def test_the_last_result_is_kept(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.run("$last", "> $last\n>")
    shell.run("[[n]; [1] [2]]", "╰")
    shell.run("$last | get n | math sum", "\n3")
    shell.run("$last + 1", "\n4")
    shell.run("let x = 7", "let x = 7")
    shell.run("$last * 2", "\n8")
    shell.run("1..2 | each {|n| {n: $n} }", "╰")
    shell.run("$last | get n.1", "\n2")
