"""What gives names: `let`, `mut` and `const`, `def`, `alias`."""

from __future__ import annotations

import re

from stk_shell.model import shape as shapes
from stk_shell.model.command import Command, UserCommand
from stk_shell.model.shape import Shape
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.syntax import (
    Argument,
    Call,
    Declaration,
    DefinitionNode,
    Garbage,
    Interpolation,
    ListNode,
    Literal,
    Node,
    RecordNode,
    Subexpression,
)
from stk_shell.model.types import kind
from stk_shell.parse import arguments, calls, modules, pipelines
from stk_shell.parse.brackets import inner_end
from stk_shell.parse.lex import Token
from stk_shell.parse.parameters import TYPES as TYPE_SHAPES
from stk_shell.parse.parameters import ParameterText, read_parameters, read_type
from stk_shell.parse.scope import AliasInfo, CommandInfo, FunctionScope, Scope
from stk_shell.parse.stages import LitePipeline, LiteStage
from stk_shell.parse.state import State

VARIABLES = frozenset({"let", "mut", "const"})
FILES = frozenset({"source", "use"})
KEYWORDS = VARIABLES | FILES | {"def", "alias"}
RESERVED = frozenset({"in", "env", "nothing"})
TYPES = re.compile(r"([\w-]+(?:<[^\[\]]*>)?)\s*->\s*([\w-]+(?:<[^\[\]]*>)?)")


def takes_pipeline(words: list[Span]) -> bool:
    """Whether a stage of these words takes the stages behind it too."""
    return _without_export(words)[0].text in VARIABLES


def _without_export(words: list[Span]) -> list[Span]:
    """The words of the definition itself."""
    return words[1:] if len(words) > 1 and words[0].text == "export" and words[1].text in KEYWORDS else words


def read_definition(state: State, words: list[Span], lite: LiteStage, rest: list[LiteStage]) -> Node | None:
    """The definition that the words are, or None where they are something else."""
    inner = _without_export(words)
    if inner is not words and len(inner) > 1:
        state.scope.exports.add(inner[1].text.strip("\"'`"))
    word = inner[0].text
    command = state.commands.find(word) if word in KEYWORDS else None
    if command is None or calls.asks_for_help(command, inner[1:2]):
        return None
    if word in VARIABLES:
        return _read_variable(state, command, inner, rest)
    if word in FILES:
        return (
            modules.read_source(state, command, inner) if word == "source" else modules.read_use(state, command, inner)
        )
    return _read_alias(state, command, inner) if word == "alias" else _read_def(state, inner, lite)


def misplaced(state: State, words: list[Span]) -> Garbage | None:
    """The problem of a definition that something is piped into."""
    word = words[0].text
    if word not in KEYWORDS or (len(words) > 1 and words[1].text in ("--help", "-h")):
        return None
    name = words[1].text if len(words) > 1 else "x"
    hint = f"`let {name} = ... | ...` takes the result of a whole pipeline." if word in VARIABLES else None
    return state.problem(
        f"`{word}` begins a pipeline", "unexpected_keyword", words[0], "something is piped into it here", hint
    )


def _read_variable(state: State, command: Command, words: list[Span], rest: list[LiteStage]) -> Node:
    head = words[0]
    sign = next((at for at, word in enumerate(words) if word.text == "="), None)
    if sign is None or sign == 1:
        after = words[-1] if sign is None else head
        return state.problem(
            f"`{head.text}` needs a name and a value",
            "missing_positional",
            after,
            "`NAME = VALUE`, with blanks around the sign",
            f"{head.text} total = 5",
            incomplete=False,
        )
    if sign == len(words) - 1:
        return state.problem("a value is missing", "missing_positional", words[sign], "behind this", incomplete=True)
    value = pipelines.read_rest_of_pipeline(state, words[sign + 1 :], rest)
    declaration = _declare(state, words[1].to(words[sign - 1]), value, mutable=head.text == "mut")
    given = (Argument(declaration.span, "name", declaration), Argument(value.span, "value", value))
    return Call(head.to(words[-1]), head, command, given)


def _declare(state: State, span: Span, value: Node, *, mutable: bool) -> Node:
    text, _, type_text = span.text.partition(":")
    name = text.strip().removeprefix("$")
    shape = _shape_of(value)
    if type_text.strip():
        start = span.end - len(type_text.lstrip())
        shape = read_type(state, state.span(start, span.end))
    if name in RESERVED:
        return state.problem(f"`${name}` is a name of stk's own", "name_is_builtin_var", span, "choose another")
    if not re.fullmatch(r"[^\s\d.$\"'()\[\]{}|;#-][^\s.$\"'()\[\]{}|;#]*", name):
        return state.problem(f"`{name}` cannot be the name of a variable", "variable_not_valid", span, "not a name")
    return Declaration(span, name, state.scope.declare(name, mutable=mutable, shape=shape).slot, shape)


def _shape_of(value: Node) -> Shape:
    """The shape of what is written down plainly; anything for what is computed."""
    while isinstance(value, Subexpression):
        pipelines_ = value.block.pipelines
        if len(pipelines_) != 1 or len(pipelines_[0].stages) != 1:
            return shapes.ANY
        value = pipelines_[0].stages[0].expression
    if isinstance(value, Literal) and value.value is not None:
        return TYPE_SHAPES.get(kind(value.value), shapes.ANY)
    return {ListNode: shapes.LIST, RecordNode: shapes.RECORD, Interpolation: shapes.STRING}.get(type(value), shapes.ANY)


