"""The command `lines`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, Stream, TextStream, collect
from stk_shell.model.values import Value


class Lines(Command):
    """Cuts text into lines."""

    name = "lines"
    summary = "Cut a text into its lines."
    description = """What is piped into `stk -c` is cut as it comes, so that a long file needs no memory. A line ends
with a newline, with or without a carriage return before it."""
    signature = Signature(
        types=(("string", "list<string>"),),
        category="filters",
        flags=(Flag("skip-empty", "Leave out lines without anything but blanks.", short="s"),),
    )
    examples = (
        Example(r'"one\ntwo\n" | lines', "Two lines.", ["one", "two"]),
        Example(r'"one\n\ntwo" | lines --skip-empty', "Without the empty ones.", ["one", "two"]),
        Example(
            r'"backup started\nbackup done" | lines | .append event "backup" | get name',
            "Log an event for each line.",
            ["backup", "backup"],
        ),
    )
    see_also = (".append event", "from json")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the lines, without their ends."""
        value = data if isinstance(data, TextStream) else collect(data)
        pieces = value.pieces() if isinstance(value, TextStream) else iter([value] if isinstance(value, str) else ())
        return Stream(_lines(pieces, skip_empty=call.switch("skip-empty")))


def _lines(pieces: Iterator[str], *, skip_empty: bool) -> Iterator[Value]:
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        for line in whole:
            if not skip_empty or line.strip():
                yield line.removesuffix("\r")
    if rest and not (skip_empty and not rest.strip()):
        yield rest


COMMAND = Lines()
