"""Fixtures for all tests."""

from __future__ import annotations

import os

# Set before anything reads them: the tests decide which store is used, how wide the output is, and the time zone.
for variable in [name for name in os.environ if name.startswith(("PG", "STK_", "COLUMNS"))]:
    del os.environ[variable]
os.environ["TZ"] = "UTC"
os.environ["NO_COLOR"] = "1"

pytest_plugins = [
    "tests.fixtures.clusters",
    "tests.fixtures.shells",
    "tests.fixtures.programs",
    "tests.fixtures.terminals",
    "tests.fixtures.tls",
    "tests.fixtures.faults",
]
