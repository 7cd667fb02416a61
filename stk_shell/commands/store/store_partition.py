"""The command `store partition`."""

from __future__ import annotations

from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data

AHEAD = 3
"""How many months after this one get their partitions, if nothing else is said."""

MOST = 120


class StorePartition(Command):
    """Puts events into partitions by month."""

    name = "store partition"
    summary = "Keep events in one table for each month, so that each of them stays small."
    description = f"""A table of many years grows in all its parts: its indexes no longer fit into memory, and VACUUM
reads all of it. In partitions, what is new goes to a table of its month, and the older ones rest. Nobody notices:
events are recorded, listed and verified as before.

The first time, the table that there is becomes the oldest partition as it is; nothing is written anew. It is read once
to see that it can be one, while others go on recording, and then nobody can read or record for a moment. Afterwards,
the command makes the partitions of the next {AHEAD} months (`--months` says how many), and does nothing where they are
there: have it run each month. An event of a month that has none goes into the partition `event_default`, from which the
next run takes it to its place.

The month is that of the uu, which begins with the time at which the event was logged. Each list looks into every
partition that it cannot rule out: sixty of them cost a few milliseconds, which ten million events are not worth yet;
docs/operations.md has the figures. It takes an administrator."""
    signature = Signature(
        types=(("nothing", "table"),),
        category="store",
        flags=(
            Flag("months", "For how many months after this one there shall be partitions.", INT, "m", AHEAD),
            Flag("list", "Only show the partitions that there are.", short="l"),
        ),
    )
    examples = (
        Example("store partition --list", "The partitions that there are; here, none yet.", []),
        Example(
            "store partition --months 1 | where partition == event_default | get events",
            "Make them; what belongs to no month would be in the last.",
            [0],
        ),
    )
    fails = """Fails, changing nothing, where events have uus that are not in the order of time, when a lock cannot be
had within five seconds, and when you are no administrator."""
    see_also = ("store status", "store migrate", "store distribute")
    columns = (
        Column("partition", "The name of its table in the schema private.", "string"),
        Column("from", "The uus of its events begin with this time, or a later one.", "datetime"),
        Column("until", "The uus of its events begin with an earlier time.", "datetime"),
        Column("events", "How many events there are in it, by the statistics.", "int"),
        Column("size", "How much room it takes, with its indexes.", "filesize"),
        Column("is_new", "Whether it was made now.", "bool"),
    )

    def run(self, call: Call, data: Data) -> Data:
        """A table of the partitions, the newest first."""
        growth = call.session.store.growth
        if call.switch("list"):
            return [*growth.partitions()]
        months = call.integer("months")
        if not 0 <= months <= MOST:
            label = Label(call.span("months"), "this is not")
            raise RunError(f"`--months` is from 0 to {MOST}", "out_of_range", (label,))
        return [*growth.partition(months)]


COMMAND = StorePartition()
