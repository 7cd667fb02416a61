"""What the commands for CSV and TSV share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stk_shell.commands._delimited import Dialect, Trim, read_rows
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError, StkError
from stk_shell.model.offers import COLUMN
from stk_shell.model.shape import STRING, list_of
from stk_shell.model.signature import Flag
from stk_shell.model.stream import Data, Stream, TextStream, collect, is_list_like, iterate
from stk_shell.render.delimited import Layout, delimited_lines

SEPARATOR = Flag("separator", "The character between two cells; a comma by default.", STRING, "s")

READING = (
    Flag("comment", "Leave out lines that begin with this character.", STRING, "c"),
    Flag("quote", 'The character around cells that hold separators; `"` by default.', STRING, "q"),
    Flag("escape", "The character that makes a quote within quotes an ordinary one.", STRING, "e"),
    Flag("noheaders", "The first row is no header: the columns are called column0, column1 and so on.", short="n"),
    Flag("flexible", "Rows may be shorter or longer than the first."),
    Flag("no-infer", "Leave numbers as texts."),
    Flag(
        "trim",
        "Where to drop blanks around the text: `all`, `headers`, `fields` or `none`.",
        STRING,
        "t",
        completes=("all", "headers", "fields", "none"),
    ),
)
"""The flags of both readers."""

WRITING = (
    Flag("noheaders", "Leave out the line with the names of the columns.", short="n"),
    Flag("columns", "The columns to write, in this order.", list_of(STRING), completes=COLUMN),
    Flag("guard", "Put a ' before each text that a spreadsheet would take for a formula.", short="g"),
)
"""The flags of both writers."""

CODE_POINT = re.compile("[0-9a-fA-F]{4}")
"""A character by its number."""

TRIMMED: dict[str | None, Trim] = {
    None: Trim(),
    "none": Trim(),
    "all": Trim(headers=True, fields=True),
    "headers": Trim(headers=True),
    "fields": Trim(fields=True),
}


def read(call: Call, data: Data, separator: str) -> Data:
    """A stream of records, read as the text comes."""
    trim = call.optional_text("trim")
    if trim not in TRIMMED:
        label = Label(call.span("trim"), "`all`, `headers`, `fields` or `none`")
        raise RunError(f"there is no way to trim called `{trim}`", "type_mismatch", (label,))
    quote = _character(call, "quote") or '"'
    if quote == separator:
        raise RunError("separator and quote have to differ", "type_mismatch", (Label(call.span("quote"), "as here"),))
    dialect = Dialect(
        separator=separator,
        comment=_character(call, "comment"),
        quote=quote,
        escape=_character(call, "escape"),
        headers=not call.switch("noheaders"),
        flexible=call.switch("flexible"),
        infer=not call.switch("no-infer"),
        trim=TRIMMED[trim],
    )
    text = data if isinstance(data, TextStream) else collect(data)
    return read_rows(text, dialect, call.head, call.session.note)


def write(call: Call, data: Data, separator: str, format: str) -> Data:
    """The table as text, made as its rows come."""
    layout = Layout(separator, format, header=not call.switch("noheaders"), strict=True, guard=call.switch("guard"))
    names = call.value("columns")
    if isinstance(names, list):
        columns = tuple(str(name) for name in names)
        data, layout = _chosen(data, columns), layout.replace(names=columns)
    return TextStream(_written(call, data, layout), empty="")


def _chosen(data: Data, names: tuple[str, ...]) -> Data:
    rows = iterate(data) if is_list_like(data) else iter((collect(data),))
    return Stream({name: row.get(name) for name in names} if isinstance(row, dict) else row for row in rows)


def _written(call: Call, data: Data, layout: Layout) -> Iterator[str]:
    try:
        for line in delimited_lines(data, layout):
            yield f"{line}\n"
    except StkError as error:
        raise error.at(call.head) from None


def separator(call: Call) -> str:
    """The separator that was asked for, written down or as the four digits of its code point."""
    text = call.optional_text("separator")
    if text is not None and CODE_POINT.fullmatch(text):
        return chr(int(text, 16))
    return _character(call, "separator") or ","


def _character(call: Call, name: str) -> str | None:
    """An argument that has to be one character; None where it was not given."""
    text = call.optional_text(name)
    if text is None or (len(text) == 1 and text not in "\r\n"):
        return text
    label = Label(call.span(name), "one character is needed here")
    raise RunError(f"`--{name}` takes one character, this is `{text}`", "type_mismatch", (label,))
