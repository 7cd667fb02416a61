"""The pass before the first: where strings, comments and brackets begin and end.

Everything that reads a nested part jumps from its opening to its end, so the text is looked at once, however deep it
is nested.
"""

from __future__ import annotations

import re

from stk_shell.model.errors import Label, Problem
from stk_shell.model.span import Source, Span
from stk_shell.model.struct import Struct
from stk_shell.parse import unclosed
from stk_shell.parse.unclosed import CLOSERS

MAX_DEPTH = 128
"""How deep brackets may be nested. Nobody writes half of that; more would only exhaust the stack."""

TOO_DEEP = "nested_too_deeply"
"""The code of the problem with more."""

OPENERS = {closer: opener for opener, closer in CLOSERS.items()}

INTERESTING = re.compile(r"""r(?P<hashes>\#+)'|["'`\#()\[\]{}“”„]|(?<!\w)[‘’]""")
ESCAPED_END = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
IN_ORDER = re.compile(
    r"""[^"'`\#()\[\]{}“”„‘’]*+(?:
    (?P<opens>[(\[{])
    |(?P<closes>[)\]}])
    |(?P<string>(?<!\$)(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^']*+'))
    |(?P<comment>(?<![^ \t\r\n(\[{|;,])\#[^\n]*+)
    |(?P<other>["'`“”„]|(?<!\w)[‘’]|(?<=(?<![\w-])r)\#++')
    |[\#‘’]
    |\Z
    )""",
    re.DOTALL | re.VERBOSE,
)
"""What most texts consist of, each part in one step; `other` is all that needs a closer look."""

IN_TEXT = {'"': re.compile(r'\\.|["(]', re.DOTALL), "'": re.compile(r"['(]")}
"""What ends an interpolated string, or leads to an expression in it."""

ATTEMPTS = 8
"""How many interpolated strings with broken parentheses are told apart; in a text with more, quotes in parentheses of a
string end the string."""
BEFORE_COMMENT = frozenset(" \t\r\n([{|;,")


class Delimiters(Struct):
    """What the pass found: the end (exclusive) of each string, comment and bracket by its start."""

    ends: dict[int, int]
    comments: dict[int, int]
    problems: tuple[Problem, ...]


def scan(source: Source) -> Delimiters:
    """Find all strings, comments and brackets, and tell which are never closed or never opened."""
    return _Scanner(source, len(source.text)).scan(0)


def scan_group(source: Source, start: int, end: int) -> Delimiters:
    """The same for one bracket inside a string, which begins at `start`: a scan of the whole passes over strings."""
    return _Scanner(source, end, one_group=True).scan(start)


def innermost_open(text: str) -> int | None:
    """Where the innermost string or bracket begins that is still open at the text's end; None outside of all."""
    starts = [problem.labels[0].span.start for problem in scan(Source(text)).problems if problem.incomplete]
    return max(starts, default=None)


def open_at_end(text: str) -> tuple[int, ...]:
    """Where the strings and brackets begin that are open at the text's end, the outermost first."""
    scanner = _Scanner(Source(text), len(text))
    scanner.attempt(0, nesting=True)
    strings = [problem.labels[0].span.start for problem in scanner.problems if problem.code == "unexpected_eof"]
    return (*scanner.open, *strings)


