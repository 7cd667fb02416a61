-- Requests and tags: what is attached to other records. They are changed, revoked and processed; nothing is deleted.

set local role stk_superuser;

create type private.stk_request_type_enum as enum ('NOTE', 'DISCUSS', 'NOTICE', 'ACTION', 'TODO', 'CHECKLIST');
comment on type private.stk_request_type_enum is 'The kinds of request that code distinguishes.';
create type private.stk_tag_type_enum as enum (
  'NONE', 'CONTRACT', 'EMAIL', 'PHONE', 'SNS', 'NOTE', 'TRANSLATION', 'ACTIVITY', 'INTEREST_AREA', 'ATTACHMENT',
  'LOCATION', 'ADDRESS', 'DATE_START', 'DATE_END', 'DATE_RANGE', 'SHARE', 'ERROR', 'TABLE', 'COLUMN'
);
comment on type private.stk_tag_type_enum is 'The kinds of tag that code distinguishes.';

insert into private.enum_comment (enum_type, enum_value, comment, is_default) values
  ('stk_request_type_enum', 'NOTE', 'A request of no special kind.', true),
  ('stk_request_type_enum', 'DISCUSS', 'Something to talk about.', false),
  ('stk_request_type_enum', 'NOTICE', 'Something to be aware of.', false),
  ('stk_request_type_enum', 'ACTION', 'Something to act on.', false),
  ('stk_request_type_enum', 'TODO', 'Something to be done.', false),
  ('stk_request_type_enum', 'CHECKLIST', 'Several things to be done.', false),
  ('stk_tag_type_enum', 'NONE', 'A tag of no special kind.', true),
  ('stk_tag_type_enum', 'CONTRACT', 'A contract.', false),
  ('stk_tag_type_enum', 'EMAIL', 'An e-mail address.', false),
  ('stk_tag_type_enum', 'PHONE', 'A telephone number.', false),
  ('stk_tag_type_enum', 'SNS', 'An account of a social network.', false),
  ('stk_tag_type_enum', 'NOTE', 'A note.', false),
  ('stk_tag_type_enum', 'TRANSLATION', 'A text in another language.', false),
  ('stk_tag_type_enum', 'ACTIVITY', 'Something that somebody does.', false),
  ('stk_tag_type_enum', 'INTEREST_AREA', 'What somebody is interested in.', false),
  ('stk_tag_type_enum', 'ATTACHMENT', 'A document that belongs to the record.', false),
  ('stk_tag_type_enum', 'LOCATION', 'A place.', false),
  ('stk_tag_type_enum', 'ADDRESS', 'A postal address.', false),
  ('stk_tag_type_enum', 'DATE_START', 'When something begins.', false),
  ('stk_tag_type_enum', 'DATE_END', 'When something ends.', false),
  ('stk_tag_type_enum', 'DATE_RANGE', 'From when to when something lasts.', false),
  ('stk_tag_type_enum', 'SHARE', 'With whom the record is shared.', false),
  ('stk_tag_type_enum', 'ERROR', 'Something that is wrong with the record.', false),
  ('stk_tag_type_enum', 'TABLE', 'What is to be known of a table.', false),
  ('stk_tag_type_enum', 'COLUMN', 'What is to be known of a column.', false);

-- Both kinds have the same columns, so they are made from one text; %1$s is the name of one, %2$s of several.
do $do$
declare
  one_v text;
  many_v text;
  about_v text;
