"""The command `store spool`."""

from __future__ import annotations

from stk_shell.model.columns import Column, Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.offers import EVENT_NAME
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, Stream

DELIVERED = (
    Column("delivered", "How many were delivered.", "int"),
    Column("refused", "How many the store has refused.", "int"),
)


class StoreSpool(Command):
    """Shows and delivers what waits for the store."""

    name = "store spool"
    summary = "Show the events that wait until the store is back, or deliver them."
    description = """While the store cannot be reached, `.append event --spool` keeps events in a queue on this
machine, and so does every `.append event` where the setting `spool` is true. The next command that reaches the store
delivers them first, in order, each once; `--flush` does so now.

`logged` says when an event was logged. In the store, `created` is when it was delivered, for that time is the store's
to say; the uu still tells the time of logging, since it begins with it. An event that the store refuses for good,
because its type is unknown, say, is set aside as `refused` with the reason, and does not hold up the others. `--retry`
delivers those once more, when the reason is gone.

There is a queue for each store and user, in the directory `spool` of the user's state (`~/.local/state/stk/spool`).
Only its owner can read it, an event is on the disk before it is acknowledged, and a line that a crash has cut off is
recognised and set aside."""
    signature = Signature(
        types=(("nothing", "table"), ("nothing", "record")),
        category="store",
        flags=(
            Flag("flush", "Deliver now; gives how many were delivered, and how many refused.", short="f"),
            Flag("retry", "Deliver now, at first also what was refused before.", short="r"),
        ),
    )
    examples = (
        Example("store spool", "What waits, and what was refused; here, nothing.", []),
        Example("store spool --flush", "Deliver what waits.", {"delivered": 0, "refused": 0}),
        Example("store spool | where state == refused | get reason", "Why events were refused.", []),
    )
    fails = "With `--flush` or `--retry`, fails while the store cannot be reached: the events go on waiting."
    see_also = (".append event", "store status", "config set")
    columns = (
        Column("name", "What kind of thing happened.", "string", completes=EVENT_NAME),
        Column("record_json", "What is going to be recorded.", "record", recorded=True),
        Column("logged", "When it was logged.", "datetime"),
        Column("state", "Whether it waits, was refused, or is damaged.", "string"),
        Column("reason", "Why it was refused.", "string"),
        Column("uu", "What will name the event.", "string"),
    )

    def gives(self, given: Given) -> Columns:
        """Those of the queue, or of what became of it."""
        return DELIVERED if given.has("flush") or given.has("retry") else self.columns

    def run(self, call: Call, data: Data) -> Data:
        """A table of what is in the queue, or a record of what became of it."""
        store = call.session.store
        if call.switch("flush") or call.switch("retry"):
            return store.deliver(retry=call.switch("retry"))
        return Stream(store.spooled())


COMMAND = StoreSpool()
