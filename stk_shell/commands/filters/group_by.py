"""The command `group-by`."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TypeAlias

from stk_shell.commands.filters._columns import cells, column_name
from stk_shell.commands.filters._results import results
from stk_shell.model.columns import Column, Columns, Given, new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.operations import Gather, Operation
from stk_shell.model.shape import CELL_PATH, CLOSURE, one_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.text import plain
from stk_shell.model.values import CellPath, Closure, Duration, Record, Value

Groups: TypeAlias = "dict[str, list[Value]]"
"""The rows of each group, by its name."""


class GroupBy(Command):
    """Puts rows together that have something in common."""

    name = "group-by"
    summary = "Put rows together that are equal in a column, or in what a closure gives."
    description = """The result is a record with a list of rows for each value, whose name is the value as a text.
Further groupers make groups within groups. Rows with null in the column are left out. `--to-table` gives a row for each
group instead, with its rows in the column `items`. To count per day or hour, make a text of the time first, as in the
examples."""
    signature = Signature(
        types=(("list<any>", "any"), ("table", "any")),
        category="filters",
        rest=Parameter("groupers", one_of(CLOSURE, CELL_PATH), "Columns, or closures that give a value for a row."),
        flags=(Flag("to-table", "Give a table of the groups."),),
    )
    examples = (
        Example(
            "[[name n]; [note 1] [login 2] [note 3]] | group-by name",
            "By a column.",
            {"note": [{"name": "note", "n": 1}, {"name": "note", "n": 3}], "login": [{"name": "login", "n": 2}]},
        ),
        Example(
            "[[name]; [note] [login] [note]] | group-by name --to-table\n| update items { length }",
            "How many rows each group has.",
            [{"name": "note", "items": 2}, {"name": "login", "items": 1}],
        ),
        Example(
            "[[at name]; [2025-03-01 note] [2025-03-01 note] [2025-03-02 login]]\n"
            "| update at { format date '%F' } | group-by at name --to-table\n| update items { length }",
            "How often each name occurs per day.",
            [{"at": "2025-03-01", "name": "note", "items": 2}, {"at": "2025-03-02", "name": "login", "items": 1}],
        ),
        Example("[1 2 3 4] | group-by {|n| $n mod 2 }", "By a closure.", {"1": [1, 3], "0": [2, 4]}),
        Example(
            "[[a b]; [x 1] [x 2] [y 1]] | group-by a b | get x | columns",
            "Groups within groups.",
            ["1", "2"],
        ),
        Example(
            "event list | group-by name | columns",
            "Which names the newest events have.",
            ["authentication", "order-error", "user-milestone"],
        ),
    )
    fails = (
        "A column that a row does not have ends the command, unless it is marked with `?`: then the row is left out."
    )
    see_also = ("histogram", "uniq-by", "transpose", "items", "reduce")
    narrows = True

    def gives(self, given: Given) -> Columns:
        """Of a table, the groupers and the items; the fields of a record are values, which nobody knows before."""
        if not given.has("to-table"):
            return ()
        groupers = new_columns(column_name(path) for path in given.paths("groupers"))
        return (*groupers, Column("items", "The rows of the group.", "table", columns=given.columns))

    def operation(self, call: Call) -> Operation | None:
        """The columns, where there are no closures and no groups within groups of a record."""
        paths = tuple(path for path in call.rest("groupers") if isinstance(path, CellPath))
        names, to_table = tuple(map(column_name, paths)), call.switch("to-table")
        is_plain = 0 < len(paths) == len(call.rest("groupers")) == len({*names} - {"items"})
        return Gather(paths, names, to_table) if is_plain and (to_table or len(paths) == 1) else None

    def run(self, call: Call, data: Data) -> Data:
        """The record of the groups, or the table of them."""
        groupers = call.rest("groupers")
        rows = data if isinstance(data, list) else list(iterate(data))
        if not call.switch("to-table"):
            return _nested(rows, groupers, call)
        return _table(rows, groupers, _names(groupers, call), call)


def _nested(rows: list[Value], groupers: list[Value], call: Call) -> Record:
    grouped = _groups(rows, groupers[0] if groupers else None, call)
    if len(groupers) < 2:
        return {**grouped}
    return {name: _nested(members, groupers[1:], call) for name, members in grouped.items()}


def _table(rows: list[Value], groupers: list[Value], names: list[str], call: Call) -> list[Value]:
    """A row for each group, with its names and its members."""
    table: list[Value] = []
    for name, members in _groups(rows, groupers[0] if groupers else None, call).items():
        if len(names) == 1:
            table.append({names[0]: name, "items": members})
        else:
            inner = _table(members, groupers[1:], names[1:], call)
            table += [{names[0]: name, **row} for row in inner if isinstance(row, dict)]
    return table


def _names(groupers: list[Value], call: Call) -> list[str]:
    """The columns of the table that hold the names of the groups.

    Raises:
        RunError: two have the same name, or one that of the members' column.
    """
    closures = [grouper for grouper in groupers if isinstance(grouper, Closure)]
    names = [
        column_name(grouper) if isinstance(grouper, CellPath) else f"closure_{closures.index(grouper)}"  # type: ignore[arg-type]
        for grouper in groupers
    ] or ["group"]
    for at, name in enumerate(names):
        if name in ("items", *names[:at]):
            label = Label(call.span("groupers"), f"`{name}` is taken")
            hint = "A closure instead of the column gets a name of its own: `{|row| $row.items }`."
            raise RunError("two columns of the table would have the same name", "error", (label,), hint)
    return names


def _groups(rows: list[Value], grouper: Value, call: Call) -> Groups:
    if isinstance(grouper, Closure):
        return _named(rows, [plain(value) for value in results(grouper, rows)])
    if not isinstance(grouper, CellPath):
        return _named(rows, [plain(row) for row in rows])
    name = grouper.members[0].value
    fast = _by_column(rows, name) if len(grouper.members) == 1 and isinstance(name, str) else None
    if fast is not None:
        return fast
    return _named(rows, [None if cell is None else plain(cell) for cell in cells(rows, grouper, call.head)])


def _named(rows: list[Value], names: list[str] | list[str | None]) -> Groups:
    groups: Groups = {}
    for row, name in zip(rows, names, strict=True):
        if name is not None:
            groups.setdefault(name, []).append(row)
    return groups


def _by_column(rows: list[Value], name: str) -> Groups | None:
    """The groups by a column that holds texts or null alone, or values of one type whose texts all differ."""
    groups: defaultdict[Value, list[Value]] = defaultdict(list)
    try:
        for row in rows:
            groups[row[name]].append(row)  # type: ignore[index, call-overload]
    except (KeyError, TypeError):
        return None
    kinds = set(map(type, groups))
    if not kinds <= {str, type(None)}:
        # 1, 1.0 and true are one key to Python, so that each row has to be looked at.
        kinds = set(map(type, map(itemgetter(name), rows)))  # type: ignore[arg-type]
        kinds.discard(type(None))
        if kinds not in ({int}, {bool}, {Duration}):
            return None
    groups.pop(None, None)
    return {plain(value): members for value, members in groups.items()}


COMMAND = GroupBy()
