"""The statements of the overview that look at records: none reads more than a bounded number of them.

Where the database knows of members (`by_entity`), they go from one entity of the session to the next, as the indexes
do; elsewhere, the indexes are those of the time and of the name alone.
"""

from __future__ import annotations

from functools import lru_cache

from psycopg import sql

from stk_shell.model.nouns import Noun
from stk_shell.store.database import Query

EACH_ENTITY = "api.stk_entities() as o (uu) cross join lateral"


@lru_cache(maxsize=8)
def newest(noun: Noun, *, by_entity: bool) -> Query:
    """The statement that finds the newest records; it takes how many, twice."""
    source, own = (EACH_ENTITY, " where e.stk_entity_uu = o.uu") if by_entity else ("", "")
    return sql.SQL(
        f"select n.* from {source} (select e.uu::text, e.name, e.created, e.is_revoked from api.{noun.table} e{own}"
        " order by e.created desc, e.uu desc limit %s) as n order by n.created desc, n.uu desc limit %s"
    )


@lru_cache(maxsize=2)
def names(*, by_entity: bool) -> Query:
    """The statement that finds the names of events; it takes how many may be revoked, and how many names.

    It goes from each name to the next by the index on names: a plain `distinct` would read all events. `between` keeps
    to that index, where `=` would let PostgreSQL look for a rare name among all events by time; the order is that of
    the index read backwards.
    """
    first, own = "", ""
    entity, source = "null::uuid", ""
    if by_entity:
        first, own = " where e.stk_entity_uu = o.uu", " and e.stk_entity_uu = found.entity"
        entity, source = "o.uu", EACH_ENTITY
    return sql.SQL(
        "with recursive found (name, entity) as ("
        f" select first.name, {entity} from {source} ("
        f" select e.name from api.stk_event e{first} order by e.name limit 1) as first"
        " union all"
        " select next.name, found.entity from found cross join lateral ("
        f" select e.name from api.stk_event e where e.name > found.name{own} order by e.name limit 1"
        ") as next"
        ") select found.name, max(unrevoked.created) from found cross join lateral ("
        " select n.created from ("
        f" select e.created, e.is_revoked from api.stk_event e where e.name between found.name and found.name{own}"
        " order by e.name desc, e.created desc, e.uu desc limit %s"
        ") as n where not n.is_revoked limit 1) as unrevoked group by found.name limit %s"
    )


@lru_cache(maxsize=2)
def fields(*, by_entity: bool) -> Query:
    """The statement that finds the fields of the newest events of some names, at every depth; of a list, of its first.

    It takes the names, how many events of each, from which size they are left out, how deep to look, how much of a
    value is an example, and how many fields. The field without a path is the whole record.
    """
    source, own = (EACH_ENTITY, " and e.stk_entity_uu = o.uu") if by_entity else ("lateral", "")
    return sql.SQL(
        "with recursive sample as materialized ("
        f" select n.record_json from unnest(%s::text[]) as names (name) cross join {source} ("
        f" select e.record_json from api.stk_event e where e.name between names.name and names.name{own}"
        " order by e.name desc, e.created desc, e.uu desc limit %s"
        " ) as n where pg_column_size(n.record_json) < %s and jsonb_typeof(n.record_json) = 'object'"
        "), field (path, value) as ("
        " select array[]::text[], record_json from sample"
        " union all"
        " select field.path || each.key, each.value from field cross join lateral jsonb_each("
        " case when jsonb_typeof(field.value) = 'object' then field.value"
        " when jsonb_typeof(field.value -> 0) = 'object' then field.value -> 0 else '{}' end"
        " ) as each where cardinality(field.path) < %s"
        ") select path, (array_agg(jsonb_typeof(value)))[1], (array_agg(left(value #>> '{}', %s)))[1], count(*)"
        " from field group by path order by count(*) desc, path limit %s"
    )
