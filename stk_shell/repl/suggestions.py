"""What is suggested while one types: how the last entry that begins so went on."""

from __future__ import annotations

import re

from prompt_toolkit.application import get_app
from prompt_toolkit.auto_suggest import Suggestion
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, emacs_insert_mode, has_selection
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments

from stk_shell.repl.filters import at_prompt
from stk_shell.repl.pairs import ONLY_CLOSERS
from stk_shell.repl.styles import class_of

WORD = re.compile(r"\s*(?:[\w-]+|[^\w\s-]+)")

MORE = " …"
"""What stands for the further lines of an entry."""


class Rest(Suggestion):
    """The rest of an entry; its first line is shown."""

    def __init__(self, whole: str) -> None:
        first, _, others = whole.partition("\n")
        super().__init__(first + (MORE if others.strip() else ""))
        self.whole = whole


class Suggestions:
    """Finds them in the history."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._text = ""

    def attach(self, buffer: Buffer) -> None:
        """Suggest what fits whenever something is typed or deleted."""
        buffer.on_text_insert += self._suggest
        buffer.on_text_changed += self._changed

    def _suggest(self, buffer: Buffer) -> None:
        buffer.suggestion = self.find(buffer.document)

    def _changed(self, buffer: Buffer) -> None:
        before, self._text = self._text, buffer.text
        if len(buffer.text) < len(before) and before.startswith(buffer.document.text_before_cursor):
            self._suggest(buffer)

    def find(self, document: Document) -> Rest | None:
        """The rest of the last entry that begins with what stands before the cursor, if only brackets are behind it."""
        begin = document.text_before_cursor
        if not begin.strip() or not ONLY_CLOSERS.fullmatch(document.text_after_cursor):
            return None
        for text in reversed(self.history.get_strings()):
            rest = text.removeprefix(begin)
            if 0 < len(rest) < len(text) and not rest.startswith("\n"):
                return Rest(rest)
        return None


class BeforeClosers(Processor):
    """Shows a suggestion in the place of the closing brackets behind the cursor; at the end of the text, others do."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The line with the suggestion, if the cursor is in it."""
        document, parts = transformation_input.document, transformation_input.fragments
        rest = get_app().current_buffer.suggestion
        here = transformation_input.lineno == document.cursor_position_row
        if rest is None or not here or document.is_cursor_at_the_end or get_app().is_done:
            return Transformation(parts)
        typed = explode_text_fragments(parts)[: transformation_input.source_to_display(document.cursor_position_col)]
        return Transformation([*typed, (class_of("note"), rest.text)])


def suggestion_keys() -> KeyBindings:
    """Right, End and Ctrl-E take what is suggested; Alt-F and Ctrl-Right take a word of it."""
    keys = KeyBindings()
    suggested = Condition(lambda: get_app().current_buffer.suggestion is not None) & at_prompt & ~has_selection

    @keys.add("right", filter=suggested)
    @keys.add("end", filter=suggested)
    @keys.add("c-e", filter=suggested)
    @keys.add("c-f", filter=suggested)
    def _(event: KeyPressEvent) -> None:
        """Take all of it."""
        _take(event.current_buffer, len(_rest(event.current_buffer)))

    @keys.add("escape", "f", filter=suggested & emacs_insert_mode)
    @keys.add("escape", "right", filter=suggested & emacs_insert_mode)
    @keys.add("c-right", filter=suggested)
    def _(event: KeyPressEvent) -> None:
        """Take the next word."""
        word = WORD.match(_rest(event.current_buffer))
        _take(event.current_buffer, word.end() if word else 0)

    return keys


def _rest(buffer: Buffer) -> str:
    return buffer.suggestion.whole if isinstance(buffer.suggestion, Rest) else ""


def _take(buffer: Buffer, length: int) -> None:
    """Put the beginning of the suggestion in, and take out the brackets behind: the entry has its own."""
    text = _rest(buffer)[:length]
    buffer.delete(len(buffer.document.text_after_cursor))
    buffer.insert_text(text)