def announce(state: State, pipelines_: list[LitePipeline]) -> None:
    """Make the commands that a block defines known before its first pipeline is read, so that order does not matter."""
    for lite in pipelines_:
        tokens = lite.stages[0].words if lite.stages else []
        words = [state.span(token.start, token.end) for token in tokens]
        parts = _parts(words)
        if parts is not None:
            noted = len(state.problems)
            _announce(state, parts, lite.stages[0].comments)
            del state.problems[noted:]


class _Parts:
    """Name, parameter list, types and body of a `def`."""

    __slots__ = ("body", "name", "parameters", "types")

    def __init__(self, name: Span, parameters: Span, types: str, body: Span) -> None:
        self.name = name
        self.parameters = parameters
        self.types = types
        self.body = body


def _parts(words: list[Span]) -> _Parts | None:
    """The parts of a definition, or None where the words are none or not a whole one."""
    words = _without_export(words)
    if len(words) < 4 or words[0].text != "def":
        return None
    words = [word for word in words[1:] if not word.text.startswith("--")]
    if len(words) < 3 or words[1].text[0] != "[" or words[-1].text[0] != "{":
        return None
    types = words[1].to(words[-1]).text if len(words) > 3 or not words[1].text.endswith("]") else ""
    return _Parts(words[0], words[1], types[: len(types) - len(words[-1].text)], words[-1])


def _announce(state: State, parts: _Parts, comments: list[Token]) -> None:
    name = parts.name.text.strip("\"'`")
    with state.function_scope():
        given = _parameters(state, parts.parameters)
    texts = [state.text[token.start : token.end] for token in comments]
    # The first line of a script may tell the system what runs it.
    lines = [text.lstrip("#").strip() for text in texts if not text.startswith("#!")]
    summary = lines[0] if lines else "A command of your own."
    order = tuple(parameter.node.name for parameter in given)
    command = UserCommand(name, summary, "\n".join(lines[1:]), _signature(given, parts.types), order)
    slot = state.scope.function.new_slot()
    state.scope.commands[name] = CommandInfo(command, slot, state.scope.function)


def _parameters(state: State, span: Span) -> list[ParameterText]:
    end = state.delimiters.ends.get(span.start, span.end)
    return read_parameters(state, span.start + 1, inner_end(state, state.span(span.start, end)))


def _signature(given: list[ParameterText], types: str) -> Signature:
    positionals, flags, rest = [], [], None
    for parameter in given:
        node = parameter.node
        default = node.default.value if isinstance(node.default, Literal) else None
        if node.kind in ("flag", "switch"):
            short = parameter.short or (node.name if len(node.name) == 1 else "")
            shape = None if node.kind == "switch" else node.shape
            flags.append(Flag(node.name, parameter.sentence, shape, short, default))
        elif node.kind == "rest":
            rest = Parameter(node.name, node.shape, parameter.sentence, True)
        else:
            optional = node.kind == "optional"
            positionals.append(Parameter(node.name, node.shape, parameter.sentence, optional, default))
    pairs = tuple((match[1], match[2]) for match in TYPES.finditer(types.partition("]")[2]))
    return Signature(pairs or (("any", "any"),), "your own", tuple(positionals), rest, tuple(flags))


def _read_def(state: State, words: list[Span], lite: LiteStage) -> Node:
    parts = _parts(words)
    if parts is None:
        return state.problem(
            "a definition has a name, parameters in brackets, and a body in braces",
            "missing_positional",
            words[0].to(words[-1]),
            "something is missing here",
            'def greet [name: string] { $"hello ($name)" }',
            incomplete=False,
        )
    info = state.scope.commands.get(parts.name.text.strip("\"'`"))
    if info is None:
        return state.problem("a definition stands alone", "unexpected_keyword", words[0], "it has no value to use here")
    with state.function_scope():
        given = tuple(parameter.node for parameter in _parameters(state, parts.parameters))
        body = pipelines.read_block(state, parts.body.start + 1, inner_end(state, parts.body))
        function = state.function(parts.body, given, body)
    return DefinitionNode(words[0].to(words[-1]), info.command, info.slot, function)


def _read_alias(state: State, command: Command, words: list[Span]) -> Node:
    if len(words) < 4 or words[2].text != "=":
        return state.problem(
            "an alias has a name and a command",
            "missing_positional",
            words[-1],
            "`NAME = COMMAND` goes behind `alias`",
            "alias recent = event list --limit 5",
        )
    name = words[1].text.strip("\"'`")
    target = calls.find_command(state, words[3:])
    if target is None:
        return calls.read_call(state, words[3:])
    outer = state.scope
    # Its arguments are read without any variables: where the alias is used, they may not be there.
    state.scope = Scope(None, FunctionScope())
    try:
        rest = words[3 + target.words :]
        given = arguments.read_arguments(state, target.span, target.command, rest, target.given, partly=True)
    finally:
        state.scope = outer
    state.scope.aliases[name] = AliasInfo(target.command, given, target.own)
    return Call(words[0].to(words[-1]), words[0], command, (Argument(words[1], "name", Literal(words[1], name)),))
