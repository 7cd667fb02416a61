"""What stands between two values and is no operator here: signs of other languages, a missing pipe, a missing blank."""

from __future__ import annotations

import re

from stk_shell.model.literals import number_like
from stk_shell.model.span import Span
from stk_shell.model.spellings import with_units
from stk_shell.model.suggest import nearest
from stk_shell.model.syntax import Garbage
from stk_shell.parse import calls
from stk_shell.parse.bash import glued_redirection
from stk_shell.parse.state import State

FOREIGN = {
    "=": ("==", "`==` compares; `let x = ...` and `$x = ...` assign"),
    "===": ("==", "`==` compares"),
    "!==": ("!=", "`!=` compares"),
    "<>": ("!=", "`!=` is unequal"),
    "=<": ("<=", "`<=` compares"),
    "=>": (">=", "`>=` compares"),
    "is": ("==", "`==` compares"),
    "eq": ("==", "`==` compares"),
    "equals": ("==", "`==` compares"),
    "&&": ("and", "`and` joins two conditions, `;` two lines"),
    "||": ("or", "`or` joins two conditions"),
    "&": ("and", "`and` joins two conditions, `bit-and` two numbers"),
    "AND": ("and", "`and` joins two conditions"),
    "OR": ("or", "`or` joins two conditions"),
    "IN": ("in", "`in` looks into a list"),
    "LIKE": ("=~", "`=~` looks for a pattern"),
    "contains": ("=~", "`=~` asks a text, `has` a list"),
    "matches": ("=~", "`=~` looks for a pattern"),
    "~=": ("=~", "`=~` looks for a pattern"),
    "!": ("not", "`not` negates"),
    "%": ("mod", "the remainder is `mod`"),
    "^": ("**", "a power is `**`"),
    ".": ("+", "`+` joins two texts"),
    "..": ("+", "`+` joins two texts; `1..5` is a range, without blanks"),
}
"""What people type who come from elsewhere: the operator that is meant, and what it does."""

THEN = re.compile(r"then\s+(.*?)(?:\s+else\s+(.*?))?(?:\s*;?\s*(?:end|fi))?\s*")
INTO_PIPES = frozenset({">", ">>", "->", "=>", "|>"})
"""What stands for a pipe before a command."""

GLUED = re.compile(r"([<>]=?|[=!]=|[=!]~)([\w\"'$(].*)")
"""An operator that compares, without a blank behind it."""

REDIRECTIONS = frozenset({">", ">>", "o>", "out>", "o>>", "e>", "err>", "2>", "2>&1", "<"})


def from_elsewhere(state: State, words: list[Span], at: int) -> bool:
    """Note what a word means in other languages, if it is one of theirs; gives whether it is."""
    span, text = words[at], words[at].text
    if text in INTO_PIPES and at + 1 < len(words) and calls.find_command(state, words[at + 1 :]):
        _pipe_meant(state, span)
        return True
    if text.upper() == "BETWEEN" and _between(state, words, at):
        return True
    if ">" in text and glued_redirection(state, span):
        return True
    if text in FOREIGN:
        operator, label = FOREIGN[text]
        instead = _with_operator(words, at, operator)
        state.problem(f"`{text}` is no operator", "unknown_operator", span, label, instead=instead)
    elif text in REDIRECTIONS:
        redirection(state, words[at:])
    return text in FOREIGN or text in REDIRECTIONS


def _between(state: State, words: list[Span], at: int) -> bool:
    """Note SQL's `x BETWEEN a AND b`; gives whether it is that."""
    if at < 1 or len(words) < at + 4 or words[at + 2].text.upper() != "AND":
        return False
    column, low, high = words[at - 1].text, words[at + 1].text, words[at + 3].text
    whole, meant = words[at - 1].to(words[at + 3]), f"{column} >= {low} and {column} <= {high}"
    label, instead = "two comparisons say so", whole.replaced(meant)
    state.problem(f"`{words[at].text}` is no operator", "unknown_operator", words[at], label, instead=instead)
    return True


def _with_operator(words: list[Span], at: int, operator: str) -> str | None:
    """The line with the operator in the place of a foreign one; some of those mean something else between numbers."""
    around = [word.text for word in (*words[max(at - 1, 0) : at], *words[at + 1 : at + 2])]
    if words[at].text == "is" and around[-1:] == ["not"]:
        return words[at].to(words[at + 1]).replaced("!=")
    if len(around) == 2 and all(number_like(text) is not None for text in around):
        if words[at].text == "..":
            return words[at - 1].to(words[at + 1]).replaced("..".join(around))
        operator = "bit-and" if words[at].text == "&" else operator
    return words[at].replaced(operator)


