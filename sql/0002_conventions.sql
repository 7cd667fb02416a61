-- What all tables share: documented enums, managed triggers, and the functions that fill the conventional columns.

set local role stk_superuser;

create table private.enum_comment (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('enum_comment') stored,
  created timestamptz not null default now(),
  enum_type text not null,
  enum_value text not null,
  comment text not null,
  is_default boolean not null default false,
  record_json jsonb not null default '{}'
);
create unique index enum_comment_value_uidx on private.enum_comment (enum_type, enum_value);

comment on table private.enum_comment is 'What each value of each enum means, and which one a new type record gets.';
comment on column private.enum_comment.enum_type is 'The name of the enum in the schema private.';
comment on column private.enum_comment.enum_value is 'One of its values.';
comment on column private.enum_comment.comment is 'What the value means.';
comment on index private.enum_comment_value_uidx is 'A value is explained once.';

create view api.enum_value as
  select
    t.typname::text as enum_name,
    e.enumlabel::text as enum_value,
    c.comment,
    coalesce(c.is_default, false) as is_default,
    coalesce(c.record_json, '{}') as record_json
  from pg_catalog.pg_enum as e
  join pg_catalog.pg_type as t on t.oid = e.enumtypid
  left join private.enum_comment as c on c.enum_type = t.typname and c.enum_value = e.enumlabel
  where t.typnamespace = 'private'::pg_catalog.regnamespace
  order by t.typname, e.enumsortorder;
comment on view api.enum_value is 'Every value of every enum, with what it means.';
comment on column api.enum_value.enum_name is 'The name of the enum in the schema private.';
comment on column api.enum_value.enum_value is 'One of its values.';
comment on column api.enum_value.comment is 'What the value means.';

create table private.stk_trigger_mgt (
  uu uuid primary key default private.stk_uuid(),
  table_name_of text not null generated always as ('stk_trigger_mgt') stored,
  created timestamptz not null default now(),
  function_name_prefix integer not null,
  function_name_root text not null,
  function_event text not null,
  function_level text not null default 'row',
  function_condition text,
  is_include boolean not null default false,
  is_exclude boolean not null default false,
  table_name text[] not null default '{}',
  constraint stk_trigger_mgt_level_check check (function_level in ('row', 'statement'))
);

comment on table private.stk_trigger_mgt is
  'Which trigger function belongs on which tables; private.stk_trigger_create() makes the triggers that are missing.';
comment on column private.stk_trigger_mgt.table_name_of is 'The name of this table; table_name holds those that get the trigger.';
comment on column private.stk_trigger_mgt.function_name_prefix is
  'The number in the name, which is the order: 10000 to 29999 before a change, 80000 to 99999 after it.';
comment on column private.stk_trigger_mgt.function_name_root is 'The rest of the name, which trigger and function share.';
comment on column private.stk_trigger_mgt.function_event is 'When it fires: before insert or update.';
comment on column private.stk_trigger_mgt.function_level is 'Whether it fires for each row or for each statement.';
comment on column private.stk_trigger_mgt.function_condition is
  'When it fires at all (the WHEN of the trigger), or what it is given (REFERENCING) at the level of statements.';
comment on column private.stk_trigger_mgt.is_include is 'The trigger belongs on the tables that are named.';
comment on column private.stk_trigger_mgt.is_exclude is 'The trigger belongs on all stk_ tables but those that are named.';
comment on column private.stk_trigger_mgt.table_name is 'The names of tables in the schema private.';
comment on constraint stk_trigger_mgt_level_check on private.stk_trigger_mgt is 'There are no other levels.';

create function private.stk_trigger_create() returns integer
  language plpgsql
  set search_path = ''
as $$
declare
  wanted_v record;
  count_v integer := 0;
begin
  for wanted_v in
    select
      m.*,
      c.relname,
      pg_catalog.format('t%s_%s', m.function_name_prefix, m.function_name_root) as trigger_name
    from private.stk_trigger_mgt as m
    join pg_catalog.pg_class as c
      on c.relnamespace = 'private'::pg_catalog.regnamespace
      and c.relkind in ('r', 'p')
      and case
        when m.is_include then c.relname = any (m.table_name)
        when m.is_exclude then c.relname like 'stk\_%' and c.relname <> all (m.table_name)
        else c.relname like 'stk\_%'
      end
    order by c.relname, m.function_name_prefix
  loop
    if not exists (
      select from pg_catalog.pg_trigger as t
      where t.tgname = wanted_v.trigger_name
        and t.tgrelid = pg_catalog.format('private.%I', wanted_v.relname)::pg_catalog.regclass
    ) then
      execute pg_catalog.format(
        'create trigger %1$I %2$s on private.%3$I %6$s for each %4$s %5$s execute function private.%1$I()',
        wanted_v.trigger_name,
        wanted_v.function_event,
        wanted_v.relname,
        wanted_v.function_level,
        case when wanted_v.function_level = 'row' then wanted_v.function_condition end,
        case when wanted_v.function_level = 'statement' then wanted_v.function_condition end);
      execute pg_catalog.format(
        'comment on trigger %1$I on private.%2$I is %3$L',
        wanted_v.trigger_name,
        wanted_v.relname,
        pg_catalog.obj_description(pg_catalog.format('private.%I()', wanted_v.trigger_name)::pg_catalog.regprocedure, 'pg_proc'));
      count_v := count_v + 1;
    end if;
  end loop;
  return count_v;
