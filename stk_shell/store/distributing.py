"""Distributing the events over the servers of a Citus cluster, by uu.

Only the events are spread; entities, actors, types and the change log stay on the coordinator, which does all that
depends on the session. A worker knows no session: it sees the role of the coordinator's connection and what is sent
along. So what fills in and checks events, and what keeps entities apart, first moves from triggers and policies into
the view of api and into functions, all at once; a store can go on with them on one server. Then, the table is spread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.struct import Struct
from stk_shell.model.values import Record
from stk_shell.store.errors import translated

if TYPE_CHECKING:
    from stk_shell.store.connecting import Connection

EXTENSION = sql.SQL("select extversion from pg_catalog.pg_extension where extname = 'citus'")
IS_SUPERUSER = sql.SQL("select rolsuper from pg_catalog.pg_roles where rolname = session_user")
IS_PARTITIONED = sql.SQL("select relkind = 'p' from pg_catalog.pg_class where oid = 'private.stk_event'::regclass")
IS_DISTRIBUTED = sql.SQL(
    "select exists (select from pg_dist_partition where logicalrelid = 'private.stk_event'::regclass)"
)
COLUMNS = sql.SQL(
    "select attname::text from pg_catalog.pg_attribute where attrelid = 'api.stk_event'::regclass and attnum > 0"
    " and not attisdropped order by attnum"
)
TRIGGERS = sql.SQL(
    "select tgname::text from pg_catalog.pg_trigger where tgrelid = 'private.stk_event'::regclass and not tgisinternal"
    " and tgname <> all ('{t10010_stk_event_immutable, t10020_stk_no_delete}') order by 1"
)
POLICIES = sql.SQL(
    "select polname::text from pg_catalog.pg_policy where polrelid = 'private.stk_event'::regclass order by 1"
)
CHANGES = sql.SQL("select pg_catalog.pg_get_viewdef('api.stk_change_log'::regclass)")
RUNNERS = sql.SQL(
    "select oid::regprocedure::text from pg_catalog.pg_proc where pronamespace = 'pg_catalog'::regnamespace"
    " and (proname like 'run\\_command\\_on\\_%' or proname = 'master_run_on_worker') order by 1"
)

HAS_TRIGGER = sql.SQL(
    "select exists (select from pg_catalog.pg_trigger where tgrelid = 'api.stk_event'::regclass and tgname = {})"
)

HELP = (
    "Nothing was changed. On each of its servers: `apt-get install postgresql-16-citus-13.0` from Citus'"
    " packages, `shared_preload_libraries = 'citus'` in postgresql.conf, a restart, and `create extension citus` in"
    " this database; on the coordinator, `select citus_add_node('WORKER', 5432)` for each of the others."
)

INSERTING = """create or replace function private.t20100_stk_event_insert() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  type_v record;
  fault_v text;
begin
  new.uu := coalesce(new.uu, private.stk_uuid());
  new.table_name := 'stk_event';
  new.created := now();
  new.created_by_uu := private.stk_actor_uu();
  new.updated := new.created;
  new.updated_by_uu := new.created_by_uu;
  new.is_revoked := false;
  new.is_processed := false;
  new.revoked := null;
  new.processed := null;
  new.is_valid := coalesce(new.is_valid, true);
  new.record_json := coalesce(new.record_json, '{}');
  new.table_name_uu_json := coalesce(new.table_name_uu_json, '{"table_name": "", "uu": ""}');
  new.search_key := coalesce(new.search_key, private.stk_uuid()::text);
  if new.stk_entity_uu is null then
    new.stk_entity_uu := private.stk_entity_uu();
  elsif new.stk_entity_uu <> all (private.stk_entities_writable()) then
    perform private.stk_entity_refused(new.stk_entity_uu);
  end if;
  if new.type_uu is null then
    select t.uu into new.type_uu
    from private.stk_event_type as t
    where t.is_default and t.revoked is null and (t.stk_entity_uu = new.stk_entity_uu or t.stk_entity_uu is null)
    order by t.stk_entity_uu
    limit 1;
    if new.type_uu is null then
      raise exception 'stk_event_type has no default record'
        using errcode = 'STK05', hint = 'Set is_default on one of its records, or name the type.';
    end if;
  end if;
  select t.name, t.record_json -> 'json_schema' as schema into type_v
  from private.stk_event_type as t
  where t.uu = new.type_uu and t.revoked is null and (t.stk_entity_uu is null or t.stk_entity_uu = new.stk_entity_uu);
  if type_v.name is null then
    raise exception 'there is no such event type, or it is revoked' using errcode = 'STK04';
  end if;
  fault_v := private.stk_schema_fault(type_v.schema, new.record_json);
  if fault_v is not null then
    raise exception '%', fault_v
      using errcode = 'STK10', hint = format('The type %s asks for something else.', type_v.name);
  end if;
  insert into private.stk_event (
    uu, stk_entity_uu, created, created_by_uu, updated, updated_by_uu, table_name_uu_json, is_valid, type_uu,
    record_json, search_key, name, description, xact_id)
  values (
    new.uu, new.stk_entity_uu, new.created, new.created_by_uu, new.updated, new.updated_by_uu, new.table_name_uu_json,
    new.is_valid, new.type_uu, new.record_json, new.search_key, new.name, new.description,
    pg_current_xact_id()::text::bigint);
  return new;
