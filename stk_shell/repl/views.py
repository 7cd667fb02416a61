"""What takes the whole screen for a while."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from stk_shell.model.finding import known_commands
from stk_shell.model.host import no_terminal
from stk_shell.model.session import Session
from stk_shell.model.stream import Data
from stk_shell.render.palette import Palette

if TYPE_CHECKING:
    from stk_shell.engine.session import ShellSession
    from stk_shell.repl.app import Screen

    Practice = Callable[[], AbstractContextManager[ShellSession]]
    """Gives a session on a store of its own, which is removed afterwards."""


class TerminalViews:
    """The views of a session, on the terminal that the program runs in."""

    def __init__(
        self,
        session: Session,
        palette: Callable[[], Palette],
        has_terminal: Callable[[], bool],
        screen: Screen,
        practice: Practice,
    ) -> None:
        """`palette` gives the colours of the terminal, by the settings as they are."""
        self._session = session
        self._palette = palette
        self._has_terminal = has_terminal
        self._screen = screen
        self._practice = practice

    def browse(self, name: str) -> None:
        """Let the user browse the help, from a command on.

        Raises:
            RunError: there is no terminal.
        """
        self._need_terminal("help --browse")
        from stk_shell.repl.browser import Browser

        with self._screen.watched():
            choice = Browser(known_commands(self._session), self._palette(), name).app.run()
        if choice is not None:
            self._session.host.proposed = f"{choice.text} " if choice.is_name else choice.text

    def explore(self, data: Data) -> None:
        """Let the user move about in a table.

        Raises:
            RunError: there is no terminal.
        """
        self._need_terminal("explore")
        from stk_shell.repl.explore import Explorer

        explorer = Explorer(data, self._palette())
        with self._screen.watched():
            taken = explorer.run()
        if taken is not None:
            self._session.host.proposed = taken

    def tutorial(self) -> None:
        """Teach the first steps, on a store of its own that is removed afterwards.

        Raises:
            RunError: there is no terminal.
            StoreError: there can be no such store.
        """
        self._need_terminal("tutorial")
        from stk_shell.repl.tutorial import Tutorial

        self._screen.prompt("Making a store to practise on ...\n")
        with self._screen.watched(), self._practice() as session:
            Tutorial(session, self._screen, self._palette).run()

    def _need_terminal(self, what: str) -> None:
        """See that there is a terminal to show a view and to read keys.

        Raises:
            RunError: there is none.
        """
        if not self._has_terminal():
            raise no_terminal(what)
