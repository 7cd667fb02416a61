"""The command `default`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import TypeAlias

from stk_shell.commands.filters._emptiness import empty
from stk_shell.model.batches import mapped
from stk_shell.model.columns import Columns, Given, new_columns, together
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import COLUMN
from stk_shell.model.shape import ANY, STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, TextStream, collect, is_list_like
from stk_shell.model.values import Closure, Record, Value

Give: TypeAlias = Callable[[], Value]


class Default(Command):
    """Puts a value in the place of null."""

    name = "default"
    summary = "Put a value in the place of null, or of what is missing in certain columns."
    description = """Without columns it looks at the whole value; `each { default 0 }` looks at each item of a list.
With columns, rows that lack one get it. A closure is run once, and only if its value is needed."""
    signature = Signature(
        types=(("any", "any"),),
        category="filters",
        positionals=(Parameter("value", ANY, "What to put there, or a closure that gives it."),),
        rest=Parameter("columns", STRING, "The columns to fill.", completes=COLUMN),
        flags=(Flag("empty", "Replace empty texts, lists and records, too.", short="e"),),
    )
    examples = (
        Example('null | default "nothing"', "A value.", "nothing"),
        Example("{name: login} | get user_id? | default 0", "What a record may lack.", 0),
        Example(
            "[[name n]; [note 1] [login null]] | default 0 n",
            "A column.",
            [{"name": "note", "n": 1}, {"name": "login", "n": 0}],
        ),
        Example('"" | default --empty none', "An empty text.", "none"),
        Example("null | default { 1 + 2 }", "A value that is calculated.", 3),
    )
    fails = "Columns of what is neither a record nor a list are an error."
    see_also = ("compact", "update", "upsert", "is-empty")

    def gives(self, given: Given) -> Columns:
        """Those that flow in, and those that are filled."""
        return together(given.columns, new_columns(given.texts("columns")))

    def run(self, call: Call, data: Data) -> Data:
        """The data, or the value in its place; with columns, the rows with these filled."""
        give = _giver(call.value("value"))
        missing = empty if call.switch("empty") else _is_null
        names = [str(name) for name in call.rest("columns")]
        if names:
            return _filled(call, data, lambda record: _complete(record, names, give, missing))
        if isinstance(data, Stream):
            return _or_else(data, give) if missing is empty else data
        value = data.read() if isinstance(data, TextStream) else data
        return give() if missing(value) else value


def _is_null(value: Value) -> bool:
    return value is None


def _giver(value: Value) -> Give:
    if not isinstance(value, Closure):
        return lambda: value
    return cache(lambda: collect(value.run((None,), None)))


def _or_else(rows: Stream, give: Give) -> Data:
    for first in rows:
        return Stream(chain([first], rows), rows.cut_note)
    return give()


def _filled(call: Call, data: Data, complete: Callable[[Record], Record]) -> Data:
    if is_list_like(data):
        return mapped(data, lambda row: complete(row) if isinstance(row, dict) else row)
    if isinstance(data, dict):
        return complete(data)
    what = article(collect(data))
    label = Label(call.head, f"{what} comes in here")
    raise RunError(f"{what} has no columns to fill", "pipeline_mismatch", (label,), "Without columns it replaces null.")


def _complete(record: Record, names: list[str], give: Give, missing: Callable[[Value], bool]) -> Record:
    lacking = [name for name in names if missing(record.get(name))]
    return {**record, **{name: give() for name in lacking}} if lacking else record


COMMAND = Default()