end
$$"""

REFUSING = """create or replace function private.t20110_stk_event_refuse() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'records of stk_event are revoked, never deleted'
      using errcode = 'STK03', hint = 'Set revoked to mark a record as inactive.';
  end if;
  raise exception 'events of a distributed store are not changed through the view'
    using errcode = 'STK26', hint = 'api.stk_event_mark revokes them, or marks them as processed.';
end
$$"""

MARKING = """create or replace function api.stk_event_mark(mark_p text, uus_p uuid[])
  returns table (uu uuid, name text, marked timestamptz, is_marked boolean)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  actor_v constant uuid := private.stk_actor_uu();
  readable_v constant uuid[] := private.stk_entities_readable();
  writable_v constant uuid[] := private.stk_entities_writable();
  old_v private.stk_event%rowtype;
  new_v private.stk_event%rowtype;
begin
  if mark_p is null or mark_p <> all ('{revoked, processed}') then
    raise exception 'events are revoked or processed, nothing else' using errcode = 'STK02';
  end if;
  for old_v in
    select e.* from private.stk_event as e
    where e.uu = any (uus_p) and e.stk_entity_uu = any (readable_v) and e.revoked is null
      and (mark_p = 'revoked' or e.processed is null)
  loop
    if old_v.stk_entity_uu <> all (writable_v) then
      perform private.stk_entity_refused(old_v.stk_entity_uu);
    end if;
    if mark_p = 'revoked' then
      update private.stk_event as e set revoked = now(), updated = now(), updated_by_uu = actor_v
      where e.uu = old_v.uu and e.revoked is null returning e.* into new_v;
    else
      update private.stk_event as e set processed = now(), updated = now(), updated_by_uu = actor_v
      where e.uu = old_v.uu and e.revoked is null and e.processed is null returning e.* into new_v;
    end if;
    continue when not found;
    insert into private.stk_change_log
      (created_by_uu, record_table, record_uu, operation, old_values, new_values, stk_entity_uu)
    select
      actor_v, 'stk_event', new_v.uu, 'UPDATE', jsonb_object_agg(o.key, o.value),
      jsonb_object_agg(o.key, to_jsonb(new_v) -> o.key), new_v.stk_entity_uu
    from jsonb_each(to_jsonb(old_v)) as o
    where o.value is distinct from to_jsonb(new_v) -> o.key;
    uu := new_v.uu;
    name := new_v.name;
    marked := case mark_p when 'revoked' then new_v.revoked else new_v.processed end;
    is_marked := true;
    return next;
  end loop;
