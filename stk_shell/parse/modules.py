"""Files of the user's own: `source FILE` reads one in place, `use FILE` takes the commands that it exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model.command import Command
from stk_shell.model.known import literal
from stk_shell.model.shape import RECORD
from stk_shell.model.span import Source, Span
from stk_shell.model.suggest import nearest
from stk_shell.model.syntax import (
    Argument,
    Call,
    Declaration,
    Entry,
    Garbage,
    Literal,
    Node,
    RecordNode,
    Subexpression,
    Variable,
)
from stk_shell.parse import pipelines, values
from stk_shell.parse.delimiters import scan
from stk_shell.parse.lex import LIST, Kind, tokens
from stk_shell.parse.scope import CommandInfo, Scope
from stk_shell.parse.state import State

if TYPE_CHECKING:
    from pathlib import Path

QUOTES = "\"'`"
ENDINGS = ("", ".stk", ".nu", "/mod.stk", "/mod.nu")
"""What may be left out of a module's name."""


BUILT_IN = ("modules", "modules/stk_event")
"""The modules that documents of chuck-stack name; stk has what is in them without being asked."""


def read_source(state: State, command: Command, words: list[Span]) -> Node | None:
    """`source FILE`: the file's program, as if it stood here; None where the words are no more than a wrong call."""
    if len(words) != 2 or words[1].text.startswith("-"):
        return None
    file = _find(state, words[1], ("",))
    if file is None:
        return state.problem(
            f"there is no file `{words[1].text.strip(QUOTES)}`",
            "file_not_found",
            words[1],
            "looked for here and beside the file that names it" if state.files else "looked for here",
            "The name has to be written down, or in a `const`: the file is read before anything runs.",
        )
    included = _open(state, words[1], file)
    if included is None:
        return Garbage(words[1])
    body = pipelines.read_block(included, 0, len(included.text))
    return _call(command, words, Argument(words[1], "file", Subexpression(words[1], body)))


def read_use(state: State, command: Command, words: list[Span]) -> Node | None:
    """`use FILE`, `use FILE *`, `use FILE NAME ...`, or a built-in module; None for no more than a wrong call."""
    if len(words) < 2 or words[1].text.startswith("-"):
        return None
    name = words[1].text.strip(QUOTES)
    if name.removesuffix("/").removesuffix(".nu").removesuffix("/mod") in BUILT_IN:
        if state.watch is not None:
            state.watch.one_of(state, words[-1], ("*",))
        return _call(command, words)
    file = _find(state, words[1], ENDINGS)
    if file is None:
        return _no_module(state, words[1], name)
    included = _open(state, words[1], file)
    if included is None:
        return Garbage(words[1])
    # The module sees nothing of the program around it, but lives in the same frame.
    included.scope = module = Scope(None, state.scope.function)
    body = pipelines.read_block(included, 0, len(included.text))
    name = file.parent.name if file.stem == "mod" else file.stem
    _import(state, module, name, words[2:])
    given = [Argument(words[1], "module", Subexpression(words[1], body))]
    if len(words) == 2:
        given += _constants(state, module, words[1], name)
    return _call(command, words, *given)


def _constants(state: State, module: Scope, span: Span, name: str) -> list[Argument]:
    """The variable of the module's name, and the record of its constants that it holds, if it exports any."""
    exported = [info for each, info in module.variables.items() if each in module.exports]
    if not exported:
        return []
    entries = [Entry(span, Literal(span, info.name), Variable(span, info.name, info.slot)) for info in exported]
    declared = Declaration(span, name, state.scope.declare(name, shape=RECORD).slot, RECORD)
    return [Argument(span, "variable", declared), Argument(span, "constants", RecordNode(span, tuple(entries)))]


def _call(command: Command, words: list[Span], *given: Argument) -> Call:
    return Call(words[0].to(words[-1]), words[0], command, given)


