"""The command `split list`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.compare import equal
from stk_shell.model.errors import Label, RunError
from stk_shell.model.regexes import regex
from stk_shell.model.shape import ANY, STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, iterate
from stk_shell.model.text import scalar
from stk_shell.model.values import Closure, Value

SIDES = ("on", "before", "after")
"""Where a list can be cut: the separator is dropped, begins a list, or ends one."""


class SplitList(Command):
    """Cuts a list where certain items stand."""

    name = "split list"
    summary = "Cut a list into lists where certain items stand."
    description = """The items that separate are equal to the value, or a closure gives true for them. They are left
out, unless `--split` keeps them."""
    signature = Signature(
        types=(("list<any>", "list<any>"),),
        category="filters",
        positionals=(Parameter("separator", ANY, "The value, a closure, or with `--regex` a pattern."),),
        flags=(
            Flag("regex", "Take the separator as a regular expression.", short="r"),
            Flag(
                "split",
                "Where to cut: `on` leaves separators out, `before` and `after` keep them.",
                STRING,
                default="on",
            ),
        ),
    )
    examples = (
        Example("[1 2 0 3 0] | split list 0", "At a value.", [[1, 2], [3], []]),
        Example("[1 5 2 9 3] | split list {|n| $n >= 5 }", "At what a closure finds.", [[1], [2], [3]]),
        Example("[a b1 c b2] | split list --regex '^b'", "At what a pattern finds.", [["a"], ["c"], []]),
        Example(
            "[login edit login] | split list login --split before",
            "Begin anew with each.",
            [[], ["login", "edit"], ["login"]],
        ),
    )
    see_also = ("chunks", "chunk-by", "window", "group-by")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the lists."""
        side = call.text("split")
        if side not in SIDES:
            label = Label(call.span("split"), "this is none of them")
            raise RunError("a list is split on, before or after a separator", "invalid_value", (label,))
        return Stream(_parts(iterate(data), _separates(call), side))


def _parts(items: Iterator[Value], separates: Callable[[Value], bool], side: str) -> Iterator[Value]:
    part: list[Value] = []
    for item in items:
        if not separates(item):
            part.append(item)
            continue
        yield [*part, item] if side == "after" else part
        part = [item] if side == "before" else []
    yield part


def _separates(call: Call) -> Callable[[Value], bool]:
    """The test for a separator."""
    separator = call.value("separator")
    if isinstance(separator, Closure):
        return lambda item: collect(separator.run((item,), item)) is True
    if not call.switch("regex"):
        return lambda item: equal(item, separator)
    pattern = regex(scalar(separator) if not isinstance(separator, str) else separator, call.span("separator"))
    return lambda item: not isinstance(item, (list, dict)) and pattern.search(_text(item)) is not None


def _text(item: Value) -> str:
    return item if isinstance(item, str) else scalar(item)


COMMAND = SplitList()
