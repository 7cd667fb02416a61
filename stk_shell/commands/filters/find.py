"""The command `find`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from stk_shell.model.batches import filtered
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import COLUMN
from stk_shell.model.regexes import regex
from stk_shell.model.shape import ANY, STRING, list_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, TextStream, lines_of
from stk_shell.model.text import plain, scalar
from stk_shell.model.values import Value

Found: TypeAlias = "Callable[[Value], bool]"
"""Whether something is found in a value."""


class Find(Command):
    """Searches rows for words."""

    name = "find"
    summary = "Keep the rows that hold a word, wherever in them."
    description = """A text matches if the word is a part of it; a number, date or anything else if it is the whole of
it. Cells, records and lists inside a row are searched, too. With several words, one is enough. A text is searched line
by line; `where` looks at one column."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table"), ("string", "any")),
        category="filters",
        rest=Parameter("words", ANY, "What to look for."),
        flags=(
            Flag("regex", "Look for a regular expression instead.", STRING, short="r"),
            Flag("ignore-case", "Take capital and small letters as equal.", short="i"),
            Flag("columns", "Search these columns alone.", list_of(STRING), short="c", completes=COLUMN),
            Flag("invert", "Keep the rows without it.", short="v"),
            Flag("multiline", "Do not cut a text into lines.", short="m"),
            Flag("dotall", "Let a dot of the regular expression match the end of a line, too.", short="s"),
            Flag("no-highlight", "Taken for those who know it from nushell: nothing is ever marked here.", short="n"),
        ),
    )
    examples = (
        Example(
            "[[name text]; [note hello] [login hi]] | find hell",
            "Rows with a word.",
            [{"name": "note", "text": "hello"}],
        ),
        Example("[note Login logout] | find log --ignore-case", "Texts, whatever their case.", ["Login", "logout"]),
        Example("[note login logout] | find --invert log", "Texts without a word.", ["note"]),
        Example('[a1 b2 c] | find --regex "[0-9]"', "Texts that a regular expression matches.", ["a1", "b2"]),
        Example("[7 17] | find 7", "Numbers have to be equal.", [7]),
        Example("event list | find failed | get name", "Events that say something.", ["authentication"]),
    )
    fails = "Words beside `--regex`, and a regular expression that cannot be read, are errors."
    see_also = ("where", "str contains", "filter")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows, or of the lines; for a text of one line that line, or null."""
        found, inverted = _searcher(call), call.switch("invert")

        def kept(row: Value) -> bool:
            return found(row) is not inverted

        if isinstance(data, str) and (call.switch("multiline") or "\n" not in data):
            return data if kept(data) else None
        return filtered(Stream(lines_of(data)) if isinstance(data, (str, TextStream)) else data, kept)


def _searcher(call: Call) -> Found:
    in_text, as_whole = _by_regex(call) if call.has("regex") else _by_words(call)
    only = call.value("columns")
    columns = frozenset(map(str, only)) if isinstance(only, list) else None

    def found(value: Value) -> bool:
        if isinstance(value, str):
            return in_text(value)
        if isinstance(value, (dict, list)):
            return found_in_any(value.values() if isinstance(value, dict) else value)
        return not isinstance(value, bytes) and as_whole(str(value) if type(value) is int else scalar(value))

    def found_in_any(values: Iterable[Value]) -> bool:
        # A loop takes half the time of `any`, and this runs for each cell.
        for value in values:  # noqa: SIM110
            if found(value):
                return True
        return False

    def found_in_columns(row: Value) -> bool:
        if isinstance(row, dict) and columns is not None:
            return found_in_any([cell for name, cell in row.items() if name in columns])
        return found(row)

    return found_in_columns


def _by_words(call: Call) -> tuple[Callable[[str], bool], Callable[[str], bool]]:
    fold: Callable[[str], str] = str.lower if call.switch("ignore-case") else str
    words = [fold(plain(word)) for word in call.rest("words")]

    def in_text(text: str) -> bool:
        text = fold(text)
        for word in words:
            if word in text:
                return True
        return not words

    return in_text, lambda text: fold(text) in words or not words


def _by_regex(call: Call) -> tuple[Callable[[str], bool], Callable[[str], bool]]:
    if call.rest("words"):
        label = Label(call.span("words"), "words, and a regular expression beside them")
        raise RunError("`find` looks for words or for a regular expression", "incompatible_parameters", (label,))
    marks = "".join(
        mark for mark, flag in (("i", "ignore-case"), ("s", "dotall"), ("m", "multiline")) if call.switch(flag)
    )
    search = regex((f"(?{marks})" if marks else "") + call.text("regex"), call.span("regex")).search

    def matches(text: str) -> bool:
        return search(text) is not None

    return matches, matches


COMMAND = Find()
