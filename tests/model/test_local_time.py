"""Times as the clock here shows them."""

from __future__ import annotations

import datetime
import time

import pytest

from stk_shell.model.local_time import local, midnight

FIRST, LAST = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC), datetime.datetime(9999, 12, 31, 23, tzinfo=datetime.UTC)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "UTC"])
def test_the_ends_of_the_calendar_are_times_as_well(
    zone: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    request.addfinalizer(time.tzset)
    request.addfinalizer(monkeypatch.undo)
    for moment in (FIRST, LAST):
        assert local(moment) == moment
        assert midnight(moment.date()) <= moment
    begin = midnight(datetime.date(2026, 3, 29))
    assert (begin.strftime("%H:%M"), begin.utcoffset()) == ("00:00", local(begin).utcoffset())