begin
  for one_v, many_v, about_v in values
    ('request', 'requests', 'What somebody is asked to do, mostly about another record: open until it is processed.'),
    ('tag', 'tags', 'What is noted of another record: an address, a contact, a word to find it by.')
  loop
    execute pg_catalog.format($sql$
      create table private.stk_%1$s_type (
        uu uuid primary key default private.stk_uuid(),
        table_name text not null generated always as ('stk_%1$s_type') stored,
        created timestamptz not null default now(),
        created_by_uu uuid not null,
        updated timestamptz not null default now(),
        updated_by_uu uuid not null,
        revoked timestamptz,
        is_revoked boolean not null generated always as (revoked is not null) stored,
        is_default boolean not null default false,
        type_enum private.stk_%1$s_type_enum not null default %4$L,
        record_json jsonb not null default '{}',
        search_key text not null default gen_random_uuid()::text,
        name text not null,
        description text
      );
      create unique index stk_%1$s_type_search_key_uidx on private.stk_%1$s_type (search_key);
      create unique index stk_%1$s_type_default_uidx on private.stk_%1$s_type (is_default)
        where is_default and revoked is null;
      comment on table private.stk_%1$s_type is 'The types that %2$s can have.';
      comment on index private.stk_%1$s_type_search_key_uidx is 'A search key names one type.';
      comment on index private.stk_%1$s_type_default_uidx is 'There is one default.';

      insert into private.stk_%1$s_type
        (created_by_uu, updated_by_uu, is_default, type_enum, search_key, name, description)
      select a.uu, a.uu, c.is_default, v.value, v.value::text, v.value::text, c.comment
      from private.stk_actor as a
      cross join unnest(enum_range(null::private.stk_%1$s_type_enum)) as v (value)
      join private.enum_comment as c on c.enum_type = 'stk_%1$s_type_enum' and c.enum_value = v.value::text
      where a.search_key = 'stk_superuser';

      create table private.stk_%1$s (
        uu uuid primary key default private.stk_uuid(),
        table_name text not null generated always as ('stk_%1$s') stored,
        stk_entity_uu uuid not null references private.stk_entity (uu),
        created timestamptz not null default now(),
        created_by_uu uuid not null,
        updated timestamptz not null default now(),
        updated_by_uu uuid not null,
        revoked timestamptz,
        is_revoked boolean not null generated always as (revoked is not null) stored,
        table_name_uu_json jsonb not null default '{"table_name": "", "uu": ""}',
        is_valid boolean not null default true,
        type_uu uuid not null references private.stk_%1$s_type (uu),
        record_json jsonb not null default '{}',
        processed timestamptz,
        is_processed boolean not null generated always as (processed is not null) stored,
        search_key text not null default gen_random_uuid()::text,
        name text not null,
        description text
      );
      create index stk_%1$s_created_idx on private.stk_%1$s (created desc, uu desc);
      create index stk_%1$s_entity_idx on private.stk_%1$s (stk_entity_uu, created desc, uu desc);
      create index stk_%1$s_name_idx on private.stk_%1$s (stk_entity_uu, name, created desc, uu desc);
      comment on table private.stk_%1$s is %3$L;
      comment on index private.stk_%1$s_created_idx is 'Newest first.';
      comment on index private.stk_%1$s_entity_idx is 'The %2$s of an entity, newest first.';
      comment on index private.stk_%1$s_name_idx is 'The %2$s of an entity and a name, newest first.';
      comment on constraint stk_%1$s_type_uu_fkey on private.stk_%1$s is 'The type is one that there is.';
      comment on constraint stk_%1$s_stk_entity_uu_fkey on private.stk_%1$s is 'The entity is one that there is.';

      create view api.stk_%1$s_type as
        select
          uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked, is_default, type_enum,
          record_json, search_key, name, description
        from private.stk_%1$s_type
        where (select private.stk_actor_uu()) is not null;
      comment on view api.stk_%1$s_type is 'The types that %2$s can have.';
      create view api.stk_%1$s as
        select
          uu, table_name, stk_entity_uu, created, created_by_uu, updated, updated_by_uu, revoked, is_revoked,
          table_name_uu_json, is_valid, type_uu, record_json, processed, is_processed, search_key, name, description
        from private.stk_%1$s
        where (select private.stk_actor_uu()) is not null;
      comment on view api.stk_%1$s is %3$L;

      grant insert (
        uu, stk_entity_uu, table_name_uu_json, is_valid, type_uu, record_json, search_key, name, description
      ) on api.stk_%1$s to stk_api_role;
      grant update (
        revoked, processed, table_name_uu_json, is_valid, type_uu, record_json, search_key, name, description
      ) on api.stk_%1$s to stk_api_role;
      -- DELETE is granted so that the trigger refuses it, with a reason and one code for every role.
      grant select, delete on api.stk_%1$s to stk_api_role;
      grant select, insert, update, delete, truncate on private.stk_%1$s to stk_private_role;
      -- All entities share the types: what one of them wrote there, the others would read.
      grant select on api.stk_%1$s_type to stk_api_role, stk_private_role;
      grant select on private.stk_%1$s_type, api.stk_%1$s to stk_private_role;
    $sql$, one_v, many_v, about_v, case one_v when 'request' then 'NOTE' else 'NONE' end);
  end loop;

  -- What is attached to a record, found by the record. Most events are attached to none: they cost no entry.
  for one_v, many_v in values ('event', 'events'), ('request', 'requests'), ('tag', 'tags') loop
    execute pg_catalog.format($sql$
      create index stk_%1$s_attached_idx on private.stk_%1$s ((table_name_uu_json ->> 'uu'))
        where table_name_uu_json ->> 'uu' <> '';
      comment on index private.stk_%1$s_attached_idx is 'The %2$s that are attached to a record.';
    $sql$, one_v, many_v);
  end loop;
