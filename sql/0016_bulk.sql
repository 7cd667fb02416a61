-- Many events at once: what new events have in common is looked up once a statement, no longer for each row.

set local role stk_superuser;

-- Ascending, and read backwards. New events then go to the right end of an index, which PostgreSQL finds at once and
-- fills to nine tenths; at the left end of a descending one, pages were split in the middle and stayed half empty.
drop index private.stk_event_created_idx;
create index stk_event_created_idx on private.stk_event (created, uu);
comment on index private.stk_event_created_idx is
  'Newest first, read backwards, in exactly the order of the lists: a bulk load shares one created, and would be sorted again.';
drop index private.stk_event_entity_idx;
create index stk_event_entity_idx on private.stk_event (stk_entity_uu, created, uu);
comment on index private.stk_event_entity_idx is
  'The events of an entity, newest first when read backwards: nobody walks through those of others.';
drop index private.stk_event_name_idx;
create index stk_event_name_idx on private.stk_event (stk_entity_uu, name, created, uu);
comment on index private.stk_event_name_idx is 'The events of an entity and a name, newest first when read backwards.';

-- The random numbers of gen_random_uuid() are good enough for secrets, and cost a twelfth of a load. This is only to
-- be another one each time.
create function private.stk_search_key() returns text
  language sql volatile parallel safe
  return pg_catalog.lpad(pg_catalog.to_hex((pg_catalog.random() * 4503599627370496)::bigint), 16, '0')
    || pg_catalog.lpad(pg_catalog.to_hex((pg_catalog.random() * 4503599627370496)::bigint), 16, '0');
comment on function private.stk_search_key() is 'A key that nothing else has, for events that get none. Nothing secret.';
-- Column defaults run as whoever inserts.
grant execute on function private.stk_search_key() to stk_api_role, stk_private_role, stk_keeper;

-- These settings hold from here to the end of the statement: a trigger sets them anew before each. What a client puts
-- there instead within a statement, the check behind the last row finds.
alter table private.stk_event
  alter column search_key set default private.stk_search_key(),
  alter column stk_entity_uu set default nullif(current_setting('stk.new_entity', true), '')::uuid,
  alter column created_by_uu set default nullif(current_setting('stk.new_actor', true), '')::uuid,
  alter column updated_by_uu set default nullif(current_setting('stk.new_actor', true), '')::uuid,
  alter column type_uu set default nullif(current_setting('stk.new_type', true), '')::uuid;

create function private.t10105_stk_event_common() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  session_v text := current_setting('stk.session', true);
  actor_v uuid;
  entity_v uuid;
  type_v uuid;
begin
  -- Where an entity has a default type of its own, the type depends on the row.
  select l.actor_uu, l.entity_uu, d.uu into actor_v, entity_v, type_v
  from (
    select case when t.stk_entity_uu is null then t.uu end as uu
    from private.stk_event_type as t
    where t.is_default and t.revoked is null
    order by t.stk_entity_uu
    limit 1
  ) as d
  full join (
    select a.actor_uu, a.entity_uu from private.login_access as a where a.login = session_user::text
  ) as l on true;
  if actor_v is null and private.stk_is_administrator() then
    actor_v := private.stk_actor_uu();
    select e.uu into entity_v from private.stk_entity as e where e.search_key = '*' and e.revoked is null;
  end if;
  if session_v <> '' then
    entity_v := coalesce(nullif(session_v::jsonb ->> 'stk_entity_uu', '')::uuid, entity_v);
  end if;
  perform
    set_config('stk.new_actor', coalesce(actor_v::text, ''), true),
    set_config('stk.new_entity', coalesce(entity_v::text, ''), true),
    set_config('stk.new_type', coalesce(type_v::text, ''), true);
  return null;
end
$$;
comment on function private.t10105_stk_event_common() is
  'Looks up whose, which entity''s and of which type new events are, once for all rows; column defaults fill it in. '
  'What it does not find stays empty, for the triggers that look for each row.';

create function private.t10115_stk_event_created() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  is_administrator_v boolean := private.stk_is_administrator();
begin
  if new.created_by_uu is null or not is_administrator_v then
    new.created_by_uu := private.stk_actor_uu();
  end if;
  if new.created <> now() and not is_administrator_v then
    new.created := now();
  end if;
  new.updated := new.created;
  new.updated_by_uu := new.created_by_uu;
  return new;
