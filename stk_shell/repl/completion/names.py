"""The names that can stand at the cursor, for each kind of place that the parser finds there."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.columns import Columns, columns_at
from stk_shell.model.signature import HELP_FLAG, Flag
from stk_shell.parse.parameters import RESERVED
from stk_shell.parse.places import (
    ArgumentPlace,
    ColumnPlace,
    CommandPlace,
    ComparedPlace,
    MemberPlace,
    OperatorPlace,
    Place,
    VariablePlace,
    WordPlace,
)
from stk_shell.repl.completion.about import about_column, about_text, about_value
from stk_shell.repl.completion.arguments import compared, values
from stk_shell.repl.completion.context import Context
from stk_shell.repl.completion.matching import Candidate, Suggestion, fitting, rank
from stk_shell.repl.completion.operators import COMPARING, COMPUTING, JOINING
from stk_shell.repl.completion.texts import member


def suggestions(context: Context) -> list[Suggestion]:
    """What can be put in at the cursor, the best first."""
    places = context.cursor.places[::-1]
    found = [each for place in places for each in _at(context, place)]
    for place in places:
        if isinstance(place, ArgumentPlace) and not (place.text or place.quote or isinstance(place.target, Flag)):
            found += _flags(context, place)
    return list({(each.text, each.start): each for each in found}.values())


def _at(context: Context, place: Place) -> list[Suggestion]:
    """What can be put in at one place."""
    match place:
        case CommandPlace():
            return _commands(context, place)
        case ArgumentPlace():
            return _arguments(context, place)
        case ColumnPlace():
            return _columns(context, place)
        case MemberPlace():
            return _members(context, place)
        case VariablePlace():
            return _variables(context, place)
        case OperatorPlace():
            return _operators(context, place)
        case ComparedPlace():
            return compared(context, place)
        case WordPlace():
            return _words(context, place)
        case _:
            return []


# Commands


def _commands(context: Context, place: CommandPlace) -> list[Suggestion]:
    """The commands of the family that is typed, or all where no command is found yet."""
    own, ours = dict.fromkeys(place.scope.command_names()), context.live.commands.names()
    names = [*own, *(name for name in ours if name not in own)]
    family, blank, last = place.text.rpartition(" ")
    if blank and any(name.startswith(f"{family} ") for name in names):
        return fitting(last, _family(context, place, names))
    if len(context.cursor.places) > 1:
        return []
    start = context.start(place)
    # Only what is said of those that fit is looked up: each key asks for all names.
    fits = [name for name in names if rank(place.text, name) is not None]
    found = ((name, *_about(context, place, name)) for name in fits)
    return fitting(
        place.text, (Candidate(Suggestion(name, start, about), name, "", late) for name, about, late in found)
    )


def _family(context: Context, place: CommandPlace, names: list[str]) -> Iterator[Candidate]:
    """The commands that go on as they are begun, and those that end with what is typed: `.append event`."""
    family, _, last = place.text.rpartition(" ")
    for name in names:
        if name.startswith(f"{family} "):
            rest = name[len(family) + 1 :]
            about, _ = _about(context, place, name)
            yield Candidate(Suggestion(rest, context.look.position - len(last), about, name), rest)
        elif name.endswith(f" {family}"):
            about, _ = _about(context, place, name)
            yield Candidate(Suggestion(name, context.start(place), about), name, group=1)


def _about(context: Context, place: CommandPlace, name: str) -> tuple[str, int]:
    """The sentence of a command, and whether it has to wait behind those that take what is piped in."""
    own, alias = place.scope.command(name), place.scope.alias(name)
    if own is not None:
        return own.command.summary, 0
    if alias is not None:
        return f"short for `{alias.command.name}`", 0
    command = context.live.commands.find(name)
    if command is None:
        return "", 0
    takes = {input_ for input_, _ in command.signature.types}
    return command.summary, int(not place.first and takes == {"nothing"})


# Arguments


def _arguments(context: Context, place: ArgumentPlace) -> list[Suggestion]:
    start = context.start(place)
    if place.text.startswith("-") and not (place.quote or isinstance(place.target, Flag)):
        return _flags(context, place)
    words = fitting(place.text, (Candidate(Suggestion(word, start), word) for word in place.keywords))
    return [*words, *values(context, place)]


def _flags(context: Context, place: ArgumentPlace) -> list[Suggestion]:
    """The flags that are not given yet; help is for who asks for flags."""
    start = context.start(place)
    given = {argument.name for argument in place.given}
    every = (*place.command.signature.flags, HELP_FLAG) if place.text else place.command.signature.flags
    flags = [flag for flag in every if flag.name not in given]
    if len(place.text) == 2 and place.text != "--":
        short = [flag for flag in flags if f"-{flag.short}" == place.text]
        return [Suggestion(place.text, start, flag.sentence, f"{place.text}, --{flag.name}") for flag in short]
    return fitting(
        place.text,
        (
            Candidate(Suggestion(f"--{flag.name}", start, flag.sentence, _shown(flag)), f"--{flag.name}")
            for flag in flags
        ),
    )


def _shown(flag: Flag) -> str:
    short = f", -{flag.short}" if flag.short else ""
    return f"--{flag.name}{short}"


def _words(context: Context, place: WordPlace) -> list[Suggestion]:
    start = context.start(place)
    return fitting(place.text, (Candidate(Suggestion(word, start), word) for word in place.words))


# Columns


def _columns(context: Context, place: ColumnPlace) -> list[Suggestion]:
    columns = columns_at(context.knowledge.flowing(place.flow), place.path)
    return _of_columns(context, place, columns, ends=True)


def _members(context: Context, place: MemberPlace) -> list[Suggestion]:
    columns = columns_at(context.knowledge.of(place.head, place.flow), place.path)
    return _of_columns(context, place, columns, ends=False)


def _of_columns(context: Context, place: Place, columns: Columns, *, ends: bool) -> list[Suggestion]:
    start = context.start(place)
    found = ((column, "" if column.everywhere else "?") for column in columns)
    return fitting(
        place.text,
        (
            Candidate(
                Suggestion(
                    member(column.name, place.quote) + sign,
                    start,
                    about_column(column),
                    column.name + sign,
                    goes_on=not ends or bool(column.columns),
                ),
                column.name,
            )
            for column, sign in found
        ),
    )


# Variables


def _variables(context: Context, place: VariablePlace) -> list[Suggestion]:
    names = dict.fromkeys([*place.names, *RESERVED])
    start = context.start(place)
    return fitting(
        place.text,
        (
            Candidate(Suggestion(f"${name}", start, _about_variable(context, place, name), goes_on=True), f"${name}")
            for name in names
        ),
    )


def _about_variable(context: Context, place: VariablePlace, name: str) -> str:
    if name in RESERVED:
        return RESERVED[name]
    info = place.scope.variable(name)
    bound = context.bound(name)
    if bound is not None:
        return about_text(" ".join(bound.span.text.split()))
    value = context.value(name)
    if value is not None:
        return about_value(value)
    return info.shape.name if info is not None and info.shape.name != "any" else ""


# Operators


def _operators(context: Context, place: OperatorPlace) -> list[Suggestion]:
    start = context.start(place)
    groups = (JOINING, COMPUTING) if place.before in COMPARING else (COMPARING, JOINING, COMPUTING)
    return fitting(
        place.text,
        (Candidate(Suggestion(sign, start, about), sign) for group in groups for sign, about in group.items()),
    )
