-- Who sees and writes what: actors are members of entities, and row security keeps each login to its own.

set local role stk_superuser;

-- Functions of stk_keeper see every entity; the tables of later migrations have to be open to them as well.
alter default privileges in schema private grant select on tables to stk_keeper;

create table private.stk_entity_member (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_entity_member') stored,
  stk_entity_uu uuid not null references private.stk_entity (uu),
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  updated timestamptz not null default now(),
  updated_by_uu uuid not null,
  revoked timestamptz,
  is_revoked boolean not null generated always as (revoked is not null) stored,
  actor_uu uuid not null references private.stk_actor (uu),
  can_write boolean not null default true
);
create unique index stk_entity_member_uidx on private.stk_entity_member (actor_uu, stk_entity_uu) where revoked is null;
create index stk_entity_member_actor_idx on private.stk_entity_member (actor_uu);
comment on table private.stk_entity_member is
  'Which actor is a member of which entity: he sees its records, and writes there if can_write says so.';
comment on column private.stk_entity_member.stk_entity_uu is 'The entity that the actor is a member of.';
comment on column private.stk_entity_member.actor_uu is 'The actor.';
comment on column private.stk_entity_member.can_write is 'Whether the actor may write there, not only read.';
comment on index private.stk_entity_member_uidx is 'An actor is a member of an entity once.';
comment on index private.stk_entity_member_actor_idx is 'The entities of an actor, those that he has left included.';
comment on constraint stk_entity_member_stk_entity_uu_fkey on private.stk_entity_member is 'The entity is one that there is.';
comment on constraint stk_entity_member_actor_uu_fkey on private.stk_entity_member is 'The actor is one that there is.';

create table private.stk_setting (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_setting') stored,
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  updated timestamptz not null default now(),
  updated_by_uu uuid not null,
  revoked timestamptz,
  is_revoked boolean not null generated always as (revoked is not null) stored,
  name text not null,
  value jsonb not null,
  description text
);
create unique index stk_setting_name_uidx on private.stk_setting (name) where revoked is null;
comment on table private.stk_setting is 'What an administrator has chosen for the whole store.';
comment on column private.stk_setting.value is 'What was chosen.';
comment on index private.stk_setting_name_uidx is 'Something is chosen once.';

-- Whoever had the store to himself keeps all of it.
insert into private.stk_entity_member (created_by_uu, updated_by_uu, actor_uu, stk_entity_uu)
select s.uu, s.uu, a.uu, e.uu
from private.stk_actor as s
cross join private.stk_actor as a
cross join private.stk_entity as e
where s.search_key = 'stk_superuser' and a.search_key <> 'unknown';

insert into private.stk_setting (created_by_uu, updated_by_uu, name, value, description)
select
  s.uu, s.uu, 'login_without_actor',
  -- Where such logins have worked until now, they go on.
  case
    when exists (select from private.stk_event as v where v.created_by_uu = u.uu)
    then pg_catalog.jsonb_build_object('create', e.uu)
    else '"refuse"'
  end,
  'What becomes of a login that no actor has: "refuse", or {"create": the uu of an entity}, which makes it an actor that is a member there.'
from private.stk_actor as s, private.stk_actor as u, private.stk_entity as e
where s.search_key = 'stk_superuser' and u.search_key = 'unknown' and e.search_key = '*';

-- What the two tables say for each login, put together when they change: asked with each statement, and for each row
-- that is added, it has to be one look-up in one table.

create table private.login_access (
  login text primary key,
  actor_uu uuid not null,
  entity_uu uuid,
  readable uuid[] not null,
  writable uuid[] not null
);
create index login_access_actor_idx on private.login_access (actor_uu);
comment on table private.login_access is
  'What each login may see and write, by private.stk_actor and private.stk_entity_member; t80020_stk_access keeps it so.';
comment on column private.login_access.login is 'The database login.';
comment on column private.login_access.actor_uu is 'Its actor.';
comment on column private.login_access.entity_uu is
  'The entity of new records: the only one where the actor may write, or else the entity * if he may write there.';
