"""What each operation makes of a question for rows."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.model import operations
from stk_shell.model.operations import Operation
from stk_shell.model.source import Declined
from stk_shell.store.pushdown.cells import JSON, TEXT, UUID, Cell, Columns, Values, cell_at, either, listed_at
from stk_shell.store.pushdown.conditions import Conditions
from stk_shell.store.pushdown.rows import Ordering, Rows

CERTAIN_DIGITS = 15
"""As many digits a float keeps: decimal numbers with no more are ordered as the floats that are read from them."""

MOST = 2**62
"""No table has as many rows."""


def narrowed(rows: Rows, operation: Operation, values: Values) -> Rows:
    """The rows that are left when the operation is done.

    Raises:
        Declined: it is not done here.
    """
    take = TAKEN.get(type(operation))
    if take is None:
        raise Declined
    return take(rows, operation, values)


def _whole(rows: Rows) -> Rows:
    """The rows as a source, where only some of them are wanted by their number: what comes next is about those."""
    return rows.nested() if rows.is_cut else rows


def _in_order(rows: Rows) -> Rows:
    """The rows, if it is known in which order they come."""
    if not rows.order:
        raise Declined
    return rows


def _keep(rows: Rows, operation: operations.Keep, values: Values) -> Rows:
    rows = _whole(rows)
    verdict = Conditions(operation.condition, rows.columns, rows.only if rows.scalar else None, values).verdict()
    return rows.narrowed(verdict.truth, verdict.doubt, verdict.kept)


def _pick(rows: Rows, operation: operations.Pick, values: Values) -> Rows:
    names = [name for name, _ in operation.columns]
    if rows.scalar or len(set(names)) < len(names):
        raise Declined
    return _with_columns(rows, {name: cell_at(rows.columns, path, values) for name, path in operation.columns})


def _with_columns(rows: Rows, columns: Columns) -> Rows:
    """The rows with other columns, some of which may be in doubt."""
    doubts = [cell.doubt for cell in columns.values() if cell.doubt]
    if doubts and rows.is_cut:
        raise Declined
    certain = {name: cell.replace(doubt=None) for name, cell in columns.items()}
    return rows.replace(columns=certain, doubt=either(rows.doubt, *dict.fromkeys(doubts)))


def _omit(rows: Rows, operation: operations.Omit, values: Values) -> Rows:
    if rows.scalar or not set(operation.names) <= set(rows.columns):
        raise Declined
    kept = {name: cell for name, cell in rows.columns.items() if name not in operation.names}
    if not kept:
        raise Declined
    return rows.replace(columns=kept)


def _rename(rows: Rows, operation: operations.Rename, values: Values) -> Rows:
    if rows.scalar:
        raise Declined
    old = list(rows.columns)
    replaced = dict(operation.new)
    names = [*operation.given[: len(old)], *(replaced.get(name, name) for name in old[len(operation.given) :])]
    if not set(replaced) <= set(old) or len(set(names)) < len(names):
        raise Declined
    return rows.replace(columns=dict(zip(names, rows.columns.values(), strict=True)))


def _cells(rows: Rows, operation: operations.Cells, values: Values) -> Rows:
    if rows.scalar:
        raise Declined
    cell = listed_at(rows.columns, operation.path, values)
    # `get` looks at all rows before it gives any value.
    return _with_columns(rows, {"": cell}).replace(scalar=True).settled()


def _order(rows: Rows, operation: operations.Order, values: Values) -> Rows:
    rows = _whole(_in_order(rows))
    if rows.scalar:
        raise Declined
    added: list[Ordering] = []
    for path in operation.paths:
        cell = cell_at(rows.columns, path, values)
        expressions, doubt = _sort_key(cell)
        rows = rows.replace(doubt=either(rows.doubt, cell.doubt, doubt))
        added += [Ordering(sql) for sql in expressions]
    order = (*added, *rows.order)
    if operation.reverse:
        order = (*(each.turned() for each in added), *(each.turned() for each in rows.order))
    return _doubtful_first(rows.replace(order=order))


def _doubtful_first(rows: Rows) -> Rows:
    """The rows, those in doubt at the beginning: a stage has looked at all, and who wants any row hears of it."""
    if rows.doubt is None:
        return rows
    first = Ordering(f"coalesce({rows.doubt}, false)", descending=True, fixed=True)
    return rows.replace(order=(first, *(each for each in rows.order if each != first)))


def _sort_key(cell: Cell) -> tuple[list[str], str | None]:
    """The expressions that order cells as the language does, nulls last, and for which memory has to."""
    if cell.kind == TEXT:
        return [f'{cell.sql} collate "C"'], None
    if cell.kind != JSON:
        return [cell.sql], None
    type_, text = f"jsonb_typeof({cell.sql})", f"({cell.sql} #>> '{{}}')"
    rank = f"case {type_} when 'boolean' then 0 when 'number' then 1 when 'string' then 2 else 3 end"
    string = f"case when {type_} = 'string' then {text} end collate \"C\""
    other = f"case when {type_} in ('number', 'boolean') then {cell.sql} end"
    doubt = f"({type_} in ('array', 'object') or {type_} = 'number' and length({text}) > {CERTAIN_DIGITS})"
    return [rank, string, other], doubt


def _reverse(rows: Rows, operation: operations.ReverseRows, values: Values) -> Rows:
    return _turned(_doubtful_first(_whole(_in_order(rows))))


def _turned(rows: Rows) -> Rows:
    return rows.replace(order=tuple(each.turned() for each in rows.order))


def _first(rows: Rows, operation: operations.FirstRows, values: Values) -> Rows:
    count = min(operation.count, MOST)
    rows = rows if count else rows.settled()
    return rows.replace(limit=count if rows.limit is None else min(count, rows.limit))


def _skip(rows: Rows, operation: operations.SkipRows, values: Values) -> Rows:
    count = min(operation.count, MOST)
    limit = None if rows.limit is None else max(rows.limit - count, 0)
    return rows.settled().replace(offset=min(rows.offset + count, MOST), limit=limit)


def _last(rows: Rows, operation: operations.LastRows, values: Values) -> Rows:
    rows = _whole(_in_order(rows))
    rows = _doubtful_first(rows) if operation.count else rows.settled()
    return _turned(_turned(rows).replace(limit=min(operation.count, MOST)).nested())


def _drop(rows: Rows, operation: operations.DropRows, values: Values) -> Rows:
    turned = _turned(_whole(_in_order(rows)).settled())
    return _turned(turned.replace(offset=min(operation.count, MOST)).nested())


def output(cell: Cell) -> str:
    """What is selected for a cell: a uuid is a text."""
    return f"{cell.sql}::text" if cell.kind == UUID else cell.sql


TAKEN: dict[type[Operation], Callable[..., Rows]] = {
    operations.Keep: _keep,
    operations.Pick: _pick,
    operations.Omit: _omit,
    operations.Rename: _rename,
    operations.Cells: _cells,
    operations.Order: _order,
    operations.ReverseRows: _reverse,
    operations.FirstRows: _first,
    operations.SkipRows: _skip,
    operations.LastRows: _last,
    operations.DropRows: _drop,
}
"""How rows are narrowed by each operation that leaves rows."""
