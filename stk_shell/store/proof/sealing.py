"""Sealing what is new, and what the chain says of itself: its last block, and the way from an event to it."""

from __future__ import annotations

from stk_shell.model.errors import EventError, StoreError
from stk_shell.model.proof import merkle
from stk_shell.model.proof.facts import EVENT_FIELDS, Head, as_moment, event_form
from stk_shell.model.values import Record
from stk_shell.store.database import Database, as_record
from stk_shell.store.proof import queries


def without_chain() -> StoreError:
    """The error for a store whose schema has no blocks."""
    return StoreError(
        "this store has no chain of blocks", "no_chain", help="`store migrate` adds it to a store of stk's own."
    )


def seal(database: Database) -> Record:
    """Seal what is new; gives how many blocks and facts, and how many facts are left for the next time.

    Raises:
        StoreError: the store has no chain, or cannot be written to.
    """
    if not database.rows(queries.HAS_CHAIN)[0][0]:
        raise without_chain()
    return as_record(("blocks", "facts", "pending"), database.rows(queries.SEAL)[0])


def seal_own(database: Database, at_most: float | None) -> None:
    """Seal what is new, or give up after so many seconds; nothing is done where many blocks are new already.

    Raises:
        StoreError: it could not be done, or not in that time.
    """
    if at_most is not None:
        database.limit(at_most)
    database.rows(queries.SEAL_SELDOM)


def digest(database: Database) -> Record:
    """The last block, after sealing what is new where that can be."""
    pending = None
    if database.rows(queries.CAN_SEAL)[0][0]:
        pending = seal(database)["pending"]
    rows = database.rows(queries.LAST)
    if not rows:
        return {"block": 0, "hash": merkle.NOTHING.hex(), "sealed": None, "pending": pending}
    head, hash = Head(*rows[0][:-1]), rows[0][-1]
    return {"block": head.number, "hash": hash.hex(), "sealed": head.created, "pending": pending}


def proof(database: Database, uu: str) -> Record | None:
    """What shows that the event is in the chain; None where there is no such event.

    Raises:
        EventError: the event is not sealed, or not as it is now.
        StoreError: the store has no chain.
    """
    rows = database.rows(queries.OWN_EVENT, (uu,))
    if not rows:
        return None
    if database.rows(queries.CAN_SEAL)[0][0]:
        seal(database)
    event = as_record(EVENT_FIELDS, rows[0])
    leaf = merkle.leaf(event_form(event))
    number, place, leaves = database.rows(queries.SEALED, (uu, leaf))[0]
    if number is None:
        raise EventError(
            f"event {uu} is not sealed as it is now",
            "not_sealed",
            help="Either a transaction is open that began before it was recorded, or it was altered: `event verify`.",
        )
    heads = [Head(*row[:-1]) for row in database.rows(queries.HEADS_FROM, (number,))]
    return {
        "event": {**event, "created": as_moment(event["created"]).isoformat(timespec="microseconds")},
        "place": place,
        "path": [hash.hex() for hash in merkle.path(merkle.split(leaves), place)],
        "blocks": [head.as_record() for head in heads],
        "hash": heads[-1].hashed().hex(),
    }
