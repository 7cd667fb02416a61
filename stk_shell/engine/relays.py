"""Closures that hand each row to commands which take lists as well: these get many rows at once.

`{ str upcase }` and `{|row| $row.name | str length }` call a command for every row, which costs more than what it does
there. A command that makes texts of texts and a list of texts of such a list does the same to all of them. Whatever
differs between the two, an error above all, goes the long way, row by row.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from stk_shell.engine import batches
from stk_shell.model import syntax
from stk_shell.model.batches import Rows, Unfit
from stk_shell.model.command import Command, Form, Frame, Step
from stk_shell.model.errors import StkError
from stk_shell.model.shape import ANY
from stk_shell.model.stream import collect
from stk_shell.model.syntax import INPUT_SLOT, Function, Stage
from stk_shell.model.values import Duration, Filesize, Value

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler

SINGLE = frozenset({str, int, float, bool, datetime.datetime, Duration, Filesize})
"""Types of what is one item to every command, alone and in a list."""

SINGLE_NAMES = ("string", "int", "float", "number", "bool", "datetime", "duration", "filesize")


class Relay:
    """What one closure does with many rows: an expression for each, or the row itself, and commands for all."""

    def __init__(self, function: Function, first: batches.Generator | None, steps: list[Step]) -> None:
        self.reads_input = function.uses_input or first is None
        self.first = first
        self.steps = steps
        self.size = function.size
        self.failures = 0


class RelayBatch:
    """The closure as a function of many rows, with the values it caught."""

    __slots__ = ("_caught", "_relay", "reads_input")

    def __init__(self, relay: Relay, caught: dict[int, Value]) -> None:
        self.reads_input = relay.reads_input
        self._relay = relay
        self._caught = caught

    def values(self, rows: Rows) -> list[Value]:
        """The closure's result for each row; raises `Unfit`."""
        if self._relay.failures >= batches.PATIENCE or len(rows) < batches.WORTHWHILE:
            raise Unfit
        try:
            return self._values(rows)
        except (Unfit, StkError):
            self._relay.failures += 1
            raise Unfit from None

    def present(self, rows: Rows) -> list[Value]:
        """The closure's results but for those that are null; raises `Unfit`."""
        return [value for value in self.values(rows) if value is not None]

    def kept(self, rows: Rows) -> list[Value]:
        """The rows for which the closure gives true; raises `Unfit`."""
        values = self.values(rows)
        if set(map(type, values)) != {bool}:
            raise Unfit
        return [row for row, value in zip(rows, values, strict=True) if value]

    def _values(self, rows: Rows) -> list[Value]:
        relay = self._relay
        frame: Frame = [None] * relay.size
        for slot, value in self._caught.items():
            frame[slot] = value
        values = list(rows) if relay.first is None else batches.Batch(relay.first, self._caught).values(rows)
        for step in relay.steps:
            if not SINGLE.issuperset(map(type, values)):
                raise Unfit
            result = collect(step(frame, values))
            if not isinstance(result, list) or len(result) != len(rows):
                raise Unfit
            values = result
        return values


def relay_of(compiler: Compiler, function: Function) -> Relay | None:
    """What the closure does with many rows, or None where it is not made of commands that take lists as well."""
    if len(function.parameters) > 1 or any(node.shape is not ANY for node in function.parameters):
        return None
    stages = _stages(function)
    first = None
    if stages and not isinstance(stages[0].expression, syntax.Call):
        first = batches.Generator(function, stages[0].expression)
        stages = stages[1:]
    row_slots = {INPUT_SLOT, *(parameter.slot for parameter in function.parameters)}
    if not stages or not all(_takes_lists(stage, row_slots) for stage in stages):
        return None
    return Relay(function, first, [compiler.stage(stage, first=False) for stage in stages])


def _stages(function: Function) -> tuple[Stage, ...]:
    """The stages of the body's only pipeline; those in parentheses, where it is nothing else."""
    block = function.body
    while not block.definitions and len(block.pipelines) == 1:
        stages = block.pipelines[0].stages
        if len(stages) != 1 or not isinstance(stages[0].expression, syntax.Subexpression):
            return stages
        block = stages[0].expression.block
    return ()


def _takes_lists(stage: Stage, row_slots: set[int]) -> bool:
    call = stage.expression
    if stage.input_slot is not None or not isinstance(call, syntax.Call) or call.slot is not None:
        return False
    fixed = all(_is_fixed(argument, row_slots) for argument in call.arguments)
    return fixed and not isinstance(call.command, Form) and _works_item_by_item(call.command)


def _is_fixed(argument: syntax.Argument, row_slots: set[int]) -> bool:
    """Whether the argument is the same for every row."""
    node = argument.value
    if isinstance(node, syntax.Variable):
        return node.slot not in row_slots and not argument.spread
    return node is None or isinstance(node, syntax.Literal)


def _works_item_by_item(command: Command) -> bool:
    """Whether its signature says of a list of single values what it says of one."""
    types = set(command.signature.types)
    return any((f"list<{given}>", f"list<{result}>") in types for given, result in types if given in SINGLE_NAMES)
