"""The line that tells how the command being typed is called, and what the flag or parameter at the cursor means."""

from __future__ import annotations

import asyncio

from prompt_toolkit.application import get_app
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_width

from stk_shell.model.command import Command
from stk_shell.model.signature import Flag, Parameter
from stk_shell.parse.live import Live
from stk_shell.parse.places import Enclosing
from stk_shell.render.help_page import explained, headed, usage_words
from stk_shell.render.width import clip, display_width
from stk_shell.repl.at_cursor import looking_for_call
from stk_shell.repl.styles import class_of

PAUSE = 0.05
"""The seconds without a key after which what is typed is looked at: no key waits for that."""

GAP = "   "
NOTE, AT_CURSOR = class_of("note"), class_of("title")

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
        return hint(self.call, width) if self.call else []

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


def hint(call: Enclosing, width: int) -> StyleAndTextTuples:
    """A call in at most so many columns: its words, and what the one at the cursor means or what the command does."""
    command, target = call.command, call.target
    words = _words(command, target)
    if target is None:
        return _clipped([*_spaced(words), ("", GAP + command.summary)], width)
    shape = target.shape.item if target.shape and target.shape.name == "keyword" else target.shape
    alone = f"{_headed(command, target)}: {explained(target)}"
    beside = alone if isinstance(target, Flag) else f"{shape}: {explained(target)}"
    line = [*_spaced(words), ("", GAP + beside)]
    return line if fragment_list_width(line) <= width else _clipped([("", alone)], width)


def _words(command: Command, target: Flag | Parameter | None) -> StyleAndTextTuples:
    """The words of the line that shows how a command is called, that for the flag or parameter at the cursor marked."""
    (name, _), *others = usage_words(command)
    words: StyleAndTextTuples = [(class_of("command"), name)]
    for word, parameter in others:
        here = parameter is target if parameter else isinstance(target, Flag)
        words.append((AT_CURSOR if here else NOTE, word))
    return words


def _spaced(words: StyleAndTextTuples) -> StyleAndTextTuples:
    return [part for word in words for part in (word, ("", " "))][:-1]


def _headed(command: Command, target: Flag | Parameter) -> str:
    return f"...{headed(target)}" if target is command.signature.rest else headed(target).strip()


def _clipped(parts: StyleAndTextTuples, width: int) -> StyleAndTextTuples:
    """The parts in at most so many columns."""
    line: StyleAndTextTuples = []
    for style, text, *_ in parts:
        kept = clip(text, width)
        line.append((style, kept))
        width -= display_width(kept)
    return line
