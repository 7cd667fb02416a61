"""The interactive shell: reads entries, runs them, goes on after errors."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from stk_shell import __version__
from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import Exit, StkError
from stk_shell.model.span import Source
from stk_shell.render.palette import PROGRAM, Palette
from stk_shell.repl.paste import not_run
from stk_shell.repl.prompt import Prompt
from stk_shell.repl.sealing import Sealing
from stk_shell.repl.toolbar import Status


class Screen(Protocol):
    """Where the shell writes what is no result."""

    attention: float
    """The seconds that somebody has looked at what takes the screen."""

    def watched(self) -> AbstractContextManager[None]:
        """Somebody looks at what takes the screen."""

    def prompt(self, text: str) -> None:
        """Print a text as it is."""

    def diagnostic(self, error: StkError) -> None:
        """Report an error."""

    def bug(self, error: Exception) -> None:
        """Report an error of our own."""

    def busy(self, session: ShellSession) -> AbstractContextManager[None]:
        """Tell how far the session's work has come, once it takes long."""


class Shell:
    """One user's stay at the prompt."""

    def __init__(
        self,
        session: ShellSession,
        screen: Screen,
        palette: Callable[[], Palette],
        place: str,
        *,
        remembers: bool = True,
    ) -> None:
        """`palette` gives the colours of the terminal, by the settings as they are; `place` names the store shortly.

        What is typed gets into the user's history where the shell `remembers`.
        """
        session.keep_last()
        self.session = session
        self.screen = screen
        self.status = Status(session, place, lambda: self.prompt.redraw())
        self.prompt = Prompt(session, palette, self.status, remembers=remembers)
        self.sealing = Sealing(session)

    def run(self, store: str, startup: Source | None, load: Callable[[], None], *, is_used: bool) -> int:
        """Read and run until the user leaves; gives the exit code.

        `store` says in a few words which store it is. `startup` is run before the first prompt. `load` is called in
        the background once the prompt shows, for what takes long to load. Somebody whose store is not known to have
        events (`is_used`) is told how to begin.
        """
        self.screen.prompt(banner(store) if is_used else banner(store) + first_steps(self.prompt.palette()))
        loading = threading.Thread(target=self._load, args=(load,), daemon=True)
        status = self.run_entry(startup) if startup is not None else None
        while status is None:
            try:
                text = self.prompt.ask(lambda: None if loading.ident else loading.start())
                status = self.run_entry(Source(text))
            except KeyboardInterrupt:
                # At the prompt, or once more while a command was being stopped.
                continue
            except EOFError:
                status = 0
        self.prompt.close()
        self.sealing.close()
        return status

    def _load(self, load: Callable[[], None]) -> None:
        """Load what typing and running need, so that nobody has to wait for it; then watch the connection."""
        self.prompt.load()
        load()
        self.status.watch()

    def run_entry(self, source: Source) -> int | None:
        """Run what was entered; gives the exit code where the user leaves."""
        if not source.text.strip():
            return None
        try:
            with self.status.timed(lambda: self.screen.attention), self.screen.busy(self.session):
                self.session.run(source)
        except StkError as error:
            self.screen.diagnostic(error)
            self._tell_rest(source)
        except KeyboardInterrupt:
            # Also a key press while the result is printed ends no more than the command.
            self.screen.prompt("\n")
            self._tell_rest(source, "stopped")
        except Exit as leaving:
            return leaving.status
        finally:
            self.prompt.catalog.outdate()
            self.sealing.entered()
        return None

    def _tell_rest(self, source: Source, said: str = "") -> None:
        """Say which lines of an entry did not run, and what else there is to say."""
        text = ": ".join(filter(None, [said, not_run(source.text, self.session.running)]))
        if text:
            self.session.note(text)


def banner(store: str) -> str:
    """What stands above the first prompt."""
    return f"stk {__version__} · {store}\n"


def first_steps(palette: Palette) -> str:
    """What leads to the first event, for somebody who has none yet."""
    first = '"User completed onboarding" | .append event "user-milestone"'
    return (
        f"Your first event:  {palette.paint(PROGRAM, first)}\n"
        f"Learn by doing:    {palette.paint(PROGRAM, 'tutorial')}      Every command:  F1      Leave:  Ctrl-D\n"
    )
