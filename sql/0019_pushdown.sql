-- What pipelines ask for in SQL.

set local role stk_superuser;

-- Of a text or a list there are no fields, and asking for one is an error: whoever asks for fields has to know that
-- there is none. The indexes are empty wherever stk alone has recorded; keeping them so costs next to nothing.
create index stk_event_odd_idx on private.stk_event (stk_entity_uu) where jsonb_typeof(record_json) <> 'object';
create index stk_request_odd_idx on private.stk_request (stk_entity_uu) where jsonb_typeof(record_json) <> 'object';
create index stk_tag_odd_idx on private.stk_tag (stk_entity_uu) where jsonb_typeof(record_json) <> 'object';
comment on index private.stk_event_odd_idx is 'Events whose content is no record: as a rule, there are none.';
comment on index private.stk_request_odd_idx is 'Requests whose content is no record.';
comment on index private.stk_tag_odd_idx is 'Tags whose content is no record.';

-- PostgreSQL takes such rows for common, and would look for one in the table. It would also not use the index for
-- somebody whom row security concerns, so the rule stands in here once more.
create function api.stk_has_odd_records(table_p text) returns boolean
  language plpgsql stable
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
declare
  mine_v uuid[] := (select private.stk_entities_readable());
begin
  return case table_p
    when 'stk_event' then exists (
      select from private.stk_event as r where r.stk_entity_uu = any (mine_v) and jsonb_typeof(r.record_json) <> 'object')
    when 'stk_request' then exists (
      select from private.stk_request as r where r.stk_entity_uu = any (mine_v) and jsonb_typeof(r.record_json) <> 'object')
    when 'stk_tag' then exists (
      select from private.stk_tag as r where r.stk_entity_uu = any (mine_v) and jsonb_typeof(r.record_json) <> 'object')
    else true
  end;
end
$$;
comment on function api.stk_has_odd_records(text) is
  'Whether a table has records, among those of the entities that the login may see, whose content is no JSON object.';
revoke execute on function api.stk_has_odd_records(text) from public;
grant execute on function api.stk_has_odd_records(text) to stk_api_role, stk_private_role, stk_auditor;

reset role;

alter function api.stk_has_odd_records(text) owner to stk_keeper;
