"""What is known of the store: asked for in the background, kept, and asked for again when it is old."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from stk_shell.model.errors import StoreError
from stk_shell.model.overview import Overview
from stk_shell.model.settings import Settings
from stk_shell.repl.completion.catalog import GIVES_UP, KEEPS, RESTS, Catalog
from tests.fixtures.shells import Shell
from tests.fixtures.stores import OVERVIEW, LateStore


class Clocked:
    """A catalog whose time goes on when it is told to, on a store that answers when it is told to."""

    def __init__(self, *, opened: bool = True) -> None:
        self.time = 100.0
        self.told = threading.Event()
        self.store = LateStore(0)
        self.shell = Shell(lambda: self.store, Settings())
        if opened:
            assert self.shell.session.store is self.store
        self.catalog = Catalog(self.shell.session, self.told.set, lambda: self.time, self.sleep)

    def sleep(self, seconds: float) -> None:
        """Let time go on."""
        self.time += seconds

    def ask(self, *, demanded: bool = False) -> Overview:
        """What is known now."""
        return self.catalog.overview(demanded=demanded)

    def answered(self) -> None:
        """Wait for an answer."""
        assert self.told.wait(10)
        self.told.clear()


@pytest.fixture
def clocked() -> Clocked:
    """One whose store somebody has used."""
    return Clocked()


def test_nothing_is_known_until_the_store_has_answered_and_then_all_of_it(clocked: Clocked) -> None:
    clocked.store.seconds = 0.2
    assert clocked.ask() == Overview()
    assert not clocked.catalog.has_answered
    clocked.answered()
    assert clocked.ask() is OVERVIEW
    assert clocked.catalog.has_answered


def test_it_is_not_asked_again_while_what_is_known_is_fresh(clocked: Clocked) -> None:
    for seconds in (0.0, 1.0, KEEPS - 2):
        clocked.time += seconds
        clocked.ask()
        if clocked.store.asked == 1 and not clocked.catalog.has_answered:
            clocked.answered()
    assert clocked.store.asked == 1


@pytest.mark.parametrize(("change", "seconds"), [(lambda _: None, KEEPS + 1), (lambda catalog: catalog.outdate(), 0)])
def test_it_is_asked_again_when_it_is_old_or_something_was_run(
    clocked: Clocked, change: Callable[[Catalog], None], seconds: float
) -> None:
    clocked.ask()
    clocked.answered()
    clocked.store.answer = Overview()
    change(clocked.catalog)
    clocked.time += seconds
    assert clocked.ask() is OVERVIEW
    clocked.answered()
    assert clocked.ask() == Overview()
    assert clocked.store.asked == 2
    assert clocked.time >= 100 + RESTS


def test_only_one_question_is_asked_at_a_time(clocked: Clocked) -> None:
    clocked.store.seconds = 0.2
    for _ in range(5):
        clocked.ask()
        assert clocked.catalog.asking
    clocked.answered()
    assert clocked.store.asked == 1
    assert not clocked.catalog.asking


def test_a_store_that_does_not_answer_is_left_alone_for_a_while_and_what_was_known_stays(clocked: Clocked) -> None:
    clocked.ask()
    clocked.answered()
    clocked.store.answer = None
    clocked.catalog.outdate()
    clocked.time += RESTS + 0.1
    clocked.ask()
    clocked.answered()
    assert clocked.catalog.failed
    clocked.catalog.outdate()
    clocked.time += GIVES_UP - 1
    assert clocked.ask() is OVERVIEW
    assert clocked.store.asked == 2
    clocked.store.answer = OVERVIEW
    clocked.time += 2
    clocked.ask()
    clocked.answered()
    assert not clocked.catalog.failed


def test_a_store_that_nobody_has_used_is_opened_only_for_who_asks_and_closed_again() -> None:
    clocked = Clocked(opened=False)
    closed: list[bool] = []
    clocked.store.close = lambda: closed.append(True)  # type: ignore[method-assign]
    clocked.ask()
    assert clocked.store.asked == 0
    clocked.ask(demanded=True)
    clocked.answered()
    assert clocked.ask() is OVERVIEW
    assert clocked.shell.session.opened_store is None
    assert closed == [True]


def test_a_store_from_which_only_a_list_was_read_is_asked_for_who_asks(clocked: Clocked) -> None:
    clocked.store.connected = None
    clocked.ask()
    assert clocked.store.asked == 0
    clocked.ask(demanded=True)
    clocked.answered()
    assert clocked.ask() is OVERVIEW


def test_a_connection_that_is_lost_is_not_made_anew_for_this(clocked: Clocked) -> None:
    clocked.store.connected = False
    clocked.ask(demanded=True)
    assert clocked.store.asked == 0


def test_a_store_that_cannot_be_opened_counts_as_silent() -> None:
    def no_way() -> LateStore:
        raise StoreError("cannot connect to the store", "connection")

    told = threading.Event()
    catalog = Catalog(Shell(no_way, Settings()).session, told.set)
    catalog.overview(demanded=True)
    assert told.wait(10)
    assert catalog.failed
    assert not catalog.has_answered


def test_who_leaves_waits_a_little_for_a_store_that_was_opened_for_a_question() -> None:
    clocked = Clocked(opened=False)
    clocked.store.seconds = 0.2
    clocked.ask(demanded=True)
    clocked.catalog.close()
    assert clocked.catalog.has_answered