end
$$;
comment on function private.stk_trigger_create() is
  'Makes the triggers of private.stk_trigger_mgt that are missing; gives how many it made. Safe to run again.';

create function private.t10015_stk_append_only() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  raise exception 'records of % are never changed', tg_table_name using errcode = 'STK02';
end
$$;
comment on function private.t10015_stk_append_only() is 'Refuses UPDATE, for every role.';

create function private.t10020_stk_no_delete() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  raise exception 'records of % are revoked, never deleted', tg_table_name
    using errcode = 'STK03',
    hint = 'Set revoked to mark a record as inactive.';
end
$$;
comment on function private.t10020_stk_no_delete() is 'Refuses DELETE and TRUNCATE, for every role.';

create function private.t10030_stk_revoked_fixed() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  if old.revoked is not null then
    raise exception '% % is revoked', tg_table_name, old.uu
      using errcode = 'STK01',
      hint = 'A revoked record can no longer be changed.';
  end if;
  if new.uu <> old.uu then
    raise exception 'the uu of % % cannot be changed', tg_table_name, old.uu using errcode = 'STK02';
  end if;
  return new;
end
$$;
comment on function private.t10030_stk_revoked_fixed() is
  'Refuses to change a record that is revoked, and the uu of any record.';

create function private.t10110_stk_created_updated() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    -- Look-ups cost several microseconds a row, so they stand where they are only reached when a value is missing.
    if new.created_by_uu is null then
      new.created_by_uu := private.stk_actor_uu();
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
comment on function private.t10110_stk_created_updated() is 'Fills in who made or changed the record, and when.';

create function private.t10120_stk_entity() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if new.stk_entity_uu is null then
    new.stk_entity_uu := private.stk_entity_uu();
  end if;
  return new;
end
$$;
comment on function private.t10120_stk_entity() is 'Gives the record to the entity of the session, or else to the entity *.';

create function private.t10140_stk_type_default() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if new.type_uu is null then
    if tg_table_name = 'stk_event' then
      -- Written out, because dynamic SQL would be planned anew for each event.
      select t.uu into new.type_uu from private.stk_event_type as t where t.is_default and t.revoked is null;
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
comment on function private.t10140_stk_type_default() is 'Gives the record the default type of its table.';

create procedure private.stk_comment_columns()
  language plpgsql
  set search_path = ''
as $$
declare
  column_v record;
begin
  for column_v in
    select c.relname, n.nspname, a.attname, coalesce(
        k.comment,
        pg_catalog.col_description(pg_catalog.to_regclass(pg_catalog.format('private.%I', c.relname)), base.attnum)
      ) as comment
    from pg_catalog.pg_attribute as a
    join pg_catalog.pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'v', 'p')
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('private', 'api')
    left join pg_catalog.pg_attribute as base
      on base.attrelid = pg_catalog.to_regclass(pg_catalog.format('private.%I', c.relname))
      and base.attname = a.attname
    left join (values
      ('uu', 'The record''s one key.'),
      ('table_name', 'The name of the table, so that a record can tell where it belongs.'),
      ('stk_entity_uu', 'The entity that owns the record.'),
      ('created', 'When the record was made.'),
      ('created_by_uu', 'The actor who made the record.'),
      ('updated', 'When the record was last changed.'),
      ('updated_by_uu', 'The actor who last changed the record.'),
      ('revoked', 'When the record was revoked; null while it counts.'),
      ('is_revoked', 'Whether the record is revoked.'),
      ('is_default', 'Whether a new record gets this where nothing else is said.'),
      ('is_valid', 'Whether the record passed the checks that apply to it.'),
      ('type_uu', 'The type of the record.'),
      ('type_enum', 'What kind of type it is: the value that code goes by.'),
      ('record_json', 'Structured content.'),
      ('table_name_uu_json', 'The record that this one is attached to; empty strings where it is attached to none.'),
      ('processed', 'When the record was processed; null while it is not.'),
      ('is_processed', 'Whether the record is processed.'),
      ('search_key', 'A name for people to find the record by.'),
      ('name', 'The name.'),
      ('description', 'What there is to say about it.'),
      ('parent_uu', 'The record above this one.'),
      ('batch_id', 'What belongs to one change shares it.')
    ) as k (attname, comment) on k.attname = a.attname
    where a.attnum > 0
      and not a.attisdropped
      and pg_catalog.col_description(a.attrelid, a.attnum) is null
  loop
    if column_v.comment is not null then
      execute pg_catalog.format(
        'comment on column %I.%I.%I is %L', column_v.nspname, column_v.relname, column_v.attname, column_v.comment);
    end if;
  end loop;
end
$$;
comment on procedure private.stk_comment_columns() is
  'Comments the conventional columns that have no comment yet, and the columns of views like those of their tables.';

grant select on api.enum_value to stk_api_role, stk_private_role;
grant select, insert, update on private.enum_comment, private.stk_trigger_mgt to stk_private_role;