def _no_module(state: State, word: Span, name: str) -> Garbage:
    near = nearest(name, BUILT_IN)
    return state.problem(
        f"there is no module `{name}`",
        "module_not_found",
        word,
        f"did you mean `{near}`?" if near else "no file of that name",
        f"A module is a file of yours, or {' or '.join(f'`{module}`' for module in BUILT_IN)}.",
        instead=word.replaced(near) if near else None,
    )


def _find(state: State, word: Span, endings: tuple[str, ...]) -> Path | None:
    """The file that a word names: beside the file that it stands in, or in the working directory."""
    # Few programs read files, and this import takes a tenth of the time of a small one.
    from pathlib import Path

    node: Node | None = values.read_value(state, word)
    if isinstance(node, Variable):
        found = state.scope.variable(node.name)
        node = literal(found.constant) if found else None
    if not isinstance(node, Literal) or not isinstance(node.value, str) or "\0" in node.value:
        return None
    folders = [Path(state.source.name).parent, Path()] if state.source.name else [Path()]
    for folder in folders:
        for ending in endings:
            path = folder / Path(node.value + ending).expanduser()
            if path.is_file():
                return path
    return None


def _open(state: State, word: Span, file: Path) -> State | None:
    """The parse of a file, in the current scope; what is wrong with it is noted among the problems."""
    chain = (*state.files, str(file.resolve()))
    if len(set(chain)) < len(chain):
        state.problem(f"`{file}` reads itself", "circular_import", word, "it is being read already")
        return None
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        state.problem(f"cannot read `{file}`: {reason}", "io", word)
        return None
    source = Source(text, str(file))
    included = State(source, scan(source), state.scope, state.commands, chain)
    included.problems = state.problems
    included.problems += included.delimiters.problems
    return included


def _import(state: State, module: Scope, name: str, members: list[Span]) -> None:
    """Make what the module exports known: everything, the members that are named, or all under the module's name."""
    wanted = _members(state, members)
    exported = {each: module.commands[each] for each in module.exports if each in module.commands}
    aliases = {each: module.aliases[each] for each in module.exports if each in module.aliases}
    variables = {each: module.variables[each] for each in module.exports if each in module.variables}
    if wanted is None or "*" in wanted:
        names = {each: each if wanted else f"{name} {each}" for each in (*exported, *aliases)}
    else:
        names = {word: word for word in wanted if word in exported or word in aliases}
        _check_members(state, members, wanted, {*exported, *aliases, *variables})
    for inside, outside in names.items():
        outside = name if inside == "main" else outside
        if inside in exported:
            state.scope.commands[outside] = _renamed(exported[inside], outside)
        else:
            state.scope.aliases[outside] = aliases[inside]
    if wanted is not None:
        state.scope.variables.update({k: v for k, v in variables.items() if "*" in wanted or k in wanted})


def _members(state: State, words: list[Span]) -> list[str] | None:
    """The names behind the module, with or without brackets; None where there are none."""
    names: list[str] = []
    for word in words:
        inside = 1 if word.text.startswith("[") else 0
        parts = tokens(state.source, state.delimiters, word.start + inside, word.end - inside, LIST)
        names += [state.text[part.start : part.end].strip(QUOTES) for part in parts if part.kind == Kind.WORD]
    return names or None


def _check_members(state: State, words: list[Span], wanted: list[str], known: set[str]) -> None:
    if state.watch is not None:
        state.watch.one_of(state, words[-1], (*sorted(known), "*"))
    missing = [name for name in wanted if name not in known]
    if missing:
        listed = ", ".join(sorted(known)) or "nothing"
        place = words[0].to(words[-1])
        state.problem(f"the module exports no `{missing[0]}`", "export_not_found", place, f"it exports {listed}")


def _renamed(info: CommandInfo, name: str) -> CommandInfo:
    return info if info.command.name == name else info.replace(command=info.command.renamed(name))
