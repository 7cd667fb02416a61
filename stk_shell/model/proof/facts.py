"""What is hashed: rows in PostgreSQL's binary form, made here without a database as `record_send` makes them there."""

from __future__ import annotations

import datetime
import struct
from hashlib import sha256
from uuid import UUID

from stk_shell.model.struct import Struct
from stk_shell.model.values import Record, Value

EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)

EVENT_TEXTS = ("table_name_uu_json", "record_json", "search_key", "name", "description")
"""The columns that are hashed as UTF-8: JSON as the text that the database gives."""

EVENT_FIELDS = (
    *("uu", "stk_entity_uu", "created", "created_by_uu", "table_name_uu_json", "is_valid", "type_uu"),
    *("record_json", "search_key", "name", "description"),
)
"""What of an event never changes, in the order in which it is hashed."""


class Typed(Struct):
    """A value in binary form with the number of its type; None is null."""

    oid: int
    content: bytes | None


def text(value: str) -> Typed:
    """A value of the type text."""
    return Typed(25, value.encode())


def raw(value: bytes | None) -> Typed:
    """A value of the type bytea."""
    return Typed(17, value)


def uuid(value: str) -> Typed:
    """A value of the type uuid."""
    return Typed(2950, UUID(value).bytes)


def moment(value: datetime.datetime) -> Typed:
    """A value of the type timestamptz."""
    return Typed(1184, struct.pack("!q", (value - EPOCH) // MICROSECOND))


def bigint(value: int) -> Typed:
    """A value of the type bigint."""
    return Typed(20, struct.pack("!q", value))


def integer(value: int) -> Typed:
    """A value of the type integer."""
    return Typed(23, struct.pack("!i", value))


def row(*values: Typed) -> bytes:
    """The binary form of a row."""
    parts = [struct.pack("!i", len(values))]
    for value in values:
        if value.content is None:
            parts.append(struct.pack("!Ii", value.oid, -1))
        else:
            parts += [struct.pack("!Ii", value.oid, len(value.content)), value.content]
    return b"".join(parts)


def event_form(event: Record) -> bytes:
    """The binary form of an event, whose columns are EVENT_FIELDS.

    Raises:
        KeyError, TypeError, ValueError: a column is missing, or is not what such a column holds.
    """
    return row(text("stk_event"), *(_event_value(name, event[name]) for name in EVENT_FIELDS))


def _event_value(name: str, value: Value) -> Typed:
    if name in EVENT_TEXTS and (value is None or isinstance(value, str)):
        return raw(None if value is None else value.encode())
    if name == "is_valid" and isinstance(value, bool):
        return Typed(16, bytes([value]))
    if name == "created":
        return moment(as_moment(value))
    if isinstance(value, str):
        return uuid(value)
    raise TypeError(name)


def as_moment(value: Value) -> datetime.datetime:
    """A time that is one, or the text of one.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    if not isinstance(value, datetime.datetime) or value.tzinfo is None:
        raise ValueError(value)
    return value


def whole(value: Value) -> int:
    """A whole number that is one.

    Raises:
        TypeError: it is something else.
    """
    if type(value) is not int:
        raise TypeError(value)
    return value


HASHES = ("previous_hash", "root", "index_hash")
NUMBERS = ("number", "facts", "events", "xact_to", "xact_least", "xact_greatest")
"""What is in the head of a block, beside the time."""


class Head(Struct):
    """The head of a block: what its hash is made of. The hash covers its facts by the root of their tree."""

    number: int
    previous_hash: bytes
    root: bytes
    index_hash: bytes
    facts: int
    events: int
    created: datetime.datetime
    xact_to: int
    xact_least: int
    xact_greatest: int

    def hashed(self) -> bytes:
        """The hash of the block."""
        return sha256(
            row(
                text("stk_block"),
                bigint(self.number),
                *(raw(hash) for hash in (self.previous_hash, self.root, self.index_hash)),
                *(integer(count) for count in (self.facts, self.events)),
                moment(self.created),
                *(bigint(number) for number in (self.xact_to, self.xact_least, self.xact_greatest)),
            )
        ).digest()

    def as_record(self) -> Record:
        """What is written into a proof: hashes in hexadecimal, the time as a text with microseconds."""
        values = {name: getattr(self, name) for name in self._fields}
        hashes = {name: value.hex() for name, value in values.items() if isinstance(value, bytes)}
        return {**values, **hashes, "created": self.created.isoformat(timespec="microseconds")}

    @classmethod
    def of_record(cls, record: Record) -> Head:
        """The head that was written so.

        Raises:
            KeyError, TypeError, ValueError, OverflowError: it was not.
        """
        previous, root, index = (bytes.fromhex(str(record[name])) for name in HASHES)
        number, facts, events, xact_to, least, greatest = (whole(record[name]) for name in NUMBERS)
        created = as_moment(record["created"])
        return cls(number, previous, root, index, facts, events, created, xact_to, least, greatest)
