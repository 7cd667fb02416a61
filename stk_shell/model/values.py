"""What a value can be: Python's own types, and small ones for what Python lacks."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, takewhile
from typing import TYPE_CHECKING, TypeAlias

from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.batches import BatchFunction
    from stk_shell.model.span import Span
    from stk_shell.model.stream import Data
    from stk_shell.model.syntax import Block, Function, Node

Value: TypeAlias = (
    "None | bool | int | float | str | bytes | datetime.datetime | list[Value] | dict[str, Value]"
    " | Range | CellPath | Closure"
)
"""Anything a variable can hold. `Duration` and `Filesize` are ints of their own kind."""

Record: TypeAlias = "dict[str, Value]"
"""Named values in order. A table is a list of these."""

INT_MIN, INT_MAX = -(2**63), 2**63 - 1
"""Integers are 64 bits wide, as in nushell and in PostgreSQL's bigint."""


class Duration(int):
    """A length of time in nanoseconds."""

    __slots__ = ()


class Filesize(int):
    """A number of bytes."""

    __slots__ = ()


class Range(Struct):
    """Numbers from start to end in steps, or as far as there are any. A step of None goes by one towards the end."""

    start: int | float
    step: int | float | None
    end: int | float | None
    inclusive: bool = True

    def stride(self) -> int | float:
        """The signed distance from one number to the next."""
        if self.step is not None:
            return self.step - self.start
        return -1 if self.end is not None and self.end < self.start else 1

    def __iter__(self) -> Iterator[int | float]:
        stride, end = self.stride(), self.end
        if stride == 0:
            return iter(())
        if isinstance(self.start, float) or isinstance(stride, float) or isinstance(end, float):
            return self._fractions(stride)
        inclusive = self.inclusive or end is None
        if end is None:
            end = INT_MAX if stride > 0 else INT_MIN
        beyond = 0 if not inclusive else 1 if stride > 0 else -1
        return iter(range(self.start, end + beyond, stride))

    def _fractions(self, stride: float) -> Iterator[float]:
        numbers = (self.start + at * stride for at in count())
        return takewhile(lambda value: self._reaches(value, stride), numbers)

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, (int, float)) or type(value) in (bool, Duration, Filesize):
            return False
        stride = self.stride()
        behind_start = value < self.start if stride > 0 else value > self.start
        return not behind_start and self._reaches(value, stride) and (value - self.start) % stride == 0

    def _reaches(self, value: float, stride: float) -> bool:
        if self.end is None:
            return True
        if value == self.end:
            return self.inclusive
        return value < self.end if stride > 0 else value > self.end


class PathMember(Struct):
    """One step of a cell path: a column by name, or a row by number."""

    value: str | int
    optional: bool = False
    ignore_case: bool = False
    span: Span | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PathMember) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str | int, bool, bool]:
        return self.value, self.optional, self.ignore_case


class CellPath(Struct):
    """The way to a cell inside a value, such as `record_json.text` or `0.name`."""

    members: tuple[PathMember, ...]

    def __str__(self) -> str:
        return ".".join(_member_text(member) for member in self.members)


def _member_text(member: PathMember) -> str:
    text = str(member.value)
    is_bare = text and all(char.isalnum() or char in "_-" for char in text) and not text.isdigit()
    if isinstance(member.value, str) and not is_bare:
        text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text + ("!" if member.ignore_case else "") + ("?" if member.optional else "")


class Absent(Struct):
    """Stands for an argument that was not given, to tell it from null."""


ABSENT = Absent()


class Written:
    """How a closure is written, and what it caught, for whoever wants to understand it instead of running it."""

    __slots__ = ("evaluate", "function", "rewritten")

    def __init__(
        self, function: Function, evaluate: Callable[[Node], Value], rewritten: Callable[[Block, int], Rewritten]
    ) -> None:
        """`evaluate` gives the value of a part that mentions no row; it may raise `RunError`.

        `rewritten` makes another body run in the place of this one, in a frame of so many slots.
        """
        self.function = function
        self.evaluate = evaluate
        self.rewritten = rewritten


Rewritten: TypeAlias = "Callable[[Mapping[int, Value], Value], Value]"
"""Takes what is in the slots of the frame, and what is piped in."""

Run: TypeAlias = "Callable[[Sequence[Value | Absent], Data], Data]"
"""Takes arguments and what is piped in, and gives a result."""


class Closure:
    """A block that can be called later, with the values it caught when it was made.

    `run(arguments, data)` gives its result; how that happens is the engine's business. `parameters` is how many
    arguments it looks at. `batch` does the same for many rows at once, where the body is a plain expression. What it
    changes of `$env` ends with it, unless it runs `unscoped`. `written` says how it is written.
    """

    __slots__ = ("batch", "parameters", "run", "span", "unscoped", "written")

    def __init__(
        self,
        run: Run,
        parameters: int,
        span: Span,
        batch: BatchFunction | None = None,
        unscoped: Run | None = None,
        written: Callable[[], Written] | None = None,
    ) -> None:
        self.run = run
        self.parameters = parameters
        self.span = span
        self.batch = batch
        self.unscoped = unscoped or run
        self.written = written
