"""What a text is made of: bytes, or characters as the eye sees them; and ranges of these."""

from __future__ import annotations

from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.signature import Flag
from stk_shell.model.values import Range

GRAPHEMES = Flag("grapheme-clusters", "Count what is one character to the eye.", short="g")
BYTES = Flag("utf-8-bytes", "Count bytes, as without a flag.", short="b")


def counts_graphemes(call: Call, *others: str) -> bool:
    """Whether the call is about characters as the eye sees them; `others` are the flags that say otherwise.

    Raises:
        RunError: it has one of the other flags, too.
    """
    for other in others:
        if call.switch("grapheme-clusters") and call.switch(other):
            labels = (Label(call.span(other), "either this"), Label(call.span("grapheme-clusters"), "or this"))
            headline = f"`--grapheme-clusters` and `--{other}` exclude each other"
            raise RunError(headline, "incompatible_parameters", labels)
    return call.switch("grapheme-clusters")


def graphemes(text: str) -> list[str]:
    """The characters as the eye sees them: a letter with its accents is one, a flag is one."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    from wcwidth import iter_graphemes

    return list(iter_graphemes(text))


def utf8(text: str) -> bytes:
    """The bytes of a text, lone surrogates as those that they stand for."""
    return text.encode(errors="surrogatepass")


def bounds(range_: Range, length: int) -> tuple[int, int]:
    """Start and end (not included) of a range in something of a length; negative numbers count from its end."""
    start, end = int(range_.start), length if range_.end is None else int(range_.end)
    start = max(start + length, 0) if start < 0 else start
    end = end + length if end < 0 else end
    end = end + 1 if range_.end is not None and range_.inclusive else end
    return min(start, length), max(min(end, length), 0)


def int_range(call: Call, name: str) -> Range:
    """An argument that is a range of whole numbers.

    Raises:
        RunError: it has another type, or its ends are no whole numbers.
    """
    value = call.value(name)
    if isinstance(value, Range) and isinstance(value.start, int) and not isinstance(value.end, float):
        return value
    label = Label(call.span(name), "this is none")
    hint = "Both ends count: `0..2` is the first three. `2..` goes to the end, `(-3)..` begins there."
    code = "type_mismatch" if isinstance(value, Range) else "cant_convert"
    raise RunError("a range of whole numbers is needed", code, (label,), hint)