comment on column private.login_access.readable is 'The entities that the actor is a member of.';
comment on column private.login_access.writable is 'Those of them where he may write, and that are not revoked.';
comment on index private.login_access_actor_idx is 'The login of an actor.';
alter table private.login_access enable row level security, force row level security;
create policy login_access_own on private.login_access for select using (login = session_user::text);
comment on policy login_access_own on private.login_access is 'A login sees what it may see itself.';
create policy stk_keeper_all on private.login_access to stk_keeper using (true) with check (true);
comment on policy stk_keeper_all on private.login_access is 'The functions that keep and ask it see all.';
grant select on private.login_access to stk_private_role;
grant select, insert, delete on private.login_access to stk_keeper;

create function private.login_access_refresh(actor_p uuid) returns void
  language plpgsql volatile
  security definer
  set search_path = ''
as $$
begin
  -- Two administrators at once: the second has to see what the first has done.
  lock table private.login_access in share row exclusive mode;
  delete from private.login_access as l where l.actor_uu = actor_p;
  insert into private.login_access (login, actor_uu, entity_uu, readable, writable)
  select
    a.psql_user, a.uu,
    case
      when pg_catalog.cardinality(m.writable) = 1 then m.writable[1]
      else (select e.uu from private.stk_entity as e where e.search_key = '*' and e.uu = any (m.writable))
    end,
    m.readable, m.writable
  from private.stk_actor as a
  cross join lateral (
    select
      coalesce(pg_catalog.array_agg(m.stk_entity_uu), '{}') as readable,
      coalesce(pg_catalog.array_agg(m.stk_entity_uu) filter (where m.can_write and e.revoked is null), '{}') as writable
    from private.stk_entity_member as m
    join private.stk_entity as e on e.uu = m.stk_entity_uu
    where m.actor_uu = a.uu and m.revoked is null
  ) as m
  where a.uu = actor_p and a.revoked is null and a.psql_user is not null;
end
$$;
comment on function private.login_access_refresh(uuid) is 'Puts together anew what the login of an actor may see and write.';

create function private.t80020_stk_access() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if tg_table_name = 'stk_actor' then
    perform private.login_access_refresh(new.uu);
  elsif tg_table_name = 'stk_entity_member' then
    perform private.login_access_refresh(new.actor_uu);
    if tg_op = 'UPDATE' and old.actor_uu <> new.actor_uu then
      perform private.login_access_refresh(old.actor_uu);
    end if;
  else
    perform private.login_access_refresh(m.actor_uu)
    from private.stk_entity_member as m
    where m.stk_entity_uu = new.uu and m.revoked is null;
  end if;
  return null;
end
$$;
comment on function private.t80020_stk_access() is 'Has what logins may see and write follow actors, members and entities.';

-- Types are shared by all, or belong to one entity. Keys are unique within it, so that nobody learns those of others.

alter table private.stk_event_type add column stk_entity_uu uuid references private.stk_entity (uu);
comment on column private.stk_event_type.stk_entity_uu is 'The entity that the type belongs to; null where all share it.';
comment on constraint stk_event_type_stk_entity_uu_fkey on private.stk_event_type is 'The entity is one that there is.';
drop index private.stk_event_type_search_key_uidx;
create unique index stk_event_type_search_key_uidx
  on private.stk_event_type (stk_entity_uu, search_key) nulls not distinct;
comment on index private.stk_event_type_search_key_uidx is 'A search key names one type of an entity.';
drop index private.stk_event_type_default_uidx;
create unique index stk_event_type_default_uidx
  on private.stk_event_type (stk_entity_uu) nulls not distinct where is_default and revoked is null;
comment on index private.stk_event_type_default_uidx is 'An entity has one default, and there is one for all.';

create index stk_event_entity_idx on private.stk_event (stk_entity_uu, created desc, uu desc);
comment on index private.stk_event_entity_idx is 'The events of an entity, newest first: nobody walks through those of others.';
drop index private.stk_event_name_idx;
create index stk_event_name_idx on private.stk_event (stk_entity_uu, name, created desc, uu desc);
comment on index private.stk_event_name_idx is 'The events of an entity and a name, newest first.';

alter table private.stk_change_log add column stk_entity_uu uuid;
comment on column private.stk_change_log.stk_entity_uu is
  'The entity of the record that was changed; null for a record that belongs to none.';
alter table private.stk_change_log disable trigger t10015_stk_append_only;
update private.stk_change_log as l
set stk_entity_uu = case when l.record_table = 'stk_entity' then l.record_uu else e.stk_entity_uu end
from private.stk_change_log as o
left join private.stk_event as e on e.uu = o.record_uu
where o.uu = l.uu and l.record_table in ('stk_entity', 'stk_event');
alter table private.stk_change_log enable trigger t10015_stk_append_only;

