"""Values that are written down (NUON), read without a tree: nothing in them is computed.

Words and their delimiters are the language's own, and so are the literals. Only the containers are read here, because
a tree of a long table would take ten times as long as its values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stk_shell.model.command import Command
from stk_shell.model.errors import RunError
from stk_shell.model.literals import number_like
from stk_shell.model.span import Source
from stk_shell.model.syntax import Literal, Node, RangeNode
from stk_shell.model.values import Record, Value
from stk_shell.parse.brackets import read_item
from stk_shell.parse.delimiters import scan
from stk_shell.parse.lex import KEY, LIST, Kind, Mode, Token, word
from stk_shell.parse.scope import Scope
from stk_shell.parse.state import State
from stk_shell.parse.values import CONSTANTS

NUMBER_BEGINS = frozenset("+-.0123456789_iInN")
PLAIN_QUOTES = frozenset("\"'")
SIGNS = re.compile(r"""\.\.|[$(\[{}\])"'`#]""")
"""What makes a word more than a number, a constant or a bare text."""


def read_data(text: str, evaluate: Callable[[Node], Value]) -> Value:
    """The value that is written down in the text; null where there is none. `evaluate` gives the value of a range.

    Raises:
        RunError: something else stands there. The place is in its remark.
    """
    reader = _Reader(Source(text), evaluate)
    reader.check()
    words = list(reader.words(0, len(text)))
    if len(words) > 1:
        raise reader.error(words[1].start, "there is something behind the value")
    return reader.only(words[0]) if words else None


class _NoCommands:
    """A table of commands that has none."""

    def find(self, name: str) -> Command | None:
        return None

    def names(self) -> Iterator[str]:
        return iter(())


class _Reader:
    def __init__(self, source: Source, evaluate: Callable[[Node], Value]) -> None:
        self.evaluate = evaluate
        self.source = source
        self.text = source.text
        self.delimiters = scan(source)
        self.state = State(source, self.delimiters, Scope(), _NoCommands())

    def check(self) -> None:
        """Raise the first problem that the parser has found so far."""
        if self.state.problems:
            problem = self.state.problems[0]
            raise self.error(problem.labels[0].span.start, problem.headline)

    def error(self, at: int, what: str) -> RunError:
        """What is wrong, with the place in the text."""
        line, column = self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)
        near = self.text[at : at + 20].partition("\n")[0]
        remark = f"line {line}, column {column}: near `{near}`"
        return RunError(f"this is no NUON: {what}", "nuon", remark=remark)

    def words(self, start: int, end: int) -> Iterator[Token]:
        """The words of a list between two offsets."""
        at = start
        while (token := self.next(at, end, LIST)) is not None:
            yield token
            at = token.end

    def next(self, at: int, end: int, mode: Mode) -> Token | None:
        """The first word behind an offset; comments are none."""
        while blank := mode.blank.match(self.text, at, end):
            at = blank.end()
        if at >= end:
            return None
        if at in self.delimiters.comments:
            return self.next(min(self.delimiters.comments[at], end), end, mode)
        if self.text[at] in "|;":
            return Token(Kind.SEMICOLON, at, at + 1)
        return word(self.source, self.delimiters, at, end, mode)

    def only(self, token: Token) -> Value:
        """The value of the whole text, which has to be recognizable: a bare word would be a command."""
        value = self.value(token)
        if isinstance(value, str) and self.text[token.start] not in "\"'r":
            raise self.error(token.start, "a text alone needs quotes")
        return value

    def value(self, token: Token) -> Value:
        start, end = token.start, token.end
        first = self.text[start]
        closed = self.delimiters.ends.get(start) == end
        if first == "[" and closed:
            return self.items(start + 1, end - 1)
        if first == "{" and closed:
            return self.record(start + 1, end - 1)
        text = self.text[start:end]
        if first in PLAIN_QUOTES and closed and "\\" not in text:
            return text[1:-1]
        if token.kind == Kind.SEMICOLON:
            raise self.error(start, "this sign cannot stand here")
        if first in NUMBER_BEGINS and (number := number_like(text)) is not None:
            return number
        if text in CONSTANTS:
            return CONSTANTS[text]
        return self.literal(token) if SIGNS.search(text) else text

    def items(self, start: int, end: int) -> Value:
        words = [*self.words(start, end)]
        if len(words) > 1 and self.text[words[1].start] == ";" and self.text[words[0].start] == "[":
            return self.table(words[0], words[2:])
        return [self.value(word) for word in words]

    def table(self, header: Token, rows: list[Token]) -> Value:
        names = [self.name(word) for word in self.words(header.start + 1, header.end - 1)]
        if len(set(names)) < len(names):
            raise self.error(header.start, "the table has two columns of one name")
        return [self.row(names, row) for row in rows]

    def row(self, names: list[str], row: Token) -> Value:
        if self.text[row.start] != "[":
            raise self.error(row.start, "a row of a table is a list")
        cells = [self.value(word) for word in self.words(row.start + 1, row.end - 1)]
        if len(cells) != len(names):
            raise self.error(row.start, f"this row has {len(cells)} values for {len(names)} columns")
        return dict(zip(names, cells, strict=True))

    def record(self, start: int, end: int) -> Value:
        record: Record = {}
        at = start
        while (key := self.next(at, end, KEY)) is not None:
            name = self.name(key)
            colon = self.next(key.end, end, KEY)
            if colon is None or self.text[colon.start] != ":":
                raise self.error(key.start, "a colon and a value are missing behind a key")
            value = self.next(colon.end, end, LIST)
            if value is None:
                raise self.error(colon.start, "a value is missing")
            if name in record:
                raise self.error(key.start, f"the record has two values for `{name}`")
            record[name] = self.value(value)
            at = value.end
        return record

    def name(self, token: Token) -> str:
        """The name of a field or column: a text, whatever it looks like."""
        text = self.text[token.start : token.end]
        if text[0] in "\"'`" or text.startswith("r#"):
            return str(self.literal(token))
        if text[0] in "$([{|;:":
            raise self.error(token.start, "a name cannot begin with this")
        return text

    def literal(self, token: Token) -> Value:
        """A value that only the parser can read."""
        node = read_item(self.state, self.state.span(token.start, token.end))
        self.check()
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, RangeNode) and all(
            each is None or isinstance(each, Literal) for each in (node.start, node.step, node.end)
        ):
            return self.evaluate(node)
        raise self.error(token.start, "only values can stand here, nothing that is computed")
