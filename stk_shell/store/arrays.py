"""Arrays of many values in PostgreSQL's binary form: as lists, each value would go through several calls of Python."""

from __future__ import annotations

import struct
from typing import ClassVar

import psycopg
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

HEADER = struct.Struct("!iiIii")
LENGTH = struct.Struct("!i")


class BinaryArray:
    """An array without nulls, made of the binary forms of its values."""

    __slots__ = ("values",)

    element: ClassVar[int] = 0
    """The number of the type of the values."""

    def __init__(self, values: list[bytes]) -> None:
        self.values = values

    def packed(self) -> bytes:
        """What is sent."""
        length, values = LENGTH.pack, self.values
        return HEADER.pack(1, 0, self.element, len(values), 1) + b"".join(
            [part for value in values for part in (length(len(value)), value)]
        )


class UuidArray(BinaryArray):
    """Uuids of 16 bytes."""

    element = 2950


class TextArray(BinaryArray):
    """Texts in UTF-8."""

    element = 25


class JsonArray(BinaryArray):
    """JSON texts in UTF-8, for `jsonb`, each behind the number of its binary form."""

    element = 3802


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: BinaryArray) -> Buffer:
        return obj.packed()


class _UuidArrayDumper(_ArrayDumper):
    oid = 2951


class _TextArrayDumper(_ArrayDumper):
    oid = 1009


class _JsonArrayDumper(_ArrayDumper):
    oid = 3807


def register_arrays(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Have the connection take such arrays as values of statements."""
    connection.adapters.register_dumper(UuidArray, _UuidArrayDumper)
    connection.adapters.register_dumper(TextArray, _TextArrayDumper)
    connection.adapters.register_dumper(JsonArray, _JsonArrayDumper)
