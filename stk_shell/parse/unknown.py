"""A word that names no command: what was probably meant."""

from __future__ import annotations

import re

from stk_shell.model.span import Span
from stk_shell.model.suggest import nearest
from stk_shell.model.syntax import Garbage
from stk_shell.parse.state import State

CODE = "unknown_command"
QUOTES = "\"'`"
FAMILIES = ("str", "math")
"""Families whose commands are called by their last word alone in other languages."""

STARTS_OF_VALUES = frozenset("\"'`{[($")
NAME = re.compile(r"[\w-]+")
EXAMPLE = "note"
"""The name of an event in a line to type, where none was given."""

FEW = 6
"""As many commands of a family are listed where another one is near."""

OF_FAMILIES = frozenset({"list", "new", "get", "revoke", "types"})
"""Words that follow the name of a family, so that what stands before one was probably meant to be such a name."""

ENOUGH = 20
"""After so many mistakes, nobody reads which names are near."""


def unknown_command(state: State, words: list[Span]) -> Garbage:
    """Note that the words of a stage begin with no command."""
    from stk_shell.parse.strays import read_stray

    found = read_stray(state, words) or _no_family(state, words) or _from_elsewhere(state, words)
    if found is not None:
        return found
    known = [] if len(state.problems) > ENOUGH else [*state.scope.command_names(), *state.commands.names()]
    if any(name.startswith(f"{words[0].text} ") for name in known):
        return unknown_subcommand(state, words[0], words[1:])
    return _misspelt(state, words, known)


def _no_family(state: State, words: list[Span]) -> Garbage | None:
    """Something that there are no commands for: `project list`, unless `list` goes with what the first word means."""
    from stk_shell.model.meanings import MEANINGS
    from stk_shell.model.nouns import OF_THE_STORE

    head = words[0]
    command, remark = MEANINGS.get(head.text, (None, None))
    if len(words) == 1 or words[1].text not in OF_FAMILIES or remark or " " in (command or ""):
        return None
    known = (name.partition(" ") for name in (*state.scope.command_names(), *state.commands.names()))
    of_several = {first for first, _, others in known if others}
    if _piped_into(state, head) or head.text in of_several or nearest(head.text, sorted(of_several)):
        return None
    families = ", ".join(f"`{name}`" for name in OF_THE_STORE)
    headline, label = f"`{head.text}` is not a command", "no family of commands has that name"
    hint = f"There are {families}. `help commands` lists all commands."
    return state.problem(headline, CODE, head, label, hint)


def _piped_into(state: State, head: Span) -> bool:
    return state.text[: head.start].rstrip().endswith("|")


def _from_elsewhere(state: State, words: list[Span]) -> Garbage | None:
    """A word that means something in another language or shell."""
    from stk_shell.model.meanings import BEHIND_PIPES, FORMS, LOGGING, MEANINGS, NO_FILES, NO_SQL, PAIRS

    head, word, whole = words[0], words[0].text, words[0].to(words[-1])
    command, remark = MEANINGS.get(word, (None, None))
    piped_into = _piped_into(state, head)
    if piped_into and word in BEHIND_PIPES:
        return _meant(state, head, BEHIND_PIPES[word])
    if word in LOGGING and not piped_into and len(words) > 1:
        return _logged(state, whole, words[1:], f"`{word}` is not a command", head)
    if remark is NO_FILES and state.text[words[-1].end :].strip():
        # What comes behind it is about files.
        command = ""
    if remark is NO_SQL:
        return state.problem(f"`{word}` is not a command", CODE, whole, "this is SQL", remark, instead="event list")
    form = FORMS.get(word) if len(words) > 1 else None
    if len(words) > 2 and (of_two := PAIRS.get(f"{word} {words[1].text}")):
        return _meant(state, whole, of_two.format(words[2].to(words[-1]).text), head)
    if form is None and (command is None or (command and not state.commands.find(command))):
        return None
    meant = head.to(words[-1]).text[len(word) :].strip()
    if form in ("sort-by {}", "group-by {}"):
        meant = _order_of_sql(meant)
    rows = re.fullmatch(r"-n?\s*(\d+)", meant)
    form = f"{command} {rows[1]}" if rows and command in ("first", "last") else form
    # The flags of other programs mean nothing here.
    place = whole if meant.startswith("-") else head
    instead = whole.replaced(form.format(meant)) if form else place.replaced(command) if command else None
    named = form.split(" {")[0] if form and " | " not in form else command
    label = f"did you mean `{named}`?" if instead else "no command of that name"
    return state.problem(f"`{word}` is not a command", CODE, head, label, remark, instead=instead)


def _meant(state: State, place: Span, meant: str, head: Span | None = None) -> Garbage:
    head, label = head or place, f"did you mean `{meant.split()[0]}`?"
    return state.problem(f"`{head.text}` is not a command", CODE, head, label, instead=place.replaced(meant))


