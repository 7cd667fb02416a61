"""The command `store distribute`."""

from __future__ import annotations

from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data


class StoreDistribute(Command):
    """Spreads events over several servers."""

    name = "store distribute"
    summary = "Spread the events over the servers of a Citus cluster."
    description = """Citus is an extension that makes one PostgreSQL of several: a coordinator, which clients connect
to, and workers, which have the rows. Where one server is too small for the events, they go to the workers by their uu;
entities, actors, types and the change log stay on the coordinator.

What the database does for each event by itself moves, too, as a worker does not know who asks: the view `api.stk_event`
and functions behind it say who sees what, fill in who recorded an event, and check it. `--dry-run` shows each statement
and what it is for. Running the command again does what is missing, for example for workers that were added.

docs/operations.md says what a cluster needs, and what is different there."""
    signature = Signature(
        types=(("nothing", "table"),),
        category="store",
        flags=(Flag("dry-run", "Only show what would be done.", short="n"),),
    )
    examples = (
        Example(
            "try { store distribute --dry-run | get sql } catch {|error| $error.msg }",
            "What would be done, or what it takes first.",
            "this server has no Citus, which spreads tables over several servers",
        ),
    )
    fails = """Fails, changing nothing, where the server has no Citus, when the login is no superuser, and where the
events are in partitions."""
    see_also = ("store partition", "store status", "store migrate")
    columns = (
        Column("step", "What it is for.", "string"),
        Column("sql", "The statement.", "string"),
    )

    def run(self, call: Call, data: Data) -> Data:
        """A table of the statements, in order."""
        growth = call.session.store.growth
        return [*(growth.distribution() if call.switch("dry-run") else growth.distribute())]


COMMAND = StoreDistribute()
