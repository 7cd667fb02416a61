-- Events: what happened, when, and for whom. They are added and revoked; nothing else about them ever changes.

set local role stk_superuser;

create type private.stk_event_type_enum as enum ('NONE', 'ACTION', 'TIMESHEET');
comment on type private.stk_event_type_enum is 'The kinds of event that code distinguishes.';
insert into private.enum_comment (enum_type, enum_value, comment, is_default) values
  ('stk_event_type_enum', 'NONE', 'An event of no special kind.', true),
  ('stk_event_type_enum', 'ACTION', 'Something that somebody has done or has to do.', false),
  ('stk_event_type_enum', 'TIMESHEET', 'Time that somebody has spent: when it began, and how many minutes.', false);

create table private.stk_event_type (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_event_type') stored,
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  updated timestamptz not null default now(),
  updated_by_uu uuid not null,
  revoked timestamptz,
  is_revoked boolean not null generated always as (revoked is not null) stored,
  is_default boolean not null default false,
  type_enum private.stk_event_type_enum not null default 'NONE',
  record_json jsonb not null default '{}',
  search_key text not null default gen_random_uuid()::text,
  name text not null,
  description text
);
create unique index stk_event_type_search_key_uidx on private.stk_event_type (search_key);
create unique index stk_event_type_default_uidx on private.stk_event_type (is_default) where is_default and revoked is null;
comment on table private.stk_event_type is 'The types that events can have.';
comment on column private.stk_event_type.record_json is
  'Structured content; under json_schema, the JSON Schema (draft 7) that the record_json of its events has to satisfy.';
comment on index private.stk_event_type_search_key_uidx is 'A search key names one type.';
comment on index private.stk_event_type_default_uidx is 'There is one default.';

insert into private.stk_event_type (created_by_uu, updated_by_uu, is_default, type_enum, search_key, name, description, record_json)
select a.uu, a.uu, v.type_enum = 'NONE', v.type_enum, v.type_enum::text, v.type_enum::text, v.description, v.record_json
from private.stk_actor as a
cross join (values
  ('NONE'::private.stk_event_type_enum, 'Anything.', '{}'::jsonb),
  ('ACTION', 'Something done or to be done.', '{}'),
  ('TIMESHEET', 'Time spent.', '{"json_schema": {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["start_date", "minutes"],
    "properties": {
      "start_date": {"type": "string", "format": "date-time"},
      "minutes": {"type": "integer", "minimum": 0, "maximum": 1440},
      "description": {"type": "string"}
    },
    "additionalProperties": false
  }}')
) as v (type_enum, description, record_json)
where a.search_key = 'stk_superuser';

-- No foreign keys here: each costs 4 us a row, as much as an index, and nothing they refer to can be deleted or change
-- its uu. t80010_stk_reference_check looks once a statement, which costs 1.5 us a row. The search_key is not unique:
-- that would cost a fifth of the load rate, and a distributed table could not have it.
create table private.stk_event (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_event') stored,
  stk_entity_uu uuid not null,
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  updated timestamptz not null default now(),
  updated_by_uu uuid not null,
  revoked timestamptz,
  is_revoked boolean not null generated always as (revoked is not null) stored,
  table_name_uu_json jsonb not null default '{"table_name": "", "uu": ""}',
  is_valid boolean not null default true,
  type_uu uuid not null,
  record_json jsonb not null default '{}',
  processed timestamptz,
  is_processed boolean not null generated always as (processed is not null) stored,
  search_key text not null default gen_random_uuid()::text,
  name text not null,
  description text
);
create index stk_event_created_idx on private.stk_event (created desc, uu desc);
create index stk_event_name_idx on private.stk_event (name, created desc, uu desc);
comment on table private.stk_event is
  'What happened. The only changes ever allowed are revoking once, and marking as processed once.';
comment on column private.stk_event.name is 'What kind of thing happened, as its users call it: authentication, order-error.';
comment on column private.stk_event.record_json is 'What happened, in structured form; a plain text stands under text.';
comment on index private.stk_event_created_idx is
  'Newest first, in exactly the order of the lists: a bulk load shares one created, and would be sorted again.';
comment on index private.stk_event_name_idx is 'The events of a name, newest first.';

create function private.t10010_stk_event_immutable() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  if old.revoked is not null then
    raise exception 'event % is already revoked', old.uu
      using errcode = 'STK01',
      hint = 'A revoked event can no longer be changed.';
  end if;
  -- Generated columns are null in NEW before the row is stored, so each column is named.
  if (new.uu, new.stk_entity_uu, new.table_name_uu_json, new.is_valid, new.type_uu, new.record_json, new.search_key,
      new.name, new.description, new.created, new.created_by_uu)
    is distinct from (old.uu, old.stk_entity_uu, old.table_name_uu_json, old.is_valid, old.type_uu, old.record_json,
      old.search_key, old.name, old.description, old.created, old.created_by_uu)
    or (old.processed is not null and new.processed is distinct from old.processed)
    or (new.revoked is null and new.processed is not distinct from old.processed)
  then
    raise exception 'event % cannot be changed', old.uu
      using errcode = 'STK02',
      hint = 'Events are immutable: all that can be set is revoked, once, and processed, once.';
  end if;
  if new.revoked is not null then
    new.revoked := pg_catalog.now();
  end if;
  if old.processed is null and new.processed is not null then
    new.processed := pg_catalog.now();
  end if;
  return new;
end
$$;
comment on function private.t10010_stk_event_immutable() is
  'Refuses every change of an event but revoking once and marking as processed once; the times are the server''s.';

create function private.t80010_stk_reference_check() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if exists (
    select from added as n
    where not exists (select from private.stk_event_type as t where t.uu = n.type_uu and t.revoked is null)
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
  'Refuses events of a type or an entity that there is not; looks once for all rows of a statement.';

create view api.stk_event_type as
  select
    uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, is_default, type_enum,
    record_json, search_key, name, description
  from private.stk_event_type;
comment on view api.stk_event_type is 'The types that events can have.';

create view api.stk_event as
  select
    uu, table_name, stk_entity_uu, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked,
    table_name_uu_json, is_valid, type_uu, record_json, processed, is_processed, search_key, name, description
  from private.stk_event;
comment on view api.stk_event is
  'What happened. Insert needs a name; set revoked to revoke; nothing else changes, and nothing is deleted.';

-- Who and when are the server's to say, so these columns cannot be inserted.
grant insert (
  uu, stk_entity_uu, table_name_uu_json, is_valid, type_uu, record_json, search_key, name, description
) on api.stk_event to stk_api_role;
-- UPDATE and DELETE are granted so that the triggers refuse them, with a reason and one code for every role.
grant select, update, delete on api.stk_event to stk_api_role;
grant select on api.stk_event_type to stk_api_role;
grant insert (uu, is_default, type_enum, record_json, search_key, name, description) on api.stk_event_type to stk_api_role;
grant update (revoked, is_default, record_json, search_key, name, description) on api.stk_event_type to stk_api_role;
grant select, insert, update, delete, truncate on private.stk_event, private.stk_event_type to stk_private_role;
grant select on api.stk_event, api.stk_event_type to stk_private_role;