end
$$"""

ROLES = ("stk_superuser", "stk_api_role", "stk_private_role", "stk_keeper", "stk_auditor")


class Step(Struct):
    """A statement, and what it is for."""

    what: str
    statement: str

    def as_record(self) -> Record:
        """What is shown of it."""
        return {"step": self.what, "sql": self.statement}


def planned(connection: Connection) -> list[Record]:
    """What would be done, in order.

    Raises:
        StoreError: the cluster is not ready for it, or the login may not.
    """
    with translated():
        _check(connection)
        return [step.as_record() for step in (*_moving(connection), *_spreading(connection))]


def distribute(connection: Connection) -> list[Record]:
    """Distribute the events; gives what was done. What is done already is left as it is, so that it may be repeated.

    Raises:
        StoreError: the cluster is not ready for it, or the login may not.
    """
    with translated():
        _check(connection)
        moving, spreading = _moving(connection), _spreading(connection)
        # At no time are there events which nothing keeps apart.
        with connection.transaction():
            for step in moving:
                connection.execute(step.statement.encode())
        for step in spreading:
            # Commands for the workers go there over other connections, which see what is committed.
            with connection.transaction():
                connection.execute("set local citus.enable_unsafe_triggers to on")
                connection.execute(step.statement.encode())
        return [step.as_record() for step in (*moving, *spreading)]


def _check(connection: Connection) -> None:
    """See that there is a cluster, and that we may."""
    if connection.execute(EXTENSION).fetchone() is None:
        raise StoreError("this server has no Citus, which spreads tables over several servers", "no_citus", help=HELP)
    if not _is(connection, IS_SUPERUSER):
        raise StoreError(
            f"the login `{connection.info.user}` is no superuser, which it takes to distribute a store",
            "no_administrator",
            help="Nothing was changed. Give a --dsn with a superuser of the coordinator.",
        )
    if _is(connection, IS_PARTITIONED):
        raise StoreError(
            "a store whose events are in partitions is not distributed",
            "partitioned",
            help="Nothing was changed. A new store can be distributed, and the events be copied into it.",
        )


def _is(connection: Connection, question: sql.SQL | sql.Composed) -> bool:
    row = connection.execute(question).fetchone()
    return row is not None and bool(row[0])


def _moving(connection: Connection) -> list[Step]:
    """Move into the view and into functions what the table does for each event; nothing of it touches a worker."""
    steps = _functions()
    if not _is(connection, IS_DISTRIBUTED):
        steps += _bare(connection)
    return steps + _views(connection)


def _bare(connection: Connection) -> list[Step]:
    """Take from the table what only the coordinator can do, and from everybody the way to it past the view."""
    triggers = "a worker knows no session: what fills in and checks an event moves to the coordinator"
    policies = "nor does it know who may see what"
    steps = [
        Step(triggers, f"drop trigger {_quoted(name)} on private.stk_event")
        for (name,) in connection.execute(TRIGGERS).fetchall()
    ]
    steps += [
        Step(policies, f"drop policy {_quoted(name)} on private.stk_event")
        for (name,) in connection.execute(POLICIES).fetchall()
    ]
    return [
        *steps,
        Step(policies, "alter table private.stk_event disable row level security, no force row level security"),
        Step(
            "without row security, only its keeper works on the table",
            "revoke all on private.stk_event from stk_private_role",
        ),
        Step(
            "without row security, only its keeper works on the table",
            "grant select, insert, update on private.stk_event to stk_keeper",
        ),
    ]


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string(None)


def _functions() -> list[Step]:
    steps = [
        Step("what is recorded is filled in and checked", INSERTING),
        Step("what is never done is refused", REFUSING),
        Step("events are revoked and processed", MARKING),
    ]
    for function, comment in (
        ("private.t20100_stk_event_insert()", "Records an event of a distributed store, filled in and checked."),
        ("private.t20110_stk_event_refuse()", "Refuses UPDATE and DELETE of the view of a distributed store."),
        ("api.stk_event_mark(text, uuid[])", "Revokes events, or marks them as processed, in a distributed store."),
    ):
        steps += [
            Step("what it is for", f"comment on function {function} is '{comment}'"),
            Step("it sees every entity, and asks itself for the one", f"alter function {function} owner to stk_keeper"),
            Step("it is for clients alone", f"revoke execute on function {function} from public"),
        ]
    grants = ("api.stk_event_mark(text, uuid[]) to stk_api_role", "private.stk_entity_uu() to stk_keeper")
    return [*steps, *(Step("it is for clients alone", f"grant execute on function {grant}") for grant in grants)]


def _views(connection: Connection) -> list[Step]:
    columns = ", ".join(f"e.{name}" for (name,) in connection.execute(COLUMNS).fetchall())
    steps = [
        Step(
            "who sees what is asked on the coordinator, and goes to the workers as a list",
            "create or replace view api.stk_event as with allowed as materialized ("
            "select private.stk_entities_readable() as entities where private.stk_actor_uu() is not null)"
            f" select {columns} from private.stk_event as e"
            " where e.stk_entity_uu = any ((select a.entities from allowed as a)::uuid[])",
        )
    ]
    row = connection.execute(CHANGES).fetchone()
    text = str(row[0]).rstrip("; ") if row is not None else ""
    if "private.stk_event e" in text:
        text = text.replace("private.stk_event e", "api.stk_event e")
        steps.append(
            Step("the change log shows events as the view does", f"create or replace view api.stk_change_log as {text}")
        )
    for name, event in (("t20100_stk_event_insert", "insert"), ("t20110_stk_event_refuse", "update or delete")):
        if not _is(connection, HAS_TRIGGER.format(name)):
            create = f"create trigger {name} instead of {event} on api.stk_event"
            steps.append(
                Step("clients use the view as before", f"{create} for each row execute function private.{name}()")
            )
    return steps


def _spreading(connection: Connection) -> list[Step]:
    """Give the table to the workers, and the rights that queries need there.

    A query runs on a worker with the rights of who asks, not with those of the owner of the view. On the coordinator,
    nobody gets to the table but through the view.
    """
    steps = [Step("Citus connects to its workers as these roles", f"alter role {role} login") for role in ROLES]
    if not _is(connection, IS_DISTRIBUTED):
        steps.append(Step("the events go to the workers", "select create_distributed_table('private.stk_event', 'uu')"))
    there = "on a worker, a query runs with the rights of who asks"
    usage = "grant usage on schema private to stk_api_role, stk_keeper, stk_auditor"
    steps.append(Step(there, f"select run_command_on_workers($stk${usage}$stk$)"))
    for rights in ("select on %s to stk_api_role, stk_auditor", "select, insert, update on %s to stk_keeper"):
        steps.append(Step(there, f"select run_command_on_shards('private.stk_event', $stk$grant {rights}$stk$)"))
    runners = connection.execute(RUNNERS).fetchall()
    what = "nobody sends commands of his own to the workers"
    return [*steps, *(Step(what, f"revoke execute on function {name} from public") for (name,) in runners)]
