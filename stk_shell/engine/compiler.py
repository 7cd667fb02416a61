"""Tree to Python functions: each node becomes a closure once, and is then only called.

Walking the tree for each row was tried first by everybody and is several times slower; generating Python source is
faster still for simple rows, and could come on top of this.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stk_shell.engine import assignments, calls, collections, environment, functions, operations
from stk_shell.engine.patterns import compile_arms
from stk_shell.model import syntax
from stk_shell.model.command import Evaluate, Frame, Step
from stk_shell.model.errors import RunError
from stk_shell.model.paths import follow
from stk_shell.model.stream import Data, collect, drain, left_over
from stk_shell.model.text import plain
from stk_shell.model.values import Value

if TYPE_CHECKING:
    from stk_shell.engine.session import ShellSession


class Compiler:
    """Compiles trees for one session."""

    def __init__(self, session: ShellSession) -> None:
        self.session = session

    def expression(self, node: syntax.Node) -> Evaluate:
        """The function that gives the node's value in a frame."""
        compile_node = EXPRESSIONS.get(type(node))
        if compile_node is not None:
            return compile_node(self, node)
        step = STEPS[type(node)](self, node)
        return lambda frame: collect(step(frame, None))

    def step(self, node: syntax.Node) -> Step:
        """The function that takes what is piped into the node and gives what comes out."""
        compile_node = STEPS.get(type(node))
        if compile_node is not None:
            return compile_node(self, node)
        evaluate = EXPRESSIONS[type(node)](self, node)
        return lambda frame, data: evaluate(frame)

    def block(self, block: syntax.Block) -> Step:
        """All pipelines in order; the last one's result is the block's."""
        steps = [self.pipeline(pipeline) for pipeline in block.pipelines if pipeline.stages]
        bind = functions.compile_definitions(self, block.definitions)
        if not steps:
            return _pass_on
        if len(steps) == 1 and bind is None:
            return steps[0]
        first, *rest = steps

        def run(frame: Frame, data: Data) -> Data:
            if bind is not None:
                bind(frame)
            result = first(frame, data)
            for step in rest:
                drain(result)
                result = step(frame, left_over(data))
            return result

        return run

    def pipeline(self, pipeline: syntax.Pipeline) -> Step:
        """The stages, each fed by the one before; those before one that only explains something do not run."""
        explaining = (at for at, stage in enumerate(pipeline.stages) if _explains(stage))
        stages = pipeline.stages[max(explaining, default=0) :]
        steps = [
            self.stage(stage, first=at == 0, waits=_may_do_without(stages[at + 1 : at + 2]))
            for at, stage in enumerate(stages)
        ]
        if len(steps) == 1:
            return steps[0]

        def run(frame: Frame, data: Data) -> Data:
            try:
                for step in steps:
                    data = step(frame, data)
            except RunError as error:
                raise calls.traced(error, stages) from None
            return data

        return run

    def stage(self, stage: syntax.Stage, *, first: bool, waits: bool = False) -> Step:
        """A stage; what is piped into it is kept where it mentions `$in`, and its command may leave it there.

        It `waits` where the next one may do without the value that it gives.
        """
        node, slot = stage.expression, stage.input_slot
        may_leave = first or slot is not None
        if isinstance(node, syntax.Call):
            step = calls.compile_call(self, node, may_leave=may_leave, waits=waits)
        else:
            step = self.step(node)
        if slot is None:
            return step

        def run(frame: Frame, data: Data) -> Data:
            value = collect(data)
            frame[slot] = value
            return step(frame, value)

        return run

    def handler(self, node: syntax.Handler) -> Step:
        """The block, with what is piped in as its parameter and its `$in`."""
        block, slots = self.block(node.block), [slot for slot in (node.slot, node.input_slot) if slot is not None]

        def step(frame: Frame, data: Data) -> Data:
            value = collect(data)
            for slot in slots:
                frame[slot] = value
            return block(frame, value)

        return step

    def literal(self, node: syntax.Literal) -> Evaluate:
        """A constant; lists are made anew so that nobody changes the program."""
        value = node.value
        return (lambda frame: list(value)) if isinstance(value, list) else (lambda frame: value)

    def interpolation(self, node: syntax.Interpolation) -> Evaluate:
        """Texts and values, joined."""
        parts = [self.expression(part) for part in node.parts]
        return lambda frame: "".join([plain(part(frame)) for part in parts])

    def variable(self, node: syntax.Variable) -> Evaluate:
        """What the slot holds."""
        slot = node.slot
        return lambda frame: frame[slot]

    def access(self, node: syntax.Access) -> Evaluate:
        """A cell of a value."""
        if isinstance(node.head, syntax.Environment) and isinstance(node.path.members[0].value, str):
            return environment.compile_access(self, node)
        head, path, span = self.expression(node.head), node.path, node.head.span
        if isinstance(node.head, syntax.Variable) and len(path.members) == 1:
            return self.column_of_variable(node.head.slot, node)

        def evaluate(frame: Frame) -> Value:
            value = head(frame)
            try:
                return follow(value, path, span)
            except RunError as error:
                raise self.no_cell(error, node, value) from None

        return evaluate

    def column_of_variable(self, slot: int, node: syntax.Access) -> Evaluate:
        """`$row.name`, the commonest access by far, without the way through `follow`."""
        path, span = node.path, node.head.span
        name = path.members[0].value

        def evaluate(frame: Frame) -> Value:
            row = frame[slot]
            if type(row) is dict and name in row:
                return row[name]
            try:
                return follow(row, path, span)
            except RunError as error:
                raise self.no_cell(error, node, row) from None

        return evaluate

    def no_cell(self, error: RunError, node: syntax.Access, value: Value) -> RunError:
        """The error for a cell that is not there; where a command has that name, it is what was meant."""
        from stk_shell.engine.remedies import called_as_method

        return called_as_method(error, node, value, self.session.commands)