def _logged(state: State, place: Span, words: list[Span], headline: str, head: Span) -> Garbage:
    """Note what was meant to log something: `log "Bob left"`, `log event attendance "Bob left"`."""
    texts = [word.text for word in words if word.text != "event"]
    names = [text for text in texts if NAME.fullmatch(text)]
    values = [text for text in texts if text[0] in STARTS_OF_VALUES]
    if (len(names), len(values)) not in ((0, 1), (1, 1)) or len(texts) > len(names) + len(values):
        names, values = [], [f'"{" ".join(texts) or "what happened"}"'] if '"' not in "".join(texts) else ['"..."']
    meant = f"{values[0]} | .append event {names[0] if names else EXAMPLE}"
    label, hint = "did you mean `.append event`?", "What is recorded is piped in; the name says what kind it is."
    return state.problem(headline, CODE, head, label, hint, instead=place.replaced(meant))


def _order_of_sql(text: str) -> str:
    """What stands behind `order`: `by created desc` is `created --reverse`."""
    words = text.split()
    columns = words[1:] if words and words[0].lower() == "by" else words
    meant = " ".join(word for word in columns if word.lower() not in ("asc", "desc"))
    return f"{meant} --reverse" if columns and columns[-1].lower() == "desc" else meant


def _misspelt(state: State, words: list[Span], known: list[str]) -> Garbage:
    pair = " ".join(each.text for each in words[:2])
    family = next((name for form in FAMILIES if (name := f"{form} {words[0].text}") in known), None)
    pairs = [name for name in known if " " in name and _alike(pair, name)]
    near = family or nearest(pair, pairs) or nearest(words[0].text, known)
    span = words[0].to(words[1]) if near and near != family and " " in near and len(words) > 1 else words[0]
    label = f"did you mean `{near}`?" if near else "no command of that name"
    help = None if near else "`help commands` lists all commands. A text goes in quotes."
    headline = f"`{span.text}` is not a command"
    return state.problem(headline, CODE, span, label, help, instead=span.replaced(near) if near else None)


def _alike(pair: str, name: str) -> bool:
    """Whether each of two words may be meant by the other name's: `path join` is not `math min`."""
    words = zip(pair.split(), name.split(), strict=False)
    return all(typed == meant or nearest(typed, [meant]) for typed, meant in words)


def subcommands(state: State, name: str) -> list[str]:
    """The commands whose names begin with this one and a blank."""
    known = dict.fromkeys([*state.scope.command_names(), *state.commands.names()])
    return sorted(each for each in known if each.startswith(f"{name} "))


def unknown_subcommand(state: State, head: Span, words: list[Span]) -> Garbage:
    """Note that what stands behind `event`, `store` and the like is none of their commands, or that nothing does."""
    from stk_shell.model.meanings import FORMS, LOGGING, USUAL

    family = subcommands(state, head.text)
    verb = "is" if len(family) == 1 else "are"
    hint = f"There {verb} {', '.join(f'`{name}`' for name in family)}. `{head.text} --help` explains them."
    if not words:
        return state.problem(f"`{head.text}` is not a command", CODE, head, "one word more is needed", hint)
    word = words[0].text.strip(QUOTES)
    piped_into = _piped_into(state, head)
    if f"{head.text} {word}" in LOGGING and not piped_into and len(words) > 1:
        whole, headline = head.to(words[-1]), f"`{head.text}` has no subcommand `{word}`"
        return _logged(state, whole, words[1:], headline, words[0])
    form = FORMS.get(f"{head.text} {word}") if len(words) > 1 else None
    near, remark = (form.split(" -")[0], None) if form else _near_subcommand(state, head.text, word, family)
    left_out = family[0] if len(family) == 1 else USUAL.get(head.text)
    if near is None and left_out:
        return _left_out(state, head, left_out)
    label = f"did you mean `{near}`?" if near else f"none of the commands of `{head.text}`"
    headline = f"`{head.text}` has no subcommand `{word}`"
    hint = f"`{head.text} --help` lists those that there are." if near and len(family) > FEW else hint
    instead = head.to(words[0]).replaced(near) if near else None
    if form:
        instead = head.to(words[-1]).replaced(form.format(words[1].to(words[-1]).text))
    return state.problem(headline, "unknown_subcommand", words[0], label, remark or hint, instead=instead)


def _left_out(state: State, head: Span, command: str) -> Garbage:
    """Note that the second word of the only command of a family, or of the usual one, is left out: `.append "x"`."""
    label, hint = f"did you mean `{command}`?", f"`{command} --help` explains it."
    instead = head.replaced(command)
    return state.problem(f"`{head.text}` is not a command", "unknown_subcommand", head, label, hint, instead=instead)


def _near_subcommand(state: State, head: str, word: str, family: list[str]) -> tuple[str | None, str | None]:
    """The command that was meant by two words, the first of which begins the names of a family; what to say of it."""
    from stk_shell.model.meanings import MEANINGS

    dotted = f".{word} {head}"
    command, remark = MEANINGS.get(f"{head} {word}") or (None, None)
    if command is not None:
        return command or None, remark
    command = dotted if state.commands.find(dotted) else MEANINGS.get(word, (None, None))[0]
    if command and head in command.split():
        return command, None
    last_words = {name.removeprefix(f"{head} "): name for name in family}
    return last_words.get(nearest(word, last_words) or ""), None
