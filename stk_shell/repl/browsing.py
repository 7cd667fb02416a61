"""Where somebody is who browses the help: what is listed, what is selected, how far the page is scrolled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from stk_shell.model.command import Command
from stk_shell.model.finding import BY_TEXT, found
from stk_shell.model.nouns import OF_THE_STORE
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest

FIRST, LAST = (*OF_THE_STORE, "help"), "your own"
"""The groups that come before all others, and behind."""


class Row(Struct):
    """A line of the list: a command, or the heading of those below."""

    text: str
    command: Command | None = None


class Browsing:
    """The state of a browser, and what moving and typing do to it."""

    def __init__(self, commands: Iterable[Command], name: str, search: str) -> None:
        """Begin at the command of that name, if there is one, or else at the first that the search finds."""
        self.commands = sorted(commands, key=_group)
        self.search = ""
        self.rows = list(_grouped(self.commands))
        self.at = 0
        self.list_top: int | None = None
        self.top = 0
        self.in_page = False
        self.example: int | None = None
        self._select(name)
        if search:
            self.narrow(search)

    @property
    def command(self) -> Command | None:
        """The selected one; None where nothing is found."""
        return self.rows[self.at].command if self.rows else None

    # In the list

    def narrow(self, search: str) -> None:
        """List what fits a text, names before descriptions; everything where it is empty."""
        selected = self.command
        self.search = search
        if search.strip():
            self.rows, name = list(self._found(search.strip())), ""
        else:
            self.rows, name = list(_grouped(self.commands)), selected.name if selected else ""
        self.list_top, self.in_page = None, False
        self._select(name)

    def _found(self, text: str) -> Iterator[Row]:
        ranked = found(self.commands, text)
        by_text = [Row(command.name, command) for rank, command in ranked if rank >= BY_TEXT]
        yield from (Row(command.name, command) for rank, command in ranked if rank < BY_TEXT)
        if by_text:
            yield Row("in the descriptions")
            yield from by_text
        near = nearest(text, [command.name for command in self.commands]) if not ranked else None
        if near:
            yield Row("did you mean")
            yield from (Row(near, command) for command in self.commands if command.name == near)

    def move(self, step: int) -> None:
        """Select another command, so many before or behind this one, or the last that there is."""
        places = [at for at, row in enumerate(self.rows) if row.command]
        if places:
            self.select(places[min(max(places.index(self.at) + step, 0), len(places) - 1)])

    def select(self, at: int) -> None:
        """Select the command of a row; a heading stays unselected."""
        if at < len(self.rows) and self.rows[at].command:
            self.at, self.top, self.in_page, self.example = at, 0, False, None

    def _select(self, name: str) -> None:
        self.at = next((at for at, row in enumerate(self.rows) if row.command), 0)
        self.select(next((at for at, row in enumerate(self.rows) if row.command and row.text == name), self.at))

    def listed(self, height: int) -> Sequence[Row]:
        """The rows that show in a list of that height: the selected one is among them."""
        heading = self.at > 0 and not self.rows[self.at - 1].command
        first, last = self.at - heading, self.at
        if self.list_top is None:
            self.list_top = max(first - height // 2, 0) if last >= height else 0
        self.list_top = max(min(self.list_top, first), last - height + 1)
        return self.rows[self.list_top : self.list_top + height]

    # In the page

    def scroll(self, lines: int, examples: Sequence[range], length: int, height: int) -> None:
        """Show other lines of a page of that length. An example that is no longer there is not selected any more."""
        self.top = min(max(self.top + lines, 0), max(length - height, 0))
        if self.example is not None:
            place = examples[self.example]
            if place.stop <= self.top or place.start >= self.top + height:
                self.example = None

    def next_example(self, step: int, examples: Sequence[range], length: int, height: int) -> None:
        """Select the next example or the one before; where there is none, scroll."""
        if self.example is None:
            below = next((at for at, place in enumerate(examples) if place.start >= self.top), len(examples))
            at = below if step > 0 else below - 1
        else:
            at = self.example + step
        if 0 <= at < len(examples):
            self.reveal(at, examples, length, height)
        else:
            self.scroll(step, examples, length, height)

    def reveal(self, at: int, examples: Sequence[range], length: int, height: int) -> None:
        """Select an example, and have it on the screen, at least its beginning."""
        self.in_page, self.example = True, at
        top = min(max(self.top, examples[at].stop - height + 1), max(examples[at].start - 1, 0))
        self.scroll(top - self.top, examples, length, height)


def _group(command: Command) -> tuple[int, str]:
    category = command.signature.category
    if category in FIRST:
        return FIRST.index(category), ""
    return len(FIRST) + (category == LAST), category


def _grouped(commands: Iterable[Command]) -> Iterator[Row]:
    for category, members in groupby(commands, key=lambda command: command.signature.category):
        yield Row(category)
        yield from (Row(command.name, command) for command in members)
