-- Auditors read through the views what they verify in the tables; one error for whoever may only read; and sealing
-- tells what it did to nobody who has no business here.

set local role stk_superuser;

create function private.stk_is_auditor() returns boolean
  language sql stable parallel safe
  return pg_catalog.pg_has_role(session_user, 'stk_auditor', 'member');
comment on function private.stk_is_auditor() is
  'Whether the login may take the role of auditors. Without an actor of its own, it reads every entity, and writes nowhere.';
grant execute on function private.stk_is_auditor() to stk_keeper;

-- A new function stands before the one that seals, under its name.
reset role;
alter function api.stk_seal() set schema private;
revoke execute on function private.stk_seal() from stk_api_role, stk_private_role, stk_auditor;
comment on function private.stk_seal() is 'What api.stk_seal() does, for whoever calls it.';

create or replace function private.stk_actor_missing() returns uuid
  language plpgsql volatile
  security definer
  set search_path = pg_catalog, pg_temp
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
  if private.stk_is_auditor() then
    return (select a.uu from private.stk_actor as a where a.search_key = 'unknown');
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
  'The actor of a login that seems to have none: just made, or the owner for an administrator, or `unknown` for an '
  'auditor, or one made now if the setting login_without_actor says so; else an error.';

create or replace function private.stk_entities_missing(writable_p boolean) returns uuid[]
  language plpgsql volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  entities_v uuid[];
begin
  perform private.stk_actor_missing();
  select case when writable_p then a.writable else a.readable end into entities_v
  from private.login_access as a
  where a.login = session_user::text;
  if entities_v is null then
    -- An administrator without an actor of his own, or an auditor, who only reads.
    select coalesce(pg_catalog.array_agg(e.uu), '{}') into entities_v
    from private.stk_entity as e
    where not writable_p or e.revoked is null and private.stk_is_administrator();
  end if;
  return entities_v;
end
$$;
comment on function private.stk_entities_missing(boolean) is
  'The entities of a login that seems to have no actor: those of the one that was made for it; all for an administrator, '
  'and for an auditor who only reads; or an error.';

create or replace function private.stk_entity_uu() returns uuid
  language plpgsql stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  entity_v uuid;
  count_v bigint;
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
      select pg_catalog.count(*), (pg_catalog.array_agg(e.uu))[1] into count_v, entity_v
      from private.stk_entity as e
      where e.uu = any (private.stk_entities_readable()) and e.revoked is null;
      if count_v = 1 then
        perform private.stk_entity_refused(entity_v);
      elsif count_v > 1 then
        raise exception 'the actor % may read % entities, and write in none of them',
          (select a.name from private.stk_actor as a where a.uu = private.stk_actor_uu()), count_v
          using errcode = 'STK08',
          hint = 'An administrator can allow it: `entity grant ACTOR --entity ENTITY`.';
      end if;
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

create or replace function api.stk_session_start(out actor_uu uuid, out actor text, out entities integer, out entity_uu uuid)
  language plpgsql volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  session_v text := pg_catalog.current_setting('stk.session', true);
  has_access_v boolean;
  is_auditor_v boolean;
begin
  actor_uu := private.stk_actor_uu();
  entities := pg_catalog.cardinality(private.stk_entities_readable());
  has_access_v := exists (select from private.login_access as a where a.login = session_user::text);
  is_auditor_v := not has_access_v and not private.stk_is_administrator();
  if is_auditor_v then
    actor_uu := null;
  end if;
  actor := (select a.name from private.stk_actor as a where a.uu = actor_uu);
  if session_v <> '' then
    entity_uu := nullif(session_v::jsonb ->> 'stk_entity_uu', '')::uuid;
  end if;
  if entity_uu is null and not is_auditor_v then
    entity_uu := case
      when has_access_v then (select a.entity_uu from private.login_access as a where a.login = session_user::text)
      else (select e.uu from private.stk_entity as e where e.search_key = '*' and e.revoked is null)
    end;
  end if;
end
$$;
comment on function api.stk_session_start() is
  'Who the session is, how many entities it sees, and which one its new records belong to, if that is clear; an auditor '
  'without an actor is nobody, and has none but the one it names. A client may call it first: it gives a login without an actor one, if the store is set so, or '
  'else an error.';

create function api.stk_seal(out blocks integer, out facts bigint, out pending bigint)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- An auditor seals whatever has become of an actor of his.
  if not private.stk_is_auditor() then
    perform private.stk_actor_uu();
  end if;
  select s.blocks, s.facts, s.pending into blocks, facts, pending from private.stk_seal() as s;
end
$$;
comment on function api.stk_seal() is
  'Seals what was recorded by transactions that are over, in blocks; gives how many blocks and facts, and how many '
  'facts are left for the next time. Nobody waits for it; where another session is at it, it leaves that to it. A login '
  'without an actor gets an error.';
revoke execute on function api.stk_seal() from public;
alter function api.stk_seal() owner to stk_keeper;
grant execute on function api.stk_seal() to stk_api_role, stk_private_role, stk_auditor;

-- What auditors look at: every view, and every function for clients that changes nothing.
grant select on all tables in schema api to stk_auditor;
grant execute on function api.stk_session_start() to stk_auditor;
do $$
declare
  function_v text;
begin
  for function_v in
    select p.oid::pg_catalog.regprocedure::text
    from pg_catalog.pg_proc as p
    where p.pronamespace = 'api'::pg_catalog.regnamespace and p.prokind = 'f' and p.provolatile <> 'v'
      and pg_catalog.has_function_privilege('stk_api_role', p.oid, 'execute')
  loop
    execute pg_catalog.format('grant execute on function %s to stk_auditor', function_v);
  end loop;
end
$$;
