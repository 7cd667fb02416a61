"""The command `generate`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import ANY, CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, iterate
from stk_shell.model.values import ABSENT, Absent, Record, Value


class Generate(Command):
    """Makes values one out of another."""

    name = "generate"
    summary = "Make a list with a closure that says what comes next."
    description = """The closure gives a record: `out`, if it is there, is the next item of the list, and `next` is
what the closure is given the next time. Without `next`, or with null instead of the record, the list ends. If
something is piped in, the closure runs for each item, and is given the item first."""
    signature = Signature(
        types=(("nothing", "list<any>"), ("list<any>", "list<any>"), ("table", "list<any>"), ("range", "list<any>")),
        category="generators",
        positionals=(
            Parameter("closure", CLOSURE, "What makes the next item."),
            Parameter("initial", ANY, "What the closure is given first.", optional=True),
        ),
    )
    examples = (
        Example("generate {|n| if $n < 20 { {out: $n, next: ($n * 2)} } } 1", "Double.", [1, 2, 4, 8, 16]),
        Example("generate {|n=1| {out: $n, next: ($n + 1)} } | first 3", "A list without an end.", [1, 2, 3]),
        Example(
            "[1 2 3] | generate {|n, sum=0| {out: ($n + $sum), next: ($n + $sum)} }",
            "A running sum.",
            [1, 3, 6],
        ),
    )
    fails = "Anything but a record with `out` and `next`, or null, ends the command."
    see_also = ("seq", "reduce", "each")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of what the closure gives as `out`."""
        state: Value | Absent = call.value("initial") if call.given("initial") else ABSENT
        items: Iterable[tuple[Value, ...]] = repeat(()) if data is None else ((item,) for item in iterate(data))
        if isinstance(state, Absent) and call.closure("closure").parameters < (1 if data is None else 2):
            label = Label(call.head, "behind the closure stands what it is given first")
            hint = "Or give the parameter a default: `generate {|n=1| ... }`."
            raise RunError("`generate` needs a value to begin with", "missing_parameter", (label,), hint)
        return Stream(_made(call, items, state))


def _made(call: Call, items: Iterable[tuple[Value, ...]], state: Value | Absent) -> Iterator[Value]:
    run = call.closure("closure").run
    for item in items:
        record = _checked(call, collect(run((*item, state), None)))
        if "out" in record:
            yield record["out"]
        if "next" not in record:
            return
        state = record["next"]


def _checked(call: Call, result: Value) -> Record:
    record = {} if result is None else result
    if not isinstance(record, dict):
        remark = f"this gives {article(result)}"
    elif strange := record.keys() - {"out", "next"}:
        remark = f"this gives a record with `{min(strange)}`"
    else:
        return record
    hint = "It gives `{out: ITEM, next: ...}`, without `next` at the end."
    label = Label(call.span("closure"), remark)
    raise RunError("the closure gives no record of `out` and `next`", "type_mismatch", (label,), hint)


COMMAND = Generate()