-- Who the login is, and what it may see. Nothing that a client sets has a say: session_user is what it logged in as.

create function private.stk_is_administrator() returns boolean
  language sql stable parallel safe
  return pg_catalog.pg_has_role(session_user, 'stk_superuser', 'member');
comment on function private.stk_is_administrator() is
  'Whether the login may take the role of the owner, as superusers may: it makes entities, actors and members.';

create function private.stk_actor_missing() returns uuid
  language plpgsql volatile
  security definer
  set search_path = ''
as $$
declare
  found_v record;
  entity_v uuid;
  actor_v uuid;
begin
  -- A function that is STABLE does not see what its own statement has made.
  select a.uu, a.revoked into found_v
  from private.stk_actor as a
  where a.psql_user = session_user::text
  order by a.revoked desc nulls first
  limit 1;
  if found_v.uu is not null and found_v.revoked is null then
    return found_v.uu;
  end if;
  if private.stk_is_administrator() then
    return (select a.uu from private.stk_actor as a where a.search_key = 'stk_superuser');
  end if;
  if found_v.uu is not null then
    raise exception 'the actor of the login % is revoked', session_user
      using errcode = 'STK06',
      hint = pg_catalog.format('An administrator can make another: `actor new NAME --login %s`.', session_user);
  end if;
  select (s.value ->> 'create')::uuid into entity_v
  from private.stk_setting as s
  where s.name = 'login_without_actor' and s.revoked is null and pg_catalog.jsonb_typeof(s.value) = 'object';
  if entity_v is null or pg_catalog.current_setting('transaction_read_only')::boolean then
    raise exception 'the login % has no actor in this store', session_user
      using errcode = 'STK06',
      hint = pg_catalog.format(
        'An administrator can make one: `actor new NAME --login %s`, then `entity grant NAME`.', session_user);
  end if;
  -- He makes himself; another session of the same login may be faster.
  actor_v := private.stk_uuid();
  insert into private.stk_actor (uu, created_by_uu, psql_user, name) values (actor_v, actor_v, session_user, session_user)
  on conflict do nothing;
  if found then
    insert into private.stk_entity_member (created_by_uu, actor_uu, stk_entity_uu) values (actor_v, actor_v, entity_v);
  else
    select a.uu into actor_v from private.stk_actor as a where a.psql_user = session_user::text and a.revoked is null;
  end if;
  return actor_v;
end
$$;
comment on function private.stk_actor_missing() is
  'The actor of a login that seems to have none: just made, or the owner for an administrator, or one made now if '
  'the setting login_without_actor says so; else an error.';

create or replace function private.stk_actor_uu() returns uuid
  language plpgsql stable parallel safe
  security definer
  set search_path = ''
as $$
declare
  actor_v uuid;
begin
  select a.actor_uu into actor_v from private.login_access as a where a.login = session_user::text;
  if actor_v is null then
    actor_v := private.stk_actor_missing();
  end if;
  return actor_v;
end
$$;
comment on function private.stk_actor_uu() is
  'The actor of the session: the one with its login. Nothing that a client sets has a say.';

create function private.stk_entities_missing(writable_p boolean) returns uuid[]
  language plpgsql volatile
  security definer
  set search_path = ''
as $$
declare
  entities_v uuid[];
begin
  perform private.stk_actor_missing();
  select case when writable_p then a.writable else a.readable end into entities_v
  from private.login_access as a
  where a.login = session_user::text;
  if entities_v is null then
    -- An administrator without an actor of his own.
    select coalesce(pg_catalog.array_agg(e.uu), '{}') into entities_v
    from private.stk_entity as e
    where not writable_p or e.revoked is null;
  end if;
  return entities_v;
end
$$;
comment on function private.stk_entities_missing(boolean) is
  'The entities of a login that seems to have no actor: those of the one that was made for it, or all, or an error.';

create function private.stk_entities_readable() returns uuid[]
  language plpgsql stable parallel safe
  security definer
  set search_path = ''
as $$
declare
  entities_v uuid[];
begin
  select a.readable into entities_v from private.login_access as a where a.login = session_user::text;
  return coalesce(entities_v, private.stk_entities_missing(false));
