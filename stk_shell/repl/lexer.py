"""Colours for what is being typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from prompt_toolkit.application import get_app, get_app_or_none
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer

from stk_shell.parse.chunks import Chunk
from stk_shell.parse.live import Live
from stk_shell.repl.styles import class_of

PAUSE = 0.2
"""The seconds without a key after which what waits is read."""


class ProgramLexer(Lexer):
    """Colours the text as the parser reads it; what is too long to be read at each key, whenever nobody types."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.turn = 0
        self.reader = ThreadPoolExecutor(1)
        self.reading: asyncio.Task[None] | None = None

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The function that gives the coloured parts of a line by its number."""
        self.live.update(document.text)
        app = get_app_or_none()
        if app is not None and self.live.waiting() is not None and (self.reading is None or self.reading.done()):
            self.reading = app.create_background_task(self._read_on())
        return lambda number: _line(self.live, document, number)

    def invalidation_hash(self) -> int:
        """Changes where the same text has got another look."""
        return self.turn

    async def _read_on(self) -> None:
        """Read what is around the cursor, and then all that waits, while the text stays as it is."""
        for seen in self.live.waiting_between(*_around_cursor()):
            await self._read(seen)
        self._draw_again()
        text = None
        while (chunk := self.live.waiting()) is not None:
            if text != self.live.text:
                text = self.live.text
                await asyncio.sleep(PAUSE)
            else:
                await self._read(chunk)
        self._draw_again()

    async def _read(self, chunk: Chunk) -> None:
        reading = asyncio.get_running_loop().run_in_executor(self.reader, self.live.reader(chunk))
        self.live.accept(chunk, await reading)

    def _draw_again(self) -> None:
        self.turn += 1
        get_app().invalidate()


def _around_cursor() -> tuple[int, int]:
    """The offsets between which a text may be seen."""
    app = get_app()
    document, rows = app.current_buffer.document, app.output.get_size().rows
    first, last = document.cursor_position_row - rows, document.cursor_position_row + rows
    return document.translate_row_col_to_index(max(first, 0), 0), document.translate_row_col_to_index(last, 0)


def _line(live: Live, document: Document, number: int) -> StyleAndTextTuples:
    """The coloured parts of a line."""
    if number >= document.line_count:
        return []
    at = document.translate_row_col_to_index(number, 0)
    end = at + len(document.lines[number])
    parts: StyleAndTextTuples = []
    for start, stop, kind in live.pieces(at, end):
        parts += [("", document.text[at:start]), (class_of(kind), document.text[start:stop])]
        at = stop
    return [*parts, ("", document.text[at:end])]
