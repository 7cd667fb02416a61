-- The role that owns the functions which have to see every entity. Nobody logs in as it, and no client can take it.

do $$
begin
  begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'stk_keeper') then
      create role stk_keeper nologin noinherit;
    end if;
  exception when duplicate_object or unique_violation then
    null;
  end;
  -- Whoever migrates gives functions to it, which takes membership.
  if not pg_catalog.pg_has_role(session_user, 'stk_keeper', 'member') then
    execute pg_catalog.format('grant stk_keeper to %I', session_user);
  end if;
  if pg_catalog.shobj_description('stk_keeper'::pg_catalog.regrole, 'pg_authid') is null then
    comment on role stk_keeper is 'Owns the functions that have to see every entity; nobody can take it.';
  end if;
exception when insufficient_privilege then
  if not exists (select from pg_catalog.pg_roles where rolname = 'stk_keeper') then
    raise;
  end if;
end
$$;

set local role stk_superuser;

-- To own a function takes the right to make one.
grant usage, create on schema private, api to stk_keeper;
grant select on all tables in schema private to stk_keeper;
