"""A hint in words: how a command is called, and what one of its flags or parameters means."""

from __future__ import annotations

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_width

from stk_shell.model.command import Command
from stk_shell.model.signature import Flag, Parameter
from stk_shell.parse.places import Enclosing
from stk_shell.render.help_page import explained, headed, usage_words
from stk_shell.render.width import clip, display_width
from stk_shell.repl.styles import class_of

GAP = "   "
NOTE, AT_CURSOR = class_of("note"), class_of("title")


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
