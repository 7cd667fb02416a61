"""The hostile texts: a list of known ones, and any number of others that are put together from parts."""

from __future__ import annotations

import random
from collections.abc import Iterator

ESCAPES = (
    "\x1b[31mred\x1b[0m",
    "\x1b[2J\x1b[H",
    "\x1b[1A\x1b[2Kover",
    "\x1b]0;title\x07",
    "\x1b]52;c;cm0gLXJmIH4K\x07",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]1337;File=inline=1:AAAA\x07",
    "\x1bP+q544e\x1b\\",
    "\x1b[6n",
    "\x1b[?1049h",
    "\x1bc",
    "\x9b31mC1",
    "\x9d0;C1 title\x9c",
    "\x07\x07",
    "abc\rdef",
    "secret\x08\x08\x08\x08\x08\x08public",
    "\x0b\x0c\x0e\x0f",
    "\x7f\x80\x85\x9f",
)
"""What a terminal would obey."""

DIRECTIONS = (
    "user\u202etxt.exe",
    "\u2066a\u2069\u2067b\u2069",
    "\u200f\u200eמוסיף",
    "العربية \u061c1",
    "\u202a\u202b\u202d\u202c",
)
"""What turns the direction of a text, and texts from right to left."""

WIDTHS = (
    "e\u0301\u0301\u0301\u0301",
    "\u0301begins with a mark",
    "z\u0320\u0337\u0321\u0353a\u033f\u0352l\u030dg\u0346o\u0334",
    "zero\u200bwidth\u200b",
    "\u2060\ufeffjoined",
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "漢字かな交じり文",
    "👩‍👩‍👧‍👦👍🏽🏴\U000e0067\U000e0062\U000e007f",
    "🇩🇪🇦",
    "\u2028\u2029\u0085",
    "ﷺ𒐫",
    "\u00ad\u034f\u115f\u3164",
)
"""What takes another width than it seems."""

QUOTES = (
    "'", '"', "`", "''", '""', "'''", "\\", "\\'", '\\"', "\\\\", "it's", '"; drop', "r#'raw'#", "'#", "$'x'", "(", "{", "[",
    ")]}", "#comment", "|", ";", "&&", "\t", "\n", "\r\n", "\n\n", " ", "  padded  ", "",
)  # fmt: skip
"""What ends a string too early, and what is next to nothing."""

SQL = (
    "'; drop table private.stk_event; --",
    "\\'; select pg_sleep(10); --",
    "' or '1'='1",
    "%s %(name)s %%",
    "$1 $$ $body$",
    "E'\\x41'",
    "/* */ --",
    "copy t to program 'id'",
    "%' like _",
)
SHELLS = (
    "$(id)",
    "`id`",
    "; rm -rf ~",
    "| cat /etc/passwd",
    "> /dev/null",
    "&",
    "-rf",
    "--help",
    "-c",
    "*",
    "~",
    "!!",
    "$IFS",
)
FORMATS = (
    "%s%n%x",
    "{}",
    "{0}",
    "{self.__class__}",
    "${HOME}",
    "%(levelname)s",
    "{{7*7}}",
    "#{7*7}",
    "$(1 + 1)",
    "\\u0041",
)
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "\t=1", "\r=1", "＝1")
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></tr></table>",
    "&lt;&amp;&#x27;",
    "<!--",
    "]]>",
    "[x](javascript:alert(1))",
    "a|b\\|c",
    "| --- |",
    "```",
)
PATHS = (
    "../../etc/passwd",
    "/etc/passwd",
    "..\\..\\x",
    "C:\\x",
    "file:///etc/passwd",
    "CON",
    ".",
    "..",
    "/",
    "a/b",
    "x\0.txt",
)
NUMBERS = (
    "1e999",
    "-0",
    "NaN",
    "Infinity",
    "0x1f",
    "1_000",
    "٣",
    "²",
    "9" * 400,
    "00",
    "1.",
    ".5",
    "1kb",
    "2sec",
    "1..",
    "..",
)
WORDS = (
    "null",
    "true",
    "NULL",
    "None",
    "nan",
    "undefined",
    "more...",
    "__proto__",
    "constructor",
    "$in",
    "$env",
    "it",
    "uu",
    "record_json",
)
DATA = (
    '{"a": ' * 200,
    "[" * 3000,
    "{" * 50 + "}" * 50,
    '{"a": 1, "a": 2}',
    '{"__proto__": {}}',
    "a: &a [*a]",
    "<<: *x",
    "- - -",
    "[a]\nb",
)
IMPOSSIBLE = ("NUL\0inside", "\0", "\ud800", "lone\udfff", "\udce9 undecoded", "\ufffe\uffff", "\U0010ffff")
"""Some of which PostgreSQL cannot hold."""

KNOWN = (
    *ESCAPES, *DIRECTIONS, *WIDTHS, *QUOTES, *SQL, *SHELLS, *FORMATS, *FORMULAS, *MARKUP, *PATHS, *NUMBERS, *WORDS, *DATA,
    *IMPOSSIBLE,
)  # fmt: skip

LONG = ("x" * 1_000_000, "\x1b[31m" * 200_000, "é\u0301" * 300_000, "a,b\n" * 250_000, "'" * 1_000_000)
"""Texts of about a megabyte."""


def texts(seed: int = 0) -> Iterator[str]:
    """All known texts, then others, each of two to four of them, without end; the same ones for a seed."""
    yield from KNOWN
    chance = random.Random(seed)
    short = [text for text in KNOWN if len(text) <= 200]
    while True:
        yield "".join(chance.choices(short, k=chance.randint(2, 4)))
