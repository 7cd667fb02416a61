"""`python -m tests.conformance` prints the pass rate by group."""

from __future__ import annotations

import sys

from tests.conformance.running import report, universal_time

if __name__ == "__main__":
    with universal_time():
        sys.stdout.write(f"{report()}\n")