end
$$;
comment on function private.stk_entities_readable() is 'The entities whose records the session may see.';

create function private.stk_entities_writable() returns uuid[]
  language plpgsql stable parallel safe
  security definer
  set search_path = ''
as $$
declare
  entities_v uuid[];
begin
  select a.writable into entities_v from private.login_access as a where a.login = session_user::text;
  return coalesce(entities_v, private.stk_entities_missing(true));
end
$$;
comment on function private.stk_entities_writable() is 'The entities where the session may write.';

create function private.stk_entity_refused(entity_p uuid) returns boolean
  language plpgsql stable
  security definer
  set search_path = ''
as $$
begin
  if entity_p is null then
    raise exception 'this record is shared by all entities'
      using errcode = 'STK09',
      hint = 'An administrator can change it. A record of the entity''s own can be made instead.';
  end if;
  -- Of an entity that is not his, he does not learn that it exists.
  if entity_p = any (private.stk_entities_readable())
    and exists (select from private.stk_entity as e where e.uu = entity_p and e.revoked is null)
  then
    raise exception 'the actor % may read the entity %, not write there',
      (select a.name from private.stk_actor as a where a.uu = private.stk_actor_uu()),
      (select e.name from private.stk_entity as e where e.uu = entity_p)
      using errcode = 'STK08',
      hint = 'An administrator can allow it: `entity grant ACTOR --entity ENTITY`.';
  end if;
  raise exception 'there is no such entity, or it is revoked' using errcode = 'STK04';
end
$$;
comment on function private.stk_entity_refused(uuid) is
  'Says why the session may not write in an entity. Policies call it where a row fails, so that the error is ours.';

create or replace function private.stk_entity_uu() returns uuid
  language plpgsql stable
  security definer
  set search_path = ''
as $$
declare
  entity_v uuid;
  writable_v uuid[] := private.stk_entities_writable();
  session_v text := pg_catalog.current_setting('stk.session', true);
begin
  if session_v <> '' then
    entity_v := nullif(session_v::jsonb ->> 'stk_entity_uu', '')::uuid;
    if entity_v is not null then
      if entity_v = any (writable_v) then
        return entity_v;
      end if;
      perform private.stk_entity_refused(entity_v);
    end if;
  end if;
  if pg_catalog.cardinality(writable_v) = 1 then
    return writable_v[1];
  end if;
  select e.uu into entity_v from private.stk_entity as e where e.search_key = '*' and e.uu = any (writable_v);
  if entity_v is null then
    if pg_catalog.cardinality(writable_v) = 0 then
      raise exception 'the actor may write in no entity'
        using errcode = 'STK07',
        hint = 'An administrator can make him a member of one: `entity grant ACTOR --entity ENTITY`.';
    end if;
    raise exception 'the actor may write in % entities, and none is named', pg_catalog.cardinality(writable_v)
      using errcode = 'STK07',
      hint = 'Name it: `entity use NAME`, `stk --entity NAME`, or stk_entity_uu in stk.session.';
  end if;
  return entity_v;
end
$$;
comment on function private.stk_entity_uu() is
  'The entity that new records belong to: the one named in stk.session, else the only one where the actor may write, '
  'else the entity *; always one where he may write.';

-- The functions of triggers again, as ones that see every entity and so have to ask for what belongs together.

create or replace function private.t10100_stk_change_log() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  old_v jsonb := '{}';
  new_v jsonb := pg_catalog.to_jsonb(new);
  entity_v uuid := new_v ->> case when tg_table_name = 'stk_entity' then 'uu' else 'stk_entity_uu' end;
begin
  if tg_op = 'UPDATE' then
    select
      coalesce(pg_catalog.jsonb_object_agg(o.key, o.value), '{}'),
      coalesce(pg_catalog.jsonb_object_agg(o.key, new_v -> o.key), '{}')
    into old_v, new_v
    from pg_catalog.jsonb_each(pg_catalog.to_jsonb(old)) as o
    where o.value is distinct from new_v -> o.key;
  end if;
  insert into private.stk_change_log
    (created_by_uu, record_table, record_uu, operation, old_values, new_values, stk_entity_uu)
  values (new.updated_by_uu, tg_table_name, new.uu, tg_op, old_v, new_v, entity_v);
  return null;
end
$$;

