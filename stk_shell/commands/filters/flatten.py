"""The command `flatten`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stk_shell.model.batches import Rows, Unfit, in_batches
from stk_shell.model.columns import Columns, Given, together
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import COLUMN
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, is_list_like, iterate
from stk_shell.model.values import Record, Value


class Flatten(Command):
    """Takes what is nested one level out."""

    name = "flatten"
    summary = "Take what is nested inside rows one level out."
    description = """The fields of a record inside a row become columns of the row; a name that stands there already
gets the name of the column before it (`record_json_name`). A list inside a row makes a row of each of its items,
with everything else repeated, and no row where it is empty. Lists inside a list become its items."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("record", "table")),
        category="filters",
        rest=Parameter("columns", STRING, "The columns to flatten; all of them where none is named.", completes=COLUMN),
        flags=(Flag("all", "Make columns of the records in a list, too.", short="a"),),
    )
    examples = (
        Example("[[1 2] [3 [4]]] | flatten", "A list of lists.", [1, 2, 3, [4]]),
        Example(
            "[{name: note, record_json: {text: hi, id: 7}}] | flatten record_json",
            "Make columns of what is recorded.",
            [{"name": "note", "text": "hi", "id": 7}],
        ),
        Example(
            "{name: note, tags: [a b]} | flatten tags",
            "Make a row of each item.",
            [{"name": "note", "tags": "a"}, {"name": "note", "tags": "b"}],
        ),
        Example(
            "{by: ana, items: [{n: 1} {n: 2}]} | flatten --all",
            "A row of each item, and columns of what is in it.",
            [{"by": "ana", "n": 1}, {"by": "ana", "n": 2}],
        ),
    )
    fails = "Two lists in one row are an error: name the column of one of them."
    see_also = ("select", "get", "transpose")

    def gives(self, given: Given) -> Columns:
        """Those that flow in, and those of the records in them."""
        names = given.texts("columns")
        opened = [column for column in given.columns if column.columns and (not names or column.name in names)]
        kept = tuple(column for column in given.columns if column not in opened)
        return together(kept, *(column.columns for column in opened))

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows that each row gives."""
        flat = _flattener(call)

        def fast(rows: Rows) -> list[Value]:
            try:
                return [made for row in rows for made in flat(row)]
            except RunError:
                raise Unfit from None

        def slow(rows: Iterator[Value]) -> Iterator[Value]:
            return (made for row in rows for made in flat(row))

        data = data if is_list_like(data) else list(iterate(data))
        return in_batches(data, fast, slow) or Stream(slow(iterate(data)))


def _flattener(call: Call) -> Callable[[Value], list[Value]]:
    """What makes rows of an item."""
    columns, whole = frozenset(map(str, call.rest("columns"))), call.switch("all")

    def flat(item: Value) -> list[Value]:
        if isinstance(item, list):
            return item
        return _rows(call, item, columns, whole=whole) if isinstance(item, dict) else [item]

    return flat


def _rows(call: Call, record: Record, columns: frozenset[str], *, whole: bool) -> list[Value]:
    row: Record = {}
    inner: tuple[int, str, list[Value]] | None = None
    for at, (name, value) in enumerate(record.items()):
        chosen = not columns or name in columns
        if chosen and isinstance(value, dict):
            _spread(value, name, row)
        elif chosen and isinstance(value, list):
            if inner is not None:
                raise _two_lists(call, inner[1], name)
            inner = at, name, value
        else:
            row[name] = value
    return [row] if inner is None else _multiplied(row, *inner, whole=whole)


def _spread(fields: Record, column: str, row: Record) -> None:
    """Put the fields of a column into the row."""
    for name, value in fields.items():
        row[f"{column}_{name}" if name in row else name] = value


def _multiplied(row: Record, at: int, column: str, items: list[Value], *, whole: bool) -> list[Value]:
    """A row for each item, which stands where the list stood."""
    fields = list(row.items())
    before, behind = dict(fields[:at]), dict(fields[at:])
    spreads = whole and all(isinstance(item, dict) for item in items)
    rows: list[Value] = []
    for item in items:
        made = dict(before)
        if spreads and isinstance(item, dict):
            _spread(item, column, made)
        else:
            made[column] = item
        rows.append(made | behind)
    return rows


def _two_lists(call: Call, first: str, second: str) -> RunError:
    label = Label(call.head, f"`{first}` and `{second}` are lists")
    hint = f"Name one: `flatten {first}`, and pipe it into `flatten {second}` for every pair."
    return RunError("one row can be flattened by one list only", "unsupported_input", (label,), hint)


COMMAND = Flatten()
