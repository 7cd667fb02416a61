"""The output formats by name. Each turns a value or stream into texts, every one of which ends a line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TypeAlias

from stk_shell.model.stream import Data, Document, Stream, TextStream
from stk_shell.model.values import Range
from stk_shell.render.cells import cell, escaped, harmless
from stk_shell.render.palette import Palette

Pieces: TypeAlias = Callable[[Data], Iterator[str]]

FORMATS = {
    "json": ("json_text", "pieces"),
    "ndjson": ("json_text", "lines"),
    "csv": ("delimited", "csv_lines"),
    "tsv": ("delimited", "tsv_lines"),
    "csv-guarded": ("delimited", "guarded_csv_lines"),
    "tsv-guarded": ("delimited", "guarded_tsv_lines"),
    "nuon": ("nuon", "pieces"),
    "yaml": ("yaml_text", "pieces"),
    "toml": ("toml_text", "pieces"),
    "md": ("markdown", "pieces"),
    "html": ("html_text", "pieces"),
    "text": ("plain_text", "lines"),
}
"""Module of this package and function for each format but the table, which has to know the terminal."""

ESCAPES = {
    **dict.fromkeys(("json", "ndjson", "yaml", "toml"), r"\u{:04x}"),
    "nuon": r"\u{{{:x}}}",
    **dict.fromkeys(("md", "html"), "&#x{:x};"),
}
"""How a character is written by its number in formats that have a way to, so that they can be read back."""

ESCAPE, PRIVATE_USE = "\x1b", 0xF0000

WIDEST_TEXT = 100
"""The columns of running text where the output has no limit: longer lines are hard to read."""


def renderer(name: str, width: int, palette: Palette, *, exact: bool) -> Pieces:
    """The function that gives a value's texts in the format; width and colours count for tables only.

    An exact text keeps control characters; a terminal would obey them, so there they are written as the format writes
    them, or else made visible.
    """
    if name == "table":
        return lambda data: tables(data, width, palette, exact=exact)
    pieces = writer(name)
    if exact:
        return pieces
    escape = ESCAPES.get(name)
    return lambda data: map(partial(escaped, escape=escape) if escape else harmless, pieces(data))


def writer(name: str) -> Pieces:
    """The function that gives a value's texts in a format other than the table."""
    module, function = FORMATS[name]
    pieces: Pieces = getattr(import_module(f"stk_shell.render.{module}"), function)
    return pieces


def tables(data: Data, width: int, palette: Palette, *, exact: bool) -> Iterator[str]:
    """A table for what has rows or columns, a text for anything else; null gives nothing."""
    if isinstance(data, Document):
        yield _laid_out(data, width or WIDEST_TEXT, palette)
    elif isinstance(data, (Stream, Range)):
        from stk_shell.render.long_table import pages

        yield from pages(data, width, palette)
    elif isinstance(data, (list, dict)):
        # A number or a text should not wait for what makes tables.
        from stk_shell.render.table import Tables

        yield Tables(width, palette).render(data)
    elif isinstance(data, TextStream):
        from stk_shell.render.plain_text import whole_lines

        yield from whole_lines(data) if exact else map(harmless, whole_lines(data))
    elif isinstance(data, str):
        yield data if exact else harmless(data)
    elif data is not None:
        yield cell(data)


def _laid_out(document: Document, width: int, palette: Palette) -> str:
    """The text of a document, in which a terminal obeys nothing but our colours."""
    # Whoever wrote the texts in it cannot know which character stands for the beginning of a colour.
    mark = chr(PRIVATE_USE + int.from_bytes(os.urandom(2), "big") % 0xFFFE)

    def paint(role: str, text: str) -> str:
        return palette.paint(role, harmless(text)).replace(ESCAPE, mark)

    return harmless(document.layout(width, paint)).replace(mark, ESCAPE)
