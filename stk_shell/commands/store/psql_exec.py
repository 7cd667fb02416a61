"""The command `psql exec`."""

from __future__ import annotations

from stk_shell.model import syntax
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, StkError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class PsqlExec(Command):
    """Runs SQL."""

    name = "psql exec"
    summary = "Run a statement of SQL in the store, and give its rows."
    description = """It runs over the connection of the session, by its login and role, and the database refuses what
these may not do. `api.stk_event` has the events, `api.stk_change_log` what has changed.

The rows of a SELECT are asked for when somebody pulls them, and stages such as `where`, `select`, `first` and `length`
move into the statement where that gives the same; `explain` shows it. They may come over a connection of their own,
which knows of no temporary tables and settings. Other statements run at once, each in a transaction of its own. A
number with decimals becomes a float; what the language has no type for becomes a text."""
    signature = Signature(
        types=(("nothing", "any"),),
        category="store",
        positionals=(Parameter("statement", STRING, "One statement of SQL."),),
    )
    examples = (
        Example(
            'psql exec "select name, count(*) as events from api.stk_event group by name"\n| sort-by name | first',
            "Ask for what no other command gives.",
            {"name": "authentication", "events": 1},
        ),
        Example('psql exec "select * from api.stk_event" | where name == "order-error"\n| length', "Go on here.", 1),
        Example('psql exec "show server_encoding" | get 0.server_encoding', "Any other statement.", "UTF8"),
    )
    fails = "What PostgreSQL says of a statement that it cannot run is the error. Nothing was changed then."
    see_also = ("event list", "event stats", "explain", "store status")

    def gives_source(self, call: syntax.Call) -> bool:
        """Always: other statements than a SELECT give a table."""
        argument = call.argument("statement")
        value = argument.value if argument is not None else None
        text = value.value if isinstance(value, syntax.Literal) else None
        return isinstance(text, str) and text.lstrip().lower().startswith(("select", "with", "values", "table"))

    def run(self, call: Call, data: Data) -> Data:
        """A stream of records."""
        try:
            return call.session.store.statement(call.text("statement"))
        except StkError as error:
            if error.code == "stk::store::no_schema":
                error.help = (
                    "`api.stk_event` has the events; where there is none of that either, `store migrate` makes a store."
                )
            error.labels = error.labels or (Label(call.span("statement")),)
            raise


COMMAND = PsqlExec()
