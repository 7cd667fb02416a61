"""The history, as the prompt keeps it and `history` reads it."""

from __future__ import annotations

import asyncio
import datetime
import multiprocessing
import time
from pathlib import Path

import pytest

from stk_shell.repl import remembered
from stk_shell.repl.history import HistoryFile, entries, history_path
from stk_shell.repl.remembered import Remembered


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory for the history alone."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "stk" / "history"


def shell() -> Remembered:
    """What a shell that starts now remembers."""
    return Remembered(HistoryFile(history_path()))


def loaded(history: Remembered) -> list[str]:
    """What a prompt can go back to, the last entry first."""

    async def load() -> list[str]:
        return [text async for text in history.load()]

    return asyncio.run(load())


def listed() -> list[object]:
    """The texts that `history` lists."""
    return [row["command"] for row in entries()]


def write_many(name: str, count: int) -> None:
    """Type entries of several lines as another shell does."""
    history = shell()
    for at in range(count):
        history.append_string(f"{name} {at}\n{'x' * 5000}\nend")


def test_what_was_typed_is_read_with_its_time() -> None:
    before = datetime.datetime.now().astimezone()
    history = shell()
    for text in ("1 + 1", "[1 2]\n| first", "# a remark", "+ä", "a\n\n b\n"):
        history.append_string(text)
    assert listed() == ["1 + 1", "[1 2]\n| first", "# a remark", "+ä", "a\n\n b\n"]
    moments = [row["start_timestamp"] for row in entries()]
    assert all(isinstance(moment, datetime.datetime) and moment >= before for moment in moments)
    assert loaded(shell()) == listed()[::-1]


def test_without_a_file_there_is_no_history() -> None:
    assert entries() == []
    assert loaded(shell()) == []


def test_a_file_that_somebody_has_edited_is_read_as_far_as_it_goes(state: Path) -> None:
    state.parent.mkdir()
    state.write_bytes(b"+first\n# no time\n+second \xff\nrubbish\n+third")
    assert listed() == ["first", "second \ufffd", "third"]
    assert {row["start_timestamp"] for row in entries()} == {None}
    assert loaded(shell()) == ["third", "second \ufffd", "first"]


def test_the_file_is_for_its_owner_alone(state: Path) -> None:
    state.parent.mkdir()
    state.write_text("")
    state.chmod(0o644)
    shell().append_string("1")
    assert state.stat().st_mode & 0o777 == 0o600


def test_shells_at_once_lose_nothing() -> None:
    writers = [multiprocessing.get_context("fork").Process(target=write_many, args=(name, 100)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    expected = {f"{name} {at}\n{'x' * 5000}\nend" for name in "abcd" for at in range(100)}
    assert len(listed()) == len(expected)
    assert set(listed()) == expected


def test_entries_of_other_shells_are_there_at_the_next_prompt() -> None:
    one, other = shell(), shell()
    assert loaded(one) == loaded(other) == []
    one.append_string("first")
    other.append_string("second")
    one.append_string("third")
    assert loaded(one) == loaded(other) == ["third", "second", "first"]
    assert one.get_strings() == ["first", "second", "third"]


def test_an_entry_is_gone_back_to_once_and_listed_each_time() -> None:
    history = shell()
    for text in ("a", "b", "a"):
        history.append_string(text)
    assert loaded(history) == ["a", "b"]
    assert listed() == ["a", "b", "a"]


@pytest.mark.parametrize(
    "text",
    [
        " 1 + 1",
        "\t1 + 1",
        'config set dsn "postgresql://ana:s3cret@db.example.org/audit"',
        "config set dsn 'host=db password=s3cret'",
        "config set dsn 'postgres://db/audit?user=ana&password=s3cret'",
        '$env.PGPASSWORD = "s3cret"',
    ],
)
def test_what_is_private_is_there_until_the_next_entry_and_never_in_the_file(state: Path, text: str) -> None:
    history = shell()
    history.append_string("first")
    history.append_string(text)
    assert loaded(history) == [text, "first"]
    assert loaded(shell()) == ["first"]
    history.append_string("last")
    assert loaded(history) == ["last", "first"]
    assert text not in state.read_text()


@pytest.mark.parametrize(
    "text", ['config set dsn "postgresql://ana@db:5432/audit"', 'event list | where name == "password"', "a: //b:c"]
)
def test_what_has_no_password_in_it_is_kept(text: str) -> None:
    shell().append_string(text)
    assert listed() == [text]


@pytest.mark.parametrize("place", ["directory", "file"])
def test_where_no_file_can_be_written_the_shell_remembers_by_itself(state: Path, place: str) -> None:
    if place == "directory":
        state.parent.write_text("no directory")
    else:
        state.mkdir(parents=True)
    history = shell()
    history.append_string("first")
    history.append_string("second")
    assert loaded(history) == ["second", "first"]


def test_a_file_that_is_emptied_is_filled_again(state: Path) -> None:
    history = shell()
    history.append_string("first")
    assert loaded(history) == ["first"]
    state.write_text("")
    history.append_string("2nd")
    assert loaded(history) == ["2nd", "first"]


def test_a_huge_history_does_not_slow_the_start(state: Path) -> None:
    state.parent.mkdir()
    state.write_text("".join(f"\n# 2026-11-22 10:00:00\n+event get {at}\n" for at in range(300_000)))
    history = shell()
    start = time.thread_time()
    texts = loaded(history)
    assert time.thread_time() - start < 0.1
    assert len(texts) == remembered.KEPT
    assert texts[:2] == ["event get 299999", "event get 299998"]


def test_a_history_that_is_read_from_its_middle_begins_with_a_whole_entry(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "AT_MOST", 100)
    for at in range(9):
        shell().append_string(f"first line\n{at} second line")
    assert {text.partition("\n")[0] for text in loaded(shell())} == {"first line"}
