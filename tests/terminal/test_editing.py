"""Editing at the prompt: pairs, the editor, and the keys that clear, stop and leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.terminals import (
    BACKSPACE,
    CTRL_C,
    CTRL_D,
    CTRL_U,
    ENTER,
    ESCAPE,
    LEFT,
    SIZES,
    OpenTerminal,
    Terminal,
    pasted,
)

CTRL_X_CTRL_E, CTRL_W = "\x18\x05", "\x17"

SLOW_INSERT = """
create function private.test_wait() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return new; end $$;
create trigger test_wait before insert on private.stk_event for each row execute function private.test_wait()
"""
OURS = "datname = current_database() and pid <> pg_backend_pid() and application_name = 'stk'"


def type_keys(shell: Terminal, keys: str) -> None:
    """Press keys one after another, each when the last one is seen, as a person does."""

    def seen() -> tuple[str, int]:
        return shell.entry(), shell.screen.cursor.x

    for key in keys:
        before = seen()
        shell.send(key)
        shell.wait(lambda before=before: seen() != before)  # type: ignore[misc]


@SIZES
def test_brackets_and_quotes_come_in_pairs_and_are_typed_over(
    open_shell: OpenTerminal, columns: int, lines: int
) -> None:
    shell = open_shell(columns=columns, lines=lines)
    type_keys(shell, '(["a')
    shell.wait(lambda: shell.entry() == '(["a"])')
    assert shell.column() == 4
    shell.wait(lambda: shell.color_of('"a"') == "green")
    type_keys(shell, '"])')
    shell.wait(lambda: shell.column() == 7)
    assert shell.entry() == '(["a"])'
    type_keys(shell, " | first")
    shell.send(ENTER)
    shell.wait_for_prompt("| first\na\n>")


def test_backspace_takes_an_empty_pair_away(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    type_keys(shell, "1 + (")
    shell.wait(lambda: shell.entry() == "1 + ()")
    shell.send(BACKSPACE)
    shell.wait(lambda: shell.entry() == "1 +")


@pytest.mark.parametrize(("key", "left"), [(CTRL_U, ""), (CTRL_W, "[1] | each")])
def test_with_what_opened_a_pair_goes_what_closes_it(open_shell: OpenTerminal, key: str, left: str) -> None:
    shell = open_shell()
    type_keys(shell, "[1] | each {(")
    shell.wait(lambda: shell.entry() == "[1] | each {()}")
    shell.send(key)
    shell.wait(lambda: shell.entry() == left)


def test_before_a_word_and_in_a_paste_nothing_is_paired(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.type("word")
    shell.send(LEFT * 4)
    shell.wait(lambda: shell.column() == 0)
    type_keys(shell, "(")
    shell.wait(lambda: shell.entry() == "(word")
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    shell.send(pasted("([{"))
    shell.wait(lambda: shell.entry() == "([{")


def test_enter_runs_what_is_complete_though_its_bracket_is_behind_the_cursor(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    type_keys(shell, "6 * (3 + 4")
    shell.wait(lambda: shell.entry() == "6 * (3 + 4)")
    shell.send(ENTER)
    shell.wait_for_prompt("\n42\n>")


def test_enter_between_brackets_opens_them_and_the_closing_one_can_be_typed(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    type_keys(shell, "[1 2] | each {|x|")
    shell.wait(lambda: shell.entry() == "[1 2] | each {|x|}")
    shell.send(ENTER)
    shell.wait(lambda: shell.entry() == "[1 2] | each {|x|\n·\n· }")
    type_keys(shell, "$x * 2")
    shell.send(ENTER)
    shell.wait(lambda: shell.entry() == "[1 2] | each {|x|\n·   $x * 2\n·\n· }")
    type_keys(shell, "} | math sum")
    shell.wait(lambda: shell.entry() == "[1 2] | each {|x|\n·   $x * 2\n· } | math sum")
    shell.send(ENTER)
    shell.wait_for_prompt("\n6\n>")


def editor(path: Path, script: str) -> str:
    """An editor that is a script; the file is `$1`."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("mode", ["emacs", "vi"])
