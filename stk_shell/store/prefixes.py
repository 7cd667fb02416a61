"""Finding records by the beginning of their uu."""

from __future__ import annotations

from functools import lru_cache

from psycopg import sql

from stk_shell.model.values import Record
from stk_shell.store.claims import Who
from stk_shell.store.database import Database, Query, as_record
from stk_shell.store.event_queries import APPENDED, Table, matching

FEW = 5000
"""Up to how many records the entities of a session have for all of them to be looked at: a millisecond."""

NEWEST = "order by e.created desc, e.uu desc limit"


def by_prefix(database: Database, table: Table, who: Who, prefix: str, at_most: int) -> list[Record]:
    """The records whose uu begins with the prefix of hexadecimal digits: uu, name and created, the newest first.

    The key of the table is in the order of the uus of all entities. So who has few records is answered from those
    alone: otherwise the time that it takes would grow with the records of others, and tell of them.
    """
    values = prefix.ljust(32, "0"), prefix.ljust(32, "f"), at_most
    has_few = (
        who.has_few_entities
        and "stk_entity_uu" not in table.lacks
        and database.rows(_counted(table), (FEW + 1,))[0][0] <= FEW
    )
    statement = _among_few(table) if has_few else matching(table)
    return [as_record(APPENDED, row) for row in database.rows(statement, values)]


def _own(table: Table, what: str) -> str:
    """Those of each entity of the session, by an index that has nothing else; no more than `FEW` and one of each."""
    newest = f"select {what} from {table.view} e where e.stk_entity_uu = o.uu {NEWEST} {FEW + 1}"
    return f"api.stk_entities() as o (uu) cross join lateral ({newest}) as e"


@lru_cache(maxsize=64)
def _counted(table: Table) -> Query:
    """How many records the session sees, up to a number."""
    return sql.SQL(f"select count(*) from (select from {_own(table, 'e.uu')} limit %s) as found")


@lru_cache(maxsize=64)
def _among_few(table: Table) -> Query:
    """The same records as by the key, where the session sees few."""
    found = f"select e.uu from {_own(table, 'e.uu')} where e.uu between %s and %s order by e.uu desc limit %s"
    return sql.SQL(
        f"select e.uu::text, e.name, e.created from {table.view} e where e.uu = any (array({found})) order by e.uu desc"
    )
