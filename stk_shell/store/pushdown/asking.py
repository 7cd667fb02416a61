"""Asks the database for what a pushed-down pipeline wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg import sql

from stk_shell.model.errors import StoreError

if TYPE_CHECKING:
    from stk_shell.store.beside import Beside
    from stk_shell.store.claims import Who
    from stk_shell.store.connecting import Row
    from stk_shell.store.database import Database
    from stk_shell.store.postgres import Place
    from stk_shell.store.pushdown.relation import Read
    from stk_shell.store.sign import Sign


MINE = sql.SQL("select array(select o.uu::text from api.stk_entities() as o (uu) order by 1)")


class Questions:
    """Asks over the connection of the session; what comes by and by, over one of its own."""

    def __init__(self, place: Place, database: Database, beside: Beside, sign: Sign, *, of_all: bool = False) -> None:
        """`sign` is put once there are rows; `of_all` says that the questions are about all records."""
        self._place = place
        self._database = database
        self._beside = beside
        self._sign = sign
        self._of_all = of_all
        self._who: Who | None = None

    def who(self) -> Who:
        """Who the session is, as the database has said over the connection that there is."""
        if self._who is not None:
            return self._who
        _ = self._database.connection
        who = self._place.who
        if self._of_all and who.has_few_entities:
            # As values in the statement, they tell PostgreSQL whether it is about a few records or about most.
            who = self._who = who.replace(uus=tuple(self._database.rows(MINE)[0][0]))
        return who

    def rows(self, text: str, values: dict[str, object]) -> list[Row]:
        """All rows that a statement gives."""
        found = self._database.rows(sql.SQL(text), values)
        if found:
            self._sign.put()
        return found

    def holds(self, question: str) -> bool:
        """Whether what a question asks is so; it has to be taken for so where the database cannot be asked."""
        try:
            return bool(self._database.rows(sql.SQL(question))[0][0])
        except StoreError as error:
            if error.code in ("stk::store::undefined", "stk::store::older_schema"):
                return True
            raise

    def stream(self, text: str, values: dict[str, object]) -> Iterator[Sequence[Row]]:
        """The rows of a statement by the hundred, as they are pulled."""
        with self._beside.lent() as database:
            yield from database.stream(sql.SQL(text), values)

    @contextmanager
    def snapshot(self) -> Iterator[Read]:
        """What gives the rows of statements as they are pulled, all as the store was at one moment."""
        with self._beside.lent() as database, database.snapshot() as read:
            yield lambda text, values: read(sql.SQL(text), values)
