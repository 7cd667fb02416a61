"""Trying hostile inputs by the thousand: each text with each law."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice

from stk_shell.model.settings import Settings
from stk_shell.store import open_store
from tests.fixtures.clusters import Cluster, TestDatabase, binaries
from tests.fixtures.shells import Shell, no_store, put_example_events
from tests.hostile.laws import EXAMPLES, PURE, TAILS, Law, argument_of, is_recorded, piped_into
from tests.hostile.texts import texts


def try_inputs(wanted: int, seed: int, say: Callable[[str], object]) -> tuple[list[str], int]:
    """Try at least so many inputs; gives what was found, which is also said at once, and how many were tried."""
    with _store() as stored:
        pure = Shell(no_store, Settings())
        faults: list[str] = []
        tried = 0
        lines, tails = cycle(EXAMPLES), cycle(TAILS)
        for text in texts(seed):
            examples = [*map(argument_of, islice(lines, 5)), *map(piped_into, islice(tails, 10))]
            for law, shell in [*((law, pure) for law in PURE), *((law, stored) for law in (is_recorded, *examples))]:
                tried += 1
                fault = fault_of(law, text, shell)
                if fault:
                    faults.append(fault)
                    say(fault)
            if tried >= wanted:
                return faults, tried
    raise AssertionError("there is no end of texts")


def fault_of(law: Law, text: str, shell: Shell) -> str | None:
    """What does not hold for a text, in a line; None where all does."""
    try:
        law(text, shell)
    except Exception as error:  # noqa: BLE001
        return f"{law.__name__} {text[:60]!r}: {type(error).__name__} {str(error)[:300]!r}"
    return None


@contextmanager
def _store() -> Iterator[Shell]:
    """A shell with a store of its own, and the files of one who has none."""
    folder = binaries(18)
    assert folder is not None
    cluster, home, here = Cluster(folder), tempfile.mkdtemp(), os.getcwd()
    os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = home
    os.chdir(home)
    database = TestDatabase(cluster, cluster.migrated())
    put_example_events(database)
    settings = Settings(dsn=database.dsn())
    shell = Shell(lambda: open_store(settings, None), settings)
    try:
        yield shell
    finally:
        shell.session.close()
        os.chdir(here)
        cluster.stop()
        shutil.rmtree(cluster.directory)
        shutil.rmtree(home)