def redirection(state: State, words: list[Span]) -> None:
    """Note that the words are a sign and a file."""
    sign, whole = words[0], words[0].to(words[-1])
    name = words[1].text if len(words) > 1 else "FILE"
    meant = f"| save {name}" if sign.text != "<" else None
    label = "`... | save FILE` writes a file" if meant else "`open FILE | ...` reads a file"
    instead = whole.replaced(meant) if meant and len(words) > 1 else None
    state.problem("there is no redirection", "redirection", sign, label, instead=instead)


def _pipe_meant(state: State, sign: Span) -> None:
    state.problem("a pipe is `|`", "redirection", sign, "this hands nothing on", instead=sign.replaced("|"))


def missing_pipe(state: State, words: list[Span], at: int) -> bool:
    """Note that a pipe is missing before the word, if it is a command's name; gives whether it is."""
    if at > 1 and words[at - 2].text in INTO_PIPES and calls.find_command(state, words[at - 1 :]):
        _pipe_meant(state, words[at - 2])
        return True
    target = calls.find_command(state, words[at:])
    if target is None or not (state.text[words[at].start - 1].isspace()):
        return False
    label, instead = f"`|` goes before `{target.span.text}`", words[at].replaced(f"| {words[at].text}")
    state.problem("a pipe is missing", "missing_pipe", words[at], label, instead=instead)
    return True


def nothing_before(state: State, operator: Span) -> Garbage:
    """Note that a condition begins with an operator."""
    headline, label = "a condition begins with a value", f"`$it {operator.text} ...` asks each row itself"
    instead = operator.replaced(f"$it {operator.text}")
    return state.problem(headline, "parse_mismatch", operator, label, instead=instead)


def no_operator(state: State, words: list[Span], at: int, operators: dict[str, int]) -> None:
    """Note that the word, behind a value, is no operator."""
    span, text = words[at], words[at].text
    if text == "then":
        _then(state, span)
    elif ">" in text and glued_redirection(state, span):
        return
    elif glued := GLUED.fullmatch(text):
        meant = f"{glued[1]} {glued[2]}"
        headline, instead = "an operator needs blanks around it", span.replaced(meant)
        state.problem(headline, "missing_blanks", span, f"write `{meant}`", instead=instead)
    elif text[0] in "+-*/" and number_like(text.lstrip("+-*/") or " ") is not None:
        meant = f"{text[0]} {text[1:]}"
        headline, instead = "an operator needs blanks around it", span.replaced(meant)
        state.problem(headline, "missing_blanks", span, f"write `{meant}`", instead=instead)
    elif not (from_elsewhere(state, words, at) or missing_pipe(state, words, at) or _units(state, words, at)):
        near = nearest(text, operators)
        if near:
            label, instead = f"did you mean `{near}`?", span.replaced(near)
            state.problem(f"`{text}` is no operator", "unknown_operator", span, label, instead=instead)
        else:
            _two_values(state, words, at, operators)


def _then(state: State, span: Span) -> None:
    """`if ... then ... else ...`."""
    line = span.source.line(span.source.line_of(span.start))
    rest = state.span(span.start, span.source.line_starts()[span.source.line_of(span.start)] + len(line))
    match = THEN.fullmatch(rest.text)
    meant = f"{{ {match[1]} }}" + (f" else {{ {match[2]} }}" if match[2] else "") if match else ""
    label, instead = "a block in braces goes here", rest.replaced(meant) if meant else None
    state.problem("there is no `then`", "unknown_operator", span, label, instead=instead)


def _units(state: State, words: list[Span], at: int) -> bool:
    """Note that amounts stand apart from their units, as in `3 days`; gives whether they do."""
    last = at
    while last + 2 < len(words) and with_units(words[last + 1].to(words[last + 2]).text):
        last += 2
    amounts = words[at - 1].to(words[last])
    meant = with_units(amounts.text)
    if meant is None:
        return False
    if len(words) > last + 1 and words[last + 1].text == "ago":
        amounts, meant = words[at - 1].to(words[last + 1]), f"(date now) - {meant.replace(' ', ' - ')}"
    elif " " in meant:
        meant = f"({meant.replace(' ', ' + ')})"
    label, instead = f"write `{meant}`", amounts.replaced(meant)
    state.problem("an amount and its unit are one word", "parse_mismatch", amounts, label, instead=instead)
    return True


def _two_values(state: State, words: list[Span], at: int, operators: dict[str, int]) -> None:
    """Two values with nothing between them: often a list without its brackets."""
    first = last = at - 1
    while last + 1 < len(words) and words[last + 1].text not in operators:
        last += 1
    items = words[first].to(words[last])
    state.problem(
        "an operator is needed between two values",
        "parse_mismatch",
        words[at],
        f"this stands right behind `{_short(words[first].text)}`",
        "A list stands in brackets. A command's result goes on through a pipe.",
        instead=items.replaced(f"[{items.text.rstrip(',')}]"),
    )


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"
