"""Reading files: text as it comes, and values by the format of the file."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from itertools import chain

from stk_shell.commands._delimited import Dialect, read_rows
from stk_shell.commands._json import json_lines, parse_relaxed
from stk_shell.commands.files._compressed import packing_of, unpacked, without_ending
from stk_shell.commands.files._paths import failure, format_of
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError, StkError
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, TextStream, without_mark
from stk_shell.model.values import Value

BLOCK = 1 << 16
"""The bytes that are read at once."""


def raw(path: str, call: Call, place: Span) -> TextStream | bytes:
    """What the file holds: text as it comes, or bytes where it does not begin with text.

    Raises:
        RunError: it cannot be read. The stream raises it where the text goes on with what is none.
    """
    blocks = _counted(_blocks(path, place), path, call)
    first = next(blocks, b"")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(first)
    except UnicodeDecodeError:
        return b"".join(chain([first], blocks))
    return TextStream(_decoded(chain([first], blocks), path, place), empty="")


def content(path: str, call: Call, place: Span) -> Data:
    """The value or stream that the file holds, by the ending of its name.

    Raises:
        RunError: the file cannot be read, or does not hold what its name says.
    """
    if format_of(path) == "parquet":
        from stk_shell.commands.files import _parquet

        return _named(_parquet.read(path, place), path)
    text = _text(_unpacked(_counted(_blocks(path, place), path, call), path, place), path, place)
    try:
        return _named(_parsed(format_of(without_ending(path)), text, call, place), path)
    except StkError as error:
        raise error.at(place) from None


def text_of(path: str, place: Span) -> TextStream:
    """The text of the file, as it comes, without a mark of byte order.

    Raises:
        RunError: the file cannot be read. The stream raises it where there is no text.
    """
    return _text(_blocks(path, place), path, place)


def _text(blocks: Iterator[bytes], path: str, place: Span) -> TextStream:
    # Files that cannot be read fail here, not when somebody pulls.
    text = _decoded(chain([next(blocks, b"")], blocks), path, place)
    return TextStream(without_mark(text), empty="")


def _unpacked(blocks: Iterator[bytes], path: str, place: Span) -> Iterator[bytes]:
    """What the file holds, which may be compressed."""
    first = next(blocks, b"")
    packing = packing_of(path, first)
    every = chain([first], blocks)
    return every if packing is None else unpacked(packing, every, path, place)


def _parsed(format: str, text: TextStream, call: Call, place: Span) -> Data:
    if format == "csv":
        return read_rows(text, Dialect(), place, call.session.note)
    if format == "tsv":
        return read_rows(text, Dialect(separator="\t"), place, call.session.note)
    if format == "ndjson":
        return json_lines(text, parse_relaxed, place)
    if format in ("json", "nuon", "yaml", "toml"):
        return _whole(format, text.read() or "", call, place)
    return text


def _named(data: Data, path: str) -> Data:
    """The data; where its rows cannot be read on, the error names the file, which may be one of many."""
    if not isinstance(data, Stream) or data.batches is None:
        return data
    batches = data.batches

    def named() -> Iterator[list[Value]]:
        try:
            yield from batches
        except RunError as error:
            if path not in error.headline:
                error.headline = f"{error.headline}, in `{path}`"
            raise

    return Stream.of_batches(named())


def _whole(format: str, text: str, call: Call, place: Span) -> Value:
    if format == "json":
        return parse_relaxed(text, place) if text else None
    if format == "nuon":
        return call.session.read_data(text)
    if format == "yaml":
        from stk_shell.commands._yaml import read_yaml

        return read_yaml(text, place)
    from stk_shell.commands._toml import read_toml

    return read_toml(text, place)


def _blocks(path: str, place: Span) -> Iterator[bytes]:
    try:
        with open(path, "rb", buffering=0) as file:
            while block := file.read(BLOCK):
                yield block
    except OSError as error:
        raise failure(error, path, place) from None


def _counted(blocks: Iterator[bytes], path: str, call: Call) -> Iterator[bytes]:
    """The blocks; how much of the file has been read is told to whoever watches."""
    size = os.path.getsize(path) if os.path.isfile(path) else 0
    source = call.session.reading(os.path.basename(path), size)
    for block in blocks:
        yield block
        source.read += len(block)


def _decoded(blocks: Iterator[bytes], path: str, place: Span) -> Iterator[str]:
    decoder, done = codecs.getincrementaldecoder("utf-8")(), 0
    for block in chain(blocks, [b""]):
        try:
            yield decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            at = done - len(decoder.getstate()[0]) + error.start
            label = Label(place, f"byte 0x{error.object[error.start]:02x} at position {at}")
            hint = None if done else "`open --raw` gives its bytes."
            raise RunError(f"`{path}` holds what is no UTF-8 text", "non_utf8", (label,), hint) from None
        done += len(block)
