"""The command `event proof`."""

from __future__ import annotations

from stk_shell.commands._uu import known, named_signature, wanted
from stk_shell.commands.event._examples import LOGIN
from stk_shell.model.columns import new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import EventError
from stk_shell.model.nouns import EVENTS
from stk_shell.model.span import Span
from stk_shell.model.stream import Data
from stk_shell.model.values import Record, Value


class EventProof(Command):
    """Proves that an event was recorded."""

    name = "event proof"
    summary = "Make a proof that an event was recorded as it is, for somebody who has no access to the store."
    description = """The proof holds the event, the few hashes that lead from it to the hash of its block, and the heads
of the blocks from there to the newest one: no other event, and nothing that would tell of one. `event check-proof`
checks it without any database. Together with a digest that was kept elsewhere, it shows that the event was in the store
when the digest was taken, with exactly this content, this time and this creator. That it was not revoked later is
another matter, which it does not show.

Name the event as for `event get`: by its uu or the beginning of it, or pipe in a uu, a record that has one, or a table
of them, which gives a table of proofs. What is new is sealed first. Whoever sees an event can make its proof."""
    signature = named_signature(EVENTS)
    examples = (
        Example(f"event proof {LOGIN} | get event.name", "What the proof is about.", "authentication"),
        Example(
            "event proof 01a20569 | save proof.json\nopen proof.json | event check-proof | get uu",
            "Hand it over as a file, which the other one checks.",
            LOGIN,
        ),
    )
    fails = """Fails where there is no such event, where it is not as it was sealed, while a transaction is open that
is older than the event, and in a store that has no chain."""
    see_also = ("event check-proof", "event digest", "event verify", "event get")
    columns = new_columns(("event", "place", "path", "blocks", "hash"))

    def run(self, call: Call, data: Data) -> Data:
        """The proof, or one for each."""
        named, many = wanted(call, data, EVENTS)
        proofs: list[Value] = [_proof(call, value, span) for value, span in named]
        return proofs if many else proofs[0]


def _proof(call: Call, value: Value, span: Span) -> Record:
    uu = known(call, value, span, EVENTS)
    try:
        proof = call.session.store.proof(uu)
    except EventError as error:
        raise error.at(span) from None
    if proof is None:
        raise EventError("there is no such event", "unknown_event", help="`event list --all` shows more.").at(span)
    return proof


COMMAND = EventProof()
