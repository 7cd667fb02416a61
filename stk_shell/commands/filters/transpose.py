"""The command `transpose`."""

from __future__ import annotations

import datetime

from stk_shell.commands._records import as_record
from stk_shell.commands.filters._turning import column_names, columns_of
from stk_shell.model.columns import Columns, Given, new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import no_column
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.text import scalar
from stk_shell.model.values import Record, Value


class Transpose(Command):
    """Makes rows of columns."""

    name = "transpose"
    summary = "Turn rows into columns and columns into rows."
    description = """Each column becomes a row: its name first, then its values. The new columns are called
`column0`, `column1` and so on, unless they are named. With `--header-row`, the values of the first column become the
names instead; of values that share a name, the first is kept."""
    signature = Signature(
        types=(("table", "any"), ("record", "table")),
        category="filters",
        rest=Parameter("names", STRING, "What the new columns are called."),
        flags=(
            Flag("header-row", "Take the names of the new columns from the first column.", short="r"),
            Flag("ignore-titles", "Leave the names of the old columns out.", short="i"),
            Flag("as-record", "Give a record instead of a table with one row.", short="d"),
            Flag("keep-last", "Of values that share a name, keep the last one.", short="l"),
            Flag("keep-all", "Of values that share a name, make a list.", short="a"),
        ),
    )
    examples = (
        Example(
            "{note: 3, login: 1} | transpose name count",
            "A table of the fields of a record.",
            [{"name": "note", "count": 3}, {"name": "login", "count": 1}],
        ),
        Example(
            "[[name count]; [note 3] [login 1]] | transpose --header-row --as-record",
            "And back again.",
            {"note": 3, "login": 1},
        ),
        Example(
            "[[day notes]; [mon 3] [tue 5]] | transpose",
            "Every column becomes a row.",
            [
                {"column0": "day", "column1": "mon", "column2": "tue"},
                {"column0": "notes", "column1": 3, "column2": 5},
            ],
        ),
        Example(
            "[[name n]; [note 1] [login 2] [note 3]] | transpose -r -d --keep-all",
            "Gather the values that belong to one name.",
            {"note": [1, 3], "login": 2},
        ),
    )
    fails = "With `--header-row`, a row whose first column is missing or is no plain value ends the command."
    see_also = ("rotate", "flatten", "items", "into record")

    def gives(self, given: Given) -> Columns:
        """Those that are named."""
        return new_columns(given.texts("names"))

    def run(self, call: Call, data: Data) -> Data:
        """The list of the new rows, or their only one."""
        _check_flags(call)
        rows = [as_record(call, row) for row in iterate(data)]
        columns = columns_of(rows)
        if call.switch("header-row"):
            names, columns = _headers(call, rows, columns), columns[1:]
        else:
            names = column_names(call, len(rows) + 1)
        titles = not call.switch("header-row") and not call.switch("ignore-titles")
        made: list[Value] = []
        for column in columns:
            values = [row.get(column) for row in rows]
            made.append(_row(call, names, [column, *values] if titles else values))
        return made[0] if call.switch("as-record") and len(made) == 1 else made


def _check_flags(call: Call) -> None:
    header = call.switch("header-row")
    if header and call.rest("names"):
        raise _conflict(call, "names", "`--header-row` takes the names from the first column")
    for flag in ("keep-last", "keep-all"):
        if call.switch(flag) and not header:
            raise _conflict(call, flag, f"`--{flag}` needs `--header-row`")
    if call.switch("keep-last") and call.switch("keep-all"):
        raise _conflict(call, "keep-all", "`--keep-last` and `--keep-all` cannot both be")


def _conflict(call: Call, argument: str, headline: str) -> RunError:
    return RunError(headline, "incompatible_parameters", (Label(call.span(argument), "because of this"),))


def _headers(call: Call, rows: list[Record], columns: list[str]) -> list[str]:
    """The texts in the first column."""
    if rows and not columns:
        raise no_column("0", [], call.head, may_be_optional=False)
    return [_header(call, row, columns[0]) for row in rows]


def _header(call: Call, row: Record, column: str) -> str:
    if column not in row:
        raise no_column(column, list(row), call.head, may_be_optional=False)
    value = row[column]
    if isinstance(value, str):
        return value
    if type(value) in (int, float, bool, datetime.datetime):
        return scalar(value)
    label = Label(call.head, f"this is {article(value)}")
    raise RunError(f"`{column}` holds what cannot be the name of a column", "unsupported_input", (label,))


def _row(call: Call, names: list[str], values: list[Value]) -> Record:
    row: Record = {}
    for name, value in zip(names, values, strict=False):
        if name not in row or call.switch("keep-last"):
            row[name] = value
        elif call.switch("keep-all"):
            kept = row[name]
            row[name] = [*kept, value] if isinstance(kept, list) else [kept, value]
    return row


COMMAND = Transpose()
