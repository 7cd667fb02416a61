-- What it takes for events to be in partitions: triggers that know the table by what its records say, not by where they are.

reset role;
set local role stk_keeper;

create or replace function private.t10100_stk_change_log() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  old_v jsonb := '{}';
  new_v jsonb := to_jsonb(new);
  -- In a partition, the trigger is told the name of the partition.
  table_v constant text := coalesce(new_v ->> 'table_name', tg_table_name);
  entity_v uuid := new_v ->> case when table_v = 'stk_entity' then 'uu' else 'stk_entity_uu' end;
begin
  if tg_op = 'UPDATE' then
    select
      coalesce(jsonb_object_agg(o.key, o.value), '{}'),
      coalesce(jsonb_object_agg(o.key, new_v -> o.key), '{}')
    into old_v, new_v
    from jsonb_each(to_jsonb(old)) as o
    where o.value is distinct from new_v -> o.key;
  end if;
  insert into private.stk_change_log
    (created_by_uu, record_table, record_uu, operation, old_values, new_values, stk_entity_uu)
  values (new.updated_by_uu, table_v, new.uu, tg_op, old_v, new_v, entity_v);
  return null;
end
$$;

create or replace function private.t10140_stk_type_default() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.type_uu is null then
    -- The names of the partitions of stk_event begin with event_.
    if tg_table_name = 'stk_event' or tg_table_name like 'event\_%' then
      -- Written out, because dynamic SQL would be planned anew for each event.
      select t.uu into new.type_uu
      from private.stk_event_type as t
      where t.is_default and t.revoked is null and (t.stk_entity_uu = new.stk_entity_uu or t.stk_entity_uu is null)
      order by t.stk_entity_uu
      limit 1;
    else
      execute format(
        'select uu from private.%I where is_default and revoked is null', tg_table_name || '_type') into new.type_uu;
    end if;
    if new.type_uu is null then
      raise exception '% has no default record', case when tg_table_name like 'event\_%' then 'stk_event' else tg_table_name end || '_type'
        using errcode = 'STK05',
        hint = 'Set is_default on one of its records, or name the type.';
    end if;
  end if;
  return new;
end
$$;

reset role;
