"""What takes the whole screen for a while."""

from __future__ import annotations

import sys
from collections.abc import Callable

from stk_shell.model.finding import known_commands
from stk_shell.model.host import no_terminal
from stk_shell.model.session import Session
from stk_shell.model.stream import Data
from stk_shell.render.palette import Palette


class TerminalViews:
    """The views of a session, on the terminal that the program runs in."""

    def __init__(self, session: Session, palette: Callable[[], Palette]) -> None:
        """`palette` gives the colours of the terminal, by the settings as they are."""
        self._session = session
        self._palette = palette

    def browse(self, name: str) -> None:
        """Let the user browse the help, from a command on.

        Raises:
            RunError: there is no terminal.
        """
        _need_terminal("help --browse")
        from stk_shell.repl.browser import Browser

        choice = Browser(known_commands(self._session), self._palette(), name).app.run()
        if choice is not None:
            self._session.host.proposed = f"{choice.text} " if choice.is_name else choice.text

    def explore(self, data: Data) -> None:
        """Let the user move about in a table.

        Raises:
            RunError: there is no terminal.
        """
        _need_terminal("explore")
        from stk_shell.repl.explore import Explorer

        taken = Explorer(data, self._palette()).run()
        if taken is not None:
            self._session.host.proposed = taken


def _need_terminal(what: str) -> None:
    """See that there is a terminal to show a view and to read keys.

    Raises:
        RunError: there is none.
    """
    shows = any(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))
    if not shows or sys.stdin is None or not sys.stdin.isatty():
        raise no_terminal(what)
