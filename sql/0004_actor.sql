-- Who did it.

set local role stk_superuser;

create type private.stk_actor_type_enum as enum ('NONE');
comment on type private.stk_actor_type_enum is 'The kinds of actor that code distinguishes.';
insert into private.enum_comment (enum_type, enum_value, comment, is_default) values
  ('stk_actor_type_enum', 'NONE', 'An actor of no special kind.', true);

create table private.stk_actor_type (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_actor_type') stored,
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  updated timestamptz not null default now(),
  updated_by_uu uuid not null,
  revoked timestamptz,
  is_revoked boolean not null generated always as (revoked is not null) stored,
  is_default boolean not null default false,
  type_enum private.stk_actor_type_enum not null default 'NONE',
  record_json jsonb not null default '{}',
  search_key text not null default gen_random_uuid()::text,
  name text not null,
  description text
);
create unique index stk_actor_type_search_key_uidx on private.stk_actor_type (search_key);
create unique index stk_actor_type_default_uidx on private.stk_actor_type (is_default) where is_default and revoked is null;
comment on table private.stk_actor_type is 'The types that actors can have.';
comment on index private.stk_actor_type_search_key_uidx is 'A search key names one type.';
comment on index private.stk_actor_type_default_uidx is 'There is one default.';

create table private.stk_actor (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_actor') stored,
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  updated timestamptz not null default now(),
  updated_by_uu uuid not null,
  revoked timestamptz,
  is_revoked boolean not null generated always as (revoked is not null) stored,
  type_uu uuid not null references private.stk_actor_type (uu),
  record_json jsonb not null default '{}',
  search_key text not null default gen_random_uuid()::text,
  psql_user text,
  name text not null,
  description text
);
create unique index stk_actor_search_key_uidx on private.stk_actor (search_key);
create unique index stk_actor_psql_user_uidx on private.stk_actor (psql_user) where revoked is null;
comment on table private.stk_actor is 'People and programs that make and change records.';
comment on column private.stk_actor.psql_user is 'The database login that the actor works with.';
comment on index private.stk_actor_search_key_uidx is 'A search key names one actor.';
comment on index private.stk_actor_psql_user_uidx is 'A login belongs to one actor.';
comment on constraint stk_actor_type_uu_fkey on private.stk_actor is 'An actor has a type that there is.';

create function private.stk_actor_uu() returns uuid
  language plpgsql stable
  security definer
  set search_path = ''
as $$
declare
  actor_v uuid;
begin
  select a.uu into actor_v from private.stk_actor as a where a.psql_user = session_user and a.revoked is null;
  if actor_v is null then
    select a.uu into actor_v from private.stk_actor as a where a.search_key = 'unknown';
  end if;
  return actor_v;
end
$$;
comment on function private.stk_actor_uu() is
  'The actor of the session: the one with its login, else the actor unknown. Nothing that a client sets has a say.';

-- The first actor makes himself and his type.
insert into private.stk_actor_type (uu, created_by_uu, updated_by_uu, is_default, search_key, name)
select t.uu, a.uu, a.uu, true, 'NONE', 'NONE'
from (select private.stk_uuid() as uu) as t, (select private.stk_uuid() as uu) as a;

insert into private.stk_actor (uu, created_by_uu, updated_by_uu, type_uu, search_key, psql_user, name, description)
select coalesce(v.uu, private.stk_uuid()), t.created_by_uu, t.created_by_uu, t.uu, v.name, v.psql_user, v.name, v.description
from private.stk_actor_type as t
cross join lateral (values
  (t.created_by_uu, 'stk_superuser', 'stk_superuser', 'The owner of the store; its first records are his.'),
  (null, 'stk_login', 'stk_login', 'The login that comes with the store.'),
  (null, 'unknown', null, 'Whoever has a login that no other actor has.')
) as v (uu, name, psql_user, description);

create view api.stk_actor_type as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, is_default, type_enum,
    record_json, search_key, name, description
  from private.stk_actor_type;
comment on view api.stk_actor_type is 'The types that actors can have.';

create view api.stk_actor as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, type_uu, record_json,
    search_key, psql_user, name, description
  from private.stk_actor;
comment on view api.stk_actor is 'People and programs that make and change records.';

grant select on api.stk_actor_type, api.stk_actor to stk_api_role, stk_private_role;
grant select, insert, update, delete, truncate on private.stk_actor_type, private.stk_actor to stk_private_role;
grant execute on function private.stk_actor_uu() to stk_private_role;