def _explains(stage: syntax.Stage) -> bool:
    call = stage.expression
    return isinstance(call, syntax.Call) and call.command.explains and stage.input_slot is None


def _may_do_without(following: tuple[syntax.Stage, ...]) -> bool:
    """Whether the stage that follows, if any, asks a source that stands for a value for less than all of it."""
    nodes = [stage.expression for stage in following if stage.input_slot is None]
    return any(isinstance(call, syntax.Call) and call.slot is None and call.command.asks_for_less for call in nodes)


def _nothing(frame: Frame, data: Data) -> Data:
    return None


EXPRESSIONS: dict[type[syntax.Node], Callable[..., Evaluate]] = {
    syntax.Literal: Compiler.literal,
    syntax.Interpolation: Compiler.interpolation,
    syntax.Variable: Compiler.variable,
    syntax.Environment: environment.compile_environment,
    syntax.Facts: environment.compile_facts,
    syntax.Access: Compiler.access,
    syntax.ListNode: collections.compile_list,
    syntax.RecordNode: collections.compile_record,
    syntax.TableNode: collections.compile_table,
    syntax.RangeNode: collections.compile_range,
    syntax.Not: operations.compile_not,
    syntax.Operation: operations.compile_operation,
    syntax.ClosureNode: lambda compiler, node: functions.compile_closure(compiler, node.function),
}
"""How a node becomes a function that gives its value."""

STEPS: dict[type[syntax.Node], Callable[..., Step]] = {
    syntax.Call: calls.compile_call,
    syntax.Subexpression: lambda compiler, node: compiler.block(node.block),
    syntax.Assignment: assignments.compile_assignment,
    syntax.DefinitionNode: lambda compiler, node: _nothing,
    syntax.MatchArms: compile_arms,
    syntax.Handler: Compiler.handler,
}
"""How a node becomes a function that takes what is piped in."""


def _pass_on(frame: Frame, data: Data) -> Data:
    return data
