"""Compiling calls: arguments are bound by the command's signature, then the command runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from stk_shell.engine.forms import CompiledParts
from stk_shell.model import shape as shapes
from stk_shell.model import syntax
from stk_shell.model.command import Call, Command, Evaluate, Form, Frame, Step, UserCommand
from stk_shell.model.conform import Misfit, article, conform, with_article
from stk_shell.model.errors import Label, RunError, StkError
from stk_shell.model.shape import Shape
from stk_shell.model.source import Declined, Source
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, TextStream, collect
from stk_shell.model.types import KINDS, fits, kind
from stk_shell.model.values import ABSENT, Absent, Closure, Value

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler


def compile_call(compiler: Compiler, node: syntax.Call, *, may_leave: bool = False, waits: bool = False) -> Step:
    """The step that binds the arguments and runs the command.

    What flows into the first stage of a block, or is meant by `$in`, is there for whoever wants it (`may_leave`): a
    command that takes nothing, or has its arguments, leaves it. A command that `waits` is followed by one that may do
    without the value.
    """
    if node.slot is not None:
        return _own_command(compiler, node, node.slot, may_leave=may_leave)
    if isinstance(node.command, Form):
        return node.command.build(CompiledParts(compiler, node))
    return _built_in(compiler, node, may_leave=may_leave, waits=waits)


def _built_in(compiler: Compiler, node: syntax.Call, *, may_leave: bool, waits: bool) -> Step:
    command, head, session = node.command, node.head, compiler.session
    bind = _binder(compiler, node)
    accepts = input_check(command)
    takes_nothing = all(given == "nothing" for given, _ in command.signature.types)
    leaves = may_leave and (takes_nothing or (bool(node.arguments) and accepts(None)))
    run, narrows, few = command.run, command.narrows, command.few

    def step(frame: Frame, data: Data) -> Data:
        values, spans = bind(frame)
        if isinstance(data, Source) and data.is_value:
            return _with_value(Call(command, head, session, values, spans), data)
        if not accepts(data):
            data = None if leaves else _looked_at(data)
            if not accepts(data):
                raise wrong_input(command, head, data)
        cut = data.cut_note if isinstance(data, Stream) else None
        if cut is not None and narrows:
            session.note_cut(cut)
        call = Call(command, head, session, values, spans)
        try:
            result = _offered(call, data, waits=waits) if isinstance(data, Source) else run(call, data)
        except StkError as error:
            raise error.at(head) from None
        return result if cut is None or narrows or few else _cut_as_well(result, cut)

    return step


def _offered(call: Call, source: Source, *, waits: bool = False) -> Data:
    """What comes out where the source does itself what the command does, or else the command."""
    command = call.command
    operation = command.operation(call)
    if operation is not None and call.session.settings.pushdown:
        try:
            return source.taken(operation, partial(command.run, call), waits=waits)
        except Declined:
            pass
    if source.explained:
        raise Declined
    return command.run(call, source.relation.value() if source.is_value else source)


def _with_value(call: Call, source: Source) -> Data:
    """The same where the source stands for a value, which all the commands take that anything waits for."""
    try:
        return _offered(call, source)
    except StkError as error:
        raise error.at(call.head) from None


def _looked_at(data: Data) -> Data:
    """Null for a text that turns out to have nothing in it, such as an empty standard input; the list of a column."""
    if isinstance(data, Source) and data.relation.is_column:
        return collect(data)
    return None if isinstance(data, TextStream) and next(data.pieces(), "") == "" else data


def _cut_as_well(result: Data, note: Callable[[], str | None]) -> Data:
    """What was made row by row of a source that a default limit had cut: whoever needs all rows has to know."""
    if isinstance(result, list):
        result = Stream(result)
    if isinstance(result, Stream) and result.cut_note is None:
        result.cut_note, result.is_listing = note, False
    return result


def input_check(command: Command) -> Callable[[Data], bool]:
    """The test whether the command takes what is piped into it."""
    names = tuple(dict.fromkeys(given for given, _ in command.signature.types))
    if "any" in names:
        return lambda data: True
    bases = {name.partition("<")[0] for name in names}
    simple = frozenset(python for python, name in KINDS.items() if name in bases)
    return lambda data: type(data) in simple or any(fits(data, name) for name in names)


MEANT = {
    ("length", "a string"): "str length",
    ("reverse", "a string"): "str reverse",
    ("str length", "a list"): "length",
}
"""Commands that are taken for another by those who pipe in what they do not take."""


def wrong_input(command: Command, head: Span, data: Data) -> RunError:
    """The error for piping in what the command does not take."""
    takes = list(dict.fromkeys(given for given, _ in command.signature.types))
    if takes == ["nothing"]:
        headline, hint = f"nothing can be piped into `{command.name}`", None
    else:
        headline = f"`{command.name}` does not take {_what(data)}"
        wanted = [name for name in takes if name != "nothing"]
        hint = f"It takes {_listed(wanted)}." if wanted else None
    if data is None:
        headline = f"`{command.name}` needs something to work on"
        hint = f"Pipe it in: `... | {command.name}`." + (f" {hint}" if hint else "")
    if isinstance(data, list) and data and input_check(command)(data[0]):
        hint = f"`each {{ {command.name} }}` does it to each item." + (f" {hint}" if hint else "")
    meant = MEANT.get((command.name, _what(data)))
    label = Label(head, f"{_what(data)} comes in here")
    instead = head.replaced(meant) if meant else None
    return RunError(headline, "input_type_mismatch", (label,), hint, instead=instead)


def traced(error: RunError, stages: tuple[syntax.Stage, ...]) -> RunError:
    """The error; where one of these stages got what it does not take, with a label for the stage that gave it."""
    place = error.labels[0].span if error.labels else None
    for giver, taker in pairwise(stages):
        call = taker.expression
        if isinstance(call, syntax.Call) and call.head is place and error.code.endswith("input_type_mismatch"):
            error.labels = (*error.labels, Label(giver.span, "it comes from here"))
    return error


def _what(data: Data) -> str:
    return "nothing" if data is None else with_article(kind(data))


def _listed(types: list[str]) -> str:
    names = [with_article(name.replace("<any>", "")) for name in types]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


class _Bound:
    """An argument, ready to be evaluated and checked."""

    __slots__ = ("evaluate", "fixed", "name", "shape", "span", "spread")

    def __init__(self, compiler: Compiler, argument: syntax.Argument, shape: Shape | None) -> None:
        self.name = argument.name
        self.span = argument.value.span if argument.value else argument.span
        self.spread = argument.spread
        self.shape = shape or shapes.BOOL
        # The parser has already looked at what is written down.
        self.fixed = argument.value is None or isinstance(argument.value, syntax.Literal)
        self.evaluate: Evaluate = _true if argument.value is None else compiler.expression(argument.value)

    def value(self, frame: Frame) -> Value:
        value = self.evaluate(frame)
        return value if self.fixed else self.checked(value)

    def checked(self, value: Value) -> Value:
        try:
            return conform(value, self.shape)
        except Misfit as misfit:
            label = Label(self.span, misfit.given)
            raise RunError(f"{misfit.needed} is needed here", "cant_convert", (label,)) from None

    def items(self, frame: Frame) -> list[Value]:
        """What it adds to the rest arguments."""
        if not self.spread:
            return [self.value(frame)]
        value = self.evaluate(frame)
        if isinstance(value, list):
            return [self.checked(item) for item in value]
        label = Label(self.span, f"this is {article(value)}")
        raise RunError("only a list can be spread here", "cannot_spread_as_list", (label,))


def _true(frame: Frame) -> Value:
    return True


Values = dict[str, Value]
Spans = dict[str, Span]


def _binder(compiler: Compiler, node: syntax.Call) -> Callable[[Frame], tuple[Values, Spans]]:
    """The function that gives all arguments by name, defaults included."""
    signature = node.command.signature
    shapes_of: dict[str, Shape | None] = {each.name: each.shape for each in signature.positionals}
    shapes_of |= {flag.name: flag.shape for flag in signature.flags}
    rest = signature.rest.name if signature.rest else None
    defaults: Values = {each.name: each.default for each in signature.positionals if each.default is not None}
    defaults |= {flag.name: flag.default for flag in signature.flags if flag.default is not None}
    single: list[_Bound] = []
    many: list[_Bound] = []
    for argument in node.arguments:
        is_rest = argument.name == rest
        shape = signature.rest.shape if is_rest and signature.rest else shapes_of.get(argument.name)
        (many if is_rest else single).append(_Bound(compiler, argument, shape))
    spans = {bound.name: bound.span for bound in single}
    if many and rest is not None:
        spans[rest] = many[0].span.to(many[-1].span)

    def bind(frame: Frame) -> tuple[Values, Spans]:
        values = dict(defaults)
        for bound in single:
            value = bound.value(frame)
            if value is not None or bound.name not in values:
                values[bound.name] = value
        if rest is not None:
            values[rest] = [value for bound in many for value in bound.items(frame)]
        return values, spans

    return bind


def _own_command(compiler: Compiler, node: syntax.Call, slot: int, *, may_leave: bool) -> Step:
    """A call of a command that the user has defined."""
    session, command, head = compiler.session, node.command, node.head
    bind, accepts = _binder(compiler, node), input_check(command)
    leaves = may_leave and accepts(None)
    given_names = {argument.name for argument in node.arguments}
    order = command.parameters if isinstance(command, UserCommand) else ()

    def step(frame: Frame, data: Data) -> Data:
        values, _ = bind(frame)
        if not accepts(data):
            if not leaves:
                raise wrong_input(command, head, data)
            data = None
        closure = frame[slot]
        if not isinstance(closure, Closure):
            raise RunError(f"`{command.name}` is not defined yet", "command_not_found", (Label(head),))
        given: list[Value | Absent] = [values[name] if name in given_names else ABSENT for name in order]
        with session.call(head):
            return closure.run(given, data)

    return step
