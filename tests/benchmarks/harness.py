"""Measuring in turn, and saying what came out."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

Run = Callable[[], float]
"""Does the work once and gives a figure: seconds, or how many a second."""


class Result(NamedTuple):
    """A ratio to a limit that was taken in the same run, and what it should be."""

    what: str
    ours: str
    limit: str
    ratio: float
    target: str
    kept: bool


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(runs: Mapping[str, Run], rounds: int) -> dict[str, float]:
    """The median of each, over rounds in which they take turns: the machine's moods then hit all alike."""
    for run in runs.values():
        run()
    figures: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            figures[name].append(run())
    return {name: statistics.median(values) for name, values in figures.items()}


def at_least(what: str, ours: float, limit: float, target: float, unit: str) -> Result:
    """A rate that should be no less than a part of the limit."""
    ratio = ours / limit
    return Result(what, f"{ours:,.0f} {unit}", f"{limit:,.0f} {unit}", ratio, f"≥ {target}", ratio >= target)


def at_most(what: str, ours: float, limit: float, target: float) -> Result:
    """A time (seconds) that should be no more than a multiple of the limit."""
    ratio = ours / limit
    return Result(what, f"{ours * 1000:.1f} ms", f"{limit * 1000:.1f} ms", ratio, f"≤ {target}", ratio <= target)


def no_later(what: str, ours: float, limit: float, target: float) -> Result:
    """A time (seconds) that should be no more than a number of seconds above the limit."""
    kept = ours - limit <= target
    return Result(
        what, f"{ours * 1000:.2f} ms", f"{limit * 1000:.2f} ms", ours / limit, f"+ {target * 1000:g} ms", kept
    )


def report(results: list[Result]) -> str:
    """The results as a table."""
    from tabulate import tabulate

    rows = [(*result[:3], f"{result.ratio:.2f}", result.target, "yes" if result.kept else "NO") for result in results]
    headers = ["what", "ours", "limit", "ratio", "target", "kept"]
    text: str = tabulate(rows, headers, tablefmt="rounded_outline", disable_numparse=True)
    return text
