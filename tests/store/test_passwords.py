"""Passwords: libpq's ways to give one work, a terminal is asked for it once, and none is ever shown or kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stk_shell import crash
from stk_shell.config import read_settings
from stk_shell.model.errors import UsageError
from stk_shell.model.secret import has_password, masked
from stk_shell.model.settings import Settings
from stk_shell.render.diagnostic import render_diagnostic
from stk_shell.repl.history import is_private
from stk_shell.wiring import place_in_words, sign_of_events
from tests.fixtures.clusters import PASSWORD, TestDatabase
from tests.fixtures.programs import RunStk
from tests.fixtures.terminals import OpenTerminal

DSNS = [
    "postgresql://ana:hunter2@db/audit",
    "postgres://ana:hunter2@db:5432/audit?sslmode=require",
    "postgres://:hunter2@db/audit",
    "postgres://ana:hun/hunter2@db/audit",
    "host=db password=hunter2 user=ana",
    "host=db password = 'it''s hunter2' user=ana",
    "host=db password='\\' hunter2' user=ana",
    "host=db sslpassword=hunter2",
    "postgres://db/audit?password=hunter2&user=ana",
    'PGPASSWORD="hunter2"',
    "$env.PGPASSWORD = 'hunter2'",
    "with-env {PGPASSWORD: hunter2} { event list }",
    "load-env {'PGPASSWORD': 'hunter2'}",
    "alter role ana password 'hunter2'",
    "CREATE USER ana WITH ENCRYPTED PASSWORD 'hunter2'",
]


@pytest.mark.parametrize("dsn", DSNS)
def test_a_password_is_found_and_masked(dsn: str) -> None:
    assert has_password(dsn)
    assert is_private(f"config set dsn '{dsn}'")
    assert "hunter2" not in masked(dsn)
    assert "hunter2" not in masked(f"could not use {dsn}, as it is")
    assert masked(dsn).startswith(dsn[:4])


@pytest.mark.parametrize(
    "text", ["host=db user=ana", "where password == 'x'", "https://db/a@b", "a: b @ c", "12:30 @ x"]
)
def test_what_has_no_password_stays_as_it_is(text: str) -> None:
    assert masked(text) == text
    assert not has_password(text)


@pytest.mark.parametrize("dsn", DSNS[:9])
def test_no_password_is_shown_by_the_configuration_or_an_error(stk: RunStk, dsn: str) -> None:
    environment = {"STK_DSN": dsn}
    shown = stk("-o", "json", "-c", "config | where name == dsn | get value", env=environment).stdout
    assert "hunter2" not in shown
    assert "db" in shown
    refused = stk("-c", "event list", env={"STK_DSN": dsn.replace("db", "127.0.0.1") + " port=1 x"}, code=1)
    assert "hunter2" not in refused.stdout + refused.stderr
    assert "hunter2" not in place_in_words(Settings(dsn=dsn))


@pytest.mark.parametrize("dsn", ["password=hunter2 hunter3", "postgresql://ana:hunter2 hunter3@db/x"])
def test_a_dsn_that_cannot_be_read_is_not_quoted(stk: RunStk, dsn: str) -> None:
    done = stk("-c", "event list", env={"STK_DSN": dsn}, code=1)
    assert "the DSN is no connection string" in done.stderr
    assert "hunter" not in done.stderr


def test_a_line_of_the_configuration_is_shown_without_its_password() -> None:
    text = b'data_dir = "/x"\ndsn = "postgresql://ana:hunter2@db/audit"\n'
    with pytest.raises(UsageError) as caught:
        read_settings("config.toml", text)
    shown = render_diagnostic(caught.value)
    assert "hunter2" not in shown
    assert "postgresql://ana:***@db/audit" in shown


def test_a_report_of_a_crash_has_no_password() -> None:
    path = crash.write_report(RuntimeError("cannot use postgresql://ana:hunter2@db and password=hunter2\x1b[2J"))
    text = Path(path).read_text(encoding="utf-8")
    os.unlink(path)
    assert "cannot use postgresql://ana:***@db" in text
    assert "\x1b" not in text
    assert "hunter2" not in text


def test_the_name_of_no_file_is_made_of_a_password() -> None:
    assert sign_of_events(Settings(dsn=DSNS[0])) == sign_of_events(Settings(dsn=DSNS[0].replace("hunter2", "other")))


def test_a_password_of_the_command_line_is_warned_of_and_taken_out_of_the_list_of_processes(
    stk: RunStk, tcp_database: TestDatabase, tmp_path: Path
) -> None:
    program = "open --raw /proc/self/cmdline | print; event list | length"
    url = f"postgresql://stk_login:{'only%20for%20%27tests%27%20%5C%20here'}@127.0.0.1:{tcp_database.cluster.port}/{tcp_database.name}"
    done = stk("--dsn", url, "-c", program)
    assert "note: a password in --dsn can be seen in the list of processes" in done.stderr
    assert "only%20for" not in done.stdout
    assert "postgresql://stk_login:xxxxx" in done.stdout
    assert done.stdout.endswith("0\n")
    assert "list of processes" not in stk("--dsn", "host=127.0.0.1 port=1", "-c", "1").stderr


@pytest.fixture
def without_password(tcp_database: TestDatabase) -> str:
    """The DSN of a store whose server asks for a password."""
    return f"host=127.0.0.1 port={tcp_database.cluster.port} user=stk_login dbname={tcp_database.name}"


def test_a_password_file_is_read(stk: RunStk, without_password: str, tmp_path: Path) -> None:
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    for name, environment in (("given", {"PGPASSFILE": str(tmp_path / "given")}), (".pgpass", {"HOME": str(tmp_path)})):
        (tmp_path / name).write_text(f"127.0.0.1:*:*:stk_login:{escaped}\n")
        (tmp_path / name).chmod(0o600)
        if name == ".pgpass" and os.geteuid() == 0 and os.path.expanduser("~root") != str(tmp_path):
            # libpq looks up the home of the user, unless HOME names one.
            environment["HOME"] = str(tmp_path)
        assert stk("--dsn", without_password, "-c", "event list | length", env=environment).stdout == "0\n"
        (tmp_path / name).unlink()


def test_without_a_terminal_nobody_is_asked(stk: RunStk, without_password: str) -> None:
    done = stk("--dsn", without_password, "-c", "event list", code=1)
    assert "no password supplied" in done.stderr
    assert "~/.pgpass" in done.stderr


def test_a_terminal_is_asked_once_and_shows_nothing_of_it(terminal: OpenTerminal, without_password: str) -> None:
    shell = terminal("--dsn", without_password, "-c", "store status | get login\nevent list -l 0 | length")
    shell.wait_for("Password of stk_login:")
    shell.send(f"{PASSWORD}\r")
    shell.wait(shell.has_ended)
    assert shell.text().endswith("\nstk_login\n0")
    assert "only for" not in shell.text()
    assert shell.text().count("Password of") == 1


def test_a_password_that_is_wrong_is_asked_for_again_by_the_next_command(
    terminal: OpenTerminal, without_password: str
) -> None:
    program = "try { event list | length } catch {|error| print 'refused' }; event list | length"
    shell = terminal("--dsn", without_password, "-c", program)
    shell.wait_for("Password of stk_login:")
    shell.send("wrong\r")
    shell.wait_for("refused")
    shell.wait(lambda: shell.text().count("Password of stk_login:") == 2)
    shell.send(f"{PASSWORD}\r")
    shell.wait(shell.has_ended)
    assert "\n0\n" in f"{shell.text()}\n"
