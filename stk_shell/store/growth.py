"""A store that grows, in PostgreSQL; `model.growth.Growth` says what each method does."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from stk_shell.model.errors import StoreError
from stk_shell.store import migrations
from stk_shell.store.administrating import administrating

if TYPE_CHECKING:
    from stk_shell.model.values import Record
    from stk_shell.store.connecting import Connection


class PostgresGrowth:
    """Partitions and distribution, which take the rights of the owner."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """`connect` gives a connection with the rights of the login."""
        self._connect = connect

    def partitions(self) -> list[Record]:
        """The partitions of the events."""
        from stk_shell.store.partitioning import listed

        with administrating(self._connect) as connection:
            return listed(connection)

    def partition(self, months: int) -> list[Record]:
        """Have the events in partitions by month."""
        from stk_shell.store.partitioning import partition

        with administrating(self._connect) as connection:
            _check_schema(connection)
            return partition(connection, months, datetime.datetime.now(datetime.UTC))

    def distribution(self) -> list[Record]:
        """The statements that would distribute the store."""
        from stk_shell.store.distributing import planned

        with administrating(self._connect) as connection:
            _check_schema(connection)
            connection.assign({"role": "none"})
            return planned(connection)

    def distribute(self) -> list[Record]:
        """Distribute the store over the servers of a Citus cluster."""
        from stk_shell.store.distributing import distribute

        with administrating(self._connect) as connection:
            _check_schema(connection)
            connection.assign({"role": "none"})
            return distribute(connection)


def _check_schema(connection: Connection) -> None:
    """See that the schema is stk's own, and up to date.

    Raises:
        StoreError: it is not.
    """
    if migrations.is_foreign(connection):
        raise StoreError(
            "this database has an event store of chuck-stack's own, which stk does not rebuild", "foreign_schema"
        )
    pending = migrations.pending(connection, migrations.available())
    if pending:
        names = ", ".join(each.name for each in pending)
        raise StoreError(f"this database lacks {names}", "older_schema", help="`store migrate` comes first.")
