"""A stage: a command with the arguments that its signature asks for, an assignment, or an expression."""

from __future__ import annotations

import re

from stk_shell.model.command import Command
from stk_shell.model.literals import number_like
from stk_shell.model.span import Span
from stk_shell.model.syntax import Argument, Call, Garbage, Literal, Node
from stk_shell.parse import arguments, definitions, expressions
from stk_shell.parse.assignments import is_assignment, read_assignment
from stk_shell.parse.scope import CommandInfo
from stk_shell.parse.stages import LiteStage
from stk_shell.parse.state import State
from stk_shell.parse.unknown import subcommands, unknown_command

MAX_NAME_WORDS = 5
"""The most words that the name of a command has."""

LITERAL_STARTS = frozenset("$(\"'`[{")
EXPRESSION_WORDS = frozenset({"true", "false", "null", "not"})
RANGE = re.compile(r"[+-]?[\d_]*(?:\.\d+)?\.\.[<=]?(?:[\d$(+-]|inf|$)")

PROMPTS = frozenset({">", "·", "stk>", "$"})
"""What stands before the lines of an example, here and in other shells. None of them can begin a stage."""


def read_stage(state: State, words: list[Span], lite: LiteStage, rest: list[LiteStage], *, first: bool) -> Node:
    """What the words of a stage mean; `rest` are the stages behind it, where it takes them.

    `first` says that nothing is piped into it.
    """
    if words[0].text in PROMPTS and _begins_line(words[0]):
        return _pasted_prompt(state, words)
    if is_assignment(words):
        return read_assignment(state, words, rest)
    node = definitions.read_definition(state, words, lite, rest)
    if node is not None:
        return node
    if is_expression(words[0].text):
        return expressions.read_expression(state, words)
    return read_call(state, words, first=first)


def _overview(state: State, words: list[Span], *, first: bool) -> Node | None:
    """Help on several commands, where the words are only the beginning of their names: `store`, `store --help`."""
    name = [word for word in words if word.text not in ("--help", "-h")]
    page = state.commands.find("help")
    if page is None or not name or not (len(name) < len(words) or (first and len(words) == 1)):
        return None
    span = name[0].to(name[-1])
    if not subcommands(state, span.text):
        return None
    return Call(words[0].to(words[-1]), span, page, (Argument(span, "command", Literal(span, span.text)),))


def _begins_line(word: Span) -> bool:
    return not word.source.text[word.source.text.rfind("\n", 0, word.start) + 1 : word.start].strip()


def _pasted_prompt(state: State, words: list[Span]) -> Garbage:
    prompt, rest = words[0].text, words[1:]
    hint, meant = "Type a line without what stands before it in an example.", ""
    if rest:
        meant = rest[0].to(rest[-1]).text
    if [word.text for word in rest[:1]] == ["stk"]:
        hint = "`stk` starts the shell you are in: type what stands between the quotes behind `stk -c`."
        meant = rest[2].text[1:-1] if len(rest) == 3 and rest[1].text == "-c" else ""
    label, instead = f"leave out the `{prompt} `", words[0].to(words[-1]).replaced(meant) if meant else None
    return state.problem("this begins with a prompt", "pasted_prompt", words[0], label, hint, instead=instead)


def is_expression(word: str) -> bool:
    """Whether a stage that begins with the word is a value rather than a command."""
    if word[0] in LITERAL_STARTS or word in EXPRESSION_WORDS or word.startswith(("r#", "0x[")):
        return True
    if word[0] not in "+-.0123456789iInN":
        return False
    return number_like(word) is not None or (RANGE.match(word) is not None and bool(word.strip(".<=")))


class Target(Node):
    """The command that the first words of a stage name, and how it is reached."""

    command: Command
    words: int
    given: tuple[Argument, ...] = ()
    own: CommandInfo | None = None


def find_command(state: State, words: list[Span]) -> Target | None:
    """The command with the longest name that the words begin with: the user's own, an alias, or one of ours."""
    for count in range(min(MAX_NAME_WORDS, len(words)), 0, -1):
        name = " ".join(word.text for word in words[:count])
        head = words[0].to(words[count - 1])
        own = state.scope.command(name)
        if own is not None:
            return Target(head, own.command, count, (), own)
        alias = state.scope.alias(name)
        if alias is not None:
            return Target(head, alias.command, count, alias.arguments, alias.own)
        command = state.commands.find(name)
        if command is not None:
            return Target(head, command, count)
    return None


def read_call(state: State, words: list[Span], *, first: bool = False) -> Node:
    """A command and its arguments."""
    target = find_command(state, words)
    if state.watch is not None:
        state.watch.command(state, words, first=first)
        if target is None:
            # Who watches wants no problems, and to find the names that are near takes longest of all.
            return Garbage(words[0].to(words[-1]))
    if target is None:
        return _overview(state, words, first=first) or unknown_command(state, words)
    span, rest = words[0].to(words[-1]), words[target.words :]
    if asks_for_help(target.command, rest):
        return help_call(state, span, target)
    given = arguments.read_arguments(state, target.span, target.command, rest, target.given)
    if target.command.sets_environment or any(each.name == "env" and each.value is None for each in given):
        state.scope.function.sets_environment = True
    slot = None if target.own is None else state.scope.reach(target.own.slot, target.own.function)
    return Call(span, target.span, target.command, given, slot)


def asks_for_help(command: Command, rest: list[Span]) -> bool:
    """Whether `--help` or `-h` is among the words."""
    # Each `else if` asks anew for all the words behind it.
    if not rest or "-h" not in rest[0].to(rest[-1]).text:
        return False
    takes_h = command.signature.short_flag("h") is not None
    return any(word.text == "--help" or (word.text == "-h" and not takes_h) for word in rest)


def help_call(state: State, span: Span, target: Target) -> Node:
    """`COMMAND --help` is `help COMMAND`."""
    page = state.commands.find("help")
    if page is None:
        return Garbage(span)
    name = Literal(target.span, target.command.name)
    return Call(span, target.span, page, (Argument(target.span, "command", name),))
