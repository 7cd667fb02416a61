-- Roles, schemas, the record of migrations, and uuids in order of time.
-- Runs as whoever migrates: a superuser, or a login that may create roles and schemas.

do $$
declare
  role_v text;
begin
  -- Roles belong to the whole cluster: another database, or a database administrator, may have made them already.
  foreach role_v in array array['stk_superuser', 'stk_api_role', 'stk_private_role', 'stk_login'] loop
    begin
      if not exists (select from pg_catalog.pg_roles where rolname = role_v) then
        execute pg_catalog.format(
          'create role %I %s', role_v, case when role_v = 'stk_login' then 'login noinherit' else 'nologin' end);
      end if;
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
  if not pg_catalog.pg_has_role(session_user, 'stk_superuser', 'member') then
    execute pg_catalog.format('grant stk_superuser to %I', session_user);
  end if;
  foreach role_v in array array['stk_api_role', 'stk_private_role'] loop
    if not exists (
      select from pg_catalog.pg_auth_members m
      where m.roleid = role_v::pg_catalog.regrole and m.member = 'stk_login'::pg_catalog.regrole
    ) then
      execute pg_catalog.format('grant %I to stk_login', role_v);
    end if;
  end loop;
end
$$;

do $$
declare
  role_v text;
  comment_v text;
begin
  for role_v, comment_v in values
    ('stk_superuser', 'Owns every object of the event store.'),
    ('stk_api_role', 'Has the rights that clients work with, on the schema api only. Clients log in and set this role.'),
    ('stk_private_role', 'Has the rights for maintenance, on the schema private.'),
    ('stk_login', 'A login without rights of its own; it may set stk_api_role and stk_private_role.')
  loop
    if pg_catalog.shobj_description(role_v::pg_catalog.regrole, 'pg_authid') is null then
      execute pg_catalog.format('comment on role %I is %L', role_v, comment_v);
    end if;
  end loop;
exception when insufficient_privilege then
  -- A role that somebody else made keeps the comment that he gave it.
  null;
end
$$;

create schema private authorization stk_superuser;
create schema api authorization stk_superuser;

set local role stk_superuser;

comment on schema private is 'Tables and functions of the event store. Clients have no rights here.';
comment on schema api is 'What clients see: views that pass through to the tables of private, and public functions.';

grant usage on schema api to stk_api_role, stk_private_role;
grant usage on schema private to stk_private_role;

do $$
begin
  if pg_catalog.current_setting('server_version_num')::integer >= 180000 then
    create function private.stk_uuid() returns uuid
      language sql volatile parallel safe
      return pg_catalog.uuidv7();
  else
    -- The layout of RFC 9562, version 7: 48 bits of milliseconds, and the fraction in the 12 bits behind the version.
    create function private.stk_uuid() returns uuid
      language sql volatile parallel safe
      return (
        select pg_catalog.encode(
          pg_catalog.overlay(
            pg_catalog.uuid_send(pg_catalog.gen_random_uuid()),
            pg_catalog.substring(pg_catalog.int8send(t.us / 1000), 3)
              || pg_catalog.substring(pg_catalog.int4send((28672 + t.us % 1000 * 4096 / 1000)::integer), 3),
            1
          ),
          'hex'
        )::uuid
        from (select (extract(epoch from pg_catalog.clock_timestamp()) * 1000000)::bigint as us) as t
      );
  end if;
end
$$;

comment on function private.stk_uuid() is
  'A version 7 uuid: its order is the order of time. From PostgreSQL 18 on, the server''s own.';
-- Column defaults run as whoever inserts.
grant execute on function private.stk_uuid() to stk_api_role, stk_private_role;

create table private.stk_migration (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_migration') stored,
  created timestamptz not null default now(),
  name text not null,
  checksum text not null
);
create unique index stk_migration_name_uidx on private.stk_migration (name);

comment on table private.stk_migration is 'The migrations that have been applied to this database.';
comment on column private.stk_migration.name is 'The name of the file in sql/, without its ending.';
comment on column private.stk_migration.checksum is 'The SHA-256 of the file as it was applied, in hexadecimal.';
comment on index private.stk_migration_name_uidx is 'A migration is applied once.';

create view api.stk_migration as
  select uu, table_name, created, name, checksum from private.stk_migration;
comment on view api.stk_migration is 'The migrations that have been applied to this database.';
grant select on api.stk_migration to stk_api_role, stk_private_role;
grant select on private.stk_migration to stk_private_role;
