"""The prompt: where an entry is typed, put together from what each file of this folder adds."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit import PromptSession
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.formatted_text import StyleAndTextTuples

from stk_shell.engine.session import ShellSession
from stk_shell.model.span import Source
from stk_shell.parse import is_incomplete
from stk_shell.repl.history import open_history
from stk_shell.repl.keys import bindings
from stk_shell.repl.lexer import ProgramLexer, style

CONTINUATION: StyleAndTextTuples = [("ansibrightblack", "· ")]
WRAPPED: StyleAndTextTuples = [("", "  ")]
"""What stands before the rest of a line that is longer than the screen is wide."""

EDITING_MODES = {"emacs": EditingMode.EMACS, "vi": EditingMode.VI}


class Prompt:
    """Asks for one entry after another."""

    def __init__(self, session: ShellSession, *, color: bool) -> None:
        self.session = session
        self._prompts: PromptSession[str] = PromptSession(
            self.message,
            multiline=True,
            prompt_continuation=lambda width, number, wrapped: WRAPPED if wrapped else CONTINUATION,
            key_bindings=bindings(self.incomplete),
            lexer=ProgramLexer(session.scope, session.commands) if color else None,
            style=style() if color else None,
            history=open_history(),
            include_default_pygments_style=False,
            reserve_space_for_menu=0,
            enable_suspend=True,
        )

    def ask(self, shown: Callable[[], None]) -> str:
        """The next entry; `shown` is called once the prompt is on the screen.

        Raises:
            KeyboardInterrupt: the user dropped what was typed.
            EOFError: the user leaves.
        """
        self._prompts.editing_mode = EDITING_MODES[self.session.settings.edit_mode]
        return self._prompts.prompt(pre_run=shown)

    def message(self) -> StyleAndTextTuples:
        """What stands before the cursor."""
        return [("bold", self.session.settings.prompt)]

    def incomplete(self, text: str) -> bool:
        """Whether more text could complete the entry."""
        return is_incomplete(self.session.parse(Source(text))[0])
