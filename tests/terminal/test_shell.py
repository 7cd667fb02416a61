"""The interactive shell, as its user sees it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.programs import PROGRAM
from tests.fixtures.terminals import ALT_ENTER, CTRL_C, CTRL_D, ENTER, SIZES, UP, OpenTerminal


@SIZES
def test_the_first_screen_says_where_one_is_and_what_to_do(open_shell: OpenTerminal, columns: int, lines: int) -> None:
    shell = open_shell("--dsn", "host=nowhere", columns=columns, lines=lines)
    first, log, more, prompt = shell.text().split("\n")
    assert first.startswith("stk 0.")
    assert log == 'Your first event:  "User completed onboarding" | .append event "user-milestone"'
    assert all(word in more for word in ("tutorial", "F1", "Ctrl-D"))
    assert shell.color_of(".append") == "cyan"
    assert prompt == ">"


def test_a_line_is_run_and_the_next_prompt_follows(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.run("[1 2 3] | where $it > 2", "│ 0 │ 3 │")
    shell.run("let x = 5", "> let x = 5")
    shell.run("$x * 2", "10")


def test_logging_and_listing_an_event(open_shell: OpenTerminal, database: TestDatabase) -> None:
    shell = open_shell("--dsn", database.dsn())
    shell.run('"it\'s done" | .append event "milestone"', "│ name    │ milestone")
    shell.run("event list", "{text: it's done}")
    assert "hidden at this width: " in shell.text()
    shell.run("event revoke ffff", "there is no such event")


def test_the_prompt_stays_on_the_terminal_where_results_go_to_a_file(terminal: OpenTerminal, tmp_path: Path) -> None:
    results = tmp_path / "results"
    shell = terminal("-c", f"{PROGRAM} -n --dsn host=nowhere > {results}", program="/bin/bash")
    shell.wait_for_prompt("Leave:  Ctrl-D")
    shell.send("6 * 7" + ENTER)
    shell.wait(lambda: shell.text().endswith("> 6 * 7\n>"))
    shell.send(CTRL_D)
    shell.wait(shell.has_ended)
    assert results.read_text() == "42\n"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_the_shell_in_order_before_anything_was_asked_of_the_store(
    open_shell: OpenTerminal, number: signal.Signals
) -> None:
    shell = open_shell()
    shell.process.kill(number)
    shell.wait(shell.has_ended)
    assert (shell.process.exitstatus, shell.process.signalstatus) == (128 + number, None)


def test_an_error_is_shown_and_the_shell_goes_on(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.run("[1] | were $it", "did you mean `where`?")
    shell.run("1 / 0", "division by zero")
    shell.run("1 + 1", "2")


@SIZES
def test_an_incomplete_line_goes_on_in_the_next(open_shell: OpenTerminal, columns: int, lines: int) -> None:
    shell = open_shell(columns=columns, lines=lines)
    shell.send("[1 2 3] | each {|x|" + ENTER)
    shell.wait_for("·")
    shell.send("$x * 2" + ENTER)
    shell.send("} | math" + CTRL_C)
    shell.wait_for_prompt()
    shell.send('"one' + ENTER)
    shell.wait_for('"one')
    shell.send('two" | lines | length' + ENTER)
    shell.wait_for_prompt("\n2\n")


def test_alt_enter_begins_a_line_anywhere(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("1" + ALT_ENTER)
    shell.wait_for("·")
    shell.send("2" + ENTER)
    shell.wait_for_prompt("\n1\n2\n>")


def test_ctrl_c_clears_the_line_and_ctrl_d_leaves(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("some words")
    shell.wait_for("some words")
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    shell.send(CTRL_D)
    shell.wait(shell.has_ended)
    assert shell.process.exitstatus == 0


def test_ctrl_c_stops_a_command_and_the_shell_goes_on(open_shell: OpenTerminal, database: TestDatabase) -> None:
    shell = open_shell("--dsn", database.dsn())
    shell.run("event list | length", "0")
    shell.send("1.. | each {|x| $x } | length" + ENTER)
    shell.wait_for("Ctrl-C stops it")
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    shell.run("event list | describe", "list<any>")


def test_exit_leaves_with_its_code(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("exit 7" + ENTER)
    shell.wait(shell.has_ended)
    assert shell.process.exitstatus == 7


def test_what_was_typed_is_kept_in_a_file_for_its_owner_alone(terminal: OpenTerminal, tmp_path: Path) -> None:
    shell = terminal()
    shell.wait_for_prompt()
    shell.run("1 + 41", "42")
    shell.send(CTRL_D)
    shell.wait(shell.has_ended)
    history = tmp_path / "state" / "stk" / "history"
    assert "1 + 41" in history.read_text()
    assert history.stat().st_mode & 0o777 == 0o600
    assert history.parent.stat().st_mode & 0o777 == 0o700
    again = terminal()
    again.wait_for_prompt()
    again.send(UP)
    again.wait_for("> 1 + 41")


def test_what_is_typed_has_colours(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("[1 2] | where $it > 1 | nosuch")
    shell.wait_for("nosuch")
    shell.wait(lambda: shell.color_of("nosuch") == "red")
    assert shell.color_of("where") == "cyan"
    assert shell.color_of("$it") == "magenta"


def test_there_are_no_colours_where_nobody_wants_them(open_shell: OpenTerminal) -> None:
    shell = open_shell(NO_COLOR="1")
    shell.run("[[a]; [1]]", "│ # │ a │")
    assert shell.color_of("a │") == "default"
    shell.send("nosuch")
    shell.wait_for("nosuch")
    assert shell.color_of("nosuch") == "default"


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_a_table_is_as_wide_as_the_terminal(open_shell: OpenTerminal, columns: int) -> None:
    shell = open_shell(columns=columns)
    shell.send(f"[[name text]; [note '{'x' * 210}']]" + ENTER)
    shell.wait_for("╰")
    border = next(line for line in shell.lines() if line.startswith("╭"))
    assert len(border) == columns


def test_a_table_fits_after_the_window_has_changed(open_shell: OpenTerminal) -> None:
    shell = open_shell(columns=120)
    shell.screen.resize(24, 60)
    shell.process.setwinsize(24, 60)
    shell.process.kill(signal.SIGWINCH)
    shell.run("[[a]; [(1..100 | each { 'y' } | to text)]]", "╰")
    assert max(map(len, shell.lines())) <= 60


def test_a_store_that_is_gone_is_an_error_and_not_the_end(open_shell: OpenTerminal) -> None:
    shell = open_shell("--dsn", "host=127.0.0.1 port=1 dbname=x", lines=40)
    shell.run("event list", "stk::store::connection")
    shell.run("1 + 1", "2")


def test_a_server_that_was_stopped_is_started_again(open_shell: OpenTerminal, data_dir: Path) -> None:
    shell = open_shell("--data-dir", str(data_dir))
    shell.run('"a" | .append event "first" | get name', "first")
    pid = int((data_dir / "postgres" / "postmaster.pid").read_text().split("\n")[0])
    os.kill(pid, signal.SIGKILL)
    shell.run("event list | get name", "event list | get name")
    shell.run("event list | length", "\n1\n>")
    shell.send(CTRL_D)
    shell.wait(shell.has_ended)


def test_what_a_text_holds_is_shown_and_not_done(terminal: OpenTerminal) -> None:
    shell = terminal()
    shell.wait_for_prompt()
    shell.run('"one\\rtwo\\e[2J three"', "one␍two␛[2J three")
    shell.run("note", "`note` is not a command")
    shell.send(CTRL_D)
    shell.wait(shell.has_ended)
    for format_ in ("text", "csv"):
        once = terminal("-n", "-o", format_, "-c", '"one\\rtwo\\e[2J"')
        once.wait_for("one␍two␛[2J")


def test_help_is_at_hand(open_shell: OpenTerminal) -> None:
    shell = open_shell(lines=100)
    shell.run("help", "help commands")
    shell.run("use --help", "Make the commands of a module known.")


def test_a_shell_begins_with_the_users_own_commands(terminal: OpenTerminal, tmp_path: Path) -> None:
    startup = tmp_path / "config" / "stk" / "startup.nu"
    startup.parent.mkdir(parents=True)
    startup.write_text("# Greet somebody.\ndef greet [name: string] { $'hello ($name)' }\nalias count = length\n")
    shell = terminal()
    shell.wait_for_prompt()
    shell.run("greet Ana", "hello Ana")
    shell.run("[1 2 3] | count", "3")
    plain = terminal("-n")
    plain.wait_for_prompt()
    plain.run("greet Ana", "`greet` is not a command")


def test_a_mistake_in_the_users_own_commands_is_shown_and_the_shell_begins(
    terminal: OpenTerminal, tmp_path: Path
) -> None:
    startup = tmp_path / "config" / "stk" / "startup.nu"
    startup.parent.mkdir(parents=True)
    startup.write_text("alias count = length\nunknwon\n")
    shell = terminal(columns=120)
    shell.wait_for_prompt("`unknwon` is not a command")
    shell.run("1 + 1", "2")


def test_the_prompt_and_the_keys_are_settings(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("config set prompt 'audit> '" + ENTER)
    shell.wait(lambda: shell.text().endswith("\naudit>"))
    shell.send("config set edit_mode vi" + ENTER)
    shell.wait(lambda: shell.text().endswith("vi\naudit>"))
    shell.send("12 + 1")
    shell.wait_for("audit> 12 + 1")
    shell.send("\x1b")
    shell.read(0.5)
    shell.send("0x")
    shell.wait_for("audit> 2 + 1")


def test_a_command_asks_the_user(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send('let who = input "Who? "' + ENTER)
    shell.wait(lambda: shell.text().endswith("\nWho?"))
    shell.send("Ana\n")
    shell.wait(lambda: shell.text().endswith("\nWho? >"))
    shell.run('$"hello ($who)"', "hello Ana")


def test_a_password_is_not_seen(terminal: OpenTerminal) -> None:
    shell = terminal("-c", '[(input "Name: ") (input -s "Password: ")] | str length')
    shell.process.setecho(True)
    shell.wait_for("Name:")
    shell.send("Ana\n")
    shell.wait_for("Password:")
    shell.send("secret\n")
    shell.wait_for("│ 1 │ 6 │")
    assert shell.text().startswith("Name: Ana\nPassword:\n")


def test_a_question_can_be_left_unanswered(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send('input "Who? "' + ENTER)
    shell.wait(lambda: shell.text().endswith("\nWho?"))
    shell.send(CTRL_C)
    shell.wait_for_prompt("Who?")
    shell.send('input "Who? "' + ENTER)
    shell.wait(lambda: shell.text().endswith("\nWho?"))
    shell.send(CTRL_D)
    shell.wait_for_prompt("the input has ended")


def test_what_was_typed_can_be_listed(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.run("1 + 41", "42")
    shell.run("history | get command | first", "1 + 41\n>")