def test_the_entry_is_edited_in_the_users_editor_and_comes_back(
    open_shell: OpenTerminal, tmp_path: Path, mode: str
) -> None:
    command = editor(tmp_path / "edit", f"cp $1 {tmp_path}/seen; stat -c %a $1 > {tmp_path}/mode; echo '$x + 1' >> $1")
    shell = open_shell(EDITOR=command)
    shell.send(f"config set edit_mode {mode}" + ENTER)
    shell.wait_for_prompt(f"edit_mode {mode}")
    shell.type("let x = 20")
    if mode == "vi":
        shell.send(ESCAPE)
        shell.read(0.7)
    shell.send("v" if mode == "vi" else CTRL_X_CTRL_E)
    shell.wait(lambda: shell.entry() == "let x = 20\n· $x + 1")
    shell.read(0.3)
    assert "\n21" not in shell.text()
    assert (tmp_path / "seen").read_text() == "let x = 20\n"
    shell.send(ENTER)
    shell.wait_for_prompt("\n21\n>")


def test_an_editor_that_fails_leaves_the_entry(open_shell: OpenTerminal, tmp_path: Path) -> None:
    shell = open_shell(EDITOR=editor(tmp_path / "edit", f"echo no > $1; touch {tmp_path}/done; exit 1"))
    shell.type("1 + 1")
    shell.send(CTRL_X_CTRL_E)
    shell.wait((tmp_path / "done").exists)
    shell.read(0.5)
    shell.wait(lambda: shell.entry() == "1 + 1")


def test_an_editor_that_is_not_there_leaves_the_entry_and_is_told(open_shell: OpenTerminal) -> None:
    shell = open_shell(EDITOR="/no/such/editor")
    shell.type("1 + 1")
    shell.send(CTRL_X_CTRL_E)
    shell.wait_for("note: cannot start /no/such/editor: No such file or directory")
    shell.wait(lambda: shell.entry() == "1 + 1")


def test_ctrl_c_clears_an_entry_of_several_lines_and_ctrl_d_leaves_only_an_empty_one(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("[" + ENTER)
    shell.wait(lambda: shell.entry() == "[\n·\n· ]")
    shell.send("2")
    shell.wait(lambda: shell.entry() == "[\n·   2\n· ]")
    shell.send(CTRL_D)
    shell.wait(lambda: shell.entry() == "[\n·   2]")
    shell.send(CTRL_C)
    shell.wait_for_prompt("[\n·   2]\n")
    shell.run("1 + 1", "\n2\n>")
    shell.send(CTRL_D)
    shell.wait(shell.has_ended)


@pytest.mark.parametrize("line", ['"a" | .append event "slow"', '["a" "b"] | .append event "slow"'])
def test_ctrl_c_cancels_a_change_on_the_server_and_the_shell_keeps_its_connection(
    open_shell: OpenTerminal, database: TestDatabase, line: str
) -> None:
    shell = open_shell("--dsn", database.dsn())
    shell.run("event list | length", "\n0\n>")
    connections = database.rows(f"select pid from pg_stat_activity where {OURS}")
    with database.connect() as owner:
        owner.execute(SLOW_INSERT)
    shell.send(line + ENTER)
    running = f"select count(*) from pg_stat_activity where {OURS} and wait_event = 'PgSleep'"
    shell.wait(lambda: database.rows(running) == [(1,)])
    shell.send(CTRL_C)
    shell.wait_for_prompt("note: stopped\n")
    shell.wait(lambda: database.rows(f"select state from pg_stat_activity where {OURS}") == [("idle",)], 5)
    shell.run("event list --limit 0 | length", "\n0\n>")
    assert database.rows(f"select pid from pg_stat_activity where {OURS}") == connections


def test_ctrl_c_cancels_a_long_list_on_the_server(open_shell: OpenTerminal, database: TestDatabase) -> None:
    shell = open_shell("--dsn", database.dsn())
    shell.run('1..5000 | each { "a" } | .append event "many" | length', "\n5000\n>")
    shell.send("event list --limit 0 | each {|e| sleep 10ms; $e } | length" + ENTER)
    shell.wait(
        lambda: database.rows(f"select count(*) from pg_stat_activity where {OURS} and state = 'active'") == [(1,)]
    )
    shell.send(CTRL_C)
    shell.wait_for_prompt("note: stopped\n")
    assert database.rows(f"select count(*) from pg_stat_activity where {OURS} and state <> 'idle'") == [(0,)]
    shell.run("event list --limit 1 | length", "\n1\n>")


def test_ctrl_c_pressed_again_and_again_does_not_end_the_shell(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    for _ in range(5):
        shell.send("1.. | each {|x| $x } | length" + ENTER)
        shell.read(0.2)
        for _ in range(10):
            shell.send(CTRL_C)
    shell.read(0.5)
    shell.wait_for_prompt()
    shell.run("6 * 7", "\n42\n>")
