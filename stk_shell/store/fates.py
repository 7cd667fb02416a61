"""Changes that are made once, whatever becomes of the connection on the way; and if nobody knows, that is said."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from stk_shell.model.errors import StoreError
from stk_shell.store import event_queries as queries
from stk_shell.store.connecting import Row
from stk_shell.store.database import Database
from stk_shell.store.errors import ConnectionLost, unknown_fate
from stk_shell.store.event_queries import Table

Answer = TypeVar("Answer")

ATTEMPTS = 5

TOLERANCE = 1.0
"""How many seconds a question may take on its way to the server, by whose clock it is answered."""

DUPLICATE, CONFLICT, PERMISSION = "stk::store::duplicate", "stk::store::conflict", "stk::store::permission"


def insert_once(database: Database, table: Table, values: dict[str, object]) -> Row:
    """Insert a record of these columns, its uu among them; after a loss again, for a uu is never there twice.

    Gives its uu, name and created.

    Raises:
        UnknownFate: it was sent, and nobody can be asked whether it was recorded.
        StkError: the database refused, or cannot be reached.
    """
    uu, noun = str(values["uu"]), table.noun

    def insert() -> Row:
        try:
            return database.change(queries.inserting(table, tuple(values)), tuple(values.values()))[0]
        except StoreError as error:
            found = database.change(queries.recorded(table), (uu,)) if error.code == DUPLICATE else []
            if not found:
                raise
            return found[0]
        except KeyboardInterrupt:
            if database.is_idle() and database.change(queries.recorded(table), (uu,)):
                database.note(f"the {noun.name} had been recorded when it was interrupted: {uu}")
            raise

    try:
        return _until_known(
            database, insert, f"the {noun.name} was recorded", f"`{noun.name} get {uu}` finds it if it was."
        )
    except StoreError as error:
        if error.code != PERMISSION or database.rows(queries.takes_uu(table))[0][0]:
            raise
        return _insert_without_uu(database, table, values)


def _insert_without_uu(database: Database, table: Table, values: dict[str, object]) -> Row:
    """Insert a record where the database does not let clients choose the uu: after a loss, there is nothing to ask."""
    given = {name: value for name, value in values.items() if name != "uu"}
    try:
        return database.change(queries.inserting(table, tuple(given)), tuple(given.values()))[0]
    except ConnectionLost:
        noun = table.noun
        raise unknown_fate(f"the {noun.name} was recorded", f"`{noun.name} list` shows the newest.") from None


def mark_once(database: Database, table: Table, mark: str, uu: str) -> list[Row]:
    """Mark a record that is not yet marked; gives what `queries.marked` names of it, or nothing if it cannot be.

    Raises:
        UnknownFate: it was sent, and nobody can be asked whether it was done.
        StkError: the database refused, or cannot be reached.
    """
    began, lost = time.monotonic(), False

    def change() -> list[Row]:
        nonlocal lost
        try:
            rows = database.change(queries.marking(table, mark), ([uu],))
        except ConnectionLost:
            lost = True
            raise
        if rows or not lost:
            return rows
        return database.change(queries.marked_by_us(table, mark), (uu, time.monotonic() - began + TOLERANCE))

    name = table.noun.name
    return _until_known(database, change, f"the {name} was {mark}", f"`{name} get {uu}` tells.")


def _until_known(database: Database, change: Callable[[], Answer], what: str, way_out: str) -> Answer:
    """What the change gives; it is one that may be sent again where its answer was lost, or another was in the way."""
    lost = False
    for _ in range(ATTEMPTS):
        try:
            return change()
        except ConnectionLost:
            lost = True
            _find_again(database, what, way_out)
        except StoreError as error:
            if error.code == CONFLICT:
                conflict = error
            elif lost:
                # What refuses it now may not have refused it before.
                raise unknown_fate(what, f"{way_out} Now, {error.headline}.") from None
            else:
                raise
    raise unknown_fate(what, way_out) if lost else conflict


def _find_again(database: Database, what: str, way_out: str) -> None:
    try:
        database.connect_again()
    except StoreError:
        raise unknown_fate(what, way_out) from None
