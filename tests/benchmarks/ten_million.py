"""`python -m tests.benchmarks.ten_million [EVENTS] [ROUNDS]` measures what ten million events cost, and a tenth of them."""

from __future__ import annotations

import gc
import statistics
import sys
import time

from stk_shell.cli import COLLECT_AFTER
from tests.benchmarks.big_store import ABSENT_WORD, COMMON_WORD, MAIN, RARE_WORD, BigStore, big_store
from tests.benchmarks.harness import Result, at_most, report
from tests.benchmarks.pushdown import asking, evaluated, listing, pipelining

EVENTS = 10_000_000
ENOUGH = 0.020
"""How many seconds the first ten that a search finds may take."""

SEARCHES = 10
MILLISECOND = " : a millisecond"

WORDS = (("a rare word", RARE_WORD), ("a common word", COMMON_WORD), ("an absent word", ABSENT_WORD))


def main(events: int, rounds: int) -> None:
    """Make the stores, measure, and print."""
    gc.set_threshold(COLLECT_AFTER)
    smaller = _measured(events // 10, rounds)
    larger = _measured(events, rounds)
    _say(report([*smaller, *larger, *_grown(smaller, larger)]))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _measured(events: int, rounds: int) -> list[Result]:
    began = time.monotonic()
    with big_store(events) as store:
        _say(f"{events:,} events were made in {time.monotonic() - began:.0f} s")
        return [*listing(store, rounds), *pipelining(store, rounds), *_searching(store, rounds)]


def _searching(store: BigStore, rounds: int) -> list[Result]:
    """The first ten events that have a word, by an index that is filled first."""
    with store.bare(MAIN) as bare:
        began = time.monotonic()
        while bare.execute("select is_complete from api.stk_event_index(60)").fetchone() != (True,):
            pass
        _say(f"they were put into the index of words in {time.monotonic() - began:.0f} s")
    results = []
    with asking(store, MAIN) as (session, _):
        for what, word in WORDS:
            line = f"event search {word} --limit 10"
            took = statistics.median(evaluated(session, line, SEARCHES) for _ in range(rounds))
            results.append(at_most(f"{store.rows:,} events, first 10 with {what} : 20 ms", took, ENOUGH, 1))
    return results


def _grown(smaller: list[Result], larger: list[Result]) -> list[Result]:
    """The lists, against those among a tenth of the events."""
    return [
        Result(
            f"{after.what.removesuffix(MILLISECOND)} : a tenth of them",
            after.ours,
            before.ours,
            growth,
            "≤ 3",
            growth <= 3,
        )
        for before, after in zip(smaller, larger, strict=True)
        if before.what.endswith(MILLISECOND)
        for growth in [after.ratio / before.ratio]
    ]


if __name__ == "__main__":
    main(*(int(number) for number in (sys.argv[1:] + [str(EVENTS), "5"][len(sys.argv) - 1 :])))
