"""Closures about groups of rows that need no more of the rows than SQL can tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from stk_shell.model import shape as shapes
from stk_shell.model import syntax
from stk_shell.model.source import Declined
from stk_shell.model.syntax import Node
from stk_shell.model.values import CellPath, Value, Written
from stk_shell.store.pushdown.conditions import KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

Wanted: TypeAlias = "tuple[str, CellPath | None]"
"""What is wanted of the rows: `length`, or one of the other aggregates, of what the path leads to."""

ITEMS = "items"
REDUCTIONS = frozenset({"sum", "avg", "min", "max"})

COPIED = (
    *(syntax.Literal, syntax.Interpolation, syntax.ListNode, syntax.RecordNode, syntax.Entry, syntax.Not),
    *(syntax.Operation, syntax.Stage, syntax.Block, syntax.Subexpression, syntax.Argument),
)
"""Nodes that mean the same wherever they stand; what is inside them is looked at."""

PURE = KNOWN | {"filters"}
"""The categories of commands that do nothing but give a value, if no closure goes with them."""


class GroupClosure:
    """A closure whose mentions of the rows are replaced by variables, each for one of the `wanted` aggregates.

    `groups` are the slots of records with the rows in `items`, `rows` those of the rows themselves. With `takes_rows`
    the rows are piped in as well; with `takes_cell`, something that is not made of rows.
    """

    def __init__(
        self,
        written: Written,
        groups: Sequence[int] = (),
        rows: Sequence[int] = (),
        *,
        takes_rows: bool = False,
        takes_cell: bool = False,
    ) -> None:
        """Raises `Declined` where it needs the rows themselves, or does more than to give a value."""
        self.groups, self.rows = frozenset(groups), frozenset(rows)
        self.takes_rows, self.takes_cell = takes_rows, takes_cell
        self.size = self.first = written.function.size
        self.wanted: list[Wanted] = []
        body = self._block(written.function.body, is_first=True)
        self.run: Callable[[Mapping[int, Value], Value], Value] = written.rewritten(body, self.size)

    def result(self, slots: Mapping[int, Value], data: Value, aggregates: Sequence[Value]) -> Value:
        """What the closure gives; `aggregates` are the values of what is wanted."""
        return self.run({**slots, **dict(enumerate(aggregates, self.first))}, data)

    def _block(self, block: syntax.Block, *, is_first: bool) -> syntax.Block:
        if len(block.pipelines) != 1 or block.definitions:
            raise Declined
        return block.replace(pipelines=(self._pipeline(block.pipelines[0], is_first=is_first),))

    def _pipeline(self, pipeline: syntax.Pipeline, *, is_first: bool) -> syntax.Pipeline:
        """The pipeline, whose beginning may be what is wanted of the rows; into a first one something is piped."""
        first, *rest = pipeline.stages
        taken = self._wanted(pipeline.stages, takes_rows=is_first and self.takes_rows)
        head: Node
        if taken:
            head = first.replace(expression=self._variable(first.expression), input_slot=None)
            rest = list(pipeline.stages[taken:])
        elif isinstance(first.expression, syntax.Subexpression):
            head = first.replace(expression=self._subexpression(first.expression, is_first=is_first))
        elif is_first and isinstance(first.expression, syntax.Call) and not self.takes_cell:
            raise Declined
        else:
            head = self._of(first)
        return pipeline.replace(stages=(head, *map(self._of, rest)))

    def _subexpression(self, node: syntax.Subexpression, *, is_first: bool) -> syntax.Subexpression:
        return node.replace(block=self._block(node.block, is_first=is_first))

    def _variable(self, node: Node) -> Node:
        slot = self.size
        self.size += 1
        return syntax.Variable(node.span, ITEMS, slot)

    def _wanted(self, stages: Sequence[syntax.Stage], *, takes_rows: bool) -> int:
        """How many stages at the beginning say what is wanted of the rows."""
        path = self._rows_at(stages[0].expression)
        at = 0 if path is None and takes_rows else 1
        if at and path is None:
            return 0
        path = path or CellPath(())
        if not path.members and (further := _got(stages[at : at + 1])):
            path, at = further, at + 1
        what = _reduction(stages[at : at + 1])
        # To take a column may fail, even where only its length matters.
        if what is None or bool(path.members) is (what == "length"):
            return 0
        self.wanted.append((what, path if path.members else None))
        return at + 1

    def _rows_at(self, node: Node) -> CellPath | None:
        """The path from the rows that are meant, if they are."""
        if isinstance(node, syntax.Variable) and node.slot in self.rows:
            return CellPath(())
        if not isinstance(node, syntax.Access) or not isinstance(node.head, syntax.Variable):
            return None
        members = node.path.members
        if node.head.slot in self.groups and members[0].value == ITEMS and not members[0].ignore_case:
            members = members[1:]
        elif node.head.slot not in self.rows:
            return None
        return CellPath(members) if all(isinstance(member.value, str) for member in members) else None

    def _of(self, node: Node) -> Node:
        """The same without a mention of the rows."""
        if isinstance(node, syntax.Variable):
            if node.slot in self.groups or node.slot in self.rows:
                raise Declined
            return node
        if isinstance(node, syntax.Access):
            return self._access(node)
        if isinstance(node, syntax.Subexpression):
            return self._subexpression(node, is_first=False)
        if isinstance(node, syntax.Pipeline):
            return self._pipeline(node, is_first=False)
        if isinstance(node, syntax.Call):
            if node.slot is not None or node.command.signature.category not in PURE:
                raise Declined
            return node.replace(arguments=tuple(map(self._of, node.arguments)))
        if not isinstance(node, COPIED):
            raise Declined
        changes = {name: self._part(getattr(node, name)) for name in node._fields}
        return node.replace(**changes)

    def _part(self, part: object) -> object:
        if isinstance(part, tuple):
            return tuple(map(self._part, part))
        return self._of(part) if isinstance(part, Node) else part

    def _access(self, node: syntax.Access) -> syntax.Access:
        if not isinstance(node.head, syntax.Variable) or node.head.slot not in self.groups | self.rows:
            return node.replace(head=self._of(node.head))
        first = node.path.members[0]
        if node.head.slot in self.rows or first.value == ITEMS or first.ignore_case or isinstance(first.value, int):
            raise Declined
        return node


def _got(stages: Sequence[syntax.Stage]) -> CellPath | None:
    """The path that a stage `get` takes, if it is one."""
    for stage in stages:
        call = stage.expression
        if stage.input_slot is None and isinstance(call, syntax.Call) and call.command.name == "get":
            argument = call.argument("path")
            value = argument.value if argument is not None and len(call.arguments) == 1 else None
            path = value.value if isinstance(value, syntax.Literal) else None
            if isinstance(path, CellPath) and all(isinstance(member.value, str) for member in path.members):
                return path
    return None


def _reduction(stages: Sequence[syntax.Stage]) -> str | None:
    """What a stage makes of all values."""
    for stage in stages:
        call = stage.expression
        if stage.input_slot is None and isinstance(call, syntax.Call) and call.slot is None and not call.arguments:
            name = call.command.name
            what = name.removeprefix("math ")
            if name == "length" or (what != name and what in REDUCTIONS):
                return what
    return None


def plain_slots(written: Written, at_most: int) -> list[int]:
    """The slots of the parameters.

    Raises:
        Declined: there are more than so many, or some are of a type, or need not be given.
    """
    parameters = written.function.parameters
    is_plain = all(each.kind == "required" and each.shape is shapes.ANY for each in parameters)
    if len(parameters) > at_most or not is_plain:
        raise Declined
    return [each.slot for each in parameters]