end
$do$;

create function private.t10040_stk_marked_once() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  if old.processed is not null and new.processed is distinct from old.processed then
    raise exception '% % is already processed', tg_table_name, old.uu using errcode = 'STK02';
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
comment on function private.t10040_stk_marked_once() is
  'Has a record revoked once and processed once; the times are the server''s.';

create function private.t20010_stk_type_check() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  found_v boolean;
begin
  if tg_op = 'INSERT' or new.type_uu <> old.type_uu then
    execute pg_catalog.format(
      'select exists (select from private.%I where uu = $1 and revoked is null)', tg_table_name || '_type')
      into found_v using new.type_uu;
    if not found_v then
      raise exception 'there is no such type, or it is revoked' using errcode = 'STK04';
    end if;
  end if;
  return new;
end
$$;
comment on function private.t20010_stk_type_check() is 'Refuses a record of a type that there is not, or that is revoked.';

create function api.stk_attached(table_name_p text, uus_p uuid[]) returns setof uuid
  language plpgsql stable
  security definer
  set search_path = ''
as $$
begin
  -- A login without an actor hears so, whether anything is attached or not.
  perform private.stk_actor_uu();
  if table_name_p not in ('stk_event', 'stk_request', 'stk_tag') then
    raise exception 'records of % are not attached to others', table_name_p using errcode = '22023';
  end if;
  return query execute pg_catalog.format(
    'select r.uu from private.%I as r'
    ' where r.table_name_uu_json ->> ''uu'' <> '''' and r.table_name_uu_json ->> ''uu'' = any ($1)'
    ' and r.stk_entity_uu = any ((select private.stk_entities_readable())::uuid[])',
    table_name_p) using uus_p::text[];
end
$$;
comment on function api.stk_attached(text, uuid[]) is
  'The events, requests or tags of the reader''s entities that are attached to any of the records with these uus. Row '
  'security would keep a condition on JSON from its index, so a function looks it up.';
revoke execute on function api.stk_attached(text, uuid[]) from public;
grant execute on function api.stk_attached(text, uuid[]) to stk_api_role, stk_private_role;

update private.stk_trigger_mgt
set table_name = table_name || '{stk_request, stk_request_type, stk_tag, stk_tag_type}'
where function_name_root in ('stk_revoked_fixed', 'stk_change_log', 'stk_created_updated')
  and table_name @> '{stk_actor}';
update private.stk_trigger_mgt
set table_name = table_name || '{stk_request, stk_tag}'
where function_name_root = 'stk_type_default';
insert into private.stk_trigger_mgt
  (function_name_prefix, function_name_root, function_event, function_level, is_include, table_name)
values
  (10040, 'stk_marked_once', 'before update', 'row', true, '{stk_request, stk_tag}'),
  (20010, 'stk_type_check', 'before insert or update', 'row', true, '{stk_request, stk_tag}');
call private.stk_isolate('stk_request');
call private.stk_isolate('stk_tag');
select private.stk_trigger_create();

call private.stk_comment_columns();

reset role;

alter function api.stk_attached(text, uuid[]) owner to stk_keeper;
