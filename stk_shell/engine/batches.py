"""Closures whose body is a plain expression, written as Python that works on many rows at once.

A comprehension over a thousand rows costs a fraction of a thousand calls. What is written assumes the types that the
first row has, and raises `Unfit` where a row differs, a column is missing, or a number leaves 64 bits: such a batch
goes the long way, row by row, with the checks and errors of `operators`. So there is one meaning, and a short cut.
"""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.engine.batch_writer import Writer, Written
from stk_shell.model import syntax
from stk_shell.model.batches import Rows, Slice, Unfit
from stk_shell.model.known import only_expression
from stk_shell.model.shape import ANY
from stk_shell.model.syntax import INPUT_SLOT, Function, Node
from stk_shell.model.values import Value

WORTHWHILE = 100
"""How many rows a batch, or the list that it is from, has to have for it to pay to write and compile the function."""

PATIENCE = 3
"""After so many unfit batches, nothing is tried any more."""

SURPRISES = (TypeError, KeyError, IndexError, AttributeError, ZeroDivisionError, OverflowError, Unfit)
"""What the written functions raise at rows that they are not made for."""


class Batch:
    """A closure as a function of many rows, with the values it caught."""

    __slots__ = ("_caught", "_generator", "reads_input")

    def __init__(self, generator: Generator, caught: dict[int, Value]) -> None:
        self.reads_input = generator.reads_input
        self._generator = generator
        self._caught = caught

    def values(self, rows: Rows) -> list[Value]:
        """The closure's result for each row; raises `Unfit`."""
        return self._run(rows, "values")

    def present(self, rows: Rows) -> list[Value]:
        """The closure's results but for those that are null; raises `Unfit`."""
        return self._run(rows, "present")

    def kept(self, rows: Rows) -> list[Value]:
        """The rows for which the closure gives true; raises `Unfit`."""
        return self._run(rows, "kept")

    def _run(self, rows: Rows, what: str) -> list[Value]:
        function = self._generator.function(rows, self._caught, what)
        try:
            return function(rows)
        except SURPRISES:
            self._generator.failures += 1
            raise Unfit from None


def batch_generator(function: Function) -> Generator | None:
    """What writes the closure's functions, or None where its body is more than one expression."""
    if len(function.parameters) > 1 or any(node.shape is not ANY for node in function.parameters):
        return None
    if function.body.definitions or len(function.body.pipelines) != 1:
        return None
    node = only_expression(function.body)
    return None if node is None or isinstance(node, syntax.Call) else Generator(function, node)


class Generator:
    """Writes and keeps the functions of one closure: one for each combination of types that its values had."""

    def __init__(self, function: Function, node: Node) -> None:
        self.reads_input = function.uses_input
        self._row_slots = {INPUT_SLOT, *(parameter.slot for parameter in function.parameters)}
        self._node = node
        self._makers: dict[tuple[str, tuple[type, ...]], Callable[..., Written] | None] = {}
        self.failures = 0

    def function(self, rows: Rows, caught: dict[int, Value], what: str) -> Written:
        """The function for these rows.

        Raises:
            Unfit: there is none, or too few rows to write one for.
        """
        if self.failures >= PATIENCE:
            raise Unfit
        key = what, tuple(map(type, caught.values()))
        if key not in self._makers:
            if (rows.whole if isinstance(rows, Slice) else len(rows)) < WORTHWHILE:
                raise Unfit
            self._makers[key] = self._written(next(iter(rows)), caught, what)
        maker = self._makers[key]
        if maker is None:
            raise Unfit
        return maker(*caught.values())

    def _written(self, row: Value, caught: dict[int, Value], what: str) -> Callable[..., Written] | None:
        writer = Writer(self._row_slots, row, caught)
        try:
            return writer.maker(self._node, what)
        except SURPRISES:
            return None
