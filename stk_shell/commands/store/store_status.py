"""The command `store status`."""

from __future__ import annotations

from stk_shell.model.columns import new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class StoreStatus(Command):
    """Tells all about the store."""

    name = "store status"
    summary = "Show which store is in use, its server and migrations, how many events it has, and who you are."
    description = """The record says which store it is and whether its server stays, the server's version and the
database, how the connection is kept from others (`tls`: its version and the `sslmode` that was asked for), how many
migrations are applied (those that are missing under `pending`, those whose file has changed since under `changed
files`, what a database of chuck-stack's own does not have under `lacks`), how many events there are, revoked ones
included (`spooled` says how many wait on this machine, if any do: see `store spool`), how much room the database takes,
and who you are: your login, the role you work with, the actor that your events are logged by, the entity that they
belong to, and the entities whose events you see.

Which store it is decides the first of these that is there: `--dsn` or `--data-dir`, STK_DSN, STK_DATA_DIR, the
configuration file, libpq's own variables (PGHOST, PGSERVICE or PGDATABASE). Without any of them it is an embedded
PostgreSQL of your own. Asking changes nothing, except that an embedded store is started, and made if it is not
there."""
    signature = Signature(types=(("nothing", "record"),), category="store")
    examples = (
        Example("store status | get events", "How many events there are, revoked ones too.", 3),
        Example("store status | get pending?", "The migrations that are missing: none.", None),
    )
    see_also = ("store migrate", "store start", "store stop")
    columns = new_columns(
        (
            *("store", "kept running", "server", "database", "tls", "migrations", "events", "size"),
            *("login", "role", "actor", "entity", "entities"),
        )
    )

    def run(self, call: Call, data: Data) -> Data:
        """A record."""
        return call.session.store.status()


COMMAND = StoreStatus()
