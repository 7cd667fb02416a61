"""The interactive shell: reads entries, runs them, goes on after errors."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import StyleAndTextTuples

from stk_shell import __version__
from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import Exit, StkError
from stk_shell.model.span import Source
from stk_shell.parse import is_incomplete
from stk_shell.repl.history import open_history
from stk_shell.repl.keys import bindings
from stk_shell.repl.lexer import ProgramLexer, style

PROMPT: StyleAndTextTuples = [("bold", "> ")]
CONTINUATION: StyleAndTextTuples = [("ansibrightblack", "· ")]
WRAPPED: StyleAndTextTuples = [("", "  ")]
"""What stands before the rest of a line that is longer than the screen is wide."""


class Screen(Protocol):
    """Where the shell writes."""

    def write(self, text: str) -> None:
        """Print a text as it is."""

    def diagnostic(self, error: StkError) -> None:
        """Report an error."""

    def bug(self, error: Exception) -> None:
        """Report an error of our own."""


def run(session: ShellSession, screen: Screen, store: str, load: Callable[[], None], *, color: bool) -> int:
    """Read and run until the user leaves; gives the exit code.

    `store` says in a few words which store it is. `load` is called in the background once the prompt shows, for what
    takes long to load.
    """
    screen.write(banner(store))
    prompt = _prompt(session, color=color)
    loading = threading.Thread(target=load, daemon=True)
    while True:
        try:
            text = prompt.prompt(pre_run=lambda: None if loading.ident else loading.start())
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0
        status = _run_entry(session, screen, text)
        if status is not None:
            return status


def banner(store: str) -> str:
    """What stands above the first prompt."""
    return (
        f"stk {__version__} · {store}\n"
        'Log an event:  "User completed onboarding" | .append event "user-milestone"\n'
        "See events:    event list          Explain:  help          Leave:  Ctrl-D\n"
    )


def _prompt(session: ShellSession, *, color: bool) -> PromptSession[str]:
    def incomplete(text: str) -> bool:
        return is_incomplete(session.parse(Source(text))[0])

    return PromptSession(
        PROMPT,
        multiline=True,
        prompt_continuation=lambda width, number, wrapped: WRAPPED if wrapped else CONTINUATION,
        key_bindings=bindings(incomplete),
        lexer=ProgramLexer(session.scope, session.commands) if color else None,
        style=style() if color else None,
        history=open_history(),
        include_default_pygments_style=False,
        reserve_space_for_menu=0,
        enable_suspend=True,
    )


def _run_entry(session: ShellSession, screen: Screen, text: str) -> int | None:
    """Run what was entered; gives the exit code where the user leaves."""
    if not text.strip():
        return None
    try:
        session.run(Source(text))
    except StkError as error:
        screen.diagnostic(error)
    except KeyboardInterrupt:
        # Also a key press while the result is printed ends no more than the command.
        screen.write("\n")
    except Exit as leaving:
        return leaving.status
    return None
