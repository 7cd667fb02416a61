"""`python -m tests.benchmarks [ROUNDS]` measures everything and prints ratios to limits taken in the same run."""

from __future__ import annotations

import compileall
import gc
import sys
from pathlib import Path

import stk_shell
from stk_shell.cli import COLLECT_AFTER
from tests.benchmarks.bulk import loading
from tests.benchmarks.events import appending, reading
from tests.benchmarks.export import exporting
from tests.benchmarks.harness import report
from tests.benchmarks.isolation import isolating
from tests.benchmarks.language import pipelines
from tests.benchmarks.proof import proving
from tests.benchmarks.search import searching
from tests.benchmarks.starting import attaching, prompting, starting
from tests.benchmarks.statistics import counting
from tests.benchmarks.store import measured_store
from tests.benchmarks.typing import keys


def main(rounds: int) -> None:
    """Measure and print."""
    # A checkout may never have been run, and an installed package always has its bytecode.
    compileall.compile_dir(Path(stk_shell.__file__).parent, quiet=1)
    gc.set_threshold(COLLECT_AFTER)
    with measured_store() as store:
        results = [
            *starting(store, rounds * 3),
            *prompting(store, rounds),
            *attaching(store, rounds),
            *appending(store, rounds),
            *loading(store, rounds),
            *reading(store, rounds),
            *exporting(store, rounds),
            *proving(store, rounds),
            *isolating(store, rounds),
            *counting(store, rounds),
            *searching(store, rounds),
            *pipelines(rounds),
            *keys(rounds),
        ]
    print(report(results))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
