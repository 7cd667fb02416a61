"""Long work tells how far it has come, and can be stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.terminals import CTRL_C, ENTER, SIZES, OpenTerminal


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of many lines."""
    path = tmp_path / "many.log"
    path.write_text("".join(f"line {number}\n" for number in range(60_000)))
    return path


@SIZES
def test_an_import_shows_a_bar_and_the_bar_goes_away(
    open_shell: OpenTerminal, database: TestDatabase, many: Path, columns: int, lines: int
) -> None:
    shell = open_shell("--dsn", database.dsn(), columns=columns, lines=lines)
    shell.send(f"open {many.name} | lines | .append event many | length" + ENTER)
    shell.wait(lambda: "events  " in shell.text() and "/s" in shell.text())
    assert "many.log  " in shell.text()
    shell.wait(lambda: shell.text().endswith("\n60000\n>"), 60)
    assert "/s" not in shell.text()


def test_ctrl_c_in_an_import_leaves_nothing_behind(
    open_shell: OpenTerminal, database: TestDatabase, many: Path
) -> None:
    shell = open_shell("--dsn", database.dsn())
    shell.send(f"open {many.name} | lines | .append event many | length" + ENTER)
    shell.wait(lambda: "events  " in shell.text())
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    shell.run("event list | length", "\n0")


def test_a_bulk_revoke_shows_a_bar(open_shell: OpenTerminal, database: TestDatabase) -> None:
    shell = open_shell("--dsn", database.dsn())
    shell.run("1..20000 | .append event many | length", "\n20000")
    shell.send("event list --limit 0 | event revoke | length" + ENTER)
    shell.wait(lambda: "events  " in shell.text() and " %" in shell.text())
    shell.wait(lambda: shell.text().endswith("\n20000\n>"), 60)


def test_an_export_counts_its_rows(open_shell: OpenTerminal, tmp_path: Path) -> None:
    shell = open_shell()
    shell.send("1..2000000 | each {|n| {n: $n} } | save numbers.jsonl" + ENTER)
    shell.wait(lambda: " rows  " in shell.text())
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    assert not (tmp_path / "numbers.jsonl").exists()


def test_other_long_work_tells_how_long_it_has_taken(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("sleep 20sec" + ENTER)
    shell.wait_for("running  0:00:01  Ctrl-C stops it")
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    assert "running" not in shell.text()
