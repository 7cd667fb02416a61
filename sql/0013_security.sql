-- What nobody has to be allowed: functions for everybody, and names that a session can put before those of PostgreSQL.

set local role stk_superuser;

-- From now on, a function is for those who are granted it.
alter default privileges revoke execute on functions from public;

reset role;

alter default privileges for role stk_keeper revoke execute on functions from public;

-- Where a search path does not name pg_temp, it is looked through first, for types as for tables: who may make a domain
-- there with the name of a type could have his own code run with the rights of a function. So it is named, as the last.
do $$
declare
  function_v regprocedure;
  kind_v text;
  is_open_v boolean;
begin
  for function_v, kind_v, is_open_v in
    select
      p.oid,
      case p.prokind when 'p' then 'procedure' else 'function' end,
      -- Policies call these as whoever asks, and they tell him no more than who he is.
      p.proname = any ('{stk_is_administrator, stk_actor_uu, stk_entities_readable, stk_entities_writable, stk_entity_refused}')
    from pg_catalog.pg_proc as p
    where p.pronamespace in ('private'::pg_catalog.regnamespace, 'api'::pg_catalog.regnamespace)
  loop
    if not is_open_v then
      execute pg_catalog.format('revoke execute on %s %s from public', kind_v, function_v);
    end if;
    if exists (select from pg_catalog.pg_proc as p where p.oid = function_v and p.prosqlbody is null) then
      execute pg_catalog.format('alter %s %s set search_path = pg_catalog, pg_temp', kind_v, function_v);
    end if;
  end loop;
end
$$;

set local role stk_superuser;

grant execute on function private.stk_uuid() to stk_keeper;

reset role;

grant execute on function private.stk_entity_uu() to stk_superuser, stk_private_role;
