"""Compiling closures and definitions, and calling them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from stk_shell.engine.batches import Batch, Generator, batch_generator
from stk_shell.engine.environment import scoped
from stk_shell.engine.operators import EXAMPLES
from stk_shell.engine.relays import Relay, RelayBatch, relay_of
from stk_shell.model import shape as shapes
from stk_shell.model import syntax
from stk_shell.model.command import Evaluate, Frame, Step
from stk_shell.model.conform import Misfit, conform, with_article
from stk_shell.model.errors import Label, Return, RunError
from stk_shell.model.known import result_kind
from stk_shell.model.stream import Data, collect
from stk_shell.model.syntax import INPUT_SLOT
from stk_shell.model.types import fits
from stk_shell.model.values import ABSENT, Absent, Closure, Rewritten, Value, Written

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler
    from stk_shell.model.batches import BatchFunction

Given: TypeAlias = "Sequence[Value | Absent]"
Caught: TypeAlias = "list[tuple[int, Value]]"
"""Slots and the values from outside that belong there."""

Invoke: TypeAlias = "Callable[[Caught, Given, Data], Data]"


class _Parameter:
    """A parameter, ready to take its argument."""

    __slots__ = ("default", "node", "slot")

    def __init__(self, compiler: Compiler, node: syntax.ParameterNode) -> None:
        self.node = node
        self.slot = node.slot
        self.default: Evaluate | None = None if node.default is None else compiler.expression(node.default)

    def take(self, frame: Frame, value: Value | Absent) -> None:
        node = self.node
        if isinstance(value, Absent):
            frame[self.slot] = self.absent(frame)
        elif node.shape is shapes.ANY or (value is None and node.kind != "required"):
            frame[self.slot] = value
        else:
            frame[self.slot] = self.checked(value)

    def absent(self, frame: Frame) -> Value:
        if self.default is not None:
            return self.default(frame)
        if self.node.kind == "required":
            label = Label(self.node.span, "nothing was given for this")
            raise RunError(f"the argument `{self.node.name}` is missing", "missing_parameter", (label,))
        if self.node.kind == "rest":
            return []
        return False if self.node.kind == "switch" else None

    def checked(self, value: Value) -> Value:
        node = self.node
        try:
            if node.kind == "rest" and isinstance(value, list):
                return [conform(item, node.shape) for item in value]
            return conform(value, node.shape)
        except Misfit as misfit:
            label = Label(node.span, f"declared as {node.shape}")
            raise RunError(f"`{node.name}`: {misfit}", "cant_convert", (label,)) from None


def compile_function(compiler: Compiler, function: syntax.Function) -> Invoke:
    """A function that makes a frame, fills it, and runs the body."""
    body = compiler.block(function.body)
    parameters = [_Parameter(compiler, node) for node in function.parameters]
    if len(parameters) == 1 and parameters[0].node.kind == "required" and parameters[0].node.shape is shapes.ANY:
        return _one_plain_parameter(function, body, parameters[0])
    size, uses_input = function.size, function.uses_input

    def invoke(caught: Caught, given: Given, data: Data) -> Data:
        frame: Frame = [None] * size
        for slot, value in caught:
            frame[slot] = value
        count = len(given)
        for at, parameter in enumerate(parameters):
            parameter.take(frame, given[at] if at < count else ABSENT)
        return _run(body, frame, data, uses_input=uses_input)

    return invoke


def _one_plain_parameter(function: syntax.Function, body: Step, parameter: _Parameter) -> Invoke:
    """The function that rows go through, without a loop over its parameters."""
    size, uses_input, own_slot = function.size, function.uses_input, parameter.slot

    def invoke(caught: Caught, given: Given, data: Data) -> Data:
        frame: Frame = [None] * size
        for slot, value in caught:
            frame[slot] = value
        argument = given[0] if given else ABSENT
        frame[own_slot] = parameter.absent(frame) if isinstance(argument, Absent) else argument
        return _run(body, frame, data, uses_input=uses_input)

    return invoke


def _run(body: Step, frame: Frame, data: Data, *, uses_input: bool) -> Data:
    if uses_input:
        frame[INPUT_SLOT] = data = collect(data)
    try:
        return body(frame, data)
    except Return as result:
        return result.data


def _batch(generator: Generator | None, relay: Relay | None, caught: Caught) -> BatchFunction | None:
    if generator is not None:
        return Batch(generator, dict(caught))
    return None if relay is None else RelayBatch(relay, dict(caught))


def compile_closure(compiler: Compiler, function: syntax.Function) -> Evaluate:
    """A closure value, with copies of what it needs from the frame around it."""
    invoke = compile_function(compiler, function)
    captures, count, span = function.captures, len(function.parameters), function.span
    generator = batch_generator(function)
    relay = None if generator else relay_of(compiler, function)
    rest = next((at for at, node in enumerate(function.parameters) if node.kind == "rest"), None)
    if rest is not None:
        invoke, generator, relay = _gathering(invoke, rest), None, None
    scoped_invoke = scoped(compiler.session, invoke)

    def evaluate(frame: Frame) -> Value:
        caught = [(inside, frame[outside]) for outside, inside in captures]
        return Closure(
            lambda given, data: invoke(caught, given, data),
            count,
            span,
            _batch(generator, relay, caught),
            written=lambda: _written(compiler, function, caught),
        )

    def evaluate_scoped(frame: Frame) -> Value:
        caught = [(inside, frame[outside]) for outside, inside in captures]
        return Closure(
            lambda given, data: scoped_invoke(caught, given, data),
            count,
            span,
            unscoped=lambda given, data: invoke(caught, given, data),
        )

    return evaluate_scoped if function.sets_environment else evaluate


def _written(compiler: Compiler, function: syntax.Function, caught: Caught) -> Written:
    def evaluate(node: syntax.Node) -> Value:
        frame: Frame = [None] * function.size
        for slot, value in caught:
            frame[slot] = value
        return compiler.expression(node)(frame)

    def rewritten(body: syntax.Block, size: int) -> Rewritten:
        step = compiler.block(body)

        def run(slots: Mapping[int, Value], data: Value) -> Value:
            frame: Frame = [None] * size
            for slot, value in (*caught, *slots.items()):
                frame[slot] = value
            return collect(step(frame, data))

        return run

    return Written(function, evaluate, rewritten)


def _gathering(invoke: Invoke, rest: int) -> Invoke:
    """The function for arguments that come one by one: those from `rest` on become a list."""

    def gathering(caught: Caught, given: Given, data: Data) -> Data:
        values: list[Value] = [value for value in given[rest:] if not isinstance(value, Absent)]
        return invoke(caught, [*given[:rest], values], data)

    return gathering


def compile_definitions(
    compiler: Compiler, definitions: tuple[syntax.DefinitionNode, ...]
) -> Callable[[Frame], None] | None:
    """What binds a block's commands to its frame.

    What they catch is read when they are called, so that a command may use what is defined after it.
    """
    if not definitions:
        return None
    for node in definitions:
        _check_output(node)
    made = [(node, _compile_definition(compiler, node)) for node in definitions]

    def bind(frame: Frame) -> None:
        for node, invoke in made:
            frame[node.slot] = _bound(node, invoke, frame)

    return bind


def _compile_definition(compiler: Compiler, node: syntax.DefinitionNode) -> Invoke:
    invoke = compile_function(compiler, node.function)
    keeps = node.function.sets_environment and not node.command.sets_environment
    return scoped(compiler.session, invoke) if keeps else invoke


def _check_output(node: syntax.DefinitionNode) -> None:
    """Refuse a command whose result is surely of another type than it is declared with."""
    known, declared = result_kind(node.function.body), [output for _, output in node.command.signature.types]
    if known not in EXAMPLES or any(fits(EXAMPLES[known], output) for output in declared):
        return
    label = Label(node.function.body.pipelines[-1].span, f"this is {with_article(known)}")
    headline = f"`{node.command.name}` is declared to give {with_article(declared[0])}"
    raise RunError(headline, "output_type_mismatch", (label,))


def _bound(node: syntax.DefinitionNode, invoke: Invoke, frame: Frame) -> Closure:
    captures = node.function.captures

    def run(given: Given, data: Data) -> Data:
        return invoke([(inside, frame[outside]) for outside, inside in captures], given, data)

    return Closure(run, len(node.function.parameters), node.span)
