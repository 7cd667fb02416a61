"""The output formats by name. Each turns a value or stream into texts, every one of which ends a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import TypeAlias

from stk_shell.model.stream import Data, Document, Stream, collect
from stk_shell.render.palette import Palette

Pieces: TypeAlias = Callable[[Data], Iterator[str]]

FORMATS = {
    "json": ("json_text", "pieces"),
    "ndjson": ("json_text", "lines"),
    "csv": ("delimited", "csv_lines"),
    "tsv": ("delimited", "tsv_lines"),
    "nuon": ("nuon", "pieces"),
    "md": ("markdown", "pieces"),
    "text": ("plain_text", "lines"),
}
"""Module of this package and function for each format but the table, which has to know the terminal."""

NAMES = ("table", *FORMATS)

PAGE = 1000
"""The rows of a stream that make a table; the next ones make another, so that a long listing begins at once."""


WIDEST_TEXT = 100
"""The columns of running text where the output has no limit: longer lines are hard to read."""


def renderer(name: str, width: int, palette: Palette) -> Pieces:
    """The function that gives a value's texts in the format; width and colours count for tables only."""
    if name == "table":
        return lambda data: tables(data, width, palette)
    module, function = FORMATS[name]
    pieces: Pieces = getattr(import_module(f"stk_shell.render.{module}"), function)
    return pieces


def tables(data: Data, width: int, palette: Palette) -> Iterator[str]:
    """A table for a value, one for each page of a stream; null gives nothing."""
    from stk_shell.render.table import Tables

    if isinstance(data, Document):
        yield data.layout(width or WIDEST_TEXT, palette.paint)
        return
    render = Tables(width, palette)
    if not isinstance(data, Stream):
        value = collect(data)
        if value is not None:
            yield render.render(value)
        return
    start = 0
    while rows := list(islice(data, PAGE)):
        yield render.rows(rows, start)
        start += len(rows)
    if start == 0:
        yield render.rows([])
