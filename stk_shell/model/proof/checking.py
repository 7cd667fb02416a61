"""Checking the proof of an event: that it leads from the event to the hash of a block. This takes no database."""

from __future__ import annotations

from stk_shell.model.errors import EventError
from stk_shell.model.proof import merkle
from stk_shell.model.proof.facts import Head, as_moment, event_form, whole
from stk_shell.model.proof.findings import Digest
from stk_shell.model.values import Record, Value


def check(proof: Record, kept: Digest | None) -> Record:
    """What the proof shows: the event, and the block that it is in; `kept` is a digest from elsewhere.

    Raises:
        EventError: it is no proof, or shows nothing, or does not lead to the digest.
    """
    try:
        heads = [Head.of_record(head) for head in _records(proof["blocks"])]
        event = _records([proof["event"]])[0]
        leaf = merkle.leaf(event_form(event))
        beside = [bytes.fromhex(str(hash)) for hash in _list(proof["path"])]
        place, first = whole(proof["place"]), heads[0]
    except (LookupError, TypeError, ValueError, OverflowError):
        raise EventError(
            "this is not a proof of an event", "no_proof", help="`event proof UU | save proof.json` makes one."
        ) from None
    if merkle.climbed(leaf, place, first.facts, beside) != first.root:
        raise _disproved("the event is not the one that was sealed", "It, or the proof, was altered.")
    hashes = _linked(heads)
    if kept is not None:
        _check_kept(kept, hashes)
    return {
        "uu": event["uu"],
        "name": event["name"],
        "created": as_moment(event["created"]),
        "block": first.number,
        "sealed": first.created,
        "proved_by": {"block": heads[-1].number, "hash": hashes[heads[-1].number]},
        "is_kept_elsewhere": kept is not None,
    }


def _linked(heads: list[Head]) -> dict[int, str]:
    """The hash of each block, if each follows the one before."""
    hashes = {heads[0].number: heads[0].hashed()}
    for head in heads[1:]:
        if head.previous_hash != hashes.get(head.number - 1):
            raise _disproved(f"block {head.number} does not follow the one before", "The proof was altered.")
        hashes[head.number] = head.hashed()
    return {number: hash.hex() for number, hash in hashes.items()}


def _check_kept(kept: Digest, hashes: dict[int, str]) -> None:
    if kept.block < min(hashes):
        raise _disproved("the digest is older than the event's block", "Take a digest that is newer than the event.")
    if kept.block > max(hashes):
        raise _disproved("the digest is newer than the proof", "Make the proof anew: `event proof UU`.")
    if hashes[kept.block] != kept.hash:
        raise _disproved("the proof does not lead to the digest", "One of them is of another chain, or was altered.")


def _disproved(headline: str, help: str) -> EventError:
    return EventError(headline, "disproved", help=help)


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _records(value: Value) -> list[Record]:
    rows = [row for row in _list(value) if isinstance(row, dict)]
    if len(rows) != len(_list(value)):
        raise TypeError(value)
    return rows