create or replace function private.t10110_stk_created_updated() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    -- Look-ups cost several microseconds a row, so they stand where they are only reached when a value is missing.
    if new.created_by_uu is null then
      new.created_by_uu := private.stk_actor_uu();
    elsif new.created_by_uu <> new.uu and not private.stk_is_administrator() then
      new.created_by_uu := private.stk_actor_uu();
    end if;
    if new.created <> pg_catalog.now() and not private.stk_is_administrator() then
      new.created := pg_catalog.now();
    end if;
    new.updated := new.created;
    new.updated_by_uu := new.created_by_uu;
  else
    new.created := old.created;
    new.created_by_uu := old.created_by_uu;
    new.updated := pg_catalog.now();
    new.updated_by_uu := private.stk_actor_uu();
  end if;
  return new;
end
$$;
comment on function private.t10110_stk_created_updated() is
  'Fills in who made or changed the record, and when. Only administrators can say otherwise, for records of elsewhere.';

create or replace function private.t10120_stk_entity() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  session_v text := pg_catalog.current_setting('stk.session', true);
begin
  -- Whether he may write there, the policy sees, once for all rows.
  if session_v <> '' then
    new.stk_entity_uu := nullif(session_v::jsonb ->> 'stk_entity_uu', '')::uuid;
  end if;
  if new.stk_entity_uu is null then
    select a.entity_uu into new.stk_entity_uu from private.login_access as a where a.login = session_user::text;
  end if;
  if new.stk_entity_uu is null then
    new.stk_entity_uu := private.stk_entity_uu();
  end if;
  return new;
end
$$;
comment on function private.t10120_stk_entity() is
  'Gives the record to the entity that private.stk_entity_uu() tells; the usual cases without asking it.';

create function private.t10121_stk_entity_shared() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if new.stk_entity_uu is null and not private.stk_is_administrator() then
    new.stk_entity_uu := private.stk_entity_uu();
  end if;
  return new;
end
$$;
comment on function private.t10121_stk_entity_shared() is
  'Gives the record to the entity that private.stk_entity_uu() tells; what an administrator makes is shared by all.';

create or replace function private.t10140_stk_type_default() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if new.type_uu is null then
    if tg_table_name = 'stk_event' then
      -- Written out, because dynamic SQL would be planned anew for each event.
      select t.uu into new.type_uu
      from private.stk_event_type as t
      where t.is_default and t.revoked is null and (t.stk_entity_uu = new.stk_entity_uu or t.stk_entity_uu is null)
      order by t.stk_entity_uu
      limit 1;
    else
      execute pg_catalog.format(
        'select uu from private.%I where is_default and revoked is null', tg_table_name || '_type') into new.type_uu;
    end if;
    if new.type_uu is null then
      raise exception '%_type has no default record', tg_table_name
        using errcode = 'STK05',
        hint = 'Set is_default on one of its records, or name the type.';
    end if;
  end if;
  return new;
end
$$;
comment on function private.t10140_stk_type_default() is
  'Gives the record the default type of its table: that of its entity, or else the one that all share.';

create or replace function private.t80010_stk_reference_check() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if exists (
    select from added as n
    where not exists (
      select from private.stk_event_type as t
      where t.uu = n.type_uu and t.revoked is null and (t.stk_entity_uu is null or t.stk_entity_uu = n.stk_entity_uu)
    )
  ) then
    raise exception 'there is no such event type, or it is revoked' using errcode = 'STK04';
  end if;
  if exists (
    select from added as n
    where not exists (select from private.stk_entity as e where e.uu = n.stk_entity_uu and e.revoked is null)
  ) then
    raise exception 'there is no such entity, or it is revoked' using errcode = 'STK04';
  end if;
  return null;
end
$$;
comment on function private.t80010_stk_reference_check() is
  'Refuses events of an entity that there is not, and of a type that their entity has not; looks once for all rows.';

-- The rule itself. What it needs is asked once a statement, as a sub-select without a reference to the row is, and
-- without calling a function in the usual case.

create function private.stk_condition(what_p text, column_p text) returns text
  language sql immutable
  return pg_catalog.format(
    '%1$I = any ((select coalesce((select a.%2$I from private.login_access as a where a.login = session_user::text),'
    ' private.stk_entities_%2$s()))::uuid[])', column_p, what_p);
comment on function private.stk_condition(text, text) is
  'The text of a condition of policies: that the entity in a column is readable, or writable, for the login.';

