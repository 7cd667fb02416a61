"""Ctrl-R: look for something that was typed, in a list below the entry that gets shorter with each key."""

from __future__ import annotations

import re

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, emacs_mode, has_focus, vi_insert_mode, vi_navigation_mode
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.vi_state import InputMode
from prompt_toolkit.layout.containers import ConditionalContainer, Container, VSplit, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.processors import BeforeInput

from stk_shell.model.text import counted
from stk_shell.render.cells import visible
from stk_shell.render.width import clip
from stk_shell.repl.filters import at_prompt
from stk_shell.repl.styles import class_of

ROWS = 8
"""How many entries the list shows at once."""

LABEL = "history: "
KEYS = "Enter runs  Tab edits  Esc back"
WIDE = 70
"""The columns from which on the keys are told."""

CHOSEN, OTHER = "▸ ", "  "
NEW_LINE = " ⏎ "
"""What stands for the end of a line of an entry that has several."""


class HistorySearch:
    """The field to type in and the list; the entry shows what is chosen."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.entry = Buffer()
        self.field = Buffer(multiline=False, on_text_changed=lambda _: self._look())
        self._original = Document()
        self._mode = InputMode.INSERT
        self._texts: list[tuple[str, str]] = []
        """The entries, the last one first, and each in small letters."""
        self._found: list[str] = []
        self._chosen = 0

    def attach(self, prompts: PromptSession[str]) -> None:
        """Search for the entry of a prompt, right below it."""
        self.entry = prompts.default_buffer
        prompts.layout.container.get_children()[1:1] = self._containers()

    def _containers(self) -> list[Container]:
        """The line to type in and the list, while somebody searches."""
        field = BufferControl(
            self.field, input_processors=[BeforeInput(LABEL, class_of("note"))], key_bindings=self._keys()
        )
        beside = Window(FormattedTextControl(self._beside), dont_extend_width=True)
        # The lines that are free once the list is shorter stay below it, and not below the entry.
        rows = Window(FormattedTextControl(self._rows), height=Dimension(weight=1000))
        searching = has_focus(self.field)
        line = VSplit([Window(field), beside], height=1)
        return [ConditionalContainer(line, searching), ConditionalContainer(rows, searching)]

    # Looking

    def start(self, words: list[str]) -> None:
        """Begin to search, with some words that are typed already."""
        app = get_app()
        self._original, self._mode = self.entry.document, app.vi_state.input_mode
        app.vi_state.input_mode = InputMode.INSERT
        self._texts = [(text, text.lower()) for text in reversed(self.history.get_strings())]
        app.layout.focus(self.field)
        self.field.reset(Document("".join(f"{word} " for word in words)))
        self._look()

    def _look(self) -> None:
        """Find the entries that have all the words; capital letters have to be capital only where there are some."""
        text = self.field.text
        exact, words = text != text.lower(), text.split()
        self._found = [
            entry for entry, small in self._texts if all(word in (entry if exact else small) for word in words)
        ]
        self._choose(0)

    def _choose(self, at: int) -> None:
        self._chosen = max(min(at, len(self._found) - 1), 0)
        self.entry.document = Document(self._found[self._chosen]) if self._found else self._original

    def _end(self) -> None:
        app = get_app()
        app.layout.focus(self.entry)
        app.vi_state.input_mode = self._mode

    # What is shown

    def _beside(self) -> StyleAndTextTuples:
        count = f"{counted(self._chosen + 1)} of {counted(len(self._found))}" if self._found else "nothing found"
        keys = f"  {KEYS}" if get_app().output.get_size().columns >= WIDE else ""
        return [(class_of("note"), f"  {count}{keys}")]

    def _rows(self) -> StyleAndTextTuples:
        """The list, scrolled to what is chosen."""
        width = get_app().output.get_size().columns - len(CHOSEN) - 1
        first = max(self._chosen - ROWS + 1, 0)
        words = re.compile("|".join(map(re.escape, self.field.text.split())) or "$^", re.IGNORECASE)
        parts: StyleAndTextTuples = []
        for at, text in enumerate(self._found[first : first + ROWS], first):
            sign, style = (CHOSEN, "reverse") if at == self._chosen else (OTHER, "")
            line = clip(visible(NEW_LINE.join(part.strip() for part in text.split("\n"))), width)
            parts += [("", "\n" if parts else ""), ("", sign), *_marked(line, words, style)]
        return parts

    # Keys

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("c-r")
        @keys.add("down")
        @keys.add("c-n")
        def _(event: KeyPressEvent) -> None:
            """Choose one that is older."""
            self._choose(self._chosen + 1)

        @keys.add("c-s")
        @keys.add("up")
        @keys.add("c-p")
        def _(event: KeyPressEvent) -> None:
            """Choose one that is newer."""
            self._choose(self._chosen - 1)

        @keys.add("enter")
        def _(event: KeyPressEvent) -> None:
            """Run what is chosen."""
            self._end()
            if self._found:
                self.entry.validate_and_handle()

        @keys.add("tab")
        @keys.add("right", filter=Condition(lambda: self.field.document.is_cursor_at_the_end))
        def _(event: KeyPressEvent) -> None:
            """Change what is chosen before it is run."""
            self._end()
            self.entry.cursor_position = len(self.entry.text)

        @keys.add("escape", eager=True)
        @keys.add("c-g")
        @keys.add("c-c")
        def _(event: KeyPressEvent) -> None:
            """Back to what was in the entry."""
            self._end()
            self.entry.document = self._original

        return keys

    def keys(self) -> KeyBindings:
        """What begins a search at the prompt."""
        keys = KeyBindings()

        @keys.add("c-r", filter=at_prompt & (emacs_mode | vi_insert_mode))
        @keys.add("c-s", filter=at_prompt & (emacs_mode | vi_insert_mode))
        def _(event: KeyPressEvent) -> None:
            """Look for what is in the entry, and for what is typed then."""
            self.start(self.entry.text.split())

        @keys.add("/", filter=at_prompt & vi_navigation_mode)
        @keys.add("?", filter=at_prompt & vi_navigation_mode)
        def _(event: KeyPressEvent) -> None:
            """Look for what is typed then."""
            self.start([])

        return keys


def _marked(line: str, words: re.Pattern[str], style: str) -> StyleAndTextTuples:
    """A line in which the words stand out."""
    parts: StyleAndTextTuples = []
    at = 0
    for found in words.finditer(line):
        parts += [(style, line[at : found.start()]), (f"{style} bold", found.group())]
        at = found.end()
    return [*parts, (style, line[at:])]
