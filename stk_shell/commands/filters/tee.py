"""The command `tee`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.commands.filters._branch import Branch
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import StkError
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, cut_note_of, drain
from stk_shell.model.values import Range, Value


class Tee(Command):
    """Gives what passes by to a closure, too."""

    name = "tee"
    summary = "Do something with the input on the side, and pass it on."
    description = """The closure gets it as its `$in`. A stream is given to it row by row, as far as later stages
want its rows."""
    signature = Signature(
        types=(("any", "any"),),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What to do; its result is dropped."),),
    )
    examples = (
        Example('[1 2 3] | tee { print $"($in | length) numbers" } | last', "Show something on the way.", 3),
        Example(
            '[[name n]; [note 1] [login 5]] | tee { .append event "seen" } | get n',
            "Record rows, and go on with them.",
            [1, 5],
        ),
    )
    fails = "An error in the closure ends the pipeline."
    see_also = ("each", "inspect", "collect")

    def run(self, call: Call, data: Data) -> Data:
        """What came in."""
        if isinstance(data, Range):
            data = Stream(data)
        if isinstance(data, Stream):
            return _passing(call, data)
        value = collect(data)
        drain(call.closure("closure").run((), value))
        return value


def _passing(call: Call, stream: Stream) -> Stream:
    if stream.batches is not None:
        passed = Stream.of_batches(_fed(call, stream.batches))
        passed.cut_note = stream.cut_note
        return passed
    single = (row for rows in _fed(call, ([row] for row in stream)) for row in rows)
    return Stream(single, cut_note_of(stream))


def _fed(call: Call, source: Iterator[list[Value]]) -> Iterator[list[Value]]:
    """The batches, each given to the closure first."""
    branch = Branch(lambda data: call.closure("closure").run((), data))
    try:
        for rows in source:
            branch.give(rows)
            yield rows
        branch.give(None)
    except GeneratorExit:
        # Nobody is left to whom an error could be raised.
        try:
            branch.give(None)
        except StkError as error:
            call.session.note(f"the closure of `tee` failed: {error.headline}")
        raise


COMMAND = Tee()
