"""What is said of strings and brackets that are not closed, closed by the wrong sign, or never opened."""

from __future__ import annotations

import re

from stk_shell.model.errors import Label, Problem
from stk_shell.model.span import Span

CLOSERS = {"(": ")", "[": "]", "{": "}"}
NAMES = {"(": "parenthesis", "[": "bracket", "{": "brace"}
CODE = "unbalanced_delimiter"
BEHIND_TEXT = r"\s*(?:\||;|[)\]}]+\s*$)"
"""What probably stands behind a string that should have ended."""

SMART = {**dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’", "'")}
"""What word processors put in the place of quotes. Within a word, the last one is an apostrophe: `it’s`."""


def closes_nothing(closer: Span, opener: str) -> Problem:
    """A closing bracket that nothing is open for."""
    headline, label = f"this `{closer.text}` closes nothing", Label(closer, f"there is no `{opener}` for it")
    return Problem(headline, CODE, (label,), instead=closer.replaced(""))


def wrong_closer(opener: Span, closer: Span) -> Problem:
    """A bracket that another one seems to close."""
    right = CLOSERS[opener.text]
    labels = Label(closer, f"`{right}` closes it"), Label(opener, f"this `{opener.text}`")
    headline = f"a {NAMES[opener.text]} is closed by `{closer.text}`"
    return Problem(headline, CODE, labels, instead=closer.replaced(right))


def closed_too_late(opener: Span, outer: Span) -> Problem:
    """A bracket that is still open where one around it ends."""
    missing = CLOSERS[opener.text]
    labels = Label(opener, f"this `{opener.text}`"), Label(outer, f"`{missing}` is missing before this")
    instead = outer.replaced(f"{missing}{outer.text}")
    return Problem(f"a {NAMES[opener.text]} is not closed", CODE, labels, instead=instead)


def never_closed(opener: Span, still_open: str) -> Problem:
    """A bracket that is open at the end; `still_open` are all of those, from the outside in."""
    label = Label(opener, f"`{CLOSERS[opener.text]}` is missing for this")
    text = opener.source.text.rstrip()
    closers = "".join(CLOSERS[each] for each in reversed(still_open))
    blank = " " if closers.startswith("}") and opener.source.text[opener.end : opener.end + 1] in (" ", "|") else ""
    instead = None if "\n" in text else text + blank + closers
    return Problem(f"a {NAMES[opener.text]} is not closed", CODE, (label,), incomplete=True, instead=instead)


def string_never_closed(start: Span, still_open: str) -> Problem:
    """A string that does not end; `still_open` are the brackets around it."""
    quote, text = start.text, start.source.text.rstrip()
    closing = quote if len(quote) == 1 else quote[:0:-1]
    hint = f"Close it with `{closing}`."
    if quote == "'":
        hint = """Close it with `'`. A text with an apostrophe goes in double quotes: "it's"."""
    found = re.compile(BEHIND_TEXT).search(text, start.end)
    at = found.start() if found else len(text)
    closers = "" if found else "".join(CLOSERS[each] for each in reversed(still_open))
    instead = None if "\n" in text else text[:at] + closing + text[at:] + closers
    label = Label(start, "it begins here")
    return Problem("a string is never closed", "unexpected_eof", (label,), hint, incomplete=True, instead=instead)


def smart_quote(quote: Span) -> Problem:
    """A quote of a word processor."""
    label = Label(quote, f"type a plain quote here: {SMART[quote.text]}")
    hint = "Word processors and web pages change quotes. In a plain string, these may stand."
    line = quote.replaced(quote.text) or ""
    plain = re.sub(r"[“”„]|(?<!\w)[‘’]|[‘’](?!\w)", lambda match: SMART[match.group()], line)
    return Problem(f"{quote.text} is no quote that stk reads", "smart_quote", (label,), hint, instead=plain)
