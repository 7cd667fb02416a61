"""The store to practise on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from stk_shell.model.errors import Exit, StoreError
from stk_shell.model.store import EventQuery, NewEvent
from stk_shell.store.scratch import scratch_stores


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where what is temporary goes; the server's user can get there."""
    directory = Path(tempfile.mkdtemp(prefix="stk-place-", dir="/tmp"))
    directory.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(directory))
    yield directory
    shutil.rmtree(directory)


def servers(place: Path) -> list[int]:
    """The processes of servers there."""
    return [each.pid for each in psutil.process_iter(["cmdline"]) if str(place) in " ".join(each.info["cmdline"] or [])]


def test_all_who_open_it_have_the_same_events_and_nothing_is_left(place: Path) -> None:
    with scratch_stores() as open_store:
        one, other = open_store(), open_store()
        assert one.count(EventQuery(), 9) == 0
        one.append([NewEvent("note", {"text": "here"})])
        one.close()
        assert other.count(EventQuery(name="note"), 9) == 1
        other.close()
        assert len([*place.iterdir()]) == 1
        assert servers(place)
    assert [*place.iterdir()] == []
    assert servers(place) == []


@pytest.mark.parametrize("reason", [KeyboardInterrupt(), Exit(1), StoreError("it is gone", "gone")])
def test_nothing_is_left_whatever_happens(place: Path, reason: BaseException) -> None:
    def use() -> None:
        with scratch_stores() as open_store:
            open_store().start()
            raise reason

    with pytest.raises((KeyboardInterrupt, Exit, StoreError)):
        use()
    assert [*place.iterdir()] == []
    assert servers(place) == []


def test_nobody_makes_it_again(place: Path) -> None:
    with scratch_stores() as open_store:
        store = open_store()
        store.event_types()
    with pytest.raises(StoreError) as caught:
        store.event_types()
    assert caught.value.code == "stk::store::ended"
    store.close()
    with pytest.raises(StoreError):
        open_store().overview()
    assert [*place.iterdir()] == []


def test_where_there_is_no_place_for_it_the_error_says_how_to_name_another(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "file").write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(place / "file"))
    with pytest.raises(StoreError, match="is not a directory") as caught, scratch_stores():
        pass
    assert caught.value.help == "TMPDIR names another directory for what is temporary."
