"""Statements of SQL that somebody has written himself, and their rows as values of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from psycopg import sql

from stk_shell.model.errors import EventError, StoreError
from stk_shell.model.source import Source
from stk_shell.model.stream import Data
from stk_shell.model.values import Value
from stk_shell.store.connecting import Row
from stk_shell.store.database import Database
from stk_shell.store.json_values import check_characters
from stk_shell.store.pushdown.asking import Questions
from stk_shell.store.pushdown.cells import BOOL, JSON, NUMBER, OTHER, TEXT, TIME, UUID, Cell, Values
from stk_shell.store.pushdown.foreign import value_of
from stk_shell.store.pushdown.relation import PushedRows
from stk_shell.store.pushdown.rows import Origin, Rows

ASKS = re.compile(r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*(?:select|with|values|table)\b", re.IGNORECASE | re.DOTALL)
"""The beginning of a statement that only asks; a WITH may change something as well, which PostgreSQL says then."""

COPIES = re.compile(r"copy\b", re.IGNORECASE)

BYTES = 17
"""The number of the type bytea."""

WRITES, SYNTAX = "stk::store::unsupported", "stk::store::syntax"

KINDS = {
    16: BOOL,
    **dict.fromkeys((20, 21, 23), NUMBER),
    **dict.fromkeys((25, 1043, 19), TEXT),
    1184: TIME,
    2950: UUID,
    3802: JSON,
}
"""The kinds of columns, by the numbers that PostgreSQL's catalog pg_type has for their types."""


def run(database: Database, asker: Questions, statement: str) -> Data:
    """The rows of a statement, which are asked for when somebody pulls if it only asks; null where it gives none.

    Raises:
        StkError: the database refuses.
    """
    text = check_characters(statement).strip().rstrip(";")
    if not text:
        raise EventError("there is no statement", "no_statement", help='`psql exec "select name from api.stk_event"`')
    if COPIES.match(text):
        help = "`save` writes files, and `open FILE | .append event NAME` records what is in one."
        raise StoreError("COPY is not for `psql exec`", "copy", help=help)
    if ASKS.match(text):
        source = _asked(database, asker, text)
        if source is not None:
            return source
    rows, columns = database.described(sql.SQL(text))
    if not columns:
        return None
    names = _unique([name for name, _ in columns])
    texts = {at for at, (_, oid) in enumerate(columns) if oid != BYTES}
    return [dict(zip(names, _decoded(row, texts), strict=True)) for row in rows]


def _decoded(row: Row, texts: set[int]) -> list[Value]:
    """The values of a row in binary form, where psycopg leaves as bytes what it does not know, such as an enum."""
    values = map(value_of, row)
    return [
        value.decode(errors="replace") if at in texts and isinstance(value, bytes) else value
        for at, value in enumerate(values)
    ]


def _asked(database: Database, asker: Questions, text: str) -> Source | None:
    """The source of a question; None where it is one that cannot stand within another."""
    # On lines of its own: the statement may end with a comment.
    table = f"(\n{text}\n)"
    try:
        _, described = database.described(sql.SQL(f"select * from {table} q limit 0"))
    except StoreError as error:
        # PostgreSQL says best about the statement itself what is wrong with it.
        if error.code in (WRITES, SYNTAX):
            return None
        raise
    if not described:
        return None
    names = _unique([name for name, _ in described])
    cells = {name: _cell(f"e.c{at}", oid) for at, (name, (_, oid)) in enumerate(zip(names, described, strict=True))}
    numbered = ", ".join(f"c{at}" for at in range(len(names)))
    origin = Origin(f"(select * from {table.replace('%', '%%')} q ({numbered}))", {}, by_entity=False)
    rows = Rows(origin, cells, ())
    return Source(PushedRows(asker, rows, Values(asker.holds), rows))


def _cell(text: str, oid: int) -> Cell:
    kind = KINDS.get(oid, OTHER)
    return Cell(f"{text}::text" if kind == TEXT else text, kind, nullable=True)


def _unique(names: Sequence[str]) -> list[str]:
    """The names, with a number behind those that were there before."""
    made: list[str] = []
    for name in names:
        numbered: Iterator[str] = (f"{name}_{number}" for number in range(2, len(names) + 2))
        made.append(name if name not in made else next(each for each in numbered if each not in made))
    return made
