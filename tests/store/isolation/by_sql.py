"""What is tried by SQL."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from tests.store.isolation.world import (
    BOTH,
    FORBIDDEN,
    MAINTAINER,
    NOBODY,
    NONE,
    OTHER,
    OWN,
    READER,
    STRANGER,
    WRITER,
    WRITES,
    Command,
    Outcome,
    World,
    adds,
    always,
    asked,
    changes,
    sees,
)


def by_sql(statement: str, among: str = "events") -> Callable[[World, str, str], Outcome]:
    """Run a statement that gives uus; `{uus}` are those of the records asked for, `{table}` the table or its view."""

    def run(world: World, who: str, entity: str) -> Outcome:
        known: dict[str, str] = getattr(world, among)
        uus = ", ".join(f"'{known[each]}'" for each in asked(entity))
        schema = "private" if who == MAINTAINER else "api"
        with world.session(who) as connection:
            try:
                text = statement.format(
                    uus=uus, schema=schema, first=known[asked(entity)[0]], last=known[asked(entity)[-1]]
                )
                return world.whose([row[0] for row in connection.execute(text.encode()).fetchall()], known)
            except psycopg.Error as error:
                return error.sqlstate or ""

    return run


def inserted(
    entities: Callable[[str], tuple[str | None, ...]], session: Callable[[str], str | None]
) -> Callable[[World, str, str], Outcome]:
    """Record events that name entities, in a session that names one."""

    def run(world: World, who: str, entity: str) -> Outcome:
        schema = "private" if who == MAINTAINER else "api"
        named = session(entity)
        with world.session(who) as connection:
            try:
                if named is not None:
                    claim = f'{{"stk_entity_uu": "{world.entities[named]}"}}'
                    connection.execute("select set_config('stk.session', %s, true)", (claim,))
                rows = ", ".join(
                    "('x', default)" if each is None else f"('x', '{world.entities[each]}')"
                    for each in entities(entity)
                )
                statement = (
                    f"insert into {schema}.stk_event (name, stk_entity_uu) values {rows} returning stk_entity_uu"
                )
                return world.whose(
                    [row[0] for row in connection.execute(statement.encode()).fetchall()], world.entities
                )
            except psycopg.Error as error:
                return error.sqlstate or ""

    return run


def copied(world: World, who: str, entity: str) -> Outcome:
    """Take events out by COPY."""
    schema = "private" if who == MAINTAINER else "api"
    uus = ", ".join(f"'{world.events[each]}'" for each in asked(entity))
    with world.session(who) as connection:
        try:
            statement = f"copy (select uu from {schema}.stk_event where uu in ({uus})) to stdout"
            with connection.cursor().copy(statement.encode()) as copy:
                return world.whose(b"".join(copy).decode().split(), world.events)
        except psycopg.Error as error:
            return error.sqlstate or ""


def copied_in(world: World, who: str, entity: str) -> Outcome:
    """Put events in by COPY."""
    schema = "private" if who == MAINTAINER else "api"
    with world.session(who) as connection:
        try:
            statement = f"copy {schema}.stk_event (name, stk_entity_uu) from stdin"
            with connection.cursor().copy(statement.encode()) as copy:
                for each in asked(entity):
                    copy.write_row(("x", world.entities[each]))
            return frozenset(asked(entity))
        except psycopg.Error as error:
            return error.sqlstate or ""


def told(world: World, who: str, entity: str) -> Outcome:
    """What is said of what is another's is what is said of what was never there; gives whose is told apart."""
    with world.session(who) as connection:

        def said(statement: str) -> str:
            try:
                with connection.transaction():
                    return repr(connection.execute(statement.encode()).fetchall())
            except psycopg.Error as error:
                return f"{error.sqlstate} {error.diag.message_primary} {error.diag.message_detail}"

        schema = "private" if who == MAINTAINER else "api"
        never = "01a20563-f070-7b83-b7f5-8b542d8b84da"
        apart = set()
        for each in asked(entity):
            pairs = (
                ("select api.get_table_name_uu_json('{}')", world.events[each]),
                (f"insert into {schema}.stk_event (name, type_uu) values ('x', '{{}}')", world.types[each]),
                (f"insert into {schema}.stk_event (name, stk_entity_uu) values ('x', '{{}}')", world.entities[each]),
                (f"update {schema}.stk_event set revoked = now() where uu = '{{}}' returning 1", world.events[each]),
            )
            if any(said(text.format(uu)).replace(uu, never) != said(text.format(never)) for text, uu in pairs):
                apart.add(each)
        return frozenset(apart)


