"""What gives names to commands: `def` and `alias`; and where `let` and its kin, `source` and `use` begin."""

from __future__ import annotations

import re

from stk_shell.model.command import Command, UserCommand
from stk_shell.model.errors import Label, Problem
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.syntax import (
    Argument,
    Call,
    DefinitionNode,
    Garbage,
    Literal,
    Node,
    ParameterNode,
)
from stk_shell.model.types import TYPE_NAMES
from stk_shell.parse import arguments, calls, modules, pipelines, variables
from stk_shell.parse.brackets import inner_end
from stk_shell.parse.lex import Token
from stk_shell.parse.parameters import ParameterText, read_parameters, refused_name
from stk_shell.parse.scope import AliasInfo, CommandInfo, FunctionScope, Scope
from stk_shell.parse.stages import LitePipeline, LiteStage
from stk_shell.parse.state import State

FILES = frozenset({"source", "use"})
FLAGS = ("--env", "--help")
KEYWORDS = variables.WORDS | FILES | {"def", "alias"}
OTHER_DEF = r"(?s)def\s+(?P<name>[\w-]+)\s*\(?(?P<parameters>[^()\[\]{}]*)\)?\s*(?P<body>\{.*\})"
TYPES = re.compile(r"([\w-]+(?:<[^\[\]]*>)?)\s*->\s*([\w-]+(?:<[^\[\]]*>)?)")


def takes_pipeline(words: list[Span]) -> bool:
    """Whether a stage of these words takes the stages behind it too."""
    return _without_export(words)[0].text in variables.WORDS


def _without_export(words: list[Span]) -> list[Span]:
    """The words of the definition itself."""
    return words[1:] if len(words) > 1 and words[0].text == "export" and words[1].text in KEYWORDS else words


def read_definition(state: State, words: list[Span], lite: LiteStage, rest: list[LiteStage]) -> Node | None:
    """The definition that the words are, or None where they are something else."""
    inner = _without_export(words)
    exported = inner is not words and len(inner) > 1
    if exported:
        named = next((each.text for each in inner[1:] if not each.text.startswith("-")), "")
        state.scope.exports.add(named.strip("\"'`"))
    word = inner[0].text
    command = state.commands.find(word) if word in KEYWORDS else None
    if command is None or calls.asks_for_help(command, inner[1:2]):
        return None
    if state.watch is not None and word in FILES:
        for word_, parameter in zip(inner[1:], command.signature.positionals, strict=False):
            state.watch.argument(state, word_, command, parameter, [])
            state.watch.enclosing(word_, command, parameter)
    known = state.scope.names() if word == "use" and exported else None
    node = _read(state, command, inner, lite, rest)
    if known is not None:
        state.scope.exports |= state.scope.names() - known
    if state.watch is not None and word not in FILES:
        state.watch.definition(inner, command)
    return node


def _read(state: State, command: Command, words: list[Span], lite: LiteStage, rest: list[LiteStage]) -> Node | None:
    word = words[0].text
    if word in variables.WORDS:
        return variables.read_variable(state, command, words, rest)
    if word == "source":
        return modules.read_source(state, command, words)
    if word == "use":
        return modules.read_use(state, command, words)
    return _read_alias(state, command, words) if word == "alias" else _read_def(state, words, lite)


def misplaced(state: State, words: list[Span]) -> Garbage | None:
    """The problem of a definition that something is piped into."""
    word = words[0].text
    if word not in KEYWORDS or (len(words) > 1 and words[1].text in ("--help", "-h")):
        return None
    name = words[1].text if len(words) > 1 else "x"
    hint = f"`let {name} = ... | ...` takes the result of a whole pipeline." if word in variables.WORDS else None
    return state.problem(
        f"`{word}` begins a pipeline", "unexpected_keyword", words[0], "something is piped into it here", hint
    )


def announce(state: State, pipelines_: list[LitePipeline]) -> None:
    """Make the commands that a block defines known before its first pipeline is read, so that order does not matter."""
    seen: dict[str, Span] = {}
    for lite in pipelines_:
        tokens = lite.stages[0].words if lite.stages else []
        words = [state.span(token.start, token.end) for token in tokens]
        parts = _parts(state, words)
        if parts is None:
            continue
        noted = len(state.problems)
        name = _announce(state, parts, lite.stages[0].comments)
        del state.problems[noted:]
        if name in seen:
            labels = (Label(parts.name, "again here"), Label(seen[name], "first here"))
            state.problems.append(Problem(f"there are two commands `{name}`", "duplicate_command_def", labels))
        seen.setdefault(name, parts.name)


class _Parts:
    """Name, parameter list, types (with the colon before them) and body of a `def`, and the flags behind the word."""

    __slots__ = ("body", "flags", "name", "parameters", "types")

    def __init__(self, flags: list[Span], name: Span, parameters: Span, types: Span, body: Span) -> None:
        self.flags = flags
        self.name = name
        self.parameters = parameters
        self.types = types
        self.body = body


def _parts(state: State, words: list[Span]) -> _Parts | None:
    """The parts of a definition, or None where the words are none or not a whole one."""
    words = _without_export(words)
    if len(words) < 4 or words[0].text != "def":
        return None
    flags = [word for word in words[1:-1] if word.text.startswith("--")]
    words = [word for word in words[1:] if word not in flags]
    if len(words) < 3 or words[1].text[0] not in "[(" or words[-1].text[0] != "{":
        return None
    end = state.delimiters.ends.get(words[1].start, words[1].end)
    return _Parts(
        flags, words[0], state.span(words[1].start, end), state.span(end, max(end, words[-1].start)), words[-1]
    )


