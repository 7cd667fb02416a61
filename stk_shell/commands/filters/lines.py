"""The command `lines`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, Stream, TextStream, collect, lines_of


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
        lines = lines_of(data if isinstance(data, TextStream) else collect(data))
        return Stream(line for line in lines if line.strip()) if call.switch("skip-empty") else Stream(lines)


COMMAND = Lines()
