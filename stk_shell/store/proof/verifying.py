"""Checking the chain: every hash is computed anew, and whatever differs is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from stk_shell.model.errors import StoreError
from stk_shell.model.proof import merkle
from stk_shell.model.proof.findings import Digest, Verification
from stk_shell.model.struct import Struct
from stk_shell.store.errors import translated
from stk_shell.store.proof import queries
from stk_shell.store.proof.blocks import Block, check_block
from stk_shell.store.proof.chain import check_chain, check_kept, check_late
from stk_shell.store.proof.sealing import without_chain
from stk_shell.store.proof.states import check_guards, check_states, check_unheld, check_unsealed

if TYPE_CHECKING:
    from stk_shell.model.progress import Progress
    from stk_shell.store.connecting import Connection

ROLE = "stk_auditor"
"""The role that reads every entity and changes nothing."""

CONNECTIONS = 4
"""How many connections share the work at most. The server computes the hashes, on a processor for each; with more of
them than processors, none waits for what is sent and compared."""

BLOCKS_EACH = 4
"""For how many blocks another connection pays."""

Connect = Callable[[], "Connection"]


class Share(Struct):
    """Among how many connections the blocks are shared, and below which number all transactions are sealed."""

    parts: int
    sealed: int


@contextmanager
def auditing(connect: Connect) -> Iterator[Connection]:
    """A connection with the role of auditors.

    Raises:
        StoreError: the store has no chain, or the login may not take the role.
    """
    with translated(), connect() as connection:
        row = connection.execute(queries.HAS_CHAIN).fetchone()
        if not (row and row[0]):
            raise without_chain()
        try:
            connection.assign({"role": ROLE})
        except psycopg.errors.InsufficientPrivilege:
            user = connection.info.user
            raise StoreError(
                f"the login `{user}` may not take the role `{ROLE}`, which reads what is to be verified",
                "permission",
                help=f"An administrator can allow it: grant {ROLE} to {user}",
            ) from None
        connection.assign(queries.AUDIT)
        yield connection


def verify(connect: Connect, kept: Digest | None, progress: Progress) -> Verification:
    """Seal what can be sealed, and check all there is; `kept` is a digest from elsewhere.

    Raises:
        StoreError: the store has no chain, or the login may not read all of it.
    """
    with auditing(connect) as connection:
        row = connection.execute(queries.CAN_SEAL).fetchone()
        if row and row[0]:
            connection.execute(queries.SEAL)
        with _snapshot(connection):
            return _verified(connect, connection, kept, progress)


@contextmanager
def _snapshot(connection: Connection, of: str | None = None) -> Iterator[None]:
    """See one state of the database, that of another transaction if it is named."""
    with connection.transaction(force_rollback=True):
        connection.execute(queries.ISOLATED)
        if of is not None:
            connection.execute(f"set transaction snapshot '{of}'".encode())
        yield


def _verified(connect: Connect, connection: Connection, kept: Digest | None, progress: Progress) -> Verification:
    last, sealed, next_ = connection.execute(queries.BOUNDS).fetchone() or (0, 0, 0)
    parts = max(1, min(CONNECTIONS, last // BLOCKS_EACH))
    blocks = _blocks(connect, connection, Share(parts, sealed), progress)
    findings = [finding for block in blocks for finding in block.findings]
    findings += check_chain(blocks)
    findings += check_late(connection, blocks)
    if kept is not None:
        findings += check_kept(blocks, kept)
    pending = 0
    for table in queries.TABLES:
        findings += check_unheld(connection, table, sealed, sum(block.counted[table] for block in blocks))
        unknown, unsealed = check_unsealed(connection, table, sealed, next_)
        findings += unknown
        pending += unsealed
    findings += check_states(connection)
    findings += check_guards(connection)
    return Verification(
        len(blocks),
        sum(block.head.events for block in blocks),
        sum(block.head.facts - block.head.events for block in blocks),
        pending,
        Digest(blocks[-1].head.number, blocks[-1].head.hashed().hex()) if blocks else None,
        tuple(findings),
    )


def _blocks(connect: Connect, connection: Connection, share: Share, progress: Progress) -> list[Block]:
    """All blocks, checked, in the order of their numbers."""
    (snapshot,) = connection.execute(queries.SNAPSHOT).fetchone() or ("",)
    connections: list[Connection] = []

    def part(number: int) -> list[Block]:
        with auditing(connect) as own, _snapshot(own, snapshot):
            connections.append(own)
            return list(_checked(own, connection, number, share, progress))

    with ThreadPoolExecutor(share.parts) as pool:
        parts = [pool.submit(part, number) for number in range(share.parts)]
        try:
            found = [block for each in parts for block in each.result()]
        except BaseException:
            for each in connections:
                each.cancel_safe()
            raise
    return sorted(found, key=lambda block: block.head.number)


def _checked(connection: Connection, other: Connection, part: int, share: Share, progress: Progress) -> Iterator[Block]:
    """Every so-many-th block; what is wrong with one is looked up on another connection, as this one is at work."""
    values = {"part": part, "parts": share.parts, "sealed": share.sealed, "nothing": merkle.NOTHING}
    with connection.cursor(binary=True) as cursor:
        for row in cursor.stream(queries.BLOCKS, values):
            block = Block.of_row(row)
            progress.done += block.head.facts
            yield (block if block.is_sound else check_block(other, block)).without_hashes()