def tells(who: str, entity: str) -> Outcome:
    """Whoever is no member is told nothing."""
    return frozenset(asked(entity)) & {OWN} if who in (WRITER, READER, MAINTAINER) else NONE


def own_key(who: str, entity: str) -> Outcome:
    """A key that another entity uses is free; one's own is taken."""
    if who == NOBODY:
        return "STK06"
    if who in (READER, STRANGER):
        return "STK08" if who == READER else "STK07"
    return NONE if entity == OTHER else "23505"


def keyed(world: World, who: str, entity: str) -> Outcome:
    """Make types with keys that others of an entity have."""
    schema = "private" if who == MAINTAINER else "api"
    with world.session(who) as connection:
        try:
            for each in asked(entity):
                statement = f"insert into {schema}.stk_event_type (name, search_key) values ('x', 'key-{each}')"
                connection.execute(statement.encode())
        except psycopg.Error as error:
            return error.sqlstate or ""
    return NONE


def attached(table: str) -> Callable[[World, str, str], Outcome]:
    """See what is attached to events, by whoever."""

    def run(world: World, who: str, entity: str) -> Outcome:
        uus = ", ".join(f"'{world.events[each]}'" for each in asked(entity))
        schema = "private" if who == MAINTAINER else "api"
        statement = (
            f"select e.stk_entity_uu from api.stk_attached('{table}', array[{uus}]::uuid[]) as a (uu)"
            f" join {schema}.{table} e using (uu)"
        )
        with world.session(who) as connection:
            try:
                rows = connection.execute(statement.encode()).fetchall()
                return world.whose([row[0] for row in rows], world.entities)
            except psycopg.Error as error:
                return error.sqlstate or ""

    return run


