"""The command `store migrate`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class StoreMigrate(Command):
    """Brings the schema up to date."""

    name = "store migrate"
    summary = "Make or update the schema of the store in a database of your own."
    description = """An embedded store does this by itself, but a database that a DSN or the PG* variables name is
changed by this command only. Each migration runs in a transaction of its own, together with the record of it, and
running the command again does nothing. The login has to be a superuser, or one that may create roles and schemas. What
comes back is a table of the migrations that were applied; `store status` lists them without applying any."""
    signature = Signature(types=(("nothing", "table"),), category="store")
    examples = (Example("store migrate", "Apply what is missing; here, nothing is.", []),)
    fails = """Fails when a migration fails: that one is undone, and those before it stay. Fails, changing nothing, when
the files of migrations that were applied earlier have changed since, and in a database that has chuck-stack's own event
store, which works without."""
    see_also = ("store status",)

    def run(self, call: Call, data: Data) -> Data:
        """The names of the migrations that were applied."""
        applied = call.session.store.migrate()
        if not applied:
            call.session.note("the schema is up to date")
        return [*applied]


COMMAND = StoreMigrate()
