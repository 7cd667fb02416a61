"""The prompt: where an entry is typed, put together from what each file of this folder adds."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import DummyCompleter
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.formatted_text import AnyFormattedText, StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import merge_key_bindings
from prompt_toolkit.output import create_output

from stk_shell.engine.session import ShellSession
from stk_shell.parse.live import Live
from stk_shell.render.palette import Palette
from stk_shell.repl.arriving import Arriving
from stk_shell.repl.completion.keys import menu_keys
from stk_shell.repl.completion.menu import Menu
from stk_shell.repl.help_key import help_key
from stk_shell.repl.hints import Hints
from stk_shell.repl.history import HistoryFile, history_path
from stk_shell.repl.keys import bindings
from stk_shell.repl.lexer import ProgramLexer
from stk_shell.repl.marks import Marks, Tabs
from stk_shell.repl.remembered import Remembered
from stk_shell.repl.search import HistorySearch
from stk_shell.repl.styles import class_of, depth_of, style_of
from stk_shell.repl.suggestions import BeforeClosers, Suggestions, suggestion_keys
from stk_shell.repl.toolbar import Status

CONTINUATION: StyleAndTextTuples = [(class_of("continuation"), "· ")]
WRAPPED: StyleAndTextTuples = [("", "  ")]
"""What stands before the rest of a line that is longer than the screen is wide."""

EDITING_MODES = {"emacs": EditingMode.EMACS, "vi": EditingMode.VI}


class Prompt:
    """Asks for one entry after another."""

    def __init__(
        self, session: ShellSession, palette: Callable[[], Palette], status: Status, *, remembers: bool
    ) -> None:
        """`palette` gives the colours of the terminal, by the settings as they are.

        What is typed gets into the user's history where the prompt `remembers`.
        """
        self.session = session
        self.palette = palette
        self.status = status
        self.commands = Arriving(session.commands)
        self.live = Live(session.scope, self.commands)
        self.lexer = ProgramLexer(self.live)
        self.hints = Hints(self.live)
        self.menu = Menu(session, self.live, self.redraw)
        history = Remembered(HistoryFile(history_path())) if remembers else InMemoryHistory()
        suggestions, search = Suggestions(history), HistorySearch(history)
        self._prompts: PromptSession[str] = PromptSession(
            self.message,
            multiline=True,
            key_bindings=merge_key_bindings(
                [
                    suggestion_keys(),
                    search.keys(),
                    bindings(session, self.live),
                    help_key(session, self.live, palette, self.commands.load),
                    menu_keys(self.menu),
                ]
            ),
            completer=DummyCompleter(),
            complete_while_typing=False,
            history=history,
            include_default_pygments_style=False,
            reserve_space_for_menu=0,
            bottom_toolbar=self.below,
            enable_suspend=True,
            output=create_output(always_prefer_tty=True),
        )
        self._prefix_cheaply()
        self.menu.attach(self._prompts)
        self.catalog = self.menu.catalog
        suggestions.attach(self._prompts.default_buffer)
        search.attach(self._prompts)

    def ask(self, shown: Callable[[], None]) -> str:
        """The next entry; `shown` is called once the prompt is on the screen.

        Raises:
            KeyboardInterrupt: the user dropped what was typed.
            EOFError: the user leaves.
        """
        self._prompts.editing_mode = EDITING_MODES[self.session.settings.edit_mode]
        self._dress()
        host = self.session.host
        proposed, host.proposed = host.proposed, ""
        return self._prompts.prompt(default=proposed, pre_run=shown)

    def _prefix_cheaply(self) -> None:
        """Put the signs before all lines but the first: prompt_toolkit would make the prompt anew for each of them."""
        window = self._prompts.app.layout.current_window
        first = window.get_line_prefix

        def before(line: int, wrapped: int) -> AnyFormattedText:
            if wrapped:
                return WRAPPED
            return CONTINUATION if line or first is None else first(line, wrapped)

        window.get_line_prefix = before

    def _dress(self) -> None:
        """Have the colours that the settings ask for."""
        palette = self.palette()
        self._prompts.lexer = self.lexer if palette.color else None
        self._prompts.input_processors = [*([Marks(self.live)] if palette.color else []), BeforeClosers(), Tabs()]
        self._prompts.style = style_of(palette)
        self._prompts.color_depth = depth_of(palette)

    def message(self) -> StyleAndTextTuples:
        """What stands before the cursor."""
        return [(class_of("prompt"), self.status.filled(self.session.settings.prompt))]

    def below(self) -> StyleAndTextTuples | None:
        """The last lines of the terminal: the hint, and how things are."""
        width = self._prompts.output.get_size().columns
        hint = self.hints.line(self._prompts.default_buffer.document, width - 1)
        toolbar = self.status.line(width) if self.session.settings.toolbar else []
        return [*hint, ("", "\n"), *toolbar] if hint and toolbar else hint or toolbar or None

    def load(self) -> None:
        """Load all commands, in whatever thread: until then, nobody knows which there are."""
        self.commands.load()
        # The mark of a mistake may be wrong by now.
        self.live.accepted += 1
        self.menu.hear()

    def close(self) -> None:
        """Leave nothing behind that was begun for typing."""
        self.catalog.close()

    def redraw(self) -> None:
        """Draw the prompt again, from whatever thread."""
        self._prompts.app.invalidate()
