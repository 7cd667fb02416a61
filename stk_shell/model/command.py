"""What a command is, and what it is given when it runs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from stk_shell.model.struct import Struct
from stk_shell.model.values import CellPath, Closure, Record, Value

if TYPE_CHECKING:
    from stk_shell.model.columns import Columns, Given
    from stk_shell.model.operations import Operation
    from stk_shell.model.session import Session
    from stk_shell.model.signature import Signature
    from stk_shell.model.span import Span
    from stk_shell.model.stream import Data
    from stk_shell.model.syntax import Call as SyntaxCall
    from stk_shell.model.syntax import Node

Frame: TypeAlias = list[Value]
"""The variables of a function while it runs, by slot."""

Evaluate: TypeAlias = Callable[[Frame], Value]
"""A compiled expression."""

Step: TypeAlias = "Callable[[Frame, Data], Data]"
"""A compiled stage or block: it takes the frame and what is piped in, and gives what comes out."""


class Example(Struct):
    """A line to type, a sentence on what it does, and the value it gives.

    The tests run every example. `varying` names the columns whose values differ from run to run; there only the types
    are compared. Without `result`, the line only has to succeed.
    """

    line: str
    sentence: str
    result: Value = None
    varying: tuple[str, ...] = ()


class Command:
    """A command: the part that a user sees, and `run`.

    Help page, completion, argument checks and tests are all made from these members.
    """

    name: str
    """As it is typed, of one word or more: `where`, `event list`, `.append event`."""
    summary: str
    """One sentence."""
    description: str = ""
    """Further paragraphs, plain text with `code` in backticks."""
    signature: Signature
    examples: tuple[Example, ...] = ()
    fails: str = ""
    """When it fails, and what has happened then."""
    see_also: tuple[str, ...] = ()
    narrows: bool = False
    """Whether what it gives depends on all of its input, so that a source cut by a default limit has to be mentioned:
    `where` and `length`, not `first` or `select`."""

    few: bool = False
    """Whether it takes so few rows from the beginning that it does not matter where a default limit has cut."""

    explains: bool = False
    """Whether it only explains something, so that the stages before it in a pipeline do not run."""

    asks_for_less: bool = False
    """Whether it takes records, and its `operation` may need less of one than its fields hold."""

    only_in_loop: bool = False
    """Whether it may only stand in the block of a loop."""

    sets_environment: bool = False
    """Whether it changes `$env` for what comes after it; others do with a switch `--env`."""

    columns: Columns = ()
    """The columns of what it gives, where they are always the same."""

    def gives(self, given: Given) -> Columns:
        """The columns of what a call gives, as far as the program tells before it runs; those that flow in, mostly."""
        has_columns = any(_has_columns(output) for _, output in self.signature.types)
        return self.columns or (given.columns if has_columns else ())

    def gives_source(self, call: SyntaxCall) -> bool:
        """Whether a call gives rows that are asked for only when somebody pulls, so that stages can move there."""
        return False

    def operation(self, call: Call) -> Operation | None:
        """What a call does to rows, where that can be said so that a source does it itself."""
        return None

    def run(self, call: Call, data: Data) -> Data:
        """The result of the command for one call and what is piped into it."""
        raise NotImplementedError


def _has_columns(type_name: str) -> bool:
    return type_name in ("any", "list<any>") or type_name.startswith(("table", "record"))


class Form(Command):
    """A command that decides itself what is evaluated, and when: `if`, `for`, `let`, `try`."""

    def build(self, parts: Parts) -> Step:
        """What the form does, made once from its compiled parts."""
        raise NotImplementedError


class Parts(Protocol):
    """The arguments of a form, compiled."""

    span: Span
    head: Span
    session: Session

    def node(self, name: str) -> Node | None:
        """The argument as it stands in the tree, or None where it was not given."""

    def evaluate(self, name: str) -> Evaluate | None:
        """An argument that is an expression."""

    def block(self, name: str) -> Step | None:
        """An argument that is a block, or an expression standing for one."""

    def step(self, node: Node) -> Step:
        """Any node of the tree, compiled."""

    def slot(self, name: str) -> int:
        """The slot of an argument that declares a variable."""


class CommandTable(Protocol):
    """Where the parser finds commands."""

    def find(self, name: str) -> Command | None:
        """The command of that name."""

    def names(self) -> Iterable[str]:
        """The names of all commands."""


class UserCommand(Command):
    """A command that the user defined: it runs a function, with arguments in the order of `parameters`."""

    def __init__(
        self,
        name: str,
        summary: str,
        description: str,
        signature: Signature,
        parameters: tuple[str, ...],
        *,
        sets_environment: bool = False,
    ) -> None:
        self.sets_environment = sets_environment
        self.name = name
        self.summary = summary
        self.description = description
        self.signature = signature
        self.parameters = parameters

    def renamed(self, name: str) -> UserCommand:
        """The same command, called by another name."""
        return UserCommand(
            name,
            self.summary,
            self.description,
            self.signature,
            self.parameters,
            sets_environment=self.sets_environment,
        )


class Call:
    """One call of a command: its arguments, where they stand, and the session."""

    __slots__ = ("command", "head", "session", "spans", "values")

    def __init__(
        self, command: Command, head: Span, session: Session, values: dict[str, Value], spans: dict[str, Span]
    ) -> None:
        self.command = command
        self.head = head
        self.session = session
        self.values = values
        self.spans = spans

    def has(self, name: str) -> bool:
        """Whether the argument was given or has a default."""
        return self.values.get(name) is not None

    def given(self, name: str) -> bool:
        """Whether the argument was given."""
        return name in self.spans

    def value(self, name: str) -> Value:
        """An argument of any type; None where it was not given."""
        return self.values.get(name)

    def switch(self, name: str) -> bool:
        """Whether a flag without a value was given."""
        return self.values.get(name) is True

    def text(self, name: str) -> str:
        """A string argument."""
        return _checked(self.values.get(name), str)

    def optional_text(self, name: str) -> str | None:
        """A string argument; None where it was not given."""
        return self.text(name) if self.has(name) else None

    def integer(self, name: str) -> int:
        """An integer argument."""
        return _checked(self.values.get(name), int)

    def number(self, name: str) -> float:
        """An integer or float argument, as a float."""
        value = self.values.get(name)
        return float(value) if type(value) is int else _checked(value, float)

    def closure(self, name: str) -> Closure:
        """A closure or row condition."""
        return _checked(self.values.get(name), Closure)

    def record(self, name: str) -> Record:
        """A record."""
        return _checked(self.values.get(name), dict)

    def path(self, name: str) -> CellPath:
        """A cell path."""
        return _checked(self.values.get(name), CellPath)

    def date(self, name: str) -> datetime.datetime | None:
        """A date, if it was given."""
        value = self.values.get(name)
        return None if value is None else _checked(value, datetime.datetime)

    def rest(self, name: str) -> list[Value]:
        """The arguments that a rest parameter took; an empty list where there are none."""
        value = self.values.get(name)
        return value if isinstance(value, list) else []

    def paths(self, name: str) -> list[CellPath]:
        """The cell paths that a rest parameter took."""
        return [_checked(value, CellPath) for value in self.rest(name)]

    def span(self, name: str) -> Span:
        """Where the argument stands, or the command's own place where it was not given."""
        return self.spans.get(name, self.head)


Kind = TypeVar("Kind")


def _checked(value: Value, kind: type[Kind]) -> Kind:
    """The argument, which binding has already converted: anything else is a bug of ours."""
    if not isinstance(value, kind):
        raise TypeError(f"argument is {value!r}, {kind.__name__} expected")
    return value
