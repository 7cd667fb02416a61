"""The menu of what can be typed next: it opens at Tab and while somebody types, and keeps out of the way otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeAlias

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer, CompletionState
from prompt_toolkit.document import Document
from prompt_toolkit.layout.controls import BufferControl

from stk_shell.engine.session import ShellSession
from stk_shell.parse.live import Live
from stk_shell.repl.completion.catalog import Catalog
from stk_shell.repl.completion.finder import Find, Finder, Found
from stk_shell.repl.completion.lines import shown, typed
from stk_shell.repl.completion.matching import Suggestion, common
from stk_shell.repl.pairs import erase

PAUSE = 0.2
"""The seconds without a key after which what takes longer is looked for."""

ROWS = 8
"""How many lines the screen makes room for."""

UNASKED = 60
"""How many names are shown that no key has asked for: drawing takes longer with each."""

BELOW = 3
"""The lines of the terminal that are left to what stands below the entry."""

WAITING = Suggestion("", 0, "asking the store", "…", goes_on=True)
SILENT = Suggestion("", 0, "the store does not answer", "…", goes_on=True)

CODE, ALT = 0.05, 0.3
"""The seconds that a terminal has for the rest of a key's code, and a user for the key after Escape."""

QUOTES = ("'", '"', "`")


Then: TypeAlias = "Callable[[Buffer], object] | None"


class Seen(NamedTuple):
    """An entry for which names were looked for, whether a key had asked, and what it wants to do with them."""

    document: Document
    demanded: bool
    then: Then


