"""The line that tells how far long work has come."""

from __future__ import annotations

import pytest

from stk_shell.model.progress import Progress, Source, Work
from stk_shell.render.palette import PLAIN
from stk_shell.render.progress import progress_line
from stk_shell.render.width import display_width


def work(done: int, total: int | None = None, source: Source | None = None) -> Work:
    """Work of which some is done."""
    busy = Work()
    busy.progress = Progress("events", total)
    busy.progress.done = done
    busy.source = source
    return busy


def test_it_tells_name_bar_share_count_rate_and_time_left() -> None:
    source = Source("journal.jsonl", 1000)
    source.read = 730
    line = progress_line(work(731_204, source=source), "", 15.2, 110, PLAIN)
    assert line.startswith("journal.jsonl  ━")
    assert line.endswith("━   73 %  731 204 events  48 106/s  0:00:06 left")
    assert line.count("╺") == 1


def test_what_is_counted_comes_before_what_is_read() -> None:
    source = Source("small.csv", 10)
    source.read = 10
    assert " 50 %" in progress_line(work(5, 10, source), "", 1, 100, PLAIN)


def test_without_a_total_it_tells_count_and_rate() -> None:
    assert progress_line(work(3000), "", 2, 80, PLAIN) == "3 000 events  1 500/s  0:00:02"


def test_without_a_count_it_tells_what_is_waited_for() -> None:
    assert progress_line(Work(), "running", 63, 80, PLAIN) == "running  0:01:03  Ctrl-C stops it"


@pytest.mark.parametrize("width", [10, 30, 60, 80, 200])
@pytest.mark.parametrize("total", [None, 100])
def test_it_fits_the_width(width: int, total: int | None) -> None:
    source = Source("数据.csv", 100)
    for done in (0, 1, 99, 100):
        assert display_width(progress_line(work(done, total, source), "", 1, width, PLAIN)) <= width


def test_items_are_done_when_the_next_is_asked_for() -> None:
    progress = Progress("events")
    counting = progress.counting("abc")
    next(counting)
    assert progress.done == 0
    next(counting)
    assert progress.done == 1