def _announce(state: State, parts: _Parts, comments: list[Token]) -> str:
    name = parts.name.text.strip("\"'`")
    with state.function_scope():
        given = _parameters(state, parts.parameters)
    texts = [state.text[token.start : token.end] for token in comments]
    # The first line of a script may tell the system what runs it.
    lines = [text.lstrip("#").strip() for text in texts if not text.startswith("#!")]
    summary = lines[0] if lines else "A command of your own."
    order = tuple(parameter.node.name for parameter in given)
    signature = _signature(given, parts.types.text)
    with_env = any(flag.text == "--env" for flag in parts.flags)
    command = UserCommand(name, summary, "\n".join(lines[1:]), signature, order, sets_environment=with_env)
    slot = state.scope.function.new_slot()
    state.scope.commands[name] = CommandInfo(command, slot, state.scope.function)
    return name


def _parameters(state: State, span: Span) -> list[ParameterText]:
    given = read_parameters(state, span.start + 1, inner_end(state, span))
    for parameter in given:
        refused_name(state, parameter.node.span, parameter.node.name)
    _check_order(state, [parameter.node for parameter in given])
    return given


def _check_order(state: State, parameters: list[ParameterNode]) -> None:
    """Note a needed parameter behind one that may be left out: then nobody knows which one is."""
    optional: ParameterNode | None = None
    for node in parameters:
        if node.kind == "optional":
            optional = optional or node
        elif node.kind == "required" and optional is not None:
            headline = f"`{node.name}` is needed, but stands behind one that may be left out"
            labels = Label(node.span, "put it first"), Label(optional.span, "this may be left out")
            state.problems.append(Problem(headline, "required_after_optional", labels))
            return


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
    pairs = tuple((match[1], match[2]) for match in TYPES.finditer(types))
    return Signature(pairs or (("any", "any"),), "your own", tuple(positionals), rest, tuple(flags))


def _read_def(state: State, words: list[Span], lite: LiteStage) -> Node:
    parts = _parts(state, words)
    if parts is None:
        return _incomplete_def(state, words)
    info = state.scope.commands.get(parts.name.text.strip("\"'`"))
    if info is None:
        return state.problem("a definition stands alone", "unexpected_keyword", words[0], "it has no value to use here")
    _check_head(state, parts)
    with state.function_scope():
        given = tuple(parameter.node for parameter in _parameters(state, parts.parameters))
        body = pipelines.read_block(state, parts.body.start + 1, inner_end(state, parts.body))
        function = state.function(parts.body, given, body)
    return DefinitionNode(words[0].to(words[-1]), info.command, info.slot, function)


def _incomplete_def(state: State, words: list[Span]) -> Garbage:
    """Note that a definition lacks a part, or that its parameters are not in brackets of their own."""
    whole = words[0].to(words[-1])
    match = re.fullmatch(OTHER_DEF, whole.text)
    instead = whole.replaced(f"def {match['name']} [{match['parameters'].strip()}] {match['body']}") if match else None
    return state.problem(
        "a definition has a name, parameters in brackets, and a body in braces",
        "missing_positional",
        whole,
        "the parameters are not in brackets" if match else "something is missing here",
        None if match else 'def greet [name: string] { $"hello ($name)" }',
        instead=instead,
    )


def _check_head(state: State, parts: _Parts) -> None:
    """Note what is wrong with the flags behind `def`, and with the types behind the parameters."""
    for flag in parts.flags:
        if flag.text not in FLAGS:
            headline, hint = f"`def` has no flag `{flag.text}`", f"Its flags: {', '.join(FLAGS)}."
            state.problem(headline, "unknown_flag", flag, "unknown flag", hint)
    types = parts.types
    named = [name for match in TYPES.finditer(types.text) for name in match.groups()]
    if types.text.strip() and not (named and types.text.lstrip().startswith(":")):
        example = "def f []: string -> int { ... }"
        state.problem(
            "the types of a command are written `: INPUT -> OUTPUT`", "parse_mismatch", types, "this is not", example
        )
    for name in named:
        if name.partition("<")[0] not in {*TYPE_NAMES, "oneof"}:
            state.problem(f"there is no type `{name}`", "unknown_type", types, "unknown")


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
    if state.watch is not None:
        state.watch.command(state, words[3:], first=True)
    if target is None:
        return calls.read_call(state, words[3:])
    given = _alias_arguments(state, words, target)
    state.scope.aliases[name] = AliasInfo(target.command, given, target.own)
    value = Call(words[3].to(words[-1]), target.span, target.command, given)
    named = (Argument(words[1], "name", Literal(words[1], name)), Argument(value.span, "value", value))
    return Call(words[0].to(words[-1]), words[0], command, named)


def _alias_arguments(state: State, words: list[Span], target: calls.Target) -> tuple[Argument, ...]:
    """What an alias gives its command, read without any variables: where it is used, they may not be there."""
    outer, noted, rest = state.scope, len(state.problems), words[3 + target.words :]
    state.scope = Scope(None, FunctionScope())
    try:
        given = arguments.read_arguments(state, target.span, target.command, rest, target.given, partly=True)
    finally:
        state.scope = outer
    unknown = [problem for problem in state.problems[noted:] if problem.code == "variable_not_found"]
    if unknown:
        del state.problems[noted:]
        place = unknown[0].labels[0].span
        meant = words[0].to(words[-1]).replaced(f"def {words[1].text} [] {{ {words[3].to(words[-1]).text} }}")
        headline, label = "an alias cannot use variables", "they may not be there where it is called"
        state.problem(headline, "variable_not_found", place, label, "A command of your own can.", instead=meant)
    return given
