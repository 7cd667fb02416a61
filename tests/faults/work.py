"""The work that faults interrupt: recording one event after another, lists of them, revoking."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from stk_shell.model.errors import StkError
from stk_shell.model.progress import Progress
from stk_shell.model.store import NewEvent, Store
from tests.faults.ledger import DONE, Change, fate

LIST = 3000
"""How many events a list has."""

Tell = Callable[[Change], None]
"""Is told of each change as soon as the shell tells of it."""


def single(store: Store, name: str, tell: Tell) -> Iterator[None]:
    """Record an event at each step."""
    for number in itertools.count():
        mark = f"{name} {number}"
        tell(Change(mark, 1, _outcome(store.append, [NewEvent(name, {"mark": mark})])))
        yield


def many(store: Store, name: str, tell: Tell) -> Iterator[None]:
    """Record a list of events at each step."""
    for number in itertools.count():
        mark = f"{name} {number}"
        events = (NewEvent(name, {"mark": mark, "n": n}) for n in range(LIST))
        tell(Change(mark, LIST, _outcome(store.append, events)))
        yield


def revoking(store: Store, name: str, tell: Tell) -> Iterator[None]:
    """Revoke an event at each step; they are recorded before."""
    events = store.append(NewEvent(name, {}) for _ in range(1000))
    for event in events:
        uu = str(event["uu"])
        tell(Change(uu, 1, _outcome(store.revoke, [uu], Progress("events"))))
        yield


WORK = {"single": single, "list": many, "revoke": revoking}


def _outcome(change: Callable[..., object], *arguments: object) -> str:
    try:
        change(*arguments)
    except StkError as error:
        return fate(error)
    return DONE
