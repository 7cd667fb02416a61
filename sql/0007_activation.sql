-- Puts the triggers on the tables, shows the change log by column, finds any record by its uu, and comments columns.

set local role stk_superuser;

insert into private.stk_trigger_mgt
  (function_name_prefix, function_name_root, function_event, function_level, function_condition, is_include, is_exclude, table_name)
values
  (10010, 'stk_event_immutable', 'before update', 'row', null, true, false, '{stk_event}'),
  (10015, 'stk_append_only', 'before update', 'statement', null, true, false, '{stk_change_log, stk_migration}'),
  (10020, 'stk_no_delete', 'before delete or truncate', 'statement', null, false, true, '{stk_trigger_mgt}'),
  (10030, 'stk_revoked_fixed', 'before update', 'row', null, true, false,
    '{stk_actor, stk_actor_type, stk_entity, stk_entity_type, stk_event_type}'),
  (10100, 'stk_change_log', 'after insert or update', 'row', null, true, false,
    '{stk_actor, stk_actor_type, stk_entity, stk_entity_type, stk_event_type}'),
  (10100, 'stk_change_log', 'after update', 'row', null, true, false, '{stk_event}'),
  (10110, 'stk_created_updated', 'before insert or update', 'row', null, true, false,
    '{stk_actor, stk_actor_type, stk_entity, stk_entity_type, stk_event, stk_event_type}'),
  (10120, 'stk_entity', 'before insert', 'row', 'when (new.stk_entity_uu is null)', true, false, '{stk_event}'),
  (10140, 'stk_type_default', 'before insert', 'row', 'when (new.type_uu is null)', true, false,
    '{stk_actor, stk_entity, stk_event}'),
  (80010, 'stk_reference_check', 'after insert', 'statement', 'referencing new table as added', true, false, '{stk_event}');

select private.stk_trigger_create();

create view api.stk_change_log as
  select
    l.uu, l.table_name, l.created, l.created_by_uu, l.batch_id, n.key as column_name, l.record_table, l.record_uu,
    l.operation, l.old_values -> n.key as old_value, n.value as new_value,
    pg_catalog.jsonb_build_object(
      'table', l.record_table, 'record_uu', l.record_uu, 'operation', l.operation,
      'old_value', l.old_values -> n.key, 'new_value', n.value
    ) as record_json
  from private.stk_change_log as l
  cross join lateral pg_catalog.jsonb_each(l.new_values) as n
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
  ) as n;
comment on view api.stk_change_log is
  'What was changed: a row for each column of each change. The rows of one change share their batch_id.';
comment on column api.stk_change_log.column_name is 'The column that was changed.';
comment on column api.stk_change_log.old_value is 'Its value before; null where the record was new.';
comment on column api.stk_change_log.new_value is 'Its value after.';
comment on column api.stk_change_log.record_json is 'Table, record, operation, old and new value in one.';
grant select on api.stk_change_log to stk_api_role, stk_private_role;
grant select, insert, update, delete, truncate on private.stk_change_log to stk_private_role;

create function api.get_table_name_uu_json(uu_p uuid) returns jsonb
  language plpgsql stable
  security definer
  set search_path = ''
as $$
declare
  table_v text;
  found_v boolean;
begin
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
comment on function api.get_table_name_uu_json(uuid) is
  'The table that holds the record with a uu, as {"table_name", "uu"}; with an error key where there is none.';
revoke execute on function api.get_table_name_uu_json(uuid) from public;
grant execute on function api.get_table_name_uu_json(uuid) to stk_api_role, stk_private_role;

call private.stk_comment_columns();
