"""Checking one block: whether its head, its list and its tree are in order, and which of its facts differ."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from stk_shell.model.proof import merkle
from stk_shell.model.proof.facts import Head
from stk_shell.model.proof.findings import Finding
from stk_shell.model.struct import Struct
from stk_shell.store.proof import queries

if TYPE_CHECKING:
    from stk_shell.store.connecting import Connection

HEAD_COLUMNS = len(Head._fields)


class Block(Struct):
    """A block as it is kept, and what its facts come to now."""

    head: Head
    hash: bytes
    leaves: bytes
    recomputed: bytes
    is_hash_right: bool
    is_index_right: bool
    is_in_range: bool
    counted: dict[str, int]
    """Of each table, how many rows there are that belong to transactions which are sealed."""
    oldest: datetime.datetime | None
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of_row(cls, row: tuple[Any, ...]) -> Block:
        """What a row of BLOCKS says."""
        head = Head(*row[:HEAD_COLUMNS])
        hash, leaves, index, recomputed, events, changes, is_in_range, oldest = row[HEAD_COLUMNS:]
        return cls(
            head,
            hash,
            leaves,
            recomputed,
            hash == head.hashed(),
            head.index_hash == sha256(index).digest(),
            is_in_range,
            {"stk_event": events, "stk_change_log": changes},
            oldest,
        )

    @property
    def is_sound(self) -> bool:
        """Whether all of it is as it was sealed."""
        return (
            self.is_hash_right
            and self.is_index_right
            and self.is_in_range
            and self.leaves == self.recomputed
            and len(self.leaves) == self.head.facts * merkle.LENGTH
            and self.root_of(self.recomputed) == self.head.root
        )

    def without_hashes(self) -> Block:
        """The same without the hashes of its facts, which are many."""
        return self.replace(leaves=b"", recomputed=b"")

    @staticmethod
    def root_of(hashes: bytes) -> bytes:
        """The root of the tree over hashes that stand one after the other."""
        return merkle.root(merkle.split(hashes))


def check_block(connection: Connection, block: Block) -> Block:
    """The block with what is wrong about it."""
    return block.replace(findings=(*_of_itself(block), *_of_facts(connection, block)))


def _of_itself(block: Block) -> Iterator[Finding]:
    number = block.head.number
    if not block.is_hash_right:
        yield broken(number, "its head does not have the hash that is kept with it")
    if not block.is_index_right:
        yield broken(number, "the list of its facts is not the one that was sealed")
    if block.root_of(block.leaves) != block.head.root:
        yield broken(number, "the hashes of its facts do not lead to its root")


def broken(number: int, detail: str) -> Finding:
    """The finding that something about a block itself is wrong."""
    return Finding("block broken", number, "stk_block", detail=detail)


def _of_facts(connection: Connection, block: Block) -> Iterator[Finding]:
    """The facts that differ. Where the facts lead to the root, it is the block's own copies of their hashes that do."""
    if block.is_in_range and block.root_of(block.recomputed) == block.head.root:
        return
    sealed = merkle.split(block.leaves)
    for table in queries.TABLES:
        for row in connection.execute(queries.facts(table), (block.head.number,)):
            leaf = sealed[row[0]] if row[0] < len(sealed) else merkle.NOTHING
            yield from _of_fact(block.head.number, table, leaf, row)


def _of_fact(number: int, table: str, sealed: bytes, row: tuple[Any, ...]) -> Iterator[Finding]:
    _, uu, subject, moment, created, leaf, leaf_of_moment, is_there, is_in_range = row
    kind = "" if table == "stk_event" else "change "
    detail = "" if table == "stk_event" else f"change {uu} of the record"
    if not is_there:
        yield Finding(f"{kind}removed", number, table, subject, moment, detail)
    elif leaf_of_moment == sealed and created != moment:
        yield Finding(f"{kind}re-dated", number, table, subject, moment, detail or f"now dated {created}")
    elif leaf != sealed:
        yield Finding(f"{kind}altered", number, table, subject, moment, detail)
    elif not is_in_range:
        yield Finding(f"{kind}altered", number, table, subject, moment, detail or "its xact_id is of another block")
