"""The output formats by name. Each turns a value or stream into texts, every one of which ends a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import TypeAlias

from stk_shell.model.stream import Data, Document, Stream, collect
from stk_shell.model.values import Value
from stk_shell.render.cells import cell, harmless
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
    if isinstance(data, Document):
        yield data.layout(width or WIDEST_TEXT, palette.paint)
    elif isinstance(data, Stream):
        yield from _pages(data, width, palette)
    else:
        yield from _single(collect(data), width, palette)


def _single(value: Value, width: int, palette: Palette) -> Iterator[str]:
    if isinstance(value, (list, dict)):
        # A number or a text should not wait for what makes tables.
        from stk_shell.render.table import Tables

        yield Tables(width, palette).render(value)
    elif value is not None:
        yield harmless(value) if isinstance(value, str) else cell(value)


def _pages(rows: Stream, width: int, palette: Palette) -> Iterator[str]:
    from stk_shell.render.table import Tables

    render = Tables(width, palette)
    start = 0
    while page := list(islice(rows, PAGE)):
        yield render.rows(page, start)
        start += len(page)
    if start == 0:
        yield render.rows([])