EVERY = frozenset({OWN, OTHER})
UUS = "where uu in ({uus})"
BY_SQL = (
    Command("insert", inserted(lambda e: (None,), lambda e: None), lambda who, e: (
        adds(who, OWN) if who != STRANGER else "STK07"), WRITES),
    Command("insert naming the entity", inserted(asked, lambda e: None), adds, WRITES),
    Command("insert in a session that names the entity", inserted(lambda e: (None,), lambda e: asked(e)[-1]), lambda who, e: (
        adds(who, OTHER if e == BOTH else e)), WRITES),
    Command("insert naming one, in a session that names another", inserted(asked, lambda e: OTHER), adds, WRITES),
    Command("select", by_sql(f"select uu from {{schema}}.stk_event {UUS}"), sees),
    Command("select for update", by_sql(f"select uu from {{schema}}.stk_event {UUS} for update"), sees, (FORBIDDEN, None)),
    Command("select by its entity", by_sql(
        "select e.stk_entity_uu from {schema}.stk_event e where e.stk_entity_uu in ({uus})", "entities"), sees),
    Command("count", by_sql(
        f"select uu from {{schema}}.stk_event {UUS} and (select count(*) from {{schema}}.stk_event {UUS}) > 0"), sees),
    Command("what is new", by_sql(
        f"select uu from api.stk_event_news(null, array[]::bigint[], 0, null, null, null) {UUS}"), sees),
    Command("what is new, in order", by_sql(
        "select uu from api.stk_event_walk(array[]::bigint[], 0, null, null, '-infinity', '00000000-0000-0000-0000-000000000000', 99)"
        f" {UUS}"), sees),
    Command("count by name and type", by_sql(
        f"select unnest(array_agg(uu)) from {{schema}}.stk_event {UUS} group by name, type_uu, is_revoked"), sees),
    Command("select in a session that claims", by_sql(
        "with claim as materialized (select set_config('stk.session', '{{\"psql_user\": \"postgres\"}}', true))"
        f" select uu from {{schema}}.stk_event, claim {UUS}"), sees),
    Command("revoke", by_sql(f"update {{schema}}.stk_event set revoked = now() {UUS} returning uu"), changes, WRITES),
    Command("process", by_sql(f"update {{schema}}.stk_event set processed = now() {UUS} returning uu"), changes, WRITES),
    Command("delete", by_sql(f"delete from {{schema}}.stk_event {UUS} returning uu"), always("STK03"), (FORBIDDEN, "STK03")),
    Command("copy to", copied, sees),
    Command("copy from", copied_in, lambda who, e: "0A000" if who == MAINTAINER else "42809", (FORBIDDEN, "42809")),
    Command("change log", by_sql(
        "select distinct record_uu from api.stk_change_log where record_uu in ({uus}) and operation = 'INSERT'"), sees),
    Command("the table of a uu", by_sql(
        "select t.j ->> 'uu' from (values ('{first}'::uuid), ('{last}')) as u (uu),"
        " lateral api.get_table_name_uu_json(u.uu) as t (j)"), sees),
    Command("what is attached", attached("stk_event"), lambda who, e: sees(who, OWN), (EVERY, EVERY)),
    Command("what is attached of requests", attached("stk_request"), lambda who, e: sees(who, OWN), (EVERY, EVERY)),
    Command("what is attached of tags", attached("stk_tag"), lambda who, e: sees(who, OWN), (EVERY, EVERY)),
    Command("requests", by_sql(f"select uu from {{schema}}.stk_request {UUS}", "requests"), sees),
    Command("tags", by_sql(f"select uu from {{schema}}.stk_tag {UUS}", "tags"), sees),
    Command("change a request", by_sql(
        f"update {{schema}}.stk_request set name = 'x' {UUS} returning uu", "requests"), changes, WRITES),
    Command("process a request", by_sql(
        f"update {{schema}}.stk_request set processed = now() {UUS} returning uu", "requests"), changes, WRITES),
    Command("revoke a tag", by_sql(
        f"update {{schema}}.stk_tag set revoked = now() {UUS} returning uu", "tags"), changes, WRITES),
    Command("delete a tag", by_sql(f"delete from {{schema}}.stk_tag {UUS} returning uu", "tags"), always("STK03"), (FORBIDDEN, "STK03")),
    Command("search", by_sql(
        "select s.uu from api.stk_event_search('seen', null) as s where s.uu in ({uus})"), sees),
    Command("search what the index lacks", by_sql(
        "select e.stk_entity_uu from api.stk_event_search('about', null) as s join {schema}.stk_event as e using (uu)"
        " where e.stk_entity_uu in ({uus})", "entities"), sees),
    Command("find by a document", by_sql(
        "select f.uu from api.stk_event_find('{{\"of\": \"somebody\"}}', null) as f (uu) where f.uu in ({uus})"), sees),
    Command("find without conditions", by_sql(
        "select f.uu from api.stk_event_find(null, null) as f (uu) where f.uu in ({uus})"), sees),
    Command("types", by_sql(f"select uu from {{schema}}.stk_event_type {UUS}", "types"), sees),
    Command("type of a new event", by_sql(
        "insert into {schema}.stk_event (name, type_uu) select 'x', u from unnest(array[{uus}]::uuid[]) as u returning type_uu",
        "types"), lambda who, e: "STK07" if who == STRANGER else "STK08" if who == READER else adds(who, e), WRITES),
    Command("change a type", by_sql(
        f"update {{schema}}.stk_event_type set description = 'x' {UUS} returning uu", "types"), changes, WRITES),
    Command("key of a type", keyed, own_key, WRITES),
    Command("entities", by_sql(f"select uu from {{schema}}.stk_entity {UUS}", "entities"), sees),
    Command("members", by_sql(
        "select stk_entity_uu from {schema}.stk_entity_member where stk_entity_uu in ({uus})", "entities"), sees),
    Command("become a member", by_sql(
        "insert into {schema}.stk_entity_member (actor_uu, stk_entity_uu)"
        " select a.uu, u from {schema}.stk_actor a, unnest(array[{uus}]::uuid[]) as u returning stk_entity_uu",
        "entities"), always(FORBIDDEN), (FORBIDDEN, FORBIDDEN)),
    Command("become another actor", by_sql(
        "update {schema}.stk_actor set psql_user = psql_user || '_' returning uu", "entities"), always(FORBIDDEN), (FORBIDDEN, FORBIDDEN)),
    Command("what is told apart", told, tells),
)  # fmt: skip
