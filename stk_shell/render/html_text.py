"""Values as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import chain

from stk_shell.model.stream import Data, collect
from stk_shell.model.struct import Struct
from stk_shell.model.text import plain
from stk_shell.model.values import Range, Record, Value


class Html(Struct):
    """How HTML is written: as a whole page or a part of one, dark or light, with or without escapes."""

    partial: bool = False
    dark: bool = False
    raw: bool = False

    def render(self, value: Value) -> str:
        """A table for records, a numbered list for several other items, and text for anything else."""
        back, front = ("black", "white") if self.dark else ("white", "black")
        style = f"background-color:{back};color:{front};"
        content = "".join(self._content(value))
        if self.partial:
            return f'<div style="{style}">{content}</div>'
        return f"<html><style>body {{ {style} }}</style><body>{content}</body></html>"

    def _content(self, value: Value) -> Iterator[str]:
        if isinstance(value, Range) and value.end is not None:
            value = list(value)
        if isinstance(value, dict) and value:
            yield from self._table([value])
        elif isinstance(value, list):
            rows = [item for item in value if isinstance(item, dict)]
            yield from self._table(rows) if rows and len(rows) == len(value) else self._list(value)
        else:
            yield self._text(value)

    def _list(self, items: list[Value]) -> Iterator[str]:
        texts: Iterator[str] = map(self._text, items)
        if len(items) > 1:
            texts = chain(["<ol>"], _tagged("li", texts), ["</ol>"])
        yield from texts

    def _table(self, rows: list[Record]) -> Iterator[str]:
        names = list(dict.fromkeys(name for row in rows for name in row))
        yield "<table><thead><tr>"
        yield from _tagged("th", map(self._text, names))
        yield "</tr></thead><tbody>"
        for row in rows:
            yield "<tr>"
            yield from _tagged("td", (self._text(row.get(name)) for name in names))
            yield "</tr>"
        yield "</tbody></table>"

    def _text(self, value: Value) -> str:
        make: Callable[[str], str] = str if self.raw else escape
        return make(plain(value)).replace("\n", "<br>")


def _tagged(tag: str, contents: Iterable[str]) -> Iterator[str]:
    return (f"<{tag}>{content}</{tag}>" for content in contents)


def pieces(data: Data) -> Iterator[str]:
    """One page."""
    yield Html().render(collect(data))
