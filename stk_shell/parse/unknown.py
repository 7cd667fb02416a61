"""A word that names no command: what was probably meant."""

from __future__ import annotations

from stk_shell.model.meanings import MEANINGS
from stk_shell.model.span import Span
from stk_shell.model.suggest import nearest
from stk_shell.model.syntax import Garbage
from stk_shell.parse import glued
from stk_shell.parse.state import State

CODE = "unknown_command"
QUOTES = "\"'`"


def unknown_command(state: State, words: list[Span]) -> Garbage:
    """Note that the words of a stage begin with no command."""
    head, word = words[0], words[0].text
    headline = f"`{word}` is not a command"
    if len(words) > 1 and words[1].text == "=":
        return state.problem(headline, CODE, head, f"`let {word} = ...` makes a variable")
    meant = glued.spaced(glued.COMPARISON, word) or glued.spaced(glued.SUM, word)
    if meant:
        return glued.note(state, head, meant)
    command, remark = MEANINGS.get(word, (None, None))
    if command is not None and (not command or state.commands.find(command)):
        label = f"did you mean `{command}`?" if command else "no command of that name"
        return state.problem(headline, CODE, head, label, remark)
    known = [*state.scope.command_names(), *state.commands.names()]
    if any(name.startswith(f"{word} ") for name in known):
        return unknown_subcommand(state, head, words[1:])
    return _misspelt(state, words, known)


def _misspelt(state: State, words: list[Span], known: list[str]) -> Garbage:
    pair = " ".join(each.text for each in words[:2])
    near = nearest(pair, known) or nearest(words[0].text, known)
    span = words[0].to(words[1]) if near and " " in near and len(words) > 1 else words[0]
    label = f"did you mean `{near}`?" if near else "no command of that name"
    help = None if near else "`help commands` lists all commands. A text goes in quotes."
    return state.problem(f"`{span.text}` is not a command", CODE, span, label, help)


def subcommands(state: State, name: str) -> list[str]:
    """The commands whose names begin with this one and a blank."""
    known = dict.fromkeys([*state.scope.command_names(), *state.commands.names()])
    return sorted(each for each in known if each.startswith(f"{name} "))


def unknown_subcommand(state: State, head: Span, words: list[Span]) -> Garbage:
    """Note that what stands behind `event`, `store` and the like is none of their commands, or that nothing does."""
    family = subcommands(state, head.text)
    verb = "is" if len(family) == 1 else "are"
    hint = f"There {verb} {', '.join(f'`{name}`' for name in family)}. `{head.text} --help` explains them."
    if not words:
        return state.problem(f"`{head.text}` is not a command", CODE, head, "one word more is needed", hint)
    word = words[0].text.strip(QUOTES)
    dotted = f".{word} {head.text}"
    command, _ = (dotted, None) if state.commands.find(dotted) else MEANINGS.get(word, (None, None))
    last_words = {name.removeprefix(f"{head.text} "): name for name in family}
    near = command if command and head.text in command.split() else last_words.get(nearest(word, last_words) or "")
    near = near or (family[0] if len(family) == 1 else None)
    label = f"did you mean `{near}`?" if near else f"none of the commands of `{head.text}`"
    headline = f"`{head.text}` has no subcommand `{word}`"
    return state.problem(headline, "unknown_subcommand", words[0], label, hint)
