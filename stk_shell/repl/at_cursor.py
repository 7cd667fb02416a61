"""The call that the cursor is in, and what the entry is with another command in its place."""

from __future__ import annotations

import re
from collections.abc import Callable

from prompt_toolkit.document import Document

from stk_shell.model.command import Command
from stk_shell.parse.cursor import Cursor, look
from stk_shell.parse.live import Live
from stk_shell.parse.places import CommandPlace, Enclosing
from stk_shell.parse.scope import Scope

REST_OF_WORD = re.compile(r"[\w-]*")


def looking_for_call(live: Live, document: Document) -> Callable[[], Enclosing | None]:
    """What finds the call at the cursor, in any thread. A name of several words calls before a blank follows it."""
    look = _looking(live, document)

    def find() -> Enclosing | None:
        cursor = look()
        place = _name_place(cursor)
        command = _command(live, place, place.text) if place is not None else None
        if command is not None:
            return Enclosing(command, None)
        return cursor.calls[0] if cursor.calls else None

    return find


def command_at(live: Live, document: Document) -> tuple[Command | None, str]:
    """The command that is called at the cursor; where none is, the text that stands there for its name."""
    cursor = _looking(live, document)()
    place = _name_place(cursor)
    name = _name(live, place) if place is not None else ""
    if place is None or not name or place.scope.alias(name):
        return (cursor.calls[0].command if cursor.calls else None), ""
    command = _command(live, place, name)
    return command, "" if command else name


def with_command(live: Live, document: Document, name: str) -> Document:
    """The entry with another command called at the cursor, or with a call of it put in where none is."""
    start, _, _ = _word(live, document)
    place = _name_place(_looking(live, document)())
    first = last = document.cursor_position
    if place is not None:
        first = start + place.start
        last = first + _length(document.text[first:], _name(live, place).split())
    before, after = document.text[:first] + name, document.text[last:] or " "
    return Document(before + after, len(before) + after.startswith(" "))


def _looking(live: Live, document: Document) -> Callable[[], Cursor]:
    """What finds out what the word at the cursor is: the whole word, wherever in it the cursor is."""
    start, end, scope = _word(live, document)
    return lambda: look(document.text[start:end], scope, live.commands)


def _word(live: Live, document: Document) -> tuple[int, int, Scope]:
    """Where the pipeline at the cursor begins, where the word at the cursor ends, and the names known there."""
    live.update(document.text)
    rest = REST_OF_WORD.match(document.text, document.cursor_position)
    start, scope = live.around(document.cursor_position)
    return start, rest.end() if rest else document.cursor_position, scope


def _name_place(cursor: Cursor) -> CommandPlace | None:
    return next((place for place in cursor.places if isinstance(place, CommandPlace)), None)


def _command(live: Live, place: CommandPlace, name: str) -> Command | None:
    own = place.scope.command(name)
    return own.command if own else live.commands.find(name)


def _name(live: Live, place: CommandPlace) -> str:
    """What stands for the name of a command: its first word, and as many more as some command's name begins with."""
    names = [*live.commands.names(), *place.scope.command_names()]
    words = place.text.split()
    count = 1
    while count < len(words) and any(name.startswith(" ".join(words[: count + 1])) for name in names):
        count += 1
    return " ".join(words[:count])


def _length(text: str, words: list[str]) -> int:
    """How much of a text takes the words that it begins with."""
    found = re.match(r"\s*".join(map(re.escape, words)), text)
    return found.end() if found else 0
