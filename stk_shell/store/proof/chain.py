"""Checking how blocks follow each other, and whether they agree with what is kept elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from stk_shell.model.proof import merkle
from stk_shell.model.proof.findings import Digest, Finding
from stk_shell.store.proof import queries
from stk_shell.store.proof.blocks import Block, broken

if TYPE_CHECKING:
    from stk_shell.store.connecting import Connection

LATE = datetime.timedelta(hours=1)
"""How long before the last sealing an event may say it was recorded: as long as a transaction may run."""


def check_chain(blocks: Sequence[Block]) -> Iterator[Finding]:
    """Whether each block has the hash of the one before, and none is missing. `blocks` are in order."""
    number, hash = 0, merkle.NOTHING
    for block in blocks:
        head = block.head
        if head.number <= number:
            yield broken(head.number, "there are several blocks of this number")
        for missing in range(number + 1, head.number):
            yield Finding("block removed", missing, "stk_block")
        if head.number == number + 1 and head.previous_hash != hash:
            yield broken(head.number, f"it does not follow block {number}" if number else "it follows another block")
        number, hash = head.number, block.hash


def check_late(connection: Connection, blocks: Sequence[Block]) -> Iterator[Finding]:
    """Events that were sealed long after the time that they bear: others had been sealed in between."""
    before: datetime.datetime | None = None
    for sealed, together in groupby(blocks, lambda block: block.head.created):
        for block in together:
            if before is not None and block.oldest is not None and block.oldest < before - LATE:
                for uu, moment in connection.execute(queries.LATE, (block.head.number, before - LATE)):
                    detail = f"recorded after {before:%Y-%m-%d %H:%M:%S}, when the block before was sealed"
                    yield Finding("back-dated", block.head.number, "stk_event", uu, moment, detail)
        before = sealed


def check_kept(blocks: Sequence[Block], kept: Digest) -> Iterator[Finding]:
    """Whether the chain has the block of a digest that was kept elsewhere."""
    found = [block for block in blocks if block.head.number == kept.block]
    if not found and kept.block > 0:
        detail = f"the digest is of block {kept.block}, which is not there"
        yield Finding("digest differs", kept.block, "stk_block", detail=detail)
    elif any(block.head.hashed().hex() != kept.hash for block in found):
        detail = "the block is not the one that the digest was taken of: it or one before it was made anew"
        yield Finding("digest differs", kept.block, "stk_block", detail=detail)
