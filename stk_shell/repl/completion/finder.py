"""Looks for the names that can stand at the cursor of an entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from prompt_toolkit.document import Document

from stk_shell.engine.session import ShellSession
from stk_shell.parse.cursor import Cursor, look
from stk_shell.parse.live import Live
from stk_shell.repl.completion.arguments import is_slow
from stk_shell.repl.completion.catalog import Catalog
from stk_shell.repl.completion.context import Context, Look
from stk_shell.repl.completion.matching import Suggestion
from stk_shell.repl.completion.names import suggestions

AT_ONCE = 1000
"""The characters of a pipeline before the cursor that can be read between two keys."""


class Found(NamedTuple):
    """Names that can stand at the cursor, and whether the store has more of them."""

    names: list[Suggestion]
    in_store: bool


Find: TypeAlias = "Callable[[], Found]"


class Finder:
    """Finds names by the text, the session and what is known of the store."""

    def __init__(self, session: ShellSession, live: Live, catalog: Catalog) -> None:
        self.session = session
        self.live = live
        self.catalog = catalog

    def finding(self, document: Document, *, demanded: bool) -> tuple[Find, bool]:
        """What finds the names that can stand at the cursor, and whether that is quick; any thread may do it if not."""
        self.live.update(document.text)
        base, scope = self.live.around(document.cursor_position)
        text = document.text[base : document.cursor_position]
        where = Look(document.cursor_position, base, demanded)

        def found(cursor: Cursor) -> Found:
            context = Context(self.session, self.live, self.catalog, cursor, where)
            return Found(suggestions(context), context.needs_store)

        if len(text) > AT_ONCE:
            return lambda: found(look(text, scope, self.live.commands)), False
        cursor = look(text, scope, self.live.commands)
        return lambda: found(cursor), not any(map(is_slow, cursor.places))