class Menu:
    """Shows names at the cursor of a prompt, and puts the chosen one in."""

    def __init__(self, session: ShellSession, live: Live, redraw: Callable[[], None]) -> None:
        """`redraw` draws the prompt again, from whatever thread."""
        self.session = session
        self.catalog = Catalog(session, self.hear)
        self._finder = Finder(session, live, self.catalog)
        self._redraw = redraw
        self._found: list[Suggestion] = []
        self._seen: Seen | None = None
        """What names were last looked for; nothing once the menu was closed."""
        self._news = False
        self._spaced: Document | None = None
        """The entry as the menu has left it, if it has put a blank at its end that somebody may type as well."""
        self._threads = ThreadPoolExecutor(1)

    def attach(self, prompts: PromptSession[str]) -> None:
        """Look at what is typed at a prompt."""
        prompts.default_buffer.on_text_insert += self._typed
        prompts.app.before_render += lambda _: self._before_drawing(prompts)
        control = prompts.app.layout.current_control
        if isinstance(control, BufferControl):
            control.menu_position = lambda: self._place(prompts.default_buffer)
        # By default it would take a second and a half until an Escape is known not to be an Alt.
        prompts.app.ttimeoutlen, prompts.app.timeoutlen = CODE, ALT

    # Looking for names

    def _typed(self, buffer: Buffer) -> None:
        self._seen = None
        # Of keys that come at once, the last one decides.
        alone = not get_app().key_processor.input_queue
        if alone and self.session.settings.menu == "typing" and not buffer.document.char_before_cursor.isspace():
            self.find(buffer, demanded=False)

    def find(self, buffer: Buffer, *, demanded: bool, then: Then = None) -> None:
        """Look for names, show them, and go on `then`: at once, or when they are found."""
        seen = self._seen = Seen(buffer.document, demanded, then)
        find, quick = self._finder.finding(buffer.document, demanded=demanded)
        if quick:
            self._show(buffer, find(), then)
        else:
            get_app().create_background_task(self._find_later(buffer, seen, find))

    async def _find_later(self, buffer: Buffer, seen: Seen, find: Find) -> None:
        if not seen.demanded:
            await asyncio.sleep(PAUSE)
        if self._seen is seen:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, find)
            if self._seen is seen and buffer.document == seen.document:
                self._show(buffer, found, seen.then)
                get_app().invalidate()

    def hear(self) -> None:
        """There may be more names: the store has answered, or failed to, or the commands are loaded."""
        self._news = True
        self._redraw()

    def _before_drawing(self, prompts: PromptSession[str]) -> None:
        buffer, seen = prompts.default_buffer, self._seen
        if self._news:
            self._news = False
            if seen is not None and seen.document == buffer.document and not self.has_choice(buffer):
                # A key that had nothing to choose from goes on with what it was to do.
                self.find(buffer, demanded=seen.demanded, then=None if self.is_open(buffer) else seen.then)
        prompts.reserve_space_for_menu = self._room(prompts)

    def _place(self, buffer: Buffer) -> int | None:
        """Below which character of the entry the menu is: where the word begins, so that it stays as one types."""
        return min(each.start for each in self._found) if self.is_open(buffer) else None

    @staticmethod
    def _room(prompts: PromptSession[str]) -> int:
        """How many lines the entry and the open menu need."""
        state = prompts.default_buffer.complete_state
        if state is None:
            return 0
        info = prompts.app.layout.current_window.render_info
        above = info.cursor_position.y if info else prompts.default_buffer.document.cursor_position_row
        rows = prompts.output.get_size().rows
        return max(min(above + 1 + min(len(state.completions), ROWS), rows - BELOW), 0)

    # Showing them

    def _show(self, buffer: Buffer, found: Found, then: Then) -> None:
        names = self._worth_showing(buffer.document, found)
        self._found = names
        lines = shown(names, buffer.document, get_app().output.get_size().columns)
        buffer.complete_state = CompletionState(buffer.document, lines) if names else None
        if then is not None:
            then(buffer)

    def _worth_showing(self, document: Document, found: Found) -> list[Suggestion]:
        """The names; where a key has asked for some that only the store knows, how it stands with that."""
        if self._seen is None or not self._seen.demanded:
            return [] if _says_nothing(document, found.names) else found.names[:UNASKED]
        if found.in_store and not self.catalog.has_answered:
            if self.catalog.asking:
                return [WAITING]
            return found.names or ([SILENT] if self.catalog.failed else [])
        return found.names

    def is_open(self, buffer: Buffer) -> bool:
        """Whether there is something to choose from."""
        return buffer.complete_state is not None and self._found not in ([], [WAITING], [SILENT])

    def has_choice(self, buffer: Buffer) -> bool:
        """Whether one of the names is chosen."""
        state = buffer.complete_state
        return self.is_open(buffer) and state is not None and state.complete_index is not None

    # Choosing

    def shorten(self, buffer: Buffer, count: int) -> None:
        """Delete what stands before the cursor; the menu stays open as long as a word does."""
        demanded = self._seen is not None and self._seen.demanded
        erase(buffer, lambda: buffer.delete_before_cursor(count))
        if buffer.document.char_before_cursor.strip():
            self.find(buffer, demanded=demanded)

    def close(self, buffer: Buffer) -> None:
        """Leave the text as it was typed."""
        buffer.cancel_completion()
        self._seen = None

    def complete(self, buffer: Buffer) -> None:
        """Put in what all names have in common; where that is nothing, choose the next."""
        if self.has_choice(buffer):
            buffer.complete_next()
        elif not self.is_open(buffer):
            self.find(buffer, demanded=True, then=self._put_in_common)
        elif not self._put_in_common(buffer):
            self._choose_other(buffer)

    def _put_in_common(self, buffer: Buffer) -> bool:
        """Put in the only name, or what all names begin with; gives whether there is such a thing."""
        if not self.is_open(buffer):
            return False
        fits = [each for each in self._found if each.text.startswith(typed(buffer.document, each))]
        more = common([each.text.removeprefix(typed(buffer.document, each)) for each in fits] or [""])
        if len(fits) == 1 or len(self._found) == 1:
            self._put_in(buffer, (fits or self._found)[0])
            return True
        if not more.strip("-"):
            # That all names are flags helps nobody.
            return False
        buffer.insert_text(more, fire_event=False)
        self.find(buffer, demanded=True)
        return True

    def _choose_other(self, buffer: Buffer) -> None:
        """Choose the first name that is not typed already."""
        others = (at for at, each in enumerate(self._found) if each.text != typed(buffer.document, each))
        buffer.go_to_completion(next(others, 0))

    def accept(self, buffer: Buffer) -> None:
        """Take what is chosen, or else the first name."""
        state = buffer.complete_state
        if state is not None and state.complete_index is not None:
            buffer.complete_state = None
            self._end(buffer, self._found[state.complete_index])
        else:
            self._put_in(buffer, self._found[0])

    def _put_in(self, buffer: Buffer, chosen: Suggestion) -> None:
        buffer.delete_before_cursor(buffer.cursor_position - chosen.start)
        buffer.insert_text(chosen.text, fire_event=False)
        self._end(buffer, chosen)

    def _end(self, buffer: Buffer, chosen: Suggestion) -> None:
        """Put a blank behind a name that is complete, unless something stands there."""
        self._seen = None
        if chosen.text.endswith(QUOTES) and buffer.document.current_char == chosen.text[-1]:
            buffer.delete()
        if not chosen.goes_on and buffer.document.current_char in ("", "\n"):
            buffer.insert_text(" ", fire_event=False)
            self._spaced = buffer.document

    def has_spaced(self, buffer: Buffer) -> bool:
        """Whether what stands before the cursor is the blank behind a name that was just put in."""
        return self._spaced == buffer.document

    def confirm(self, buffer: Buffer) -> None:
        """Take the blank for one that was typed: the next is another."""
        self._spaced = None
        buffer.on_text_insert.fire()


def _says_nothing(document: Document, found: list[Suggestion]) -> bool:
    """Whether what is typed is one of the names already, and the beginning of no other."""
    pairs = [(each.text, typed(document, each)) for each in found]
    return any(text == begin for text, begin in pairs) and sum(text.startswith(begin) for text, begin in pairs) == 1
