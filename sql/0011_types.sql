-- Types that ask for something: the part of JSON Schema that the database itself holds records to, for every client.

set local role stk_superuser;

create function private.stk_schema_type(value_p jsonb, type_p text) returns boolean
  language sql immutable parallel safe
  return case type_p
    when 'integer' then
      pg_catalog.jsonb_typeof(value_p) = 'number' and (value_p #>> '{}')::numeric = pg_catalog.trunc((value_p #>> '{}')::numeric)
    when 'number' then pg_catalog.jsonb_typeof(value_p) = 'number'
    when 'string' then pg_catalog.jsonb_typeof(value_p) = 'string'
    when 'boolean' then pg_catalog.jsonb_typeof(value_p) = 'boolean'
    when 'object' then pg_catalog.jsonb_typeof(value_p) = 'object'
    when 'array' then pg_catalog.jsonb_typeof(value_p) = 'array'
    when 'null' then pg_catalog.jsonb_typeof(value_p) = 'null'
    else true
  end;
comment on function private.stk_schema_type(jsonb, text) is 'Whether a value is of a type, as JSON Schema names them.';

create function private.stk_schema_fault(schema_p jsonb, value_p jsonb, path_p text default '') returns text
  language plpgsql immutable parallel safe
  set search_path = ''
as $$
declare
  kind_v constant text := pg_catalog.jsonb_typeof(value_p);
  at_v constant text := case when path_p = '' then '' else path_p || ': ' end;
  inside_v constant text := case when path_p = '' then '' else path_p || '.' end;
  shown_v constant text := pg_catalog.left(value_p::text, 60);
  rule_v jsonb;
  name_v text;
  part_v jsonb;
  number_v numeric;
  fault_v text;
begin
  if schema_p = 'false' then
    return at_v || shown_v || ' may not be here';
  end if;
  -- Words that are not understood here, or not written as they have to be, are left to the client. Beside a $ref,
  -- older drafts have no other words.
  if pg_catalog.jsonb_typeof(schema_p) <> 'object' or schema_p ? '$ref' then
    return null;
  end if;

  rule_v := schema_p -> 'type';
  if pg_catalog.jsonb_typeof(rule_v) = 'string' then
    if not private.stk_schema_type(value_p, rule_v #>> '{}') then
      return at_v || shown_v || ' is no ' || (rule_v #>> '{}');
    end if;
  elsif pg_catalog.jsonb_typeof(rule_v) = 'array' then
    if not exists (
      select from pg_catalog.jsonb_array_elements_text(rule_v) as t (name) where private.stk_schema_type(value_p, t.name)
    ) then
      return at_v || shown_v || ' is no '
        || (select pg_catalog.string_agg(t.name, ' or ') from pg_catalog.jsonb_array_elements_text(rule_v) as t (name));
    end if;
  end if;
  rule_v := schema_p -> 'enum';
  if pg_catalog.jsonb_typeof(rule_v) = 'array'
    and not exists (select from pg_catalog.jsonb_array_elements(rule_v) as e (value) where e.value = value_p)
  then
    return at_v || shown_v || ' is none of '
      || (select pg_catalog.string_agg(e.value::text, ', ') from pg_catalog.jsonb_array_elements(rule_v) as e (value));
  end if;
  if schema_p ? 'const' and schema_p -> 'const' <> value_p then
    return at_v || shown_v || ' is not ' || (schema_p -> 'const')::text;
  end if;

  if kind_v = 'number' then
    number_v := (value_p #>> '{}')::numeric;
    for name_v, rule_v in
      select r.key, r.value from pg_catalog.jsonb_each(schema_p) as r
      where r.key in ('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum')
        and pg_catalog.jsonb_typeof(r.value) = 'number'
    loop
      fault_v := case
        when name_v = 'minimum' and number_v < (rule_v #>> '{}')::numeric then ' is less than the minimum of '
        when name_v = 'maximum' and number_v > (rule_v #>> '{}')::numeric then ' is more than the maximum of '
        when name_v = 'exclusiveMinimum' and number_v <= (rule_v #>> '{}')::numeric then ' is not more than '
        when name_v = 'exclusiveMaximum' and number_v >= (rule_v #>> '{}')::numeric then ' is not less than '
      end;
      if fault_v is not null then
        return at_v || shown_v || fault_v || (rule_v #>> '{}');
      end if;
    end loop;

  elsif kind_v = 'string' then
    number_v := pg_catalog.char_length(value_p #>> '{}');
    if private.stk_schema_type(schema_p -> 'minLength', 'integer') and number_v < (schema_p ->> 'minLength')::numeric then
      return at_v || number_v || ' characters, ' || (schema_p ->> 'minLength') || ' at least are needed';
    end if;
    if private.stk_schema_type(schema_p -> 'maxLength', 'integer') and number_v > (schema_p ->> 'maxLength')::numeric then
      return at_v || number_v || ' characters, ' || (schema_p ->> 'maxLength') || ' at most are allowed';
    end if;
    -- Regular expressions differ between languages; these mean the same in all of them.
    name_v := schema_p ->> 'pattern';
    if pg_catalog.jsonb_typeof(schema_p -> 'pattern') = 'string'
      and name_v ~ '^\^?(([A-Za-z0-9_ :/@#,;=%&~"-]|\\\.|\[[A-Za-z0-9_][A-Za-z0-9_ ./:]*(-[A-Za-z0-9_][A-Za-z0-9_ ./:]*)*\])([*+?]|\{[0-9]{1,2}(,[0-9]{0,2})?\})?)*\$?$'
      and (value_p #>> '{}') collate "C" !~ name_v
    then
      return at_v || shown_v || ' does not match `' || name_v || '`';
    end if;

  elsif kind_v = 'array' then
    number_v := pg_catalog.jsonb_array_length(value_p);
    if private.stk_schema_type(schema_p -> 'minItems', 'integer') and number_v < (schema_p ->> 'minItems')::numeric then
      return at_v || number_v || ' items, ' || (schema_p ->> 'minItems') || ' at least are needed';
    end if;
    if private.stk_schema_type(schema_p -> 'maxItems', 'integer') and number_v > (schema_p ->> 'maxItems')::numeric then
      return at_v || number_v || ' items, ' || (schema_p ->> 'maxItems') || ' at most are allowed';
    end if;
    rule_v := schema_p -> 'items';
    if pg_catalog.jsonb_typeof(rule_v) in ('object', 'boolean') and not schema_p ? 'prefixItems' then
      for part_v, name_v in
        select e.value, e.number - 1 from pg_catalog.jsonb_array_elements(value_p) with ordinality as e (value, number)
      loop
        fault_v := private.stk_schema_fault(rule_v, part_v, inside_v || name_v);
        if fault_v is not null then
          return fault_v;
        end if;
      end loop;
    end if;

  elsif kind_v = 'object' then
    if pg_catalog.jsonb_typeof(schema_p -> 'required') = 'array' then
      select r.name into name_v
      from pg_catalog.jsonb_array_elements_text(schema_p -> 'required') as r (name)
      where not value_p ? r.name
      limit 1;
      if name_v is not null then
        return inside_v || name_v || ': this is missing';
      end if;
    end if;
    rule_v := schema_p -> 'properties';
    if pg_catalog.jsonb_typeof(rule_v) is distinct from 'object' then
      rule_v := '{}';
    end if;
    for name_v, part_v in select f.key, f.value from pg_catalog.jsonb_each(value_p) as f loop
      if rule_v ? name_v then
        fault_v := private.stk_schema_fault(rule_v -> name_v, part_v, inside_v || name_v);
      elsif schema_p -> 'additionalProperties' = 'false' and not schema_p ? 'patternProperties' then
        fault_v := inside_v || name_v || ': there is no such field';
      elsif pg_catalog.jsonb_typeof(schema_p -> 'additionalProperties') = 'object' and not schema_p ? 'patternProperties' then
        fault_v := private.stk_schema_fault(schema_p -> 'additionalProperties', part_v, inside_v || name_v);
      end if;
      if fault_v is not null then
        return fault_v;
      end if;
    end loop;
  end if;
  return null;
end
$$;
comment on function private.stk_schema_fault(jsonb, jsonb, text) is
  'What is wrong with a value by a JSON Schema, with the path to it; null where nothing is, as far as this understands '
  'the schema: type, enum, const, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, pattern '
  '(plain ones), items, minItems, maxItems, required, properties and additionalProperties. It never finds a fault where '
  'the whole of JSON Schema finds none.';
revoke execute on function private.stk_schema_fault(jsonb, jsonb, text), private.stk_schema_type(jsonb, text) from public;
grant execute on function private.stk_schema_fault(jsonb, jsonb, text), private.stk_schema_type(jsonb, text)
  to stk_private_role, stk_keeper;

create function private.t10050_stk_default_kept() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  raise exception 'the default type % cannot be revoked', old.name
    using errcode = 'STK11',
    hint = 'Make another type the default before.';
end
$$;
comment on function private.t10050_stk_default_kept() is
  'Refuses to revoke the default type: records that name no type would be refused from then on.';

-- For requests and tags, of which there are few: what a record holds is checked row by row, also when it is changed.
create or replace function private.t20010_stk_type_check() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  name_v text;
  schema_v jsonb;
  revoked_v timestamptz;
  fault_v text;
begin
  execute pg_catalog.format(
    'select name, record_json -> ''json_schema'', revoked from private.%I where uu = $1', tg_table_name || '_type')
    into name_v, schema_v, revoked_v using new.type_uu;
  if name_v is null or revoked_v is not null and (tg_op = 'INSERT' or new.type_uu <> old.type_uu) then
    raise exception 'there is no such type, or it is revoked' using errcode = 'STK04';
  end if;
  if schema_v is not null and (tg_op = 'INSERT' or new.type_uu <> old.type_uu or new.record_json <> old.record_json) then
    fault_v := private.stk_schema_fault(schema_v, new.record_json);
    if fault_v is not null then
      raise exception '%', fault_v
        using errcode = 'STK10',
        hint = pg_catalog.format('The type %s asks for something else.', name_v);
    end if;
  end if;
  return new;
end
$$;
comment on function private.t20010_stk_type_check() is
  'Refuses a record of a type that there is not, that is revoked, or whose JSON Schema it does not fit.';

insert into private.stk_trigger_mgt
  (function_name_prefix, function_name_root, function_event, function_level, function_condition, is_include, table_name)
values
  (10050, 'stk_default_kept', 'before update', 'row',
    'when (old.is_default and new.is_default and old.revoked is null and new.revoked is not null)', true,
    '{stk_event_type, stk_request_type, stk_tag_type}');
select private.stk_trigger_create();

reset role;
set local role stk_keeper;

-- One look at the types finds both what is wrong with them and whether any of them asks for something.
create or replace function private.t80010_stk_reference_check() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  fault_v text;
  type_v text;
begin
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
    select f.fault, t.name into fault_v, type_v
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
        hint = pg_catalog.format('The type %s asks for something else.', type_v);
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
  'Refuses events of an entity that there is not, of a type that their entity has not, and of a type whose JSON Schema '
  'they do not fit; looks once for all rows.';

reset role;
