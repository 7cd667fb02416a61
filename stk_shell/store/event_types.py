"""The types that records can have: finding one by what a user calls it, making and revoking them."""

from __future__ import annotations

import time
from collections.abc import Callable

from stk_shell.model.errors import EventError, StoreError
from stk_shell.model.nouns import EVENTS
from stk_shell.model.store import NewType
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.connecting import Row
from stk_shell.store.database import Database, as_record
from stk_shell.store.event_queries import Table
from stk_shell.store.json_values import check_characters, loaded_json, stored_json

KEEPS = 1.0
"""How many seconds the default types are taken for what they were. To ask for each event would cost a tenth of it."""


class FoundType(Struct):
    """A type, and what checks that a record of it holds what it has to; null if that may be anything."""

    uu: str
    check: Callable[[str], None] | None = None


class Types:
    """Finds and changes the types of records. What is known of a schema is kept as long as its type is unchanged."""

    def __init__(
        self,
        database: Database,
        claims: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`claims` gives what the session claims now, which the entity of new records may depend on."""
        self._database = database
        self._claims = claims
        self._clock = clock
        self._checks: dict[tuple[str, str], Callable[[str], None]] = {}
        self._defaults: dict[Table, tuple[float, object, FoundType | None]] = {}

    def listed(self, table: Table, *, detail: bool = False) -> list[Record]:
        """The types that are not revoked, the default first; with their schemas for details."""
        names = (*queries.TYPES, "json_schema") if detail else queries.TYPES
        return [as_record(names, row) for row in self._database.rows(queries.types_of(table, detail=detail))]

    def named(self, table: Table, name: str) -> FoundType:
        """The type of a name or search_key, in any case.

        Raises:
            EventError: there is none, it is revoked, or there are several.
        """
        return self._found(table, self._one(table, name))

    def default(self, table: Table) -> FoundType | None:
        """The type that a record gets without being told, if it asks for something; as it was a moment ago."""
        known = self._defaults.get(table)
        if known is None or known[1] != self._claims() or self._clock() - known[0] > KEEPS:
            known = self._defaults[table] = self._clock(), self._claims(), self._default(table)
        return known[2]

    def uus(self, table: Table, name: str) -> list[str]:
        """The uus of all types of a name or search_key, also of revoked ones: their records stay.

        Raises:
            EventError: there is none.
        """
        rows = self._named(table, name)
        if not rows:
            raise self._unknown(table, name)
        return [str(row[0]) for row in rows]

    def add(self, table: Table, new: NewType) -> Record:
        """Make a type; gives what is listed of it.

        Raises:
            EventError: there is one of that name, no such enum value, or the schema is none.
        """
        enum = self._enum_value(table, new.enum)
        if self._usable([row for row in self._named(table, new.name) if not row[3]]):
            raise EventError(
                f"there is an {table.noun.name} type `{new.name}` already",
                "duplicate_type",
                help=f"`--type {new.name}` gives it to new {table.noun.plural};"
                f" `{table.noun.name} type revoke {new.name}` makes room for another one of that name.",
            )
        content: Record = {}
        if new.schema is not None:
            from stk_shell.store.schemas import check_schema

            check_schema(new.schema)
            content = {"json_schema": new.schema}
        values: list[object] = [check_characters(new.name), enum, stored_json(content), new.description]
        with self._database.transaction(f"`{table.noun.name} types` lists what there is."):
            added = as_record(queries.TYPES, self._database.change(queries.adding_type(table), values)[0])
            if new.default:
                for value in (False, True):
                    self._database.change(queries.making_default(table, value=value), (added["uu"],))
        self._defaults.clear()
        return {**added, "is_default": new.default}

    def revoke(self, table: Table, name: str) -> Record:
        """Revoke a type; gives its uu, name, revoked and is_revoked.

        Raises:
            EventError: there is none, or it is the default.
        """
        uu = self._one(table, name)[0]
        rows = self._database.change(queries.revoking_type(table), (uu,))
        if not rows:
            raise EventError(
                f"`{name}` is the default type, which cannot be revoked",
                "default_type",
                help=f"`{table.noun.name} type new NAME --default` makes another one the default.",
            )
        return as_record(queries.marked("revoked"), rows[0])

    def _one(self, table: Table, name: str) -> Row:
        every = self._named(table, name)
        rows = [row for row in every if not row[3]]
        if not rows:
            raise self._revoked(table, name) if every else self._unknown(table, name)
        rows = (self._usable(rows) or rows) if len(rows) > 1 else rows
        if len(rows) != 1:
            keys = ", ".join(row[2] for row in rows)
            raise EventError(
                f"several types have the name `{name}`", "ambiguous_type", help=f"Their search keys: {keys}."
            )
        return rows[0]

    def _named(self, table: Table, name: str) -> list[Row]:
        """The types of that name or search_key; those that differ in capital letters if none is exactly so."""
        rows = self._database.rows(queries.type_by_name(table), {"name": check_characters(name)})
        return [row for row in rows if name in row[1:3]] or rows

    def _revoked(self, table: Table, name: str) -> EventError:
        noun = table.noun
        another = f"; `event type new {name}` makes another one of that name" if noun == EVENTS else ""
        return EventError(
            f"the {noun.name} type `{name}` is revoked: no new {noun.name} can have it",
            "revoked_type",
            help=f"The types are {', '.join(self._names(table))}{another}.",
        )

    def _names(self, table: Table) -> list[str]:
        return [str(each["name"]) for each in self.listed(table)]

    def _unknown(self, table: Table, name: str) -> EventError:
        names = self._names(table)
        near = nearest(name, names)
        help = f"Did you mean `{near}`?" if near else f"The types are {', '.join(names)}."
        return EventError(f"there is no {table.noun.name} type `{name}`", "unknown_type", help=help)

    def _default(self, table: Table) -> FoundType | None:
        """The default of the entity of new records, or else the one for all."""
        rows = self._database.rows(queries.default_types(table))
        if not any(row[5] for row in rows):
            return None
        usable = self._usable(rows)
        return self._found(table, usable[0]) if usable else None

    def _usable(self, rows: list[Row]) -> list[Row]:
        """Those of the entity of new records; without any, those that are for all."""
        if all(row[6] is None for row in rows):
            return rows
        entity = self._entity()
        if entity is None:
            return rows
        return [row for row in rows if row[6] == entity] or [row for row in rows if row[6] is None]

    def _entity(self) -> str | None:
        """The entity of new records; None where the database does not say, as one of another make."""
        try:
            entity: str | None = self._database.rows(queries.ENTITY_OF_NEW)[0][0]
        except StoreError:
            return None
        return entity

    def _found(self, table: Table, row: Row) -> FoundType:
        uu, name, _, _, version, has_schema = row[:6]
        if not has_schema:
            return FoundType(uu)
        if (uu, version) not in self._checks:
            self._checks[uu, version] = self._check_of(table, uu, name)
        return FoundType(uu, self._checks[uu, version])

    def _check_of(self, table: Table, uu: str, name: str) -> Callable[[str], None]:
        from stk_shell.store.schemas import Schema

        schema = Schema(name, self._database.rows(queries.schema_of(table), (uu,))[0][0])
        return lambda content: schema.check(loaded_json(content))

    def _enum_value(self, table: Table, wanted: str | None) -> str:
        """The value of the enum that is meant, in any case; the default without one."""
        try:
            rows = self._database.rows(queries.ENUM_VALUES, (f"{table.noun.table}_type_enum",))
        except StoreError as error:
            raise (_no_enums() if error.code == "stk::store::no_schema" else error) from None
        for value, is_default in rows:
            if is_default if wanted is None else value.lower() == wanted.lower():
                return str(value)
        values = [str(row[0]) for row in rows]
        near = nearest(wanted or "", values)
        help = f"Did you mean `{near}`?" if near else f"The values are {', '.join(values)}."
        raise EventError(f"`{wanted}` is no value of the enum of {table.noun.name} types", "unknown_enum", help=help)


def _no_enums() -> StoreError:
    return StoreError(
        "this store does not list the values of its enums",
        "no_enums",
        help="There is no api.enum_value here. Whoever looks after the database makes the types of such a store.",
    )
