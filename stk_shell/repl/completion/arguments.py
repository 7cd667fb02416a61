"""What can be given to a parameter or a flag: by what it says that it names, or by its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from stk_shell.model import offers
from stk_shell.model import shape as shapes
from stk_shell.model.columns import Columns, column_at
from stk_shell.model.nouns import EVENTS, REQUESTS, TAGS, Noun
from stk_shell.model.overview import Described
from stk_shell.model.settings import SETTINGS
from stk_shell.model.signature import Flag, Parameter
from stk_shell.model.syntax import Access, Literal
from stk_shell.parse.modules import BUILT_IN
from stk_shell.parse.places import ArgumentPlace, ComparedPlace, Place
from stk_shell.render.cells import cell, moment
from stk_shell.render.theme import theme_names
from stk_shell.repl.completion.about import about_column, about_text
from stk_shell.repl.completion.context import Context
from stk_shell.repl.completion.files import files
from stk_shell.repl.completion.matching import Candidate, Suggestion, fitting
from stk_shell.repl.completion.texts import written

MODULE_ENDINGS = (".stk", ".nu")
OF_CHUCK_STACK = "part of stk; documents of chuck-stack name it"

SLOW = frozenset({offers.FILE, offers.MODULE, offers.SETTING_VALUE})
"""What has to be looked for on the disk, or in packages."""


def is_slow(place: Place) -> bool:
    """Whether finding the names may take longer than a key may."""
    target = place.target if isinstance(place, ArgumentPlace) else None
    return target is not None and _kind(target) in SLOW


def values(context: Context, place: ArgumentPlace) -> list[Suggestion]:
    """What the target of an argument can be."""
    if place.target is None or place.text.startswith(("$", "(", "[", "{")):
        return []
    return _named(context, place, _kind(place.target), place)


def compared(context: Context, place: ComparedPlace) -> list[Suggestion]:
    """What a column can be compared with, if its values are names, or true and false."""
    left = place.left
    if not isinstance(left, Access) or place.text.startswith(("$", "(", "[", "{")):
        return []
    columns = context.knowledge.of(left.head, place.flow)
    column = column_at(columns, [member.value for member in left.path.members])
    if column is None:
        return []
    return _named(context, place, column.completes or (("true", "false") if column.kind == "bool" else ""), None)


def _shape(target: Parameter | Flag) -> shapes.Shape | None:
    shape = target.shape
    return shape.item if shape is not None and shape.name in ("list", "keyword") else shape


def _kind(target: Parameter | Flag) -> str | tuple[str, ...]:
    """What a target says that it names, or what its shape says."""
    shape = _shape(target)
    if target.completes or shape is None:
        return target.completes
    if shape is shapes.BOOL:
        return ("true", "false")
    return BY_SHAPE.get(shape.name, "")


BY_SHAPE = {"path": offers.FILE, "uu": offers.EVENT}


def _named(
    context: Context, place: Place, names: str | tuple[str, ...], argument: ArgumentPlace | None
) -> list[Suggestion]:
    """The names of a kind that fit what is typed."""
    start = context.start(place)
    if isinstance(names, tuple):
        words = (Suggestion(f"{place.quote}{name}{place.quote}", start, shown=name) for name in names)
        return fitting(place.text, (Candidate(word, word.shown) for word in words))
    if argument is not None and names in BY_ARGUMENT:
        return fitting(place.text, BY_ARGUMENT[names](context, argument, start))
    source = BY_KIND.get(names)
    return fitting(place.text, source(context, place, start)) if source is not None else []


def _plain(place: Place, start: int, names: Iterable[tuple[str, str]]) -> Iterator[Candidate]:
    for name, about in names:
        yield Candidate(Suggestion(written(name, place.quote), start, about, cell(name)), name)


def _record_names(noun: Noun, context: Context, place: Place, start: int) -> Iterator[Candidate]:
    names = context.overview.kind(noun).names
    return _plain(place, start, ((each.name, f"last {moment(each.created)}") for each in names))


def _described(context: Context, place: Place, start: int, found: tuple[Described, ...]) -> Iterator[Candidate]:
    return _plain(place, start, ((each.name, each.sentence) for each in found))


def _types(noun: Noun, context: Context, place: Place, start: int) -> Iterator[Candidate]:
    return _described(context, place, start, context.overview.kind(noun).types)


def _enums(context: Context, place: Place, start: int) -> Iterator[Candidate]:
    return _described(context, place, start, context.overview.enums)


def _entities(context: Context, place: Place, start: int) -> Iterator[Candidate]:
    return _described(context, place, start, context.overview.entities)


def _actors(context: Context, place: Place, start: int) -> Iterator[Candidate]:
    return _described(context, place, start, context.overview.actors)


def _records(noun: Noun, context: Context, place: Place, start: int) -> Iterator[Candidate]:
    """The newest records of a kind by their uu, which their name finds as well."""
    for each in context.overview.kind(noun).records:
        about = f"{moment(each.created)}  {cell(each.name)}{'  revoked' if each.is_revoked else ''}"
        yield Candidate(Suggestion(written(each.uu, place.quote), start, about, each.uu), each.uu, each.name)


def _open_records(noun: Noun, context: Context, place: Place, start: int) -> Iterator[Candidate]:
    revoked = {each.uu for each in context.overview.kind(noun).records if each.is_revoked}
    return (each for each in _records(noun, context, place, start) if each.name not in revoked)


def _files(context: Context, place: Place, start: int) -> Iterator[Candidate]:
    return files(place.text, start, place.quote)


def _modules(context: Context, place: Place, start: int) -> Iterator[Candidate]:
    yield from _plain(place, start, ((name, OF_CHUCK_STACK) for name in BUILT_IN))
    yield from files(place.text, start, place.quote, MODULE_ENDINGS)


def _settings(context: Context, place: Place, start: int) -> Iterator[Candidate]:
    return _plain(place, start, ((each.name, each.sentence) for each in SETTINGS))


def _themes(context: Context, place: Place, start: int) -> Iterator[Candidate]:
    return _plain(place, start, ((name, "") for name in theme_names()))


def _environment(context: Context, place: Place, start: int) -> Iterator[Candidate]:
    variables = context.session.environment.items()
    return _plain(place, start, ((name, about_text(value)) for name, value in variables))


# What depends on other arguments, or on what flows in


def _columns(context: Context, place: ArgumentPlace, start: int) -> Iterator[Candidate]:
    columns: Columns = context.knowledge.flowing(place.flow)
    return _plain(place, start, ((each.name, about_column(each)) for each in columns))


def _command_names(context: Context, place: ArgumentPlace, start: int) -> Iterator[Candidate]:
    """The commands whose names go on behind the words before."""
    before = " ".join(_texts(place))
    head = f"{before} " if before else ""
    table = context.live.commands
    own = {name: info.command for name in place.scope.command_names() if (info := place.scope.command(name))}
    every = {**{name: command for name in table.names() if (command := table.find(name))}, **own}
    for name, command in every.items():
        if name.startswith(head):
            rest = name[len(head) :]
            text = f"{place.quote}{rest}{place.quote}"
            yield Candidate(Suggestion(text, start, command.summary, name), rest)


def _setting_values(context: Context, place: ArgumentPlace, start: int) -> Iterator[Candidate]:
    """The values that the setting named before can have."""
    names = _texts(place)
    setting = next((each for each in SETTINGS if each.name in names), None)
    if setting is None:
        return iter(())
    if setting.completes:
        return BY_KIND[setting.completes](context, place, start)
    choices = ("true", "false") if setting.kind is bool else setting.choices
    return (Candidate(Suggestion(choice, start), choice) for choice in choices)


def _texts(place: ArgumentPlace) -> list[str]:
    values = [argument.value for argument in place.given]
    return [str(value.value) for value in values if isinstance(value, Literal)]


Source = Callable[[Context, Place, int], Iterator[Candidate]]

BY_KIND: dict[str, Source] = {
    **{offers.uu_of(noun): partial(_records, noun) for noun in (EVENTS, REQUESTS, TAGS)},
    **{offers.open_uu_of(noun): partial(_open_records, noun) for noun in (EVENTS, REQUESTS, TAGS)},
    **{offers.name_of(noun): partial(_record_names, noun) for noun in (EVENTS, REQUESTS, TAGS)},
    **{offers.type_of(noun): partial(_types, noun) for noun in (EVENTS, REQUESTS, TAGS)},
    offers.TYPE_ENUM: _enums,
    offers.ENTITY: _entities,
    offers.ACTOR: _actors,
    offers.MODULE: _modules,
    offers.SETTING: _settings,
    offers.VARIABLE: _environment,
    offers.THEME: _themes,
    offers.FILE: _files,
}

BY_ARGUMENT: dict[str, Callable[[Context, ArgumentPlace, int], Iterator[Candidate]]] = {
    offers.COLUMN: _columns,
    offers.COMMAND: _command_names,
    offers.SETTING_VALUE: _setting_values,
}
