"""What can be typed at the cursor: found by the parser itself, which reads the text up to there and makes notes."""

from __future__ import annotations

from stk_shell.model.command import CommandTable
from stk_shell.model.span import Source
from stk_shell.model.struct import Struct
from stk_shell.model.syntax import Node
from stk_shell.parse.delimiters import open_at_end, scan
from stk_shell.parse.pipelines import read_block
from stk_shell.parse.places import MARK, Enclosing, Place, Watch
from stk_shell.parse.scope import Scope
from stk_shell.parse.state import State
from stk_shell.parse.unclosed import CLOSERS


class Cursor(Struct):
    """What the cursor is at: all that can stand there, the more special behind the more general.

    `calls` are the calls around it, the innermost first. `bound` has what variables of the text were last given.
    """

    places: tuple[Place, ...]
    calls: tuple[Enclosing, ...]
    bound: dict[str, Node]


NOWHERE = Cursor((), (), {})


def look(text: str, scope: Scope, commands: CommandTable) -> Cursor:
    """What can be typed behind the text. The names that it defines are put into the scope."""
    opened = open_at_end(text)
    source = Source(text + MARK + "".join(_closer(text, at) for at in reversed(opened)))
    watch = Watch(text, opened)
    state = State(source, scan(source), scope, commands)
    state.watch = watch
    try:
        read_block(state, 0, len(source.text))
    except RecursionError:
        return NOWHERE
    return Cursor(tuple(watch.places), tuple(watch.calls), watch.bound)


def _closer(text: str, at: int) -> str:
    """What closes the string or bracket that begins at an offset."""
    if text[at] == "r":
        return "'" + "#" * (len(text[at + 1 :]) - len(text[at + 1 :].lstrip("#")))
    return CLOSERS.get(text[at], text[at])
