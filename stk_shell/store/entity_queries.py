"""The SQL of entities, actors and members."""

from __future__ import annotations

from psycopg import sql

from stk_shell.store.claims import UNREVOKED

ENTITY = ("name", "can_write", "members", "type", "parent", "description", "created", "search_key", "uu")
ACTOR = ("name", "login", "entities", "description", "created", "search_key", "uu")
MEMBER = ("actor", "entity", "can_write")
REVOKED_ACTOR = ("name", "login", "entities", "revoked", "is_revoked", "uu")

ENTITIES = sql.SQL(
    "select n.name, coalesce(m.can_write, false), m.members, t.name, p.name, n.description, n.created, n.search_key,"
    " n.uu::text from api.stk_entity n"
    " left join api.stk_entity_type t on t.uu = n.type_uu left join api.stk_entity p on p.uu = n.parent_uu"
    " cross join lateral (select count(*) as members, bool_or(m.can_write and a.uu is not null) as can_write"
    " from api.stk_entity_member m"
    " left join api.stk_actor a on a.uu = m.actor_uu and a.psql_user = session_user and not a.is_revoked"
    " where m.stk_entity_uu = n.uu and not m.is_revoked) m"
    " where not n.is_revoked order by n.name"
)

FOREIGN_ENTITIES = sql.SQL(
    "select name, null, null, null, null, to_jsonb(n) ->> 'description', (to_jsonb(n) ->> 'created')::timestamptz,"
    f" search_key, uu::text from api.stk_entity n where {UNREVOKED} order by name"
)

ACTORS = sql.SQL(
    "select a.name, a.psql_user, coalesce(m.names, '{}'), a.description, a.created, a.search_key, a.uu::text"
    " from api.stk_actor a cross join lateral ("
    " select array_agg(n.name order by n.name) as names from api.stk_entity_member m"
    " join api.stk_entity n on n.uu = m.stk_entity_uu where m.actor_uu = a.uu and not m.is_revoked) m"
    " where not a.is_revoked order by a.name"
)

CURRENT = sql.SQL(
    "select n.name, n.uu::text, s.actor, session_user::text, s.entities from api.stk_session_start() s"
    " left join api.stk_entity n on n.uu = s.entity_uu"
)

NEW_ENTITY = sql.SQL(
    "insert into private.stk_entity (name, search_key, type_uu, parent_uu, description)"
    " values (%s, %s, %s, %s, %s) returning uu::text"
)
NEW_ACTOR = sql.SQL(
    "insert into private.stk_actor (name, psql_user, description) values (%s, %s, %s)"
    " returning name, psql_user, array[]::text[], description, created, search_key, uu::text"
)
OWN_MEMBER = sql.SQL(
    "insert into private.stk_entity_member (stk_entity_uu, actor_uu)"
    " select %s, a.uu from private.stk_actor a where a.psql_user = %s and a.revoked is null"
)
GRANT = sql.SQL(
    "insert into private.stk_entity_member (actor_uu, stk_entity_uu, can_write) values (%s, %s, %s)"
    " on conflict (actor_uu, stk_entity_uu) where revoked is null do update set can_write = excluded.can_write"
)
REVOKE = sql.SQL(
    "update private.stk_entity_member set revoked = now()"
    " where actor_uu = %s and stk_entity_uu = %s and revoked is null returning can_write"
)
REVOKE_ACTOR = sql.SQL(
    "with ended as (update private.stk_entity_member m set revoked = now() from private.stk_entity n"
    " where m.actor_uu = %(uu)s and m.revoked is null and n.uu = m.stk_entity_uu returning n.name)"
    " update private.stk_actor set revoked = now() where uu = %(uu)s and revoked is null"
    " returning name, psql_user, array(select name from ended order by name), revoked, is_revoked, uu::text"
)
ACTOR_AT_HAND = sql.SQL("select search_key, psql_user from private.stk_actor where uu = %s")
IS_REVOKED = sql.SQL(
    "select exists (select from private.stk_actor where %s in (name, search_key, uu::text) and revoked is not null)"
)
NAMES = sql.SQL("select a.name, n.name from private.stk_actor a, private.stk_entity n where a.uu = %s and n.uu = %s")
IS_LOGIN = sql.SQL("select exists (select from pg_catalog.pg_roles where rolname = %s and rolcanlogin)")
QUOTED = sql.SQL("select pg_catalog.quote_ident(%s)")

LOGINS = sql.SQL(
    "select s.value ->> 'create', n.name from api.stk_setting s"
    " left join api.stk_entity n on n.uu::text = s.value ->> 'create'"
    " where s.name = 'login_without_actor' and not s.is_revoked"
)
SET_LOGINS = sql.SQL("update private.stk_setting set value = %s where name = 'login_without_actor' and revoked is null")
