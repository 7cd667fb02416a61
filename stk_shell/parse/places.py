"""What can stand at a cursor, and the notes from which it is known: the parser makes them as it comes there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from stk_shell.model.shape import CELL_PATH
from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.command import Command
    from stk_shell.model.signature import Flag, Parameter
    from stk_shell.model.span import Span
    from stk_shell.model.syntax import Argument, Node, Stage
    from stk_shell.model.values import CellPath
    from stk_shell.parse.scope import Scope
    from stk_shell.parse.state import State

MARK = "\ue000"
"""Stands for what will be typed: a character that belongs to any word, and that no program has."""

QUOTES = "\"'`"
ITEM = re.compile(r"[^\s,\[]*\Z")
"""The item of a list that is being typed."""

Path: TypeAlias = "tuple[str | int, ...]"
"""The names and numbers of a cell path."""


class Flow(Struct):
    """What flows into a stage: what the stages before it give or, without any, what flows in where its block stands.

    `parameters` are those of the closure whose block it is; the first of them is a row of what flows in there.
    """

    stages: tuple[Stage, ...] = ()
    outer: Flow | None = None
    parameters: tuple[str, ...] = ()


class Place(Struct):
    """Something that can stand at the cursor.

    `start` is where its text begins, as far as it is typed, and `text` that text without the quote before it. `scope`
    has the names that are known there.
    """

    start: int
    text: str
    quote: str
    flow: Flow
    scope: Scope


class CommandPlace(Place):
    """The name of a command, of one word or more; `first` where nothing is piped into it."""

    first: bool


class ArgumentPlace(Place):
    """A value for a parameter or a flag, one of the keywords, or a flag; `given` are the arguments before it."""

    command: Command
    target: Parameter | Flag | None
    given: tuple[Argument, ...]
    keywords: tuple[str, ...]


class VariablePlace(Place):
    """The name of a variable, with its sign; `names` are those known there, the last declared first."""

    names: tuple[str, ...]


class MemberPlace(Place):
    """A column of the value of a node, behind a path."""

    head: Node
    path: Path


class ColumnPlace(Place):
    """A column of what flows in, behind a path."""

    path: Path


class OperatorPlace(Place):
    """An operator behind an operand; `before` is the operator on the other side of that, if there is one."""

    left: Node
    before: str


class ComparedPlace(Place):
    """What a node is compared with."""

    left: Node


class WordPlace(Place):
    """One of a few words."""

    words: tuple[str, ...]


class Enclosing(Struct):
    """A call that the cursor is in, and the parameter or flag whose value it is in, if that is so."""

    command: Command
    target: Parameter | Flag | None


class Watch:
    """Collects what the parser finds at the end of a text, where the mark stands."""

    def __init__(self, text: str, opened: tuple[int, ...]) -> None:
        """`opened` are the places of the brackets and strings around the end of the text, the outermost first."""
        self.text = text
        self.cursor = len(text)
        self.string = next((at for at in opened[-1:] if text[at] in "r" + QUOTES), None)
        brackets = opened if self.string is None else opened[:-1]
        self.bracket = brackets[-1] if brackets else -1
        self.places: list[Place] = []
        self.calls: list[Enclosing] = []
        self.flow = Flow()
        self.parameters: tuple[str, ...] = ()
        self.bound: dict[str, Node] = {}

    # Where the parser is

    def enter_block(self) -> Flow:
        """Begin a block; gives what is to be known again behind it."""
        outer = self.flow
        self.flow, self.parameters = Flow((), outer, self.parameters), ()
        return outer

    def leave_block(self, outer: Flow) -> None:
        """End a block."""
        self.flow = outer

    def enter_stage(self, before: list[Stage]) -> None:
        """Begin a stage behind others."""
        self.flow = self.flow.replace(stages=tuple(before))

    # What it finds

    def holds(self, word: Span) -> bool:
        """Whether the cursor is in the word itself, and not in brackets in it or in a string with expressions."""
        interpolated = self.string is not None and self.text[self.string - 1 : self.string] == "$"
        return self.bracket < word.start <= self.cursor < word.end and not interpolated

    def _in_list(self, word: Span) -> bool:
        """Whether the word is a list, and the cursor in one of its items."""
        return self.bracket == word.start and self.text[word.start] == "["

    def _typed(self, state: State, start: int) -> tuple[int, str, str, Flow, Scope]:
        """What all places have in common."""
        text = self.text[start:]
        quote = text[:1] if text[:1] in tuple(QUOTES) else ""
        return start, text[len(quote) :], quote, self.flow, state.scope

    def _item(self, word: Span) -> int | None:
        """Where the text at the cursor begins, if it is the word or an item of it."""
        if self._in_list(word):
            found = ITEM.search(self.text, word.start + 1) if self.string is None else None
            return found.start() if found else self.string
        return word.start if self.holds(word) else None

    def command(self, state: State, words: list[Span], *, first: bool) -> None:
        """The words of a stage, the first of which can be the name of a command."""
        if self.holds(words[-1]) and all(word.text[0] not in QUOTES for word in words):
            name = " ".join(word.text for word in words).removesuffix(MARK)
            self.places.append(CommandPlace(words[0].start, name, "", self.flow, state.scope, first))

    def argument(
        self,
        state: State,
        word: Span,
        command: Command,
        target: Parameter | Flag | None,
        given: list[Argument],
        keywords: tuple[str, ...] = (),
    ) -> None:
        """A word behind the name of a command."""
        start = self._item(word)
        if start is None:
            return
        typed = self._typed(state, start)
        if self._in_list(word) and _takes_path(target):
            self.places.append(ColumnPlace(*typed, ()))
        else:
            self.places.append(ArgumentPlace(*typed, command, target, tuple(given), keywords))

    def flag(self, state: State, word: Span, command: Command, given: list[Argument]) -> None:
        """A word that begins with a hyphen, behind the name of a command."""
        typed = self.text[word.start :]
        flag = command.signature.flag(typed[2:]) or command.signature.short_flag(typed[1:])
        self.argument(state, word, command, None, given)
        self.enclosing(word, command, flag)

    def enclosing(self, word: Span, command: Command, target: Parameter | Flag | None) -> None:
        """A call whose last word has been read."""
        if word.start <= self.cursor < word.end:
            self.calls.append(Enclosing(command, target))

    def definition(self, words: list[Span], command: Command) -> None:
        """The words of a definition, all of which have been read."""
        parts = [word for word in words[1:] if not word.text.startswith("--")]
        at = next((at for at, word in enumerate(parts) if word.start <= self.cursor < word.end), None)
        if at is not None:
            targets = command.signature.positionals
            self.calls.append(Enclosing(command, targets[min(at, len(targets) - 1)]))

    def variable(self, state: State, word: Span) -> None:
        """The name of a variable."""
        if self.holds(word):
            self.places.append(VariablePlace(*self._typed(state, word.start), _variables(state.scope)))

    def member(self, state: State, word: Span, head: Node, path: CellPath) -> None:
        """A value with a path behind it."""
        last = path.members[-1].span
        if last is not None and self.holds(last):
            self.places.append(MemberPlace(*self._typed(state, last.start), head, _names(path)))

    def column(self, state: State, word: Span, path: CellPath) -> None:
        """A path into what flows in."""
        last = path.members[-1].span
        if self.holds(word) and last is not None:
            self.places.append(ColumnPlace(*self._typed(state, last.start), _names(path)))

    def operator(self, state: State, word: Span, left: Node, before: str) -> None:
        """A word behind an operand."""
        if self.holds(word):
            self.places.append(OperatorPlace(*self._typed(state, word.start), left, before))

    def compared(self, state: State, word: Span, left: Node) -> None:
        """A word behind an operator, or a list."""
        start = self._item(word)
        if start is not None:
            self.places.append(ComparedPlace(*self._typed(state, start), left))

    def one_of(self, state: State, word: Span, words: tuple[str, ...]) -> None:
        """A word that can only be one of a few."""
        start = self._item(word)
        if start is not None:
            self.places.append(WordPlace(*self._typed(state, start), words))


def _variables(scope: Scope | None) -> tuple[str, ...]:
    """All variables that are declared by now, the last first."""
    names: list[str] = []
    while scope is not None:
        names += reversed(scope.variables)
        scope = scope.outer
    return tuple(dict.fromkeys(names))


def _names(path: CellPath) -> Path:
    """What stands before the last member of a path."""
    return tuple(member.value for member in path.members[:-1])


def _takes_path(target: Parameter | Flag | None) -> bool:
    shape = target.shape if target is not None else None
    return shape is not None and (shape is CELL_PATH or CELL_PATH in shape.choices)
