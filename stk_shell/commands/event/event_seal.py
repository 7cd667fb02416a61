"""The command `event seal`."""

from __future__ import annotations

from stk_shell.model.columns import new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class EventSeal(Command):
    """Makes a block of what is new."""

    name = "event seal"
    summary = "Seal what is new in the chain of blocks, so that nobody can change it unseen."
    description = """Each event, and each change such as a revocation, becomes part of a block: a hash of its content,
together with thousands of others under one hash, which holds the hash of the block before. From then on `event verify`
finds whatever is altered, removed, inserted behind or given another date, whoever did it and by whatever means.

Sealing goes on beside recording: nobody waits. What is being recorded by a transaction that is still open is left for
the next time, and counted as pending. stk seals by itself when it ends, if it has recorded something, and in the shell
once you rest; so do `event digest`, `event verify` and `event proof` before they begin. Where other programs log
events, or one that never ends, have a timer run `stk -c 'event seal'` every minute: what is not sealed yet is not
protected yet."""
    signature = Signature(types=(("nothing", "record"),), category="event")
    examples = (
        Example("event seal | get blocks", "Seal the events since the last time, in one block.", 1),
        Example("event seal | get pending", "What is left for the next time: nothing.", 0),
    )
    fails = "Fails in a store that has no chain, such as chuck-stack's own, and where the server only reads."
    see_also = ("event digest", "event verify", "event proof")
    columns = new_columns(("blocks", "facts", "pending"))

    def run(self, call: Call, data: Data) -> Data:
        """How many blocks and facts, and how many facts are left."""
        return call.session.store.seal()


COMMAND = EventSeal()
