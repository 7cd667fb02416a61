"""A stage that begins with what can be no command: a comment, an operator, a variable without its sign."""

from __future__ import annotations

import re

from stk_shell.model.literals import date_mistake
from stk_shell.model.span import Span
from stk_shell.model.spellings import with_units
from stk_shell.model.syntax import Garbage
from stk_shell.parse import glued
from stk_shell.parse.bash import assignment_of_bash
from stk_shell.parse.state import State

CODE = "unknown_command"
COMPARISONS = frozenset(
    {"==", "!=", "<", "<=", ">", ">=", "=~", "!~", "in", "not-in", "has", "+", "-", "*", "/", "mod"}
)
COMMENTS = ("//", "/*", "--")
DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
CALLED = re.compile(r"(?P<name>[a-z][\w -]*)\((?P<arguments>.*)\)", re.DOTALL)


def read_stray(state: State, words: list[Span]) -> Garbage | None:
    """The problem of such a stage; None where its first word may be a command that is misspelt."""
    for read in (_assigned, assignment_of_bash, _arrow, _comment, _sign, _glued, _variable, _called, _shell, _number):
        found = read(state, words)
        if found is not None:
            return found
    return None


def _assigned(state: State, words: list[Span]) -> Garbage | None:
    if len(words) < 2 or words[1].text not in ("=", ":="):
        return None
    name, sign = words[0].text, words[1]
    known = state.scope.variable(name)
    meant = f"${name} =" if known and known.mutable else f"let {name} ="
    label = f"`{meant} ...` {'changes' if known and known.mutable else 'makes'} a variable"
    instead = words[0].to(sign).replaced(meant)
    return state.problem(f"`{name}` is not a command", CODE, words[0], label, instead=instead)


def _arrow(state: State, words: list[Span]) -> Garbage | None:
    start = words[0].start
    if words[0].text != ">" or state.text[start - 1 : start] != "|":
        return None
    pipe = state.span(start - 1, start + 1)
    return state.problem("a pipe is `|`", "unexpected_pipe", pipe, "leave out the `>`", instead=pipe.replaced("|"))


def _comment(state: State, words: list[Span]) -> Garbage | None:
    mark = next((mark for mark in COMMENTS if words[0].text.startswith(mark)), None)
    if mark is None:
        return None
    span = state.span(words[0].start, words[0].start + len(mark))
    text = words[0].to(words[-1]).text[len(mark) :].strip().removesuffix("*/").strip()
    instead = words[0].to(words[-1]).replaced(f"# {text}")
    return state.problem("a comment begins with `#`", CODE, span, "this begins none", instead=instead)


def _sign(state: State, words: list[Span]) -> Garbage | None:
    """`-$x` and `!$x`."""
    word, sign = words[0], words[0].text[0]
    rest = word.text[1:]
    if sign not in "-!" or (rest[:1] not in ("$", "(") and rest not in ("true", "false")):
        return None
    place = state.span(word.start, word.start + 1)
    if sign == "!":
        return note_negation(state, word)
    hint = "Before a number it belongs to the number: `-5`."
    headline, instead = "a minus stands between two values", word.replaced(f"0 - {rest}")
    return state.problem(headline, "unknown_operator", place, "nothing stands before it", hint, instead=instead)


def note_negation(state: State, word: Span) -> Garbage:
    """Note that a word begins with `!`."""
    place = state.span(word.start, word.start + 1)
    instead = place.replaced("not ")
    return state.problem("`!` is no operator", "unknown_operator", place, "`not` negates", instead=instead)


def _glued(state: State, words: list[Span]) -> Garbage | None:
    return glued.note(state, words[0], glued.COMPARISON, glued.SUM)


def _variable(state: State, words: list[Span]) -> Garbage | None:
    """`row.name` for `$row.name`."""
    name = re.split(r"[.?!]", words[0].text)[0]
    if state.scope.variable("it") and len(words) > 1 and words[1].text in COMPARISONS:
        return _column(state, words[0])
    if state.scope.variable(name) is None and not (name == "it" and "." in words[0].text):
        return None
    meant = "$in" if state.scope.variable(name) is None else f"${name}"
    span = state.span(words[0].start, words[0].start + len(name))
    headline, label = f"`{words[0].text}` is not a command", f"did you mean `{meant}`?"
    hint, instead = "A variable begins with `$`.", span.replaced(meant)
    return state.problem(headline, CODE, span, label, hint, instead=instead)


def _column(state: State, word: Span) -> Garbage:
    """A column in parentheses: there it is no longer on its own the left side of a condition."""
    headline, label = f"`{word.text}` is not a command", f"did you mean `$it.{word.text}`?"
    hint, instead = "In parentheses, a column of the row is named with `$it`.", word.replaced(f"$it.{word.text}")
    return state.problem(headline, CODE, word, label, hint, instead=instead)


def _called(state: State, words: list[Span]) -> Garbage | None:
    """`print("hello")` for `print "hello"`."""
    whole = words[0].to(words[-1])
    match = CALLED.fullmatch(whole.text)
    command = state.commands.find(match["name"]) if match else None
    if match is None or command is None:
        return None
    arguments = re.sub(r",\s*", " ", match["arguments"])
    takes_any = command.signature.positionals or command.signature.rest
    meant = f"{match['name']} {arguments}" if takes_any or not arguments else f"{arguments} | {match['name']}"
    headline = "arguments stand behind the command, without parentheses"
    place = state.span(whole.start + len(match["name"]), whole.end)
    instead = whole.replaced(meant.strip())
    return state.problem(headline, CODE, place, "a blank goes here", instead=instead)


def _shell(state: State, words: list[Span]) -> Garbage | None:
    """`stk -c '...'` inside of stk."""
    if [word.text for word in words[:2]] != ["stk", "-c"] or len(words) != 3 or words[2].text[0] not in "'\"":
        return None
    whole = words[0].to(words[2])
    headline, instead = "this is stk already", whole.replaced(words[2].text[1:-1])
    return state.problem(headline, CODE, words[0].to(words[1]), "leave this and the quotes out", instead=instead)


def _number(state: State, words: list[Span]) -> Garbage | None:
    """What nearly is a number or a date, and would have been read as one."""
    return note_number(state, words[0])


def note_number(state: State, word: Span) -> Garbage | None:
    """Note what is wrong with a word that looks like a number, an amount or a date; None where it is something else."""
    if date_mistake(word.text):
        return note_date(state, word)
    if DECIMAL_COMMA.fullmatch(word.text):
        meant, label = word.text.replace(",", "."), "a point parts the fraction"
    else:
        meant, label = with_units(word.text) or "", "the unit is written in another way"
    if not meant:
        return None
    instead = word.replaced(meant)
    return state.problem(f"`{word.text}` is no number", "invalid_literal", word, label, instead=instead)


def note_date(state: State, word: Span) -> Garbage:
    """Note that a word which looks like a date is none that the calendar has."""
    why, near = date_mistake(word.text) or ("", None)
    instead = word.replaced(near) if near else None
    hint = "In quotes it is a text." if near is None else None
    return state.problem(f"`{word.text}` is no date", "invalid_date", word, why, hint, instead=instead)
