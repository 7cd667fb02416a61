"""Puts the layers together: a session with our commands, the store of the settings, and the output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stk_shell.commands import Registry
from stk_shell.config import LIBPQ_VARIABLES, data_directory, user_directory
from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import Exit
from stk_shell.model.host import Configuration, Views
from stk_shell.model.secret import TypedPassword, masked
from stk_shell.model.settings import Settings
from stk_shell.model.store import Store
from stk_shell.model.values import Record
from stk_shell.options import Options
from stk_shell.output import Output
from stk_shell.standard_input import ask, is_terminal

if TYPE_CHECKING:
    from stk_shell.model.piece import Piece

SIGNALLED = 128
"""What shells add to the number of the signal that ended a process."""

FRAMES = 8000
"""How deep Python may call: brackets nested as deep as the parser allows, in commands that call each other as deep as
the session allows, stay below. Values that are nested deeper than this are an error wherever something walks them."""


class ProgramHost:
    """What the program offers to the commands of a session; each thing is made when somebody first asks for it."""

    session: ShellSession
    """The session, which is made with this host."""

    def __init__(self, options: Options, output: Output) -> None:
        self._options = options
        self._output = output
        self._configuration: Configuration | None = None
        self._practising: ShellSession | None = None
        self.proposed = ""

    @property
    def configuration(self) -> Configuration:
        """The file of settings, and what counts now."""
        if self._configuration is None:
            from stk_shell.configuration import ConfigurationFile

            flags, use_file = self._options.settings, not self._options.no_config
            self._configuration = ConfigurationFile(self._output.settings, flags, self._apply, use_file=use_file)
        return self._configuration

    @property
    def views(self) -> Views:
        """What takes the whole screen for a while."""
        from stk_shell.repl.views import TerminalViews

        self._output.hush()
        output = self._output
        return TerminalViews(self.session, output.results_palette, self._has_terminal, output, self._practice)

    @contextmanager
    def _practice(self) -> Iterator[ShellSession]:
        """A session on a store of its own, which is removed afterwards."""
        # From the package, so that this waits where the background is still loading it.
        from stk_shell.store import scratch

        leave_in_order()
        outer, settings = self.session, _without_store(self._output.settings)
        with scratch.scratch_stores() as open_store:
            session = ShellSession(settings, outer.commands, self._output, open_store, outer.environment, self)
            self._practising = session
            try:
                yield session
            finally:
                self._practising = None
                session.close()

    def _has_terminal(self) -> bool:
        return is_terminal() and self._output.has_terminal()

    def history(self) -> list[Record]:
        """What was typed at the prompt, the oldest first."""
        from stk_shell.repl.history import entries

        return entries()

    def ask(self, prompt: str, *, hidden: bool) -> str | None:
        """The next line of standard input."""
        return ask(self._output, prompt, hidden=hidden)

    def _apply(self, settings: Settings) -> None:
        self._output.settings = settings
        self.session.settings = settings
        if self._practising is not None:
            self._practising.settings = _without_store(settings)


def _without_store(settings: Settings) -> Settings:
    """The settings as they are for a store that is made for practice."""
    return settings.replace(dsn=None, data_dir=None, entity=None)


def new_session(options: Options, output: Output) -> ShellSession:
    """A session that prints to the output; its store is opened on first use."""
    settings = output.settings
    sys.setrecursionlimit(FRAMES)

    def note(text: str) -> None:
        import threading

        # What another thread finds out would go into the line that the user is typing.
        if threading.current_thread() is threading.main_thread():
            output.note(text)

    def ask_password(prompt: str) -> str | None:
        import threading

        # Another thread would ask in the middle of what the user is typing; it waits for an answer to this one.
        if not is_terminal() or threading.current_thread() is not threading.main_thread():
            return None
        return ask(output, prompt, hidden=True)

    password = TypedPassword(ask_password)

    def open_store() -> Store:
        leave_in_order()
        # psycopg alone takes ten times as long to import as a small program to run.
        from stk_shell.store import open_store

        spools = os.path.join(user_directory("state"), "spool")
        return open_store(settings, data_directory(settings), sign_of_events(settings), note, spools, password)

    host = ProgramHost(options, output)
    host.session = session = ShellSession(settings, Registry(), output, open_store, dict(os.environ), host)
    output.read_program = lambda text: _pieces(session, text)
    return session


def _pieces(session: ShellSession, text: str) -> list[Piece]:
    """The stretches of a program that have colours."""
    from stk_shell.model.span import Source
    from stk_shell.parse import parse
    from stk_shell.parse.highlight import stretches

    source = Source(text)
    return stretches(source, parse(source, session.scope.copy(), session.commands))


def leave_in_order() -> None:
    """Let go of the store also when the terminal closes or somebody ends the process.

    An embedded server would go on without users. Only the first thread can see to that; another does nothing.
    """
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGHUP, signal.SIGTERM):
        # Under `nohup`, we are asked to go on.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)


def _leave(number: int, frame: object) -> None:
    raise Exit(SIGNALLED + number)


def load_store() -> None:
    """Import what the store needs, for the time while the user is typing."""
    import stk_shell.store  # noqa: F401


def store_in_words(settings: Settings) -> str:
    """Which store it will be, without opening it: the shell's first line says so before anything is loaded."""
    if settings.dsn:
        return "a PostgreSQL of your own"
    directory = data_directory(settings)
    if directory is None:
        return "the PostgreSQL of the PG* variables"
    state = "" if os.path.exists(os.path.join(directory, "made")) else "new "
    return f"embedded PostgreSQL · {state}store in {_short(directory)}"


def sign_of_events(settings: Settings) -> str:
    """The path of the file that is there once the store is known to have events: the store need not be opened."""
    directory = data_directory(settings)
    if directory is not None:
        return os.path.join(directory, "used")
    import hashlib

    named = [masked(settings.dsn)] if settings.dsn else [os.environ.get(name, "") for name in LIBPQ_VARIABLES]
    name = hashlib.sha256("\n".join(named).encode(errors="surrogateescape")).hexdigest()[:16]
    return os.path.join(user_directory("state"), "used", name)


def place_in_words(settings: Settings) -> str:
    """The store's name in a word or two: `embedded`, or the host and the database."""
    if data_directory(settings) is not None:
        return "embedded"
    import re

    dsn = masked(settings.dsn or "")
    url = re.match(r"postgres(?:ql)?://(?:[^@/]*@)?([^/?]*)(?:/([^?]*))?", dsn)
    words = dict(re.findall(r"(host|dbname)\s*=\s*'?([^'\s]+)", dsn))
    host = (url[1] if url else words.get("host")) or os.environ.get("PGHOST") or "local"
    database = (url[2] if url else words.get("dbname")) or os.environ.get("PGDATABASE") or ""
    return f"{host}/{database}" if database else host


def _short(path: str) -> str:
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path
