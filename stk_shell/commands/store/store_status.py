"""The command `store status`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class StoreStatus(Command):
    """Tells all about the store."""

    name = "store status"
    summary = "Show which store is in use, its server and migrations, how many events it has, and who you are."
    description = """The store is the first of these: what `--dsn` or `--data-dir` names, what STK_DSN or
STK_DATA_DIR names, what the configuration file names, what libpq's own variables name (PGHOST, PGSERVICE or
PGDATABASE), or else an embedded PostgreSQL. Nothing is changed by asking, except that an embedded store is started,
and made if it is not there yet."""
    signature = Signature(types=(("nothing", "record"),), category="store")
    examples = (
        Example("store status | get events", "How many events there are, revoked ones too.", 3),
        Example("store status | get migrations", "Whether the schema is up to date.", "7 of 7 applied"),
    )
    see_also = ("store migrate", "store start", "store stop")

    def run(self, call: Call, data: Data) -> Data:
        """A record."""
        return call.session.store.status()


COMMAND = StoreStatus()