create procedure private.stk_isolate(table_p text, shared_p boolean default false)
  language plpgsql
  set search_path = ''
as $$
declare
  readable_v text := private.stk_condition('readable', 'stk_entity_uu');
  writable_v text := private.stk_condition('writable', 'stk_entity_uu');
  trigger_v constant text := case when shared_p then 'stk_entity_shared' else 'stk_entity' end;
begin
  if shared_p then
    readable_v := pg_catalog.format('(stk_entity_uu is null or %s)', readable_v);
    writable_v := pg_catalog.format('%s or stk_entity_uu is null and (select private.stk_is_administrator())', writable_v);
  end if;
  execute pg_catalog.format('alter table private.%I enable row level security, force row level security', table_p);
  execute pg_catalog.format('create policy stk_entity_select on private.%I for select using (%s)', table_p, readable_v);
  execute pg_catalog.format(
    'create policy stk_entity_insert on private.%I for insert with check (%s or private.stk_entity_refused(stk_entity_uu))',
    table_p, writable_v);
  execute pg_catalog.format(
    'create policy stk_entity_update on private.%I for update using (%s) with check (%s or private.stk_entity_refused(stk_entity_uu))',
    table_p, readable_v, writable_v);
  execute pg_catalog.format('create policy stk_keeper_all on private.%I to stk_keeper using (true) with check (true)', table_p);
  execute pg_catalog.format('comment on policy stk_entity_select on private.%I is %L', table_p, 'Members of the entity see its records.');
  execute pg_catalog.format('comment on policy stk_entity_insert on private.%I is %L', table_p, 'Members who write add records.');
  execute pg_catalog.format('comment on policy stk_entity_update on private.%I is %L', table_p, 'Members who write change records; others hear why not.');
  execute pg_catalog.format('comment on policy stk_keeper_all on private.%I is %L', table_p, 'Functions that have to see every entity do.');
  execute pg_catalog.format('grant select on private.%I to stk_keeper', table_p);
  update private.stk_trigger_mgt as m
  set table_name = m.table_name || table_p
  where m.function_name_root = trigger_v and table_p <> all (m.table_name);
  perform private.stk_trigger_create();
end
$$;
comment on procedure private.stk_isolate(text, boolean) is
  'Keeps each login to the records of its entities in a table with stk_entity_uu. If the table may be shared, its '
  'records without an entity are seen by all, and changed by administrators.';

insert into private.stk_trigger_mgt
  (function_name_prefix, function_name_root, function_event, function_level, function_condition, is_include, is_exclude, table_name)
values
  (10121, 'stk_entity_shared', 'before insert', 'row', 'when (new.stk_entity_uu is null)', true, false, '{}'),
  (80020, 'stk_access', 'after insert or update', 'row', null, true, false, '{stk_actor, stk_entity_member}'),
  (80020, 'stk_access', 'after update', 'row', null, true, false, '{stk_entity}');
update private.stk_trigger_mgt
set table_name = table_name || '{stk_entity_member, stk_setting}'
where function_name_root in ('stk_revoked_fixed', 'stk_created_updated')
  or function_name_root = 'stk_change_log' and function_event = 'after insert or update';

call private.stk_isolate('stk_event');
call private.stk_isolate('stk_event_type', true);

-- What says who belongs where is written by administrators alone, or by what the keeper owns.

create procedure private.stk_isolate_administrative(table_p text, visible_p text)
  language plpgsql
  set search_path = ''
as $$
begin
  execute pg_catalog.format('alter table private.%I enable row level security, force row level security', table_p);
  execute pg_catalog.format('create policy stk_entity_select on private.%I for select using (%s)', table_p, visible_p);
  execute pg_catalog.format(
    'create policy stk_administrator on private.%I using ((select private.stk_is_administrator())) with check ((select private.stk_is_administrator()))',
    table_p);
  execute pg_catalog.format('create policy stk_keeper_all on private.%I to stk_keeper using (true) with check (true)', table_p);
  execute pg_catalog.format('comment on policy stk_entity_select on private.%I is %L', table_p, 'Members see what concerns their entities.');
  execute pg_catalog.format('comment on policy stk_administrator on private.%I is %L', table_p, 'Administrators see and change all of it.');
  execute pg_catalog.format('comment on policy stk_keeper_all on private.%I is %L', table_p, 'Functions that have to see every entity do.');
