-- What pipelines ask for in SQL.

set local role stk_superuser;

-- Of a text or a list there are no fields, and asking for one is an error: whoever asks for fields has to know that
-- there is none. The index is empty wherever stk alone has recorded; keeping it so costs next to nothing.
create index stk_event_odd_idx on private.stk_event (stk_entity_uu) where jsonb_typeof(record_json) <> 'object';
create index stk_request_odd_idx on private.stk_request (stk_entity_uu) where jsonb_typeof(record_json) <> 'object';
create index stk_tag_odd_idx on private.stk_tag (stk_entity_uu) where jsonb_typeof(record_json) <> 'object';
comment on index private.stk_event_odd_idx is 'Events whose content is no record: as a rule, there are none.';
comment on index private.stk_request_odd_idx is 'Requests whose content is no record.';
comment on index private.stk_tag_odd_idx is 'Tags whose content is no record.';

reset role;
