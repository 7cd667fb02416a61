"""The history, as the prompt keeps it and `history` reads it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from stk_shell.repl.history import entries, open_history


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory for the history alone."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "stk" / "history"


def test_what_was_typed_is_read_with_its_time() -> None:
    before = datetime.datetime.now().astimezone()
    history = open_history()
    for text in ("1 + 1", "[1 2]\n| first", "# a remark", "+ä"):
        history.append_string(text)
    found = entries()
    assert [row["command"] for row in found] == ["1 + 1", "[1 2]\n| first", "# a remark", "+ä"]
    moments = [row["start_timestamp"] for row in found]
    assert all(isinstance(moment, datetime.datetime) and moment >= before for moment in moments)


def test_without_a_file_there_is_no_history() -> None:
    assert entries() == []


def test_a_file_that_somebody_has_edited_is_read_as_far_as_it_goes(state: Path) -> None:
    state.parent.mkdir()
    state.write_bytes(b"+first\n# no time\n+second \xff\nrubbish\n+third")
    assert [row["command"] for row in entries()] == ["first", "second \ufffd", "third"]
    assert {row["start_timestamp"] for row in entries()} == {None}
