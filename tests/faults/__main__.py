"""Injects faults and prints what they have led to: `python -m tests.faults [COUNT [SEED]]`.

`python -m tests.faults watch [EVENTS [SEED]]` follows events instead, first all of them, and then a fifth with a server
that is killed again and again.
"""

from __future__ import annotations

import random
import shutil
import sys
import time

from tests.faults.injections import INJECTIONS, Bench
from tests.faults.ledger import DONE, NOT_DONE, SILENT, UNKNOWN, Tally, recorded, revoked
from tests.faults.spooled import SPOOLED
from tests.faults.watched import followed, killing
from tests.faults.work import WORK
from tests.fixtures.clusters import Cluster, TestDatabase, binaries
from tests.fixtures.faults import kill


def main(count: int, seed: int) -> int:
    """Inject that many faults; gives 1 if anything was lost, doubled or told wrongly."""
    folder = binaries(18)
    assert folder is not None
    cluster = Cluster(folder)
    try:
        chance = random.Random(seed)
        bench = Bench(cluster, TestDatabase(cluster, cluster.migrated()), chance)
        start = time.monotonic()
        tallies = _injected(bench, count, chance)
        print(_report(tallies))
        faults = sum(tally.faults for tally in tallies.values())
        wrong = sum(tally.lost + tally.doubled + tally.untrue for tally in tallies.values())
        minutes = (time.monotonic() - start) / 60
        print(
            f"{faults} faults in {minutes:.1f} minutes, {bench.reconnected} reconnections, {wrong} wrong (seed {seed})"
        )
        return int(wrong > 0)
    finally:
        kill(cluster)
        shutil.rmtree(cluster.directory)


def watch(events: int, seed: int) -> int:
    """Follow that many events; gives 1 if any was missed, came twice, or is not there."""
    folder = binaries(18)
    assert folder is not None
    cluster = Cluster(folder)
    try:
        running = followed(TestDatabase(cluster, cluster.migrated()), events, seed)
        print(f"running: {running}", flush=True)
        strike = killing(cluster, random.Random(seed))
        killed = followed(TestDatabase(cluster, cluster.migrated()), events // 5, seed, strike)
        print(f"killed:  {killed}")
        return int(not (running.is_right() and killed.is_right()))
    finally:
        kill(cluster)
        shutil.rmtree(cluster.directory)


def _injected(bench: Bench, count: int, chance: random.Random) -> dict[str, Tally]:
    kinds = [(name, work) for name in INJECTIONS for work in WORK]
    weights = [INJECTIONS[name][1] for name, _ in kinds]
    kinds += [(name, "spool") for name in SPOOLED]
    weights += [3] * len(SPOOLED)
    tallies = {f"{work}: {name}": Tally() for name, work in kinds}
    for number, (name, work) in enumerate(chance.choices(kinds, weights, k=count)):
        mark = f"round {number}"
        strike = SPOOLED.get(name)
        changes = strike(bench, mark) if strike else INJECTIONS[name][0](bench, work, mark)
        found = revoked(bench.database, mark) if work == "revoke" else recorded(bench.database, mark)
        for wrong in tallies[f"{work}: {name}"].add(changes, found):
            print(f"{work}: {name}, round {number}: {wrong}, but {found.get(wrong.mark, 0)} found", file=sys.stderr)
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {count}", end="", file=sys.stderr)
    return tallies


def _report(tallies: dict[str, Tally]) -> str:
    from tabulate import tabulate

    told = (DONE, NOT_DONE, UNKNOWN, SILENT)
    rows = [
        [name, tally.faults, *(tally.told[each] for each in told), tally.lost, tally.doubled, tally.untrue]
        for name, tally in sorted(tallies.items())
    ]
    rows.append(["all", *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True))])
    headers = ["fault", "times", *(f"told: {each}" for each in told), "lost", "doubled", "told wrongly"]
    text: str = tabulate(rows, headers, tablefmt="github")
    return text


if __name__ == "__main__":
    follows = sys.argv[1:2] == ["watch"]
    numbers = [int(argument) for argument in sys.argv[1 + follows :]]
    count = numbers[0] if numbers else 100_000 if follows else 1000
    sys.exit((watch if follows else main)(count, numbers[1] if len(numbers) > 1 else 1))
