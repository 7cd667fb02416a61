-- Who owns it.

set local role stk_superuser;

create type private.stk_entity_type_enum as enum ('*', 'TRX');
comment on type private.stk_entity_type_enum is 'The kinds of entity that code distinguishes.';
insert into private.enum_comment (enum_type, enum_value, comment, is_default) values
  ('stk_entity_type_enum', '*', 'For general purposes.', true),
  ('stk_entity_type_enum', 'TRX', 'For entities that have financial records of their own.', false);

create table private.stk_entity_type (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_entity_type') stored,
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  updated timestamptz not null default now(),
  updated_by_uu uuid not null,
  revoked timestamptz,
  is_revoked boolean not null generated always as (revoked is not null) stored,
  is_default boolean not null default false,
  type_enum private.stk_entity_type_enum not null default '*',
  record_json jsonb not null default '{}',
  search_key text not null default gen_random_uuid()::text,
  name text not null,
  description text
);
create unique index stk_entity_type_search_key_uidx on private.stk_entity_type (search_key);
create unique index stk_entity_type_default_uidx on private.stk_entity_type (is_default) where is_default and revoked is null;
comment on table private.stk_entity_type is 'The types that entities can have.';
comment on index private.stk_entity_type_search_key_uidx is 'A search key names one type.';
comment on index private.stk_entity_type_default_uidx is 'There is one default.';

create table private.stk_entity (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_entity') stored,
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  updated timestamptz not null default now(),
  updated_by_uu uuid not null,
  revoked timestamptz,
  is_revoked boolean not null generated always as (revoked is not null) stored,
  type_uu uuid not null references private.stk_entity_type (uu),
  parent_uu uuid references private.stk_entity (uu),
  record_json jsonb not null default '{}',
  search_key text not null default gen_random_uuid()::text,
  name text not null,
  description text
);
create unique index stk_entity_search_key_uidx on private.stk_entity (search_key);
comment on table private.stk_entity is 'Owners of records: each is a set of books, and so a tenant.';
comment on index private.stk_entity_search_key_uidx is 'A search key names one entity.';
comment on constraint stk_entity_type_uu_fkey on private.stk_entity is 'An entity has a type that there is.';
comment on constraint stk_entity_parent_uu_fkey on private.stk_entity is 'The entity above is one that there is.';

insert into private.stk_entity_type (created_by_uu, updated_by_uu, is_default, type_enum, search_key, name)
select a.uu, a.uu, v.type_enum = '*', v.type_enum, v.type_enum::text, v.type_enum::text
from private.stk_actor as a
cross join (values ('*'::private.stk_entity_type_enum), ('TRX')) as v (type_enum)
where a.search_key = 'stk_superuser';

insert into private.stk_entity (created_by_uu, updated_by_uu, type_uu, search_key, name, description)
select t.created_by_uu, t.created_by_uu, t.uu, '*', '*', 'The entity of everything that belongs to no other.'
from private.stk_entity_type as t
where t.is_default;

create function private.stk_entity_uu() returns uuid
  language plpgsql stable
  security definer
  set search_path = ''
as $$
declare
  entity_v uuid;
  session_v text := pg_catalog.current_setting('stk.session', true);
begin
  if session_v <> '' then
    entity_v := nullif(session_v::jsonb ->> 'stk_entity_uu', '')::uuid;
  end if;
  if entity_v is null then
    select e.uu into entity_v from private.stk_entity as e where e.search_key = '*' and e.revoked is null;
  end if;
  if entity_v is null then
    raise exception 'there is no entity *'
      using errcode = 'STK05',
      hint = 'Name the entity, in the record or in stk.session.';
  end if;
  return entity_v;
end
$$;
comment on function private.stk_entity_uu() is
  'The entity that new records belong to: the one named in stk.session, else the entity *.';

create view api.stk_entity_type as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, is_default, type_enum,
    record_json, search_key, name, description
  from private.stk_entity_type;
comment on view api.stk_entity_type is 'The types that entities can have.';

create view api.stk_entity as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, type_uu, parent_uu,
    record_json, search_key, name, description
  from private.stk_entity;
comment on view api.stk_entity is 'Owners of records: each is a set of books, and so a tenant.';

grant select on api.stk_entity_type, api.stk_entity to stk_api_role, stk_private_role;
grant select, insert, update, delete, truncate on private.stk_entity_type, private.stk_entity to stk_private_role;
grant execute on function private.stk_entity_uu() to stk_private_role;
