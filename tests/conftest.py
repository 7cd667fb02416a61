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
    """Take options of ours."""
    parser.addoption("--pooler", action="store_true", help="have stk reach its databases through PgBouncer")
    parser.addoption("--partitioned", action="store_true", help="have the events of each database in partitions")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With one of them, leave out what has no database, and what is about a server that nobody stands before."""
    left_out = {name for name in ("pooler", "partitioned") if config.getoption(f"--{name}")}
    if left_out:
        chosen = [
            item
            for item in items
            if "database" in getattr(item, "fixturenames", ()) and not _is_not_for(item, left_out)
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def _is_not_for(item: pytest.Item, options: set[str]) -> bool:
    """Whether a test is marked as one that says nothing with one of the options."""
    return any(options & set(marker.args) for marker in item.iter_markers("not_for"))
