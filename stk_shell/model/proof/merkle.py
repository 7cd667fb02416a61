"""Hash trees as in RFC 6962: the root over many hashes, and the few that lead from one of them to the root."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

LENGTH = 32
"""The bytes of a hash."""

NOTHING = bytes(LENGTH)
"""Stands where there is no hash: before the first block, and for what is gone."""


def leaf(content: bytes) -> bytes:
    """The hash of what the tree is about."""
    return sha256(b"\0" + content).digest()


def split(hashes: bytes) -> list[bytes]:
    """Hashes that stand one after the other."""
    return [hashes[at : at + LENGTH] for at in range(0, len(hashes), LENGTH)]


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree; for no leaves, the hash of nothing."""
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else sha256().digest()


def _above(level: list[bytes]) -> list[bytes]:
    """The level above, of pairs; a last one without a partner goes up as it is."""
    pairs = zip(level[::2], level[1::2], strict=False)
    above = [sha256(b"\1" + left + right).digest() for left, right in pairs]
    return [*above, level[-1]] if len(level) % 2 else above


def path(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """The hashes beside the way from the leaf at a place up to the root."""
    level, beside = list(leaves), []
    while len(level) > 1:
        if place ^ 1 < len(level):
            beside.append(level[place ^ 1])
        level, place = _above(level), place // 2
    return beside


def climbed(hash: bytes, place: int, count: int, beside: Iterable[bytes]) -> bytes | None:
    """The root that the way leads to, from a leaf at a place among so many; None where the way does not fit."""
    steps = list(beside)
    if not 0 <= place < count:
        return None
    while count > 1:
        if place ^ 1 < count:
            if not steps:
                return None
            other = steps.pop(0)
            hash = sha256(b"\1" + (other + hash if place % 2 else hash + other)).digest()
        place, count = place // 2, (count + 1) // 2
    return None if steps else hash
