"""Where the records of each kind are in this database, if it has them."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.model.errors import StoreError
from stk_shell.model.nouns import EVENTS, Noun
from stk_shell.store import event_queries as queries
from stk_shell.store.database import Database
from stk_shell.store.event_queries import DETAILS, EVENT_TABLE, LISTED, SELECTED, Table
from stk_shell.store.event_types import Types

OWN_COLUMNS = tuple(name for name in LISTED + DETAILS if SELECTED.get(name, "e.").startswith("e."))
"""The columns of a list that are the table's own."""


class Tables:
    """Finds the table of a kind of records; what it has is asked for once. `types` has the types of all of them."""

    def __init__(self, database: Database, claims: Callable[[], object] = lambda: None) -> None:
        """`claims` gives what the session claims now."""
        self.types = Types(database, claims)
        self._database = database
        self._found: dict[Noun, Table] = {EVENTS: EVENT_TABLE}

    def find(self, noun: Noun) -> Table:
        """The table of these records.

        Raises:
            StoreError: this database has none.
        """
        if noun not in self._found:
            self._found[noun] = self._looked_up(noun)
        return self._found[noun]

    def _looked_up(self, noun: Noun) -> Table:
        has = {row[0] for row in self._database.rows(queries.COLUMNS_OF, (f"api.{noun.table}",))}
        if not has:
            raise StoreError(
                f"this store has no {noun.plural}",
                "no_table",
                help=f"`store migrate` adds them to a store that stk has made; there is no api.{noun.table} here.",
            )
        return Table(noun, tuple(name for name in OWN_COLUMNS if name not in has))
