"""Recording many events: blocks of them go to the server, which works on one while the next is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from stk_shell.model.errors import EventError, StkError
from stk_shell.store import event_queries as queries
from stk_shell.store.arrays import JsonArray, TextArray, UuidArray
from stk_shell.store.blocks import Prepared, blocks
from stk_shell.store.connecting import Row
from stk_shell.store.database import Database
from stk_shell.store.event_queries import Table
from stk_shell.store.recorded import Recorded
from stk_shell.store.uuids import new_uuid

ABOUT_CONTENT = ("stk::store::data", "stk::store::text", "stk::store::constraint")
"""The errors of the server that one of many events may be the cause of."""


def record_in_blocks(database: Database, table: Table, events: Iterable[Prepared]) -> Recorded:
    """Record events whose uus are made here, within a transaction.

    Raises:
        StkError: the database refused.
    """
    recorded = Recorded()
    waiting: Callable[[], list[Row]] = list
    with database.pipelined() as send:
        for block in blocks(events):
            uus = _uus(block)
            values = UuidArray(uus), TextArray([event.name.encode() for event in block]), _contents(block)
            common = block[0].common
            answer = send(queries.inserting_block(table, tuple(common)), (*common.values(), *values))
            waiting()
            waiting = _answering(answer, recorded, uus, block)
        waiting()
    return recorded


def _answering(
    answer: Callable[[], list[Row]], recorded: Recorded, uus: list[bytes], block: list[Prepared]
) -> Callable[[], list[Row]]:
    """What waits for the answer about a block, and then notes what was recorded."""
    before = len(recorded)

    def wait() -> list[Row]:
        try:
            rows = answer()
        except StkError as error:
            if isinstance(error, EventError) or error.code in ABOUT_CONTENT:
                error.headline = f"one of the items {before} to {before + len(block) - 1} of the list: {error.headline}"
            raise
        recorded.created = rows[0][0]
        recorded.add(b"".join(uus), [event.name for event in block])
        return rows

    return wait


def _uus(block: list[Prepared]) -> list[bytes]:
    if any(event.uu for event in block):
        return [bytes.fromhex((event.uu or new_uuid()).replace("-", "")) for event in block]
    return new_uuid.many(len(block))


def _contents(block: list[Prepared]) -> JsonArray:
    return JsonArray([b"\1" + event.content.encode() for event in block])


def record_with_answers(database: Database, table: Table, events: Iterable[Prepared]) -> Recorded:
    """Record events where the database chooses the uus, and has to tell them.

    Raises:
        StkError: the database refused.
    """
    recorded = Recorded()
    statement = queries.inserting_many(table, names_uu=False)
    for block in blocks(events):
        rows = database.change(statement, (f"[{','.join([event.line() for event in block])}]",))
        uus = b"".join([bytes.fromhex(uu.replace("-", "")) for uu, _, _ in rows])
        recorded.add(uus, [name for _, name, _ in rows], [created for _, _, created in rows])
    return recorded
