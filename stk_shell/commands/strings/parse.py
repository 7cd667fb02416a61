"""The command `parse`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from stk_shell.commands._cells import unsupported
from stk_shell.commands.strings._split import all_parts
from stk_shell.model.columns import Columns, Given, new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.regexes import places, regex
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, TextStream, lines_of
from stk_shell.model.values import Value

PIECE = re.compile(r"((?:\{\{|[^{])*)(?:(\{)([^}]*)(\})?)?")
"""Text as it is, and a column in braces behind it."""

COLUMN_NAME = re.compile(r"(?<!\{)\{(\w+)\}")
GROUP_NAME = re.compile(r"\(\?P?<(\w+)>")
"""The names of columns in a pattern of either kind."""

Find: TypeAlias = Callable[[str], Iterable[Value]]
"""Gives the rows that are found in a text."""


class Parse(Command):
    """Takes texts apart by a pattern."""

    name = "parse"
    summary = "Take texts apart into columns by a pattern."
    description = """In the pattern, `{name}` stands for anything up to what follows it, and becomes a column; `{_}`
becomes none; `{{` is the sign itself. With `--regex` the pattern is a regular expression, found as often as it is
there, and its groups are the columns: `(?<name>...)`, or `capture0` and so on for groups without a name. A text that
does not fit gives no row. What is piped into `stk -c` is taken line by line, as it comes."""
    signature = Signature(
        types=(("string", "table"), ("list<any>", "table")),
        category="strings",
        positionals=(Parameter("pattern", STRING, "What the texts look like."),),
        flags=(Flag("regex", "The pattern is a regular expression.", short="r"),),
    )
    examples = (
        Example("'login: Ana' | parse '{name}: {user}'", "A text.", [{"name": "login", "user": "Ana"}]),
        Example(
            r"'user=ana id=7' | parse --regex 'user=(?<user>\w+) id=(?<id>\d+)'",
            "By a regular expression.",
            [{"user": "ana", "id": "7"}],
        ),
        Example("['a 1' 'b 2'] | parse '{key} {value}' | get key", "Each text of a list, as of `lines`.", ["a", "b"]),
    )
    fails = "A brace that is not closed is an error, as is a pattern that is no regular expression."
    see_also = ("split column", "str replace", "lines", "from json")

    def gives(self, given: Given) -> Columns:
        """Those in braces or, of a regular expression, the groups with a name."""
        named = GROUP_NAME if given.has("regex") else COLUMN_NAME
        return new_columns(name for text in given.texts("pattern") for name in named.findall(text))

    def run(self, call: Call, data: Data) -> Data:
        """A stream of rows."""
        find = _by_regex(call) if call.switch("regex") else _by_columns(call)

        def rows(text: Value) -> Iterable[Value]:
            if isinstance(text, str):
                return find(text)
            raise unsupported(call, text, "a string")

        return all_parts(Stream(lines_of(data)) if isinstance(data, TextStream) else data, rows)


def _by_regex(call: Call) -> Find:
    pattern = regex(call.text("pattern"), call.span("pattern"))
    named = {number: name for name, number in pattern.groupindex.items()}
    names = {number: named.get(number, f"capture{number - 1}") for number in range(1, pattern.groups + 1)}
    return lambda text: (
        {name: found.group(number) for number, name in names.items()} for found in places(pattern, text)
    )


def _by_columns(call: Call) -> Find:
    """What finds the columns between the fixed texts of a simple pattern."""
    fixed, names, span = [""], [], call.span("pattern")
    for literal, brace, name, end in PIECE.findall(call.text("pattern")):
        fixed[-1] += literal.replace("{{", "{")
        if brace and not end:
            label = Label(span, "`{` needs a `}` behind it; `{{` is the sign itself")
            raise RunError("the pattern has a brace without its partner", "delimiter_error", (label,))
        if name:
            names.append(_checked(name, span))
            fixed.append("")

    def row(text: str) -> list[Value]:
        parts = between(text, fixed)
        return [] if parts is None else [{name: part for name, part in zip(names, parts, strict=True) if name != "_"}]

    return row


def _checked(name: str, span: Span) -> str:
    if re.fullmatch(r"\w+", name):
        return name
    label = Label(span, f"`{name}` is none")
    raise RunError("a column of a pattern has a name of letters, digits and `_`", "incorrect_value", (label,))


def between(text: str, fixed: list[str]) -> list[str] | None:
    """What stands between fixed texts, each found as early as it can be; None where they are not all there."""
    first, last = fixed[0], fixed[-1]
    if len(fixed) == 1:
        return [] if text == first else None
    if not (text.startswith(first) and text.endswith(last)):
        return None
    parts, at = [], len(first)
    for literal in fixed[1:-1]:
        found = text.find(literal, at)
        if found < 0:
            return None
        parts.append(text[at:found])
        at = found + len(literal)
    stop = len(text) - len(last)
    return [*parts, text[at:stop]] if at <= stop else None


COMMAND = Parse()
