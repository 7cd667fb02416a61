-- What was changed, by whom: one row for each changed record, shown as one row for each changed column.

set local role stk_superuser;

create table private.stk_change_log (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_change_log') stored,
  created timestamptz not null default now(),
  created_by_uu uuid not null,
  batch_id uuid not null default private.stk_uuid(),
  record_table text not null,
  record_uu uuid not null,
  operation text not null,
  old_values jsonb not null,
  new_values jsonb not null
);
create index stk_change_log_record_idx on private.stk_change_log (record_uu, created desc);

comment on table private.stk_change_log is
  'One row for each change of a record, with the old and new values of what changed. An insert of an event is not '
  'repeated here: an event cannot change, so the event itself says it, and api.stk_change_log shows it.';
comment on column private.stk_change_log.record_table is 'The table of the record that was changed.';
comment on column private.stk_change_log.record_uu is 'The record that was changed.';
comment on column private.stk_change_log.operation is 'INSERT or UPDATE.';
comment on column private.stk_change_log.old_values is 'The columns that changed, as they were before.';
comment on column private.stk_change_log.new_values is 'The columns that changed, as they were after.';
comment on index private.stk_change_log_record_idx is 'The history of a record, newest first.';

create function private.t10100_stk_change_log() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  old_v jsonb := '{}';
  new_v jsonb := pg_catalog.to_jsonb(new);
begin
  if tg_op = 'UPDATE' then
    select
      coalesce(pg_catalog.jsonb_object_agg(o.key, o.value), '{}'),
      coalesce(pg_catalog.jsonb_object_agg(o.key, new_v -> o.key), '{}')
    into old_v, new_v
    from pg_catalog.jsonb_each(pg_catalog.to_jsonb(old)) as o
    where o.value is distinct from new_v -> o.key;
  end if;
  insert into private.stk_change_log (created_by_uu, record_table, record_uu, operation, old_values, new_values)
  values (new.updated_by_uu, tg_table_name, new.uu, tg_op, old_v, new_v);
  return null;
end
$$;
comment on function private.t10100_stk_change_log() is 'Notes a change of a record in the change log, as one row.';