class _Scanner:
    def __init__(self, source: Source, end: int, *, one_group: bool = False) -> None:
        self.source = source
        self.text = source.text
        self.end = end
        self.one_group = one_group
        self.ends: dict[int, int] = {}
        self.comments: dict[int, int] = {}
        self.problems: list[Problem] = []
        self.open: list[int] = []
        """Where the brackets, and the interpolated strings around them, begin that are open here."""
        self.broken: set[int] = set()
        """Interpolated strings whose parentheses are not closed: they are taken as plain ones."""

    def scan(self, at: int) -> Delimiters:
        """What there is from an offset on."""
        for attempt in range(ATTEMPTS + 1):
            self.ends, self.comments, self.problems, self.open = {}, {}, [], []
            broken = self.attempt(at, nesting=attempt < ATTEMPTS)
            if broken is None:
                break
            self.broken.add(broken)
        self.close_all()
        return Delimiters(self.ends, self.comments, tuple(self.problems))

    def attempt(self, at: int, *, nesting: bool) -> int | None:
        """Go through the text once; gives the outermost interpolated string that is found to be broken, if any."""
        text, open_ = self.text, self.open
        while True:
            if not self.one_group and not any(text[start] in IN_TEXT for start in open_):
                at = self.in_order(at)
            in_text = IN_TEXT.get(text[open_[-1]]) if open_ else None
            found = (in_text or INTERESTING).search(text, at, self.end)
            if found is None:
                break
            start, char = found.start(), found.group()
            if in_text is not None:
                at = self.in_interpolation(start, char)
            elif char == "#":
                at = self.comment(start)
            elif char in CLOSERS:
                at = self.opening(start)
            elif char in OPENERS:
                at = self.closing(start, char)
            elif char in unclosed.SMART:
                at = self.smart_quote(start)
            elif nesting and char in IN_TEXT and self.text[start - 1 : start] == "$" and start not in self.broken:
                self.open.append(start)
                at = start + 1
            else:
                at = self.string(found)
                if self.runs_over(start, at):
                    break
            if self.one_group and not self.open:
                break
        return next((start for start in self.open if self.text[start] in IN_TEXT), None)

    def in_order(self, at: int) -> int:
        """Pass over plain strings, comments, and brackets that fit; gives where anything else begins."""
        text, open_, ends = self.text, self.open, self.ends
        for found in IN_ORDER.finditer(text, at, self.end):
            kind, end = found.lastgroup, found.end()
            if kind == "opens" and len(open_) < MAX_DEPTH:
                open_.append(end - 1)
            elif kind == "closes" and open_ and text[open_[-1]] == OPENERS[text[end - 1]]:
                ends[open_.pop()] = end
            elif kind == "string":
                ends[found.start(kind)] = end
            elif kind == "comment":
                self.comments[found.start(kind)] = end
            elif kind is not None:
                start = found.start(kind)
                return start - 1 if text[start] == "#" else start
        return self.end

    def in_interpolation(self, at: int, char: str) -> int:
        """An escape, an expression or the end."""
        if char == "(":
            return self.opening(at)
        if len(char) == 1:
            self.ends[self.open.pop()] = at + 1
        return at + len(char)

    def runs_over(self, start: int, end: int) -> bool:
        """Whether a string seems to begin where an interpolated one around it should have ended.

        Then a parenthesis in that one is not closed: nobody writes a text of several lines inside another.
        """
        quote = self.text[start]
        return "\n" in self.text[start:end] and any(self.text[each] == quote for each in self.open)

    def comment(self, start: int) -> int:
        if start and self.text[start - 1] not in BEFORE_COMMENT:
            return start + 1
        end = self.text.find("\n", start, self.end)
        self.comments[start] = self.end if end < 0 else end
        return self.comments[start]

    def opening(self, start: int) -> int:
        self.open.append(start)
        if len(self.open) <= MAX_DEPTH:
            return start + 1
        label = Label(self.source.span(start, start + 1), f"bracket number {MAX_DEPTH + 1} inside another")
        self.problems.append(Problem("this is nested too deeply", TOO_DEEP, (label,)))
        for opener in self.open:
            self.ends[opener] = self.end
        self.open.clear()
        return self.end

    def closing(self, at: int, closer: str) -> int:
        opener = OPENERS[closer]
        if self.open and self.text[self.open[-1]] == opener:
            self.ends[self.open.pop()] = at + 1
            return at + 1
        here, openers = self.span(at), self.innermost()
        if openers and opener not in openers:
            start = self.open.pop()
            self.problems.append(unclosed.wrong_closer(self.span(start), here))
        elif not openers:
            self.problems.append(unclosed.closes_nothing(here, opener))
            return at + 1
        else:
            while self.text[start := self.open.pop()] != opener:
                self.ends[start] = at
                self.problems.append(unclosed.closed_too_late(self.span(start), here))
        self.ends[start] = at + 1
        return at + 1

    def innermost(self) -> str:
        """The brackets that are open, as far as the string around them."""
        openers = "".join(self.text[start] for start in self.open)
        return openers[max(openers.rfind('"'), openers.rfind("'")) + 1 :]

    def span(self, at: int, length: int = 1) -> Span:
        return self.source.span(at, at + length)

    def close_all(self) -> None:
        """Note every bracket that is open at the end, unless a string has swallowed what closes it."""
        still_open = "".join(self.text[start] for start in self.open)
        swallowed = any(problem.code == "unexpected_eof" for problem in self.problems)
        for start in reversed(self.open):
            self.ends[start] = self.end
            if not swallowed:
                self.problems.append(unclosed.never_closed(self.span(start), still_open))

    def smart_quote(self, at: int) -> int:
        if all(problem.code != "smart_quote" for problem in self.problems):
            self.problems.append(unclosed.smart_quote(self.span(at)))
        return at + 1

    def string(self, found: re.Match[str]) -> int:
        start, quote = found.start(), found.group()
        if found["hashes"]:
            if start and (self.text[start - 1].isalnum() or self.text[start - 1] in "_-"):
                return start + 1
            closing = "'" + found["hashes"]
            end = self.text.find(closing, found.end(), self.end)
            end = end if end < 0 else end + len(closing)
        elif quote == '"':
            match = ESCAPED_END.match(self.text, start + 1, self.end)
            end = match.end() if match else -1
        else:
            end = self.text.find(quote, start + 1, self.end) + 1 or -1
        if end < 0:
            still_open = "".join(self.text[each] for each in self.open if self.text[each] in CLOSERS)
            self.problems.append(unclosed.string_never_closed(self.span(start, len(quote)), still_open))
            end = self.end
        self.ends[start] = end
        if found["hashes"]:
            self.ends[start + 1] = end
        return end
