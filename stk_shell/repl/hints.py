"""The line that tells how the command being typed is called, and what the flag or parameter at the cursor means."""

from __future__ import annotations

import asyncio

from prompt_toolkit.application import get_app
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples

from stk_shell.parse.live import Live
from stk_shell.parse.places import Enclosing
from stk_shell.repl.at_cursor import looking_for_call

PAUSE = 0.05
"""The seconds without a key after which what is typed is looked at: no key waits for that."""

State = tuple[str, int]
"""A text and the place of the cursor in it."""


class Hints:
    """Finds the hint for what is typed whenever the keys pause; until then, the last one stands."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.asked: State = ("", 0)
        self.known: State = ("", 0)
        self.call: Enclosing | None = None
        self.looking: asyncio.Task[None] | None = None

    def line(self, document: Document, width: int) -> StyleAndTextTuples:
        """The hint, in at most so many columns; empty where there is none."""
        if not document.text.strip():
            self.call, self.asked, self.known = None, ("", 0), ("", 0)
            return []
        self.asked = document.text, document.cursor_position
        if self.asked != self.known and (self.looking is None or self.looking.done()):
            self.looking = get_app().create_background_task(self._look())
        if self.call is None:
            return []
        # What writes help pages is loaded once the prompt shows.
        from stk_shell.repl.hint_text import hint

        return hint(self.call, width)

    async def _look(self) -> None:
        """Find the call at the cursor, once nobody has typed for a moment."""
        while self.asked != self.known:
            state = self.asked
            await asyncio.sleep(PAUSE)
            if state == self.asked:
                look = looking_for_call(self.live, Document(*state))
                self.call = await asyncio.get_running_loop().run_in_executor(None, look)
                self.known = state
        get_app().invalidate()