end
$$;
comment on procedure private.stk_isolate_administrative(text, text) is
  'Lets administrators write in a table, and others see the rows of a condition.';

call private.stk_isolate_administrative('stk_entity_member', private.stk_condition('readable', 'stk_entity_uu'));
call private.stk_isolate_administrative('stk_entity', private.stk_condition('readable', 'uu'));
-- Who has left an entity is still named by what he did there.
call private.stk_isolate_administrative('stk_actor',
  $$psql_user = session_user::text or search_key = any ('{stk_superuser, stk_login, unknown}')
  or exists (select from private.stk_entity_member as m where m.actor_uu = stk_actor.uu)$$);
call private.stk_isolate_administrative('stk_change_log',
  private.stk_condition('readable', 'stk_entity_uu') || $$
  or stk_entity_uu is null
  and (record_table <> 'stk_actor' or exists (select from private.stk_actor as a where a.uu = record_uu))$$);

grant insert on private.stk_actor, private.stk_entity_member, private.stk_change_log to stk_keeper;
revoke insert, update on
  private.stk_actor, private.stk_actor_type, private.stk_entity, private.stk_entity_type, private.stk_trigger_mgt,
  private.enum_comment
from stk_private_role;
revoke insert on private.stk_change_log from stk_private_role;

select private.stk_trigger_create();

-- A policy is asked when there is a row. The condition in the views is asked before, so that a login without an actor
-- hears so whatever there is.

create view api.stk_entity_member as
  select
    uu, table_name, stk_entity_uu, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, actor_uu, can_write
  from private.stk_entity_member
  where (select private.stk_actor_uu()) is not null;
comment on view api.stk_entity_member is 'Which actor is a member of which entity.';

create view api.stk_setting as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, name, value, description
  from private.stk_setting;
comment on view api.stk_setting is 'What an administrator has chosen for the whole store.';

create or replace view api.stk_event as
  select
    uu, table_name, stk_entity_uu, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked,
    table_name_uu_json, is_valid, type_uu, record_json, processed, is_processed, search_key, name, description
  from private.stk_event
  where (select private.stk_actor_uu()) is not null;

create or replace view api.stk_event_type as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, is_default, type_enum,
    record_json, search_key, name, description, stk_entity_uu
  from private.stk_event_type
  where (select private.stk_actor_uu()) is not null;

create or replace view api.stk_entity as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, type_uu, parent_uu,
    record_json, search_key, name, description
  from private.stk_entity
  where (select private.stk_actor_uu()) is not null;

create or replace view api.stk_actor as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, type_uu, record_json,
    search_key, psql_user, name, description
  from private.stk_actor
  where (select private.stk_actor_uu()) is not null;

create or replace view api.stk_change_log as
  select
    l.uu, l.table_name, l.created, l.created_by_uu, l.batch_id, n.key as column_name, l.record_table, l.record_uu,
    l.operation, l.old_values -> n.key as old_value, n.value as new_value,
    pg_catalog.jsonb_build_object(
      'table', l.record_table, 'record_uu', l.record_uu, 'operation', l.operation,
      'old_value', l.old_values -> n.key, 'new_value', n.value
    ) as record_json
  from private.stk_change_log as l
  cross join lateral pg_catalog.jsonb_each(l.new_values) as n
  where (select private.stk_actor_uu()) is not null
  union all
  select
    e.uu, 'stk_change_log', e.created, e.created_by_uu, e.uu, n.key, e.table_name, e.uu,
    'INSERT', null, n.value,
    pg_catalog.jsonb_build_object(
      'table', e.table_name, 'record_uu', e.uu, 'operation', 'INSERT', 'old_value', null, 'new_value', n.value)
  from private.stk_event as e
  cross join lateral pg_catalog.jsonb_each(
    pg_catalog.to_jsonb(e)
    || '{"revoked": null, "is_revoked": false, "processed": null, "is_processed": false}'
    || pg_catalog.jsonb_build_object('updated', e.created, 'updated_by_uu', e.created_by_uu)
  ) as n
  where (select private.stk_actor_uu()) is not null;

create or replace function api.get_table_name_uu_json(uu_p uuid) returns jsonb
  language plpgsql stable
  security definer
  set search_path = ''
as $$
declare
  table_v text;
  found_v boolean;
