"""The command `parse`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from stk_shell.commands._cells import unsupported
from stk_shell.commands.strings._split import all_parts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.regexes import Regex, places, regex
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, TextStream, lines_of
from stk_shell.model.values import Value

PIECE = re.compile(r"((?:\{\{|[^{])*)(?:(\{)([^}]*)(\})?)?")
"""Text as it is, and a column in braces behind it."""

Columns: TypeAlias = dict[int, str]
"""The names of columns by the numbers of their groups."""


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

    def run(self, call: Call, data: Data) -> Data:
        """A stream of rows."""
        pattern, names = _by_regex(call) if call.switch("regex") else _by_columns(call)

        def rows(text: Value) -> Iterator[Value]:
            if not isinstance(text, str):
                raise unsupported(call, text, "a string")
            for found in places(pattern, text):
                yield {name: found.group(number) for number, name in names.items()}

        return all_parts(Stream(lines_of(data)) if isinstance(data, TextStream) else data, rows)


def _by_regex(call: Call) -> tuple[Regex, Columns]:
    pattern = regex(call.text("pattern"), call.span("pattern"))
    names = {number: name for name, number in pattern.groupindex.items()}
    return pattern, {number: names.get(number, f"capture{number - 1}") for number in range(1, pattern.groups + 1)}


def _by_columns(call: Call) -> tuple[Regex, Columns]:
    """The simple pattern as a regular expression for the whole text."""
    written, columns, span = [], [], call.span("pattern")
    for literal, brace, name, end in PIECE.findall(call.text("pattern")):
        written.append(re.escape(literal.replace("{{", "{")))
        if brace and not end:
            label = Label(span, "`{` needs a `}` behind it; `{{` is the sign itself")
            raise RunError("the pattern has a brace without its partner", "delimiter_error", (label,))
        if name:
            columns.append(_checked(name, span))
            written.append("(.*?)")
    names = {number: name for number, name in enumerate(columns, 1) if name != "_"}
    return regex(rf"(?s)\A{''.join(written)}\z", span), names


def _checked(name: str, span: Span) -> str:
    if re.fullmatch(r"\w+", name):
        return name
    label = Label(span, f"`{name}` is none")
    raise RunError("a column of a pattern has a name of letters, digits and `_`", "incorrect_value", (label,))


COMMAND = Parse()
