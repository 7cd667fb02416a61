"""The command `each`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.batches import in_batches
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Make, Operation
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, TextStream, collect, is_list_like, iterate
from stk_shell.model.values import Closure, Value


class Each(Command):
    """Runs a closure for every row."""

    name = "each"
    summary = "Run a closure for each row, and give the list of the results."
    description = """The row is the closure's parameter and its `$in`. A result of null is left out, so `each` can
drop rows too. `return` in the closure ends the turn for one row."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "list<any>"), ("range", "list<any>"), ("any", "any")),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What to do with each row."),),
        flags=(
            Flag("keep-empty", "Keep results that are null.", short="k"),
            Flag("flatten", "Give the items of results that are lists, instead of the lists.", short="f"),
        ),
    )
    examples = (
        Example("[1 2 3] | each {|x| $x * 2 }", "Calculate with each number.", [2, 4, 6]),
        Example(
            '[[name n]; [note 1] [login 5]] | each {|row| $"($row.name) ($row.n)" }',
            "Make a text of each row.",
            ["note 1", "login 5"],
        ),
        Example("[1 2 3] | each {|x| if $x > 1 { $x } }", "Leave out rows by giving nothing for them.", [2, 3]),
        Example("[1 2] | each --flatten {|x| [$x ($x * 10)] }", "Several results for each.", [1, 10, 2, 20]),
    )
    see_also = ("each while", "par-each", "items", "update", "reduce", "where")

    def gives(self, given: Given) -> Columns:
        """Those of what the closure gives."""
        return given.inside("closure")

    def operation(self, call: Call) -> Operation | None:
        """The closure, as it is written."""
        written = call.closure("closure").written
        is_plain = not (call.switch("flatten") or call.switch("keep-empty"))
        return Make(written()) if is_plain and written is not None else None

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the results; a single value gives a single result."""
        closure = call.closure("closure")
        if is_list_like(data) and call.switch("flatten"):
            return Stream(_items_of_results(iterate(data), closure))
        if is_list_like(data):
            return _results_of(data, closure, keep_empty=call.switch("keep-empty"))
        value = data.read() if isinstance(data, TextStream) else collect(data)
        return None if value is None else closure.run((value,), value)


def _results_of(data: Data, closure: Closure, *, keep_empty: bool) -> Stream:
    batch = closure.batch

    def slow(rows: Iterator[Value]) -> Iterator[Value]:
        return _results(rows, closure, keep_empty=keep_empty)

    stream = in_batches(data, batch.values if keep_empty else batch.present, slow) if batch else None
    return stream or Stream(slow(iterate(data)))


def _results(rows: Iterator[Value], closure: Closure, *, keep_empty: bool) -> Iterator[Value]:
    run = closure.run
    for row in rows:
        result = collect(run((row,), row))
        if result is not None or keep_empty:
            yield result


def _items_of_results(rows: Iterator[Value], closure: Closure) -> Iterator[Value]:
    for row in rows:
        yield from iterate(closure.run((row,), row))


COMMAND = Each()