begin
  -- A login without an actor hears so, whether there is such a record or not.
  perform private.stk_actor_uu();
  for table_v in
    select c.relname
    from pg_catalog.pg_class as c
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attname = 'uu' and a.atttypid = 'uuid'::pg_catalog.regtype
    where c.relnamespace = 'private'::pg_catalog.regnamespace and c.relkind in ('r', 'p') and c.relname like 'stk\_%'
    -- Most of what is asked for is an event.
    order by c.relname <> 'stk_event', c.relname
  loop
    execute pg_catalog.format('select exists (select from private.%I where uu = $1)', table_v) into found_v using uu_p;
    if found_v then
      return pg_catalog.jsonb_build_object('table_name', table_v, 'uu', uu_p);
    end if;
  end loop;
  return pg_catalog.jsonb_build_object('table_name', '', 'uu', '', 'error', pg_catalog.format('no record has the uu %s', uu_p));
end
$$;

create function api.stk_entities() returns setof uuid
  language sql stable rows 3
  return pg_catalog.unnest(private.stk_entities_readable());
comment on function api.stk_entities() is
  'The entities whose records the session sees. The newest of a small entity are found at once where a query goes from '
  'one to the next; else, PostgreSQL may walk through the records of all.';

create function api.stk_session_start(out actor_uu uuid, out actor text, out entities integer, out entity_uu uuid)
  language plpgsql volatile
  security definer
  set search_path = ''
as $$
declare
  session_v text := pg_catalog.current_setting('stk.session', true);
begin
  actor_uu := private.stk_actor_uu();
  actor := (select a.name from private.stk_actor as a where a.uu = actor_uu);
  entities := pg_catalog.cardinality(private.stk_entities_readable());
  if session_v <> '' then
    entity_uu := nullif(session_v::jsonb ->> 'stk_entity_uu', '')::uuid;
  end if;
  if entity_uu is null then
    entity_uu := case
      when exists (select from private.login_access as a where a.login = session_user::text)
      then (select a.entity_uu from private.login_access as a where a.login = session_user::text)
      else (select e.uu from private.stk_entity as e where e.search_key = '*' and e.revoked is null)
    end;
  end if;
end
$$;
comment on function api.stk_session_start() is
  'Who the session is, how many entities it sees, and which one its new records belong to, if that is clear. A client '
  'may call it first: it gives a login without an actor one, if the store is set so, or else an error.';

grant select on api.stk_entity_member, api.stk_setting to stk_api_role, stk_private_role;
grant select, delete, truncate on private.stk_entity_member, private.stk_setting to stk_private_role;
grant insert (stk_entity_uu) on api.stk_event_type to stk_api_role;
revoke execute on function api.stk_session_start(), api.stk_entities() from public;
grant execute on function api.stk_session_start(), api.stk_entities() to stk_api_role, stk_private_role;

-- Policies call these as whoever asks, and they tell him no more than who he is.
grant execute on function
  private.stk_is_administrator(), private.stk_actor_uu(), private.stk_entities_readable(),
  private.stk_entities_writable(), private.stk_entity_refused(uuid)
to public;
revoke execute on function private.stk_actor_missing(), private.stk_entities_missing(boolean), private.login_access_refresh(uuid)
from public;

call private.stk_comment_columns();

reset role;

alter function private.stk_actor_missing() owner to stk_keeper;
alter function private.stk_actor_uu() owner to stk_keeper;
alter function private.stk_entities_missing(boolean) owner to stk_keeper;
alter function private.login_access_refresh(uuid) owner to stk_keeper;
alter function private.t80020_stk_access() owner to stk_keeper;
alter function private.stk_entities_readable() owner to stk_keeper;
alter function private.stk_entities_writable() owner to stk_keeper;
alter function private.stk_entity_refused(uuid) owner to stk_keeper;
alter function private.stk_entity_uu() owner to stk_keeper;
alter function private.t10100_stk_change_log() owner to stk_keeper;
alter function private.t10110_stk_created_updated() owner to stk_keeper;
alter function private.t10120_stk_entity() owner to stk_keeper;
alter function private.t10121_stk_entity_shared() owner to stk_keeper;
alter function private.t10140_stk_type_default() owner to stk_keeper;
alter function private.t80010_stk_reference_check() owner to stk_keeper;
alter function api.stk_session_start() owner to stk_keeper;

select private.login_access_refresh(a.uu) from private.stk_actor as a;
