"""Fixtures for all tests."""

from __future__ import annotations

import os

import pytest

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
    "tests.fixtures.poolers",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take an option of ours."""
    parser.addoption("--pooler", action="store_true", help="have stk reach its databases through PgBouncer")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Behind a pooler, leave out what is about a server that nobody stands before, and what has no store at all."""
    if config.getoption("--pooler"):
        chosen = [item for item in items if _goes_through_pooler(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def _goes_through_pooler(item: pytest.Item) -> bool:
    return "database" in getattr(item, "fixturenames", ()) and item.get_closest_marker("direct") is None