end
$$;
comment on function private.t10115_stk_event_created() is
  'Fills in who recorded the event and when, where it is not as with everybody. Only administrators can say otherwise, '
  'for records of elsewhere.';

drop trigger t10110_stk_created_updated on private.stk_event;
update private.stk_trigger_mgt
set table_name = pg_catalog.array_remove(table_name, 'stk_event')
where function_name_root = 'stk_created_updated';
insert into private.stk_trigger_mgt
  (function_name_prefix, function_name_root, function_event, function_level, function_condition, is_include, table_name)
values
  (10105, 'stk_event_common', 'before insert', 'statement', null, true, '{stk_event}'),
  (10110, 'stk_created_updated', 'before update', 'row', null, true, '{stk_event}'),
  (10115, 'stk_event_created', 'before insert', 'row',
    'when (new.created_by_uu is null or new.created <> now() or new.updated is distinct from new.created'
    ' or new.updated_by_uu is distinct from new.created_by_uu)',
    true, '{stk_event}');

reset role;
set local role stk_keeper;
grant execute on function private.t10110_stk_created_updated() to stk_superuser;
set local role stk_superuser;
select private.stk_trigger_create();
reset role;

alter function private.t10105_stk_event_common() owner to stk_keeper;
alter function private.t10115_stk_event_created() owner to stk_keeper;
set local role stk_keeper;

create or replace function private.t80010_stk_reference_check() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  actor_v uuid := nullif(current_setting('stk.new_actor', true), '')::uuid;
  entity_v uuid := nullif(current_setting('stk.new_entity', true), '')::uuid;
  type_v uuid := nullif(current_setting('stk.new_type', true), '')::uuid;
  fault_v text;
  name_v text;
begin
  -- Mostly, all rows have the same: then that is looked at once. Settings only tell what to compare with, and are not
  -- believed.
  if not exists (
    select from added as n
    where n.created_by_uu is distinct from actor_v or n.stk_entity_uu is distinct from entity_v
      or n.type_uu is distinct from type_v
  ) and (
    private.stk_is_administrator()
    or exists (select from private.login_access as a where a.login = session_user::text and a.actor_uu = actor_v)
  ) and exists (
    select
    from private.stk_entity as e, private.stk_event_type as t
    where e.uu = entity_v and e.revoked is null
      and t.uu = type_v and t.revoked is null and (t.stk_entity_uu is null or t.stk_entity_uu = entity_v)
      and not t.record_json ? 'json_schema'
  ) then
    return null;
  end if;
  if not private.stk_is_administrator() and exists (
    select from added as n where n.created_by_uu <> (select private.stk_actor_uu())
  ) then
    raise exception 'who records an event cannot be chosen' using errcode = 'STK24';
  end if;
  -- One look at the types finds both what is wrong with them and whether any of them asks for something.
  if exists (
    select from added as n
    where not exists (
      select from private.stk_event_type as t
      where t.uu = n.type_uu and t.revoked is null and (t.stk_entity_uu is null or t.stk_entity_uu = n.stk_entity_uu)
        and not t.record_json ? 'json_schema'
    )
  ) then
    if exists (
      select from added as n
      where not exists (
        select from private.stk_event_type as t
        where t.uu = n.type_uu and t.revoked is null and (t.stk_entity_uu is null or t.stk_entity_uu = n.stk_entity_uu)
      )
    ) then
      raise exception 'there is no such event type, or it is revoked' using errcode = 'STK04';
    end if;
    select f.fault, t.name into fault_v, name_v
    from added as n
    join private.stk_event_type as t on t.uu = n.type_uu and t.record_json ? 'json_schema'
    cross join lateral (
      select private.stk_schema_fault(t.record_json -> 'json_schema', n.record_json) as fault
    ) as f
    where f.fault is not null
    limit 1;
    if fault_v is not null then
      raise exception '%', fault_v
        using errcode = 'STK10',
        hint = format('The type %s asks for something else.', name_v);
    end if;
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
  'Refuses events that somebody else is said to have recorded, of an entity that there is not, of a type that their '
  'entity has not, and of a type whose JSON Schema they do not fit; looks once for all rows.';

reset role;
