"""The full-screen table of `explore`."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.widgets import TextArea

from stk_shell.model.stream import Data
from stk_shell.model.text import counted
from stk_shell.model.values import Value
from stk_shell.render.cells import cell
from stk_shell.render.nuon import to_nuon
from stk_shell.render.palette import Palette
from stk_shell.render.width import clip, display_width, wrap
from stk_shell.repl.grid import Grid
from stk_shell.repl.styles import class_of, depth_of, style_of

WIDEST = 48
"""The columns that one column takes at most, while there are others."""

AROUND = 2
"""The lines of the screen that are no rows: the names of the columns, and the last line."""

KEYS = (
    "↑↓←→ move  Enter open  Esc back  / search  n next  s sort  c cell  r row  ? help  q leave",
    "Enter open  / search  s sort  c cell  r row  ? help  q leave",
    "? help  q leave",
)
"""What the last line tells, the longest that there is room for."""

HELP = {
    "↑ ↓ ← →, h j k l": "move",
    "PageUp, PageDown": "move by the page; Home and End go to the first and the last row",
    "Enter": "open what is nested in the cell, or all of its text",
    "Esc, Backspace": "go back to where that was opened; from the first table, leave",
    "/": "search; n goes to the next cell that has the text, N to the one before",
    "s": "sort by this column; again, the largest first; again, as it was",
    "c, r": "take the cell, or the row, to the prompt",
    "q, Ctrl-C": "leave",
}
GO_BACK = "any key goes back to the table"


class Explorer:
    """Looks at a value until the user leaves. `taken` is what he takes back to the prompt."""

    def __init__(self, data: Data, palette: Palette) -> None:
        self.grids = [Grid(data, "result")]
        self.message = ""
        self.taken: str | None = None
        self.sought = ""
        self.helps = False
        """Whether the keys are explained instead."""
        self.search = TextArea(prompt="/", height=1, multiline=False, accept_handler=lambda _: self.find(1))
        table = Window(FormattedTextControl(self.lines, focusable=True, show_cursor=False), always_hide_cursor=True)
        self.searching = Condition(lambda: self.app.layout.has_focus(self.search))
        below = Window(FormattedTextControl(self.footer), height=1, always_hide_cursor=True)
        self.table = table
        self.app: Application[None] = Application(
            Layout(HSplit([table, ConditionalContainer(self.search, self.searching), below]), focused_element=table),
            key_bindings=self.keys(),
            full_screen=True,
            style=style_of(palette),
            color_depth=depth_of(palette),
        )

    @property
    def grid(self) -> Grid:
        """What is looked at now."""
        return self.grids[-1]

    def run(self) -> str | None:
        """Look; gives what the user takes to the prompt."""
        self.app.run()
        return self.taken

    # What is drawn

    def lines(self) -> StyleAndTextTuples:
        """The names of the columns and the rows."""
        size = self.app.output.get_size()
        if self.helps:
            return _help(size.columns)
        grid, height = self.grid, max(size.rows - AROUND, 1)
        grid.top = min(max(grid.top, grid.row - height + 1), grid.row)
        page = grid.page(height)
        gutter = len(str(page[-1][0])) if page and grid.numbered else 0
        shown = self.columns(page, size.columns - gutter - 1)
        fragments: StyleAndTextTuples = [("", " " * (gutter + 1))]
        fragments += [(class_of("header"), f"{self.head(name, width)} ") for name, width in shown]
        for at, (number, row) in enumerate(page):
            index = str(number).rjust(gutter) if gutter else ""
            fragments.append((class_of("index"), f"\n{index} "))
            for name, width in shown:
                here = grid.top + at == grid.row and name == grid.names[grid.column]
                fragments.append(("reverse" if here else "", _padded(grid.value(row, name), width)))
                fragments.append(("", " "))
        return fragments if page else [("", "nothing is here")]

    def columns(self, page: list[tuple[int, Value]], room: int) -> list[tuple[str, int]]:
        """The columns that there is room for, with their widths; the cursor's is among them."""
        grid = self.grid
        grid.left = min(grid.left, grid.column)
        while True:
            shown: list[tuple[str, int]] = []
            left = room
            for name in grid.names[grid.left :]:
                width = min(self.natural(name, page), WIDEST if len(grid.names) > 1 else room)
                if shown and left < min(width, len(name) + 1):
                    break
                shown.append((name, max(min(width, left), 1)))
                left -= width + 1
            if grid.column < grid.left + len(shown) or not shown:
                return shown
            grid.left += 1

    def natural(self, name: str, page: list[tuple[int, Value]]) -> int:
        """The width that shows all cells of a column on this page."""
        widths = [display_width(cell(self.grid.value(row, name), WIDEST * 8)) for _, row in page]
        return max([display_width(name) + 2, *widths])

    def head(self, name: str, width: int) -> str:
        """The name of a column, with a sign where it decides the order."""
        sign = {(name, False): " ▲", (name, True): " ▼"}.get(self.grid.sorted_by or ("", False), "")
        text = clip(name + sign, width)
        return text + " " * (width - display_width(text))

    def footer(self) -> StyleAndTextTuples:
        """What is looked at, and the keys."""
        grid, width = self.grid, self.app.output.get_size().columns
        count = len(grid.rows.loaded)
        place = f"{grid.title}  {counted(grid.row + 1 if count else 0)} of {counted(count)}"
        place += "" if grid.rows.complete else "+"
        if self.helps:
            return [(class_of("note"), clip(GO_BACK, width - 1))]
        if self.message:
            return [(class_of("error"), clip(self.message, width - 1))]
        keys = next((keys for keys in KEYS if display_width(place + keys) + 3 <= width), "")
        gap = " " * max(width - 1 - display_width(place) - display_width(keys), 0)
        return [(class_of("note"), clip(place + gap + keys, width - 1))]

    # What the keys do

    def keys(self) -> KeyBindings:
        """The keys of the table and of the search."""
        keys = KeyBindings()
        for names, action in self.actions().items():
            for name in names.split():
                keys.add(name, filter=~self.searching)(_quietly(self, action))
        keys.add(Keys.Any, filter=Condition(lambda: self.helps))(_quietly(self, self.help))
        keys.add("escape", filter=self.searching, eager=True)(lambda event: self.leave_search())
        keys.add("c-c", filter=self.searching)(lambda event: self.leave_search())
        return keys

    def actions(self) -> dict[str, Callable[[], None]]:
        """What each key of the table does."""
        return {
            "up k": lambda: self.grid.move(-1),
            "down j": lambda: self.grid.move(1),
            "left h": lambda: self.grid.move(0, -1),
            "right l": lambda: self.grid.move(0, 1),
            "pageup c-b": lambda: self.grid.move(-self.height()),
            "pagedown c-f space": lambda: self.grid.move(self.height()),
            "home g": lambda: self.grid.go_to(0),
            "end G": lambda: self.grid.go_to(-1),
            "enter": self.open,
            "escape backspace": self.back,
            "q c-c f10": self.app_exit,
            "? f1": self.help,
            "s": lambda: self.grid.sort(),
            "/ c-s": lambda: self.app.layout.focus(self.search),
            "n": lambda: self.next(1),
            "N": lambda: self.next(-1),
            "c": lambda: self.take(self.grid.current),
            "r": lambda: self.take(self.grid.current_row),
        }

    def height(self) -> int:
        """How many rows are on the screen."""
        return max(self.app.output.get_size().rows - AROUND, 1)

    def open(self) -> None:
        """Look into the cell under the cursor."""
        inner = self.grid.opened()
        if inner is None:
            self.message = "there is nothing more inside"
        else:
            self.grids.append(inner)

    def back(self) -> None:
        """Go back to where one came from; from the first table, leave."""
        if len(self.grids) > 1:
            self.grids.pop()
        else:
            self.app_exit()

    def help(self) -> None:
        """Explain the keys, until the next one."""
        self.helps = True

    def app_exit(self) -> None:
        """Leave."""
        self.app.exit()

    def take(self, value: Value) -> None:
        """Leave, with the value for the prompt."""
        self.taken = to_nuon(value)
        self.app.exit()

    def find(self, step: int) -> bool:
        """Search for what was typed."""
        self.sought = self.search.text or self.sought
        self.leave_search()
        self.next(step)
        return False

    def leave_search(self) -> None:
        """Back to the table."""
        self.search.text = ""
        self.app.layout.focus(self.table)

    def next(self, step: int) -> None:
        """Go to the next cell that holds what was searched for."""
        if self.sought and not self.grid.find(self.sought, step):
            self.message = f"`{self.sought}` is nowhere in here"


def _quietly(explorer: Explorer, action: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
    def pressed(event: KeyPressEvent) -> None:
        explorer.message = ""
        if explorer.helps:
            explorer.helps = False
        else:
            action()

    return pressed


def _help(width: int) -> StyleAndTextTuples:
    """What each key does."""
    gutter = max(map(display_width, HELP)) + 2
    fragments: StyleAndTextTuples = []
    for keys, does in HELP.items():
        for at, line in enumerate(wrap(does, max(width - gutter - 1, 1))):
            fragments.append((class_of("header"), (keys if at == 0 else "").ljust(gutter)))
            fragments.append(("", f"{line}\n"))
    return fragments


def _padded(value: Value, width: int) -> str:
    text = clip(cell(value, width * 4), width)
    blanks = " " * (width - display_width(text))
    numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
    return blanks + text if numeric else text + blanks
