"""Files that are compressed, by gzip or Zstandard: what was packed, as it comes, and what is to be packed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import IO, Protocol, cast

from stk_shell.model.errors import Label, RunError
from stk_shell.model.span import Span
from stk_shell.model.struct import Struct

PIECE = 1 << 16
"""The bytes that are unpacked at once, whatever was packed: a small file may hold a very large one."""


class Packing(Struct):
    """A way to compress: what it is called, how its files end and begin."""

    name: str
    ending: str
    begins: bytes


GZIP = Packing("gzip", ".gz", b"\x1f\x8b")
ZSTANDARD = Packing("Zstandard", ".zst", b"\x28\xb5\x2f\xfd")


class _Unpacker(Protocol):
    """Unpacks one archive; several may follow each other in a file."""

    @property
    def eof(self) -> bool:
        """Whether the archive has ended."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind its end."""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """What this much of the archive holds, in small pieces."""

    def failed(self) -> tuple[type[Exception], ...]:
        """The errors that say that it is damaged."""


def packing_of(path: str, beginning: bytes) -> Packing | None:
    """How a file is compressed, by its name or by its first bytes: old logs are often named by a number alone."""
    for packing in (GZIP, ZSTANDARD):
        if path.lower().endswith(packing.ending) or beginning.startswith(packing.begins):
            return packing
    return None


def without_ending(path: str) -> str:
    """The name of what was packed, which says what is in it."""
    stem, ending = os.path.splitext(path)
    return stem if ending.lower() in (GZIP.ending, ZSTANDARD.ending) else path


def unpacked(packing: Packing, blocks: Iterator[bytes], path: str, place: Span) -> Iterator[bytes]:
    """The bytes that were packed; several archives in a file give what they hold one after the other.

    Raises:
        RunError: it is no such archive, is damaged, or ends too early; what comes before that is given.
    """
    unpacker: _Unpacker | None = None
    read = 0
    for block in blocks:
        while block:
            if unpacker is None:
                block = block.lstrip(b"\0") if read else block
                if not block:
                    break
                unpacker = _unpacker(packing)
            try:
                yield from unpacker.unpack(block)
            except unpacker.failed() as error:
                raise _broken(packing, path, place, read, error) from None
            rest = unpacker.unused_data if unpacker.eof else b""
            read += len(block) - len(rest)
            unpacker, block = (None, rest) if unpacker.eof else (unpacker, b"")
    if unpacker is not None or not read:
        label = Label(place, f"nothing comes behind its {read:,} bytes, and more is needed")
        hint = "It was cut off on its way here, or is still being written."
        raise RunError(f"`{path}` ends in the middle", "truncated", (label,), hint)


def packed(path: str, file: IO[bytes]) -> AbstractContextManager[IO[bytes]]:
    """What packs what is written into the file, if the name says so; the file itself stays open."""
    ending = os.path.splitext(path)[1].lower()
    if ending == GZIP.ending:
        import gzip

        # Without the time, the same content makes the same file.
        return cast("IO[bytes]", gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0))
    if ending == ZSTANDARD.ending:
        return cast("IO[bytes]", _zstd().ZstdFile(file, "wb"))
    return nullcontext(file)


def _zstd() -> ModuleType:
    """The standard library's, or what brings it to older Pythons."""
    import sys

    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def _broken(packing: Packing, path: str, place: Span, read: int, error: Exception) -> RunError:
    if not read:
        label = Label(place, f"its beginning is not that of a {packing.name} archive")
        hint = "`open --raw` gives what it is." if path.lower().endswith(packing.ending) else None
        return RunError(f"`{path}` is damaged, or no {packing.name} archive", "damaged", (label,), hint)
    label = Label(place, f"behind byte {read:,}: {str(error).rpartition(': ')[2]}")
    return RunError(f"`{path}` is damaged", "damaged", (label,), "What comes before that place was read.")


def _unpacker(packing: Packing) -> _Unpacker:
    return _Gzip() if packing is GZIP else _Zstandard()


class _Gzip:
    def __init__(self) -> None:
        import zlib

        self._error = zlib.error
        self._archive = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._archive.eof

    @property
    def unused_data(self) -> bytes:
        return self._archive.unused_data

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while data and not self._archive.eof:
            if piece := self._archive.decompress(data, PIECE):
                yield piece
            data = self._archive.unconsumed_tail

    def failed(self) -> tuple[type[Exception], ...]:
        return (self._error,)


class _Zstandard:
    def __init__(self) -> None:
        zstd = _zstd()
        self._error = zstd.ZstdError
        self._archive = zstd.ZstdDecompressor()

    @property
    def eof(self) -> bool:
        return bool(self._archive.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._archive.unused_data)

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while not self._archive.eof:
            if piece := self._archive.decompress(data, PIECE):
                yield piece
            if self._archive.needs_input:
                return
            data = b""

    def failed(self) -> tuple[type[Exception], ...]:
        return (self._error,)
