"""Migrations of the schema: the files of sql/, applied in order, each with its record in one transaction."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

import psycopg

from stk_shell.model.errors import StoreError
from stk_shell.model.struct import Struct
from stk_shell.store.errors import translated
from stk_shell.store.session import Row, Session

Connection: TypeAlias = "psycopg.Connection[Row]"

LOCK = 0x73746B
"""The key of the advisory lock: the letters `stk`."""

RIGHTS = (
    "The login has to be a superuser, or one that may create roles and schemas; where the roles are there already, a"
    " member of stk_superuser and stk_keeper."
)


class Migration(Struct):
    """A file of sql/: its name without ending, and its path."""

    name: str
    path: str

    def text(self) -> str:
        """The statements."""
        with open(self.path, encoding="utf-8") as file:
            return file.read()

    def checksum(self) -> str:
        """The SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.text().encode()).hexdigest()


class Applied(Struct):
    """The record of a migration in a database."""

    name: str
    checksum: str


def folder() -> str:
    """Where the files are: inside the package when it is installed, beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(__file__))
    installed = os.path.join(package, "sql")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(package), "sql")


def available(directory: str | None = None) -> list[Migration]:
    """All migrations there are, in order. Reads nothing but the names."""
    directory = directory or folder()
    names = sorted(name for name in os.listdir(directory) if name.endswith(".sql"))
    return [Migration(name.removesuffix(".sql"), os.path.join(directory, name)) for name in names]


def applied(connection: Connection) -> list[Applied]:
    """The migrations that the database has had, in order; none where it has no record of any. Writes nothing."""
    try:
        rows = connection.execute("select name, checksum from api.stk_migration order by name").fetchall()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return []
    return [Applied(name, checksum) for name, checksum in rows]


def pending(connection: Connection, migrations: list[Migration]) -> list[Migration]:
    """The migrations that the database lacks, in order. Writes nothing."""
    done = {record.name for record in applied(connection)}
    return [migration for migration in migrations if migration.name not in done]


def altered(connection: Connection, migrations: list[Migration]) -> list[str]:
    """The names of migrations whose file is not what was applied. Writes nothing."""
    checksums = {migration.name: migration.checksum() for migration in migrations}
    return [record.name for record in applied(connection) if checksums.get(record.name) != record.checksum]


def is_foreign(connection: Connection) -> bool:
    """Whether the database has an event store that no migration of ours has made: chuck-stack's own."""
    # Whoever has no rights on the schema may look into the catalogue all the same.
    rows = connection.execute(
        "select relname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'api' and c.relname in ('stk_event', 'stk_migration')"
    ).fetchall()
    return rows == [("stk_event",)]


def migrate(connection: Connection, migrations: list[Migration]) -> list[str]:
    """Apply what is missing; gives the names. Two at once wait for each other, and running again does nothing.

    Raises:
        StoreError: the database has a schema of another's, a released file was changed, or a migration failed; those
            before it stay applied.
    """
    with _rights_named(), translated():
        if is_foreign(connection):
            raise StoreError(
                "this database has an event store of chuck-stack's own, which works as it is",
                "foreign_schema",
                help="Nothing was changed. A store of stk's own goes into a database of its own.",
            )
        with _locked(connection):
            return _apply(connection, migrations)


@contextmanager
def _locked(connection: Connection) -> Iterator[None]:
    """Have others wait until all is done; behind a pooler, where a session may be anyone's, for each migration."""
    if isinstance(connection, Session) and connection.is_pooled:
        yield
        return
    connection.execute("select pg_advisory_lock(%s)", (LOCK,))
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("select pg_advisory_unlock(%s)", (LOCK,))


@contextmanager
def _rights_named() -> Iterator[None]:
    """Say which rights it takes where the login lacks them."""
    try:
        yield
    except StoreError as error:
        if error.code == "stk::store::permission":
            error.help = RIGHTS
        raise


def check_unchanged(connection: Connection, migrations: list[Migration]) -> None:
    """See that the files are what was applied.

    Raises:
        StoreError: one of them is not.
    """
    changed = altered(connection, migrations)
    if changed:
        raise StoreError(
            f"the files of applied migrations were changed: {', '.join(changed)}",
            "checksum",
            help="Nothing was changed. The database is of another version of stk, or the files were edited.",
        )


def _is_done_meanwhile(connection: Connection, migration: Migration) -> bool:
    """Whether somebody else has applied it, now that nobody else migrates until this transaction ends."""
    connection.execute("set transaction isolation level read committed")
    connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
    row = connection.execute("select to_regclass('api.stk_migration') is not null").fetchone()
    has_record = row is not None and row[0]
    return has_record and migration.name in {record.name for record in applied(connection)}


def _apply(connection: Connection, migrations: list[Migration]) -> list[str]:
    check_unchanged(connection, migrations)
    done: list[str] = []
    for migration in pending(connection, migrations):
        try:
            with connection.transaction():
                if _is_done_meanwhile(connection, migration):
                    continue
                connection.execute(migration.text().encode())
                connection.execute(
                    "insert into private.stk_migration (name, checksum) values (%s, %s)",
                    (migration.name, migration.checksum()),
                )
        except psycopg.Error as error:
            message = error.diag.message_primary or str(error)
            hint = RIGHTS if isinstance(error, psycopg.errors.InsufficientPrivilege) else error.diag.message_hint or ""
            raise StoreError(
                f"migration {migration.name} failed: {message}",
                "migration",
                help=f"It was undone; before it, {len(done)} were applied. {hint}".strip(),
            ) from None
        done.append(migration.name)
    return done
