"""The command `store migrate`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class StoreMigrate(Command):
    """Brings the schema up to date."""

    name = "store migrate"
    summary = "Make or update the schema of the store in a database of your own."
    description = """An embedded store does this by itself. A database that a DSN names is never changed but by this
command. Each migration runs in a transaction of its own together with the record of it; running it again does
nothing. The login has to be a superuser, or may create roles and schemas."""
    signature = Signature(types=(("nothing", "table"),), category="store")
    examples = (Example("store migrate", "Apply what is missing; here, nothing is.", []),)
    fails = """A migration that fails is undone, and those before it stay. A database with an event store of
chuck-stack's own is left as it is: it works without."""
    see_also = ("store status",)

    def run(self, call: Call, data: Data) -> Data:
        """The names of the migrations that were applied."""
        applied = call.session.store.migrate()
        if not applied:
            call.session.note("the schema is up to date")
        return [*applied]


COMMAND = StoreMigrate()
