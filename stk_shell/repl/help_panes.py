"""What the panes of the help browser show: the list of commands, the page of one, and the keys that do something."""

from __future__ import annotations

from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples, to_formatted_text
from prompt_toolkit.formatted_text.utils import fragment_list_to_text, split_lines
from prompt_toolkit.layout.utils import explode_text_fragments

from stk_shell.model.command import Command
from stk_shell.model.struct import Struct
from stk_shell.render.help_page import lay_out
from stk_shell.render.palette import Palette
from stk_shell.render.width import clip, display_width, take, wrap
from stk_shell.repl.browsing import Browsing, Row
from stk_shell.repl.styles import class_of

CONTINUED = " " * 6
"""Stands before the rest of a line of a program that is longer than the page is wide."""

MARK = "▌"
"""Stands before the lines of the selected example."""

BETWEEN = " · "


class Shown(Struct):
    """A page in lines that fit, and which of them each example stands in."""

    lines: list[StyleAndTextTuples]
    examples: list[range]


class Panes:
    """The texts of the panes, in the columns and lines that they have."""

    def __init__(self, state: Browsing, palette: Palette) -> None:
        self.state = state
        self.palette = palette
        self._pages: dict[tuple[str, int], Shown] = {}

    def list_(self, width: int, height: int) -> StyleAndTextTuples:
        """The rows of the list that show."""
        rows = self.state.listed(height) or [Row("nothing found")]
        return _joined([self._row(row, width) for row in rows])

    def _row(self, row: Row, width: int) -> StyleAndTextTuples:
        if row.command is None:
            return [(class_of("header"), clip(f" {row.text}", width))]
        selected = row.command is self.state.command
        text = clip(f"{'▸' if selected else ' '}  {row.text}", width)
        style = "bold" if selected and self.state.in_page else "bold reverse" if selected else ""
        return [(style, text + " " * (width - display_width(text)))]

    def page(self, width: int) -> Shown:
        """The page of the selected command; what is to be said where nothing is found."""
        command = self.state.command
        if command is None:
            text = f"No command is called `{self.state.search}`, and no description mentions it."
            return Shown([[("", line)] for line in wrap(text, width)], [])
        key = command.name, width
        if key not in self._pages:
            self._pages[key] = self._laid_out(command, width)
        return self._pages[key]

    def _laid_out(self, command: Command, width: int) -> Shown:
        family = [each for each in self.state.commands if each.name.startswith(f"{command.name} ")]
        page = lay_out(command, family, width, self.palette.paint)
        lines: list[StyleAndTextTuples] = []
        starts: list[int] = []
        for line in split_lines(to_formatted_text(ANSI(page.text))):
            starts.append(len(lines))
            lines += folded(list(line), width)
        starts.append(len(lines))
        return Shown(lines, [range(starts[place.start], starts[place.stop]) for place in page.examples])

    def page_lines(self, width: int, height: int) -> StyleAndTextTuples:
        """The lines of the page that show, the selected example marked."""
        shown, state = self.page(width), self.state
        # The screen may have another size than when it was scrolled.
        state.scroll(0, shown.examples, len(shown.lines), height)
        marked = range(0) if state.example is None else shown.examples[state.example]
        lines: list[StyleAndTextTuples] = []
        for at, line in enumerate(shown.lines[state.top : state.top + height], state.top):
            lines.append([(f"{class_of('help')} bold", MARK) if at in marked else ("", " "), *line])
        return _joined(lines)

    def search(self, width: int) -> StyleAndTextTuples:
        """What has been typed to narrow the list."""
        text = self.state.search
        if not text:
            return [("bold", " / "), (class_of("note"), clip("type to search", width - 3))]
        return [("bold", " / "), ("", text if display_width(text) < width - 3 else "…" + text[-(width - 5) :])]

    def title(self) -> StyleAndTextTuples:
        """Which command the page is of, and its group."""
        command = self.state.command
        if command is None:
            return []
        return [("", " "), ("bold", command.name), (class_of("note"), f"{BETWEEN}{command.signature.category}")]

    def keys(self, width: int, more: int, *, both: bool) -> StyleAndTextTuples:
        """What the keys do now, as much of it as there is room for. `more` lines of the page are below the screen."""
        state = self.state
        if state.command is None:
            return [(class_of("note"), " Backspace takes back · Esc leaves")]
        what = "it" if state.example is not None else "the name"
        parts = [f"Enter puts {what} in the prompt" if both else "Enter takes it"]
        if not state.in_page:
            parts += ["→ page"] if not both else ["→ examples"] if state.command.examples else []
        elif state.command.examples:
            parts.append("↓ next" if state.example is not None else "↓ examples")
        if state.in_page:
            parts.append("← list")
        parts.append("Esc leaves")
        if more and (both or state.in_page):
            parts.append(f"PgDn {more} more")
        while len(parts) > 1 and display_width(BETWEEN.join(parts)) > width - 2:
            parts.pop()
        return [(class_of("note"), clip(f" {BETWEEN.join(parts)}", width))]


def folded(line: StyleAndTextTuples, width: int) -> list[StyleAndTextTuples]:
    """A line in lines that fit, broken at blanks where there are any."""
    text = fragment_list_to_text(line)
    if display_width(text) <= width:
        return [line]
    head = take(text, max(width, 2 * len(CONTINUED)))
    cut = head.rfind(" ") + 1
    if text[:cut].strip() in ("", ">"):
        cut = len(head)
    characters = explode_text_fragments(line)
    return [characters[:cut], *folded([("", CONTINUED), *characters[cut:]], width)]


def _joined(lines: list[StyleAndTextTuples]) -> StyleAndTextTuples:
    parts: StyleAndTextTuples = []
    for line in lines:
        parts += [*line, ("", "\n")]
    return parts[:-1]
