"""Which columns a value or the input of a stage will have, as far as the tree tells before it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stk_shell.model import syntax
from stk_shell.model.columns import Column, Columns, columns_at, columns_of, together
from stk_shell.model.command import UserCommand
from stk_shell.model.known import known_kind
from stk_shell.model.struct import Struct
from stk_shell.model.values import CellPath, PathMember, Record, Value
from stk_shell.parse.places import Flow

INNER = 40
"""How many commands, blocks and variables inside each other are looked through."""

ITEMS = 50
"""How many items of a list that is written down tell its columns."""


class Outside(Struct):
    """What the text does not tell: what its variables were given, what others hold, and what the store has recorded."""

    bound: Callable[[str], syntax.Node | None]
    variable: Callable[[str], Columns]
    environment: Record
    facts: Callable[[], Columns]
    recorded: Callable[[], Columns]


class Knowledge:
    """Tells the columns of one text."""

    def __init__(self, outside: Outside) -> None:
        self.outside = outside
        self.inner = 0

    def flowing(self, flow: Flow | None) -> Columns:
        """The columns of what flows into a stage."""
        if flow is None:
            return ()
        return self._after(flow.stages, flow) if flow.stages else self.flowing(flow.outer)

    def _after(self, stages: tuple[syntax.Stage, ...], flow: Flow) -> Columns:
        """The columns of what the last of several stages gives."""
        columns = self.flowing(flow.outer)
        for at, stage in enumerate(stages):
            before = flow.replace(stages=stages[:at])
            columns = self._stage(stage.expression, columns, before)
        return columns

    def _stage(self, node: syntax.Node, columns: Columns, before: Flow) -> Columns:
        if isinstance(node, syntax.Call):
            return self._call(node, columns, before)
        return self.of(node, before)

    def _call(self, node: syntax.Call, columns: Columns, before: Flow) -> Columns:
        if isinstance(node.command, UserCommand):
            return ()
        return tuple(map(self._filled, node.command.gives(_Given(self, node, columns, before))))

    def _filled(self, column: Column) -> Column:
        """The column, with the fields that the store knows of."""
        return column.replace(columns=self.outside.recorded()) if column.recorded and not column.columns else column

    def of(self, node: syntax.Node | None, flow: Flow) -> Columns:
        """The columns of a node's value; `flow` is what flows in where it stands."""
        if node is None or self.inner > INNER:
            return ()
        self.inner += 1
        try:
            return self._of(node, flow)
        finally:
            self.inner -= 1

    def _of(self, node: syntax.Node, flow: Flow) -> Columns:
        if isinstance(node, syntax.RecordNode):
            return tuple(self._entries(node, flow))
        if isinstance(node, syntax.ListNode):
            return together(*(self.of(item, flow) for item in node.items[:ITEMS]))
        if isinstance(node, syntax.TableNode):
            return tuple(self._cells(node, flow))
        if isinstance(node, syntax.Access):
            return columns_at(self.of(node.head, flow), [member.value for member in node.path.members])
        if isinstance(node, (syntax.Subexpression, syntax.ClosureNode)):
            return self._block(node.block if isinstance(node, syntax.Subexpression) else node.function.body, node, flow)
        if isinstance(node, syntax.Spread):
            return self.of(node.value, flow)
        if isinstance(node, syntax.Call):
            return self._call(node, self.flowing(flow), flow)
        return self._name(node, flow)

    def _name(self, node: syntax.Node, flow: Flow) -> Columns:
        if isinstance(node, syntax.Environment):
            return columns_of(self.outside.environment)
        if isinstance(node, syntax.Facts):
            return self.outside.facts()
        return self.variable(node.name, flow) if isinstance(node, syntax.Variable) else ()

    def variable(self, name: str, flow: Flow) -> Columns:
        """The columns of a variable's value: a row of what flows in, something the text gave it, or what it holds."""
        if name in ("in", "it") and name not in flow.parameters:
            return self.flowing(flow)
        around: Flow | None = flow
        while around is not None:
            if name in around.parameters[:1]:
                return self.flowing(around.outer)
            around = around.outer
        bound = self.outside.bound(name)
        return self.of(bound, Flow()) if bound is not None else self.outside.variable(name)

    def _block(self, block: syntax.Block, node: syntax.Node, flow: Flow) -> Columns:
        pipelines = [pipeline for pipeline in block.pipelines if pipeline.stages]
        if not pipelines:
            return ()
        names: tuple[str, ...] = ()
        if isinstance(node, syntax.ClosureNode):
            names = tuple(parameter.name for parameter in node.function.parameters)
        return self._after(pipelines[-1].stages, Flow((), flow, names))

    def _entries(self, node: syntax.RecordNode, flow: Flow) -> Iterator[Column]:
        for entry in node.entries:
            if isinstance(entry, syntax.Entry) and isinstance(entry.key, syntax.Literal):
                yield self._column(str(entry.key.value), entry.value, flow)
            elif isinstance(entry, syntax.Spread):
                yield from self.of(entry.value, flow)

    def _cells(self, node: syntax.TableNode, flow: Flow) -> Iterator[Column]:
        first = node.rows[0] if node.rows else ()
        for at, name in enumerate(node.columns):
            if isinstance(name, syntax.Literal):
                yield self._column(str(name.value), first[at] if at < len(first) else None, flow)

    def _column(self, name: str, value: syntax.Node | None, flow: Flow) -> Column:
        example: Value = value.value if isinstance(value, syntax.Literal) else None
        return Column(name, kind=known_kind(value) or "", example=example, columns=self.of(value, flow))


class _Given:
    """A call in the tree; `model.columns.Given` says what each method does."""

    def __init__(self, knowledge: Knowledge, node: syntax.Call, columns: Columns, flow: Flow) -> None:
        self.columns = columns
        self._knowledge = knowledge
        self._node = node
        self._flow = flow

    def has(self, name: str) -> bool:
        """Whether there is such an argument."""
        return self._node.argument(name) is not None

    def _values(self, name: str) -> Iterator[syntax.Node]:
        """The values of an argument, those in a list one by one."""
        for argument in self._node.arguments:
            if argument.name == name and argument.value is not None:
                yield from argument.value.items if isinstance(argument.value, syntax.ListNode) else (argument.value,)

    def paths(self, name: str) -> list[CellPath]:
        """The cell paths that are written down as an argument."""
        literals = [node.value for node in self._values(name) if isinstance(node, syntax.Literal)]
        # In a list, they are texts before the program runs.
        members = [CellPath((PathMember(each),)) if isinstance(each, str) else each for each in literals]
        return [each for each in members if isinstance(each, CellPath)]

    def texts(self, name: str) -> list[str]:
        """The texts that are written down as an argument."""
        literals = [node.value for node in self._values(name) if isinstance(node, syntax.Literal)]
        return [value for value in literals if isinstance(value, str)]

    def inside(self, name: str) -> Columns:
        """The columns of an argument's value, or of what a closure gives."""
        argument = self._node.argument(name)
        return self._knowledge.of(argument.value, self._flow) if argument is not None else ()
