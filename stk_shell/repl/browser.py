"""The help as a full screen: commands on the left, the page of the selected one on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from prompt_toolkit import Application
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Layout, VSplit, Window
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType
from prompt_toolkit.output import create_output

from stk_shell.model.command import Command
from stk_shell.model.struct import Struct
from stk_shell.render.palette import Palette
from stk_shell.render.width import display_width
from stk_shell.repl.browsing import Browsing
from stk_shell.repl.help_panes import Panes, Shown
from stk_shell.repl.styles import class_of, depth_of, style_of

if TYPE_CHECKING:
    from prompt_toolkit.key_binding.key_bindings import NotImplementedOrNone

NARROW = 64
"""The columns that list and page need beside each other."""

LIST = 24
"""The columns of the list, where the page needs the others."""

AROUND = 3
"""The lines above and below list and page."""

WHEEL = 3
"""The lines that one step of the mouse's wheel scrolls."""

EVER = 100_000
"""More lines than any page has."""

WAIT = 0.05
"""The seconds until Escape is a key of its own, and not the beginning of what another key sends."""


class Choice(Struct):
    """What somebody takes from the help into the prompt: the line of an example, or the name of a command."""

    text: str
    is_name: bool


class Browser:
    """The screen, and what its keys do."""

    def __init__(self, commands: Iterable[Command], palette: Palette, name: str = "", search: str = "") -> None:
        """Opens at the command of that name, or with what the search finds."""
        self.state = Browsing(commands, name, search)
        self.panes = Panes(self.state, palette)
        self.typing = False
        """Whether `/` was pressed: from then on, every letter is searched for."""
        self.search = FormattedTextControl(self._search, focusable=True, get_cursor_position=self._cursor)
        self.app: Application[Choice | None] = Application(
            Layout(self._body(), self.search),
            style_of(palette),
            key_bindings=_bindings(self),
            full_screen=True,
            mouse_support=True,
            color_depth=depth_of(palette),
            # The prompt behind it may still wait for the rest of a key, and would take an Escape for that.
            input=create_input(),
            output=create_output(always_prefer_tty=True),
        )
        self.app.ttimeoutlen = self.app.timeoutlen = WAIT

    # The screen

    @property
    def columns(self) -> int:
        """All that there are."""
        return self.app.output.get_size().columns

    @property
    def height(self) -> int:
        """The lines of list and page."""
        return max(self.app.output.get_size().rows - AROUND, 1)

    @property
    def both(self) -> bool:
        """Whether list and page stand beside each other."""
        return self.columns >= NARROW

    @property
    def list_width(self) -> int:
        """The columns of the list."""
        if not self.both:
            return self.columns
        widest = max(display_width(command.name) for command in self.state.commands) + len("▸  ") + 1
        return min(widest, max(LIST, self.columns // 4))

    @property
    def page_width(self) -> int:
        """The columns of the page: one is left for the mark."""
        return (self.columns - self.list_width - 1 if self.both else self.columns) - 2

    def _body(self) -> HSplit:
        list_ = _Pane(lambda: self.panes.list_(self.list_width, self.height), self._click_list, self._wheel_list)
        page = _Pane(lambda: self.panes.page_lines(self.page_width, self.height), self._click_page, self.scroll)
        edge = FormattedTextControl(lambda: [(class_of("note"), "│\n┼" + "\n│" * self.height)])
        title = FormattedTextControl(lambda: self.panes.title())
        left = HSplit([Window(self.search, height=1), _rule(), Window(list_)], width=self._list_columns)
        right = HSplit([Window(title, height=1), _rule(), Window(page)])
        columns = [
            ConditionalContainer(left, Condition(lambda: self.both or not self.state.in_page)),
            ConditionalContainer(Window(edge, width=1), Condition(lambda: self.both)),
            ConditionalContainer(right, Condition(lambda: self.both or self.state.in_page)),
        ]
        return HSplit([VSplit(columns), Window(FormattedTextControl(self._key_line), height=1)])

    def _list_columns(self) -> Dimension:
        return Dimension.exact(self.list_width)

    def _search(self) -> StyleAndTextTuples:
        self.search.show_cursor = not self.state.in_page
        return self.panes.search(self.list_width)

    def _cursor(self) -> Point:
        typed = "".join(text for _, text, *_ in self.panes.search(self.list_width)) if self.state.search else " / "
        return Point(display_width(typed), 0)

    def _key_line(self) -> StyleAndTextTuples:
        more = max(len(self._page().lines) - self.state.top - self.height, 0)
        return self.panes.keys(self.columns, more, both=self.both)

    # The mouse

    def _click_list(self, line: int) -> None:
        self.state.select((self.state.list_top or 0) + line)

    def _wheel_list(self, lines: int) -> None:
        self.state.move(1 if lines > 0 else -1)

    def _click_page(self, line: int) -> None:
        page = self._page()
        for number, place in enumerate(page.examples):
            if self.state.top + line in place:
                self.state.reveal(number, *self._sizes(page))

    # Moving and taking

    def _page(self) -> Shown:
        return self.panes.page(self.page_width)

    def _sizes(self, page: Shown) -> tuple[Sequence[range], int, int]:
        return page.examples, len(page.lines), self.height

    def scroll(self, lines: int) -> None:
        """Scroll the page by so many lines, or move in the list where only that shows."""
        if self.both or self.state.in_page:
            self.state.scroll(lines, *self._sizes(self._page()))
        else:
            self.state.move(lines)

    def step(self, step: int) -> None:
        """Go to the next command or, in the page, to the next example."""
        if self.state.in_page:
            self.state.next_example(step, *self._sizes(self._page()))
        else:
            self.state.move(step)

    def enter_page(self) -> None:
        """Go from the list into the page: to the first example, if what is above has been on the screen."""
        if self.state.in_page or self.state.command is None:
            return
        self.state.in_page = True
        if self.both and self._page().examples:
            self.step(1)

    def leave_page(self) -> None:
        """Go back to the list."""
        self.state.in_page = False

    def leave(self) -> None:
        """Leave with nothing."""
        self.app.exit(result=None)

    def press(self, char: str) -> None:
        """Type a character: it narrows the list, but for those that do something before anything is typed."""
        typing = not self.state.in_page and (self.state.search or self.typing)
        if char == "/" and not typing:
            self.typing = True
            self.state.narrow("")
        elif char == "q" and not typing:
            self.leave()
        elif char == " " and not typing:
            self.scroll(self.height - 1)
        else:
            self.type_in(char)

    def type_in(self, text: str) -> None:
        """Narrow the list further."""
        self.state.narrow(self.state.search + text)

    def take(self) -> None:
        """Leave with what is selected."""
        command = self.state.command
        if command is None:
            return
        if self.state.in_page and self.state.example is not None:
            self.app.exit(result=Choice(command.examples[self.state.example].line, is_name=False))
        else:
            self.app.exit(result=Choice(command.name, is_name=True))


class _Pane(FormattedTextControl):
    """A text that can be clicked at, and scrolled by the wheel."""

    def __init__(
        self, text: Callable[[], StyleAndTextTuples], click: Callable[[int], None], wheel: Callable[[int], None]
    ) -> None:
        super().__init__(text)
        self.click = click
        self.wheel = wheel

    def mouse_handler(self, mouse_event: MouseEvent) -> NotImplementedOrNone:
        """Do what the mouse asks for."""
        if mouse_event.event_type == MouseEventType.SCROLL_DOWN:
            self.wheel(WHEEL)
        elif mouse_event.event_type == MouseEventType.SCROLL_UP:
            self.wheel(-WHEEL)
        elif mouse_event.event_type == MouseEventType.MOUSE_UP:
            self.click(mouse_event.position.y)
        else:
            return NotImplemented
        return None


def _rule() -> Window:
    return Window(height=1, char="─", style=class_of("note"))


KEYS: dict[str, Callable[[Browser], object]] = {
    **dict.fromkeys(("escape", "f1", "c-c", "c-d"), Browser.leave),
    "enter": Browser.take,
    **dict.fromkeys(("down", "c-n"), lambda browser: browser.step(1)),
    **dict.fromkeys(("up", "c-p"), lambda browser: browser.step(-1)),
    "tab": lambda browser: browser.step(1) if browser.state.in_page else browser.enter_page(),
    "s-tab": lambda browser: browser.step(-1) if browser.state.in_page else browser.enter_page(),
    "right": Browser.enter_page,
    "left": Browser.leave_page,
    "pagedown": lambda browser: browser.scroll(browser.height - 1),
    "pageup": lambda browser: browser.scroll(1 - browser.height),
    "end": lambda browser: browser.scroll(EVER),
    "home": lambda browser: browser.scroll(-EVER),
    **dict.fromkeys(("backspace", "c-h"), lambda browser: browser.state.narrow(browser.state.search[:-1])),
    **dict.fromkeys(("c-u", "c-w"), lambda browser: browser.state.narrow("")),
}


def _bindings(browser: Browser) -> KeyBindings:
    keys = KeyBindings()

    def bind(name: str, action: Callable[[Browser], object]) -> None:
        @keys.add(name, eager=True)
        def _(event: KeyPressEvent) -> None:
            action(browser)

    for name, action in KEYS.items():
        bind(name, action)

    @keys.add(Keys.Any)
    def _(event: KeyPressEvent) -> None:
        if event.data.isprintable():
            browser.press(event.data)

    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        browser.type_in(" ".join(event.data.split()))

    return keys
