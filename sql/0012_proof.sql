-- What shows that the record is as it was: blocks of hashes over events and changes, each with the hash of the one before.

do $$
begin
  begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'stk_auditor') then
      create role stk_auditor nologin noinherit;
    end if;
  exception when duplicate_object or unique_violation then
    null;
  end;
  if not pg_catalog.pg_has_role(session_user, 'stk_auditor', 'member') then
    execute pg_catalog.format('grant stk_auditor to %I', session_user);
  end if;
  if pg_catalog.shobj_description('stk_auditor'::pg_catalog.regrole, 'pg_authid') is null then
    comment on role stk_auditor is 'Reads the events of every entity, their changes and the blocks; changes nothing.';
  end if;
exception when insufficient_privilege then
  if not exists (select from pg_catalog.pg_roles where rolname = 'stk_auditor') then
    raise;
  end if;
end
$$;

set local role stk_superuser;

-- A bigint, because BRIN does not know xid8. The zero is kept in the catalog, so that no table is written anew; what
-- was there before is sealed first.
alter table private.stk_event add column xact_id bigint not null default 0;
alter table private.stk_event alter column xact_id set default pg_current_xact_id()::text::bigint;
alter table private.stk_change_log add column xact_id bigint not null default 0;
alter table private.stk_change_log alter column xact_id set default pg_current_xact_id()::text::bigint;
comment on column private.stk_event.xact_id is
  'The transaction that recorded the event, so that sealing finds what is new and leaves out nothing that commits late.';
comment on column private.stk_change_log.xact_id is 'The transaction that made the change.';

create index stk_event_xact_idx on private.stk_event using brin (xact_id) with (pages_per_range = 32, autosummarize);
create index stk_change_log_xact_idx on private.stk_change_log using brin (xact_id) with (pages_per_range = 32, autosummarize);
comment on index private.stk_event_xact_idx is 'Finds the events that are new. A tree would cost a tenth of the load rate, this nothing.';
comment on index private.stk_change_log_xact_idx is 'Finds the changes that are new.';

create or replace function private.t10010_stk_event_immutable() returns trigger
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
      new.name, new.description, new.created, new.created_by_uu, new.xact_id)
    is distinct from (old.uu, old.stk_entity_uu, old.table_name_uu_json, old.is_valid, old.type_uu, old.record_json,
      old.search_key, old.name, old.description, old.created, old.created_by_uu, old.xact_id)
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

create or replace view api.stk_change_log as
  select
    l.uu, l.table_name, l.created, l.created_by_uu, l.batch_id, n.key as column_name, l.record_table, l.record_uu,
    l.operation, l.old_values -> n.key as old_value, n.value as new_value,
    pg_catalog.jsonb_build_object(
      'table', l.record_table, 'record_uu', l.record_uu, 'operation', l.operation,
      'old_value', l.old_values -> n.key, 'new_value', n.value
    ) as record_json
  from private.stk_change_log as l
  cross join lateral pg_catalog.jsonb_each(l.new_values) as n
  where (select private.stk_actor_uu()) is not null
  union all
  select
    e.uu, 'stk_change_log', e.created, e.created_by_uu, e.uu, n.key, e.table_name, e.uu,
    'INSERT', null, n.value,
    pg_catalog.jsonb_build_object(
      'table', e.table_name, 'record_uu', e.uu, 'operation', 'INSERT', 'old_value', null, 'new_value', n.value)
  from private.stk_event as e
  cross join lateral pg_catalog.jsonb_each(
    pg_catalog.to_jsonb(e) - 'xact_id'
    || '{"revoked": null, "is_revoked": false, "processed": null, "is_processed": false}'
    || pg_catalog.jsonb_build_object('updated', e.created, 'updated_by_uu', e.created_by_uu)
  ) as n
  where (select private.stk_actor_uu()) is not null;

create table private.stk_block (
  uu uuid primary key default private.stk_uuid(),
  table_name text not null generated always as ('stk_block') stored,
  created timestamptz not null default now(),
  number bigint not null,
  previous_hash bytea not null,
  root bytea not null,
  index_hash bytea not null,
  hash bytea not null,
  facts integer not null,
  events integer not null,
  xact_to bigint not null,
  xact_least bigint not null,
  xact_greatest bigint not null,
  uus uuid[] not null,
  moments timestamptz[] not null,
  records uuid[] not null,
  leaves bytea not null
);
-- Hashes and uuids do not get smaller.
alter table private.stk_block alter column leaves set storage external, alter column uus set storage external;
create unique index stk_block_number_uidx on private.stk_block (number);
create index stk_block_xact_idx on private.stk_block (xact_greatest);

comment on table private.stk_block is
  'The chain. A block seals facts: events as they were recorded, and rows of the change log; first the events, then the '
  'changes, each in the order of their uus.';
comment on column private.stk_block.created is 'When it was sealed.';
comment on column private.stk_block.number is 'Its place in the chain, from 1 on.';
comment on column private.stk_block.previous_hash is 'The hash of the block before; 32 zero bytes in the first.';
comment on column private.stk_block.root is 'The root of the Merkle tree over its facts, as in RFC 6962.';
comment on column private.stk_block.index_hash is 'The SHA-256 of uus, moments and records, one after the other in binary form.';
comment on column private.stk_block.hash is
  'The SHA-256 of the binary form of the row (''stk_block'', number, previous_hash, root, index_hash, facts, events, '
  'created, xact_to, xact_least, xact_greatest).';
comment on column private.stk_block.facts is 'How many facts it seals.';
comment on column private.stk_block.events is 'How many of them are events; the others are changes.';
comment on column private.stk_block.xact_to is 'Every transaction below was over when the block was sealed, and its facts are sealed.';
comment on column private.stk_block.xact_least is 'The first transaction whose facts are in the block.';
comment on column private.stk_block.xact_greatest is 'The last transaction whose facts are in the block.';
comment on column private.stk_block.uus is 'The uu of each fact.';
comment on column private.stk_block.moments is 'When each fact was recorded.';
comment on column private.stk_block.records is 'For each change, the record that was changed.';
comment on column private.stk_block.leaves is 'The hash of each fact, 32 bytes.';
comment on index private.stk_block_number_uidx is 'There is one block of a number.';
comment on index private.stk_block_xact_idx is 'The blocks that may hold the facts of a transaction.';

create view api.stk_block as
  select
    uu, table_name, created, number, previous_hash, root, index_hash, hash, facts, events, xact_to, xact_least, xact_greatest
  from private.stk_block
  where (select private.stk_actor_uu()) is not null;
comment on view api.stk_block is 'The heads of the blocks, which say nothing of what is in them.';
grant select on api.stk_block to stk_api_role, stk_private_role;
-- Nobody reads the blocks themselves but who sees every entity: they tell of the facts of all.
grant select, insert on private.stk_block to stk_keeper;

-- The owner of the store must not become a member of this role: his views would then show every entity to everybody.
grant usage on schema private, api to stk_auditor;
grant select on private.stk_event, private.stk_change_log, private.stk_block to stk_auditor;
create policy stk_auditor_all on private.stk_event for select to stk_auditor using (true);
create policy stk_auditor_all on private.stk_change_log for select to stk_auditor using (true);
comment on policy stk_auditor_all on private.stk_event is 'Auditors see the events of every entity.';
comment on policy stk_auditor_all on private.stk_change_log is 'Auditors see every change.';

update private.stk_trigger_mgt set table_name = table_name || '{stk_block}' where function_name_root = 'stk_append_only';
select private.stk_trigger_create();

create function private.stk_merkle_root(leaves_p bytea) returns bytea
  language plpgsql immutable
  set search_path = ''
as $$
declare
  level_v bytea := leaves_p;
  count_v integer := pg_catalog.length(leaves_p) / 32;
begin
  -- Pairs, level by level; a last one without a partner goes up as it is. That is the tree of RFC 6962.
  while count_v > 1 loop
    select pg_catalog.string_agg(
      case when i * 2 + 1 < count_v
        then pg_catalog.sha256('\x01'::bytea || pg_catalog.substring(level_v, i * 64 + 1, 64))
        else pg_catalog.substring(level_v, i * 64 + 1, 32)
      end, '' order by i)
    into level_v
    from pg_catalog.generate_series(0, (count_v - 1) / 2) as i;
    count_v := (count_v + 1) / 2;
  end loop;
  return level_v;
end
$$;
comment on function private.stk_merkle_root(bytea) is 'The root of the Merkle tree over hashes of 32 bytes, as in RFC 6962.';
revoke execute on function private.stk_merkle_root(bytea) from public;
grant execute on function private.stk_merkle_root(bytea) to stk_keeper;

create function private.stk_pending(from_p bigint) returns bigint
  language sql stable
  set search_path = ''
as $$
  select (select pg_catalog.count(*) from private.stk_event as e where e.xact_id >= coalesce(from_p, 0))
    + (select pg_catalog.count(*) from private.stk_change_log as l where l.xact_id >= coalesce(from_p, 0))
$$;
comment on function private.stk_pending(bigint) is 'How many facts there are of transactions from a number on.';
revoke execute on function private.stk_pending(bigint) from public;
grant execute on function private.stk_pending(bigint) to stk_keeper;

create function api.stk_seal(out blocks integer, out facts bigint, out pending bigint)
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  -- The letters `stk`, and a number for what it locks.
  key_v constant bigint := 495874408449;
  size_v constant integer := 10000;
  last_v record;
  part_v record;
  from_v bigint;
  to_v bigint;
  running_v bigint;
  next_v bigint;
  number_v bigint;
  hash_v bytea;
  root_v bytea;
  index_v bytea;
begin
  blocks := 0;
  facts := 0;
  if not pg_catalog.pg_try_advisory_xact_lock(key_v) then
    pending := private.stk_pending((select pg_catalog.max(b.xact_to) from private.stk_block as b));
    return;
  end if;
  select b.number, b.hash, b.xact_to into last_v from private.stk_block as b order by b.number desc limit 1;
  number_v := coalesce(last_v.number, 0);
  hash_v := coalesce(last_v.hash, pg_catalog.decode(pg_catalog.repeat('00', 32), 'hex'));
  -- Every transaction below `running_v` is over, and what it recorded is seen by the statements that follow.
  running_v := pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint;
  next_v := pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint;
  from_v := coalesce(last_v.xact_to, 0);
  to_v := running_v;
  if from_v > next_v then
    -- The database was restored into a server that has counted less: what no block holds is new, whatever its number.
    from_v := 0;
    to_v := 9223372036854775807;
  end if;
  for part_v in
    with held as materialized (
      select pg_catalog.unnest(b.uus) as uu from private.stk_block as b
      where b.xact_greatest >= from_v and b.xact_least < to_v
    ), fact as (
      select 1 as kind, e.uu, e.created, e.xact_id, null::uuid as record_uu, pg_catalog.sha256('\x00'::bytea
        || pg_catalog.record_send(row(
          'stk_event'::text, e.uu, e.stk_entity_uu, e.created, e.created_by_uu,
          pg_catalog.convert_to(e.table_name_uu_json::text, 'UTF8'), e.is_valid, e.type_uu,
          pg_catalog.convert_to(e.record_json::text, 'UTF8'), pg_catalog.convert_to(e.search_key, 'UTF8'),
          pg_catalog.convert_to(e.name, 'UTF8'), pg_catalog.convert_to(e.description, 'UTF8')))) as leaf
      from private.stk_event as e
      where e.xact_id >= from_v and e.xact_id < to_v and not (e.xact_id >= running_v and e.xact_id < next_v)
        and not exists (select from held as h where h.uu = e.uu)
      union all
      select 2, l.uu, l.created, l.xact_id, l.record_uu, pg_catalog.sha256('\x00'::bytea
        || pg_catalog.record_send(row(
          'stk_change_log'::text, l.uu, l.stk_entity_uu, l.created, l.created_by_uu, l.batch_id,
          pg_catalog.convert_to(l.record_table, 'UTF8'), l.record_uu, pg_catalog.convert_to(l.operation, 'UTF8'),
          pg_catalog.convert_to(l.old_values::text, 'UTF8'), pg_catalog.convert_to(l.new_values::text, 'UTF8'))))
      from private.stk_change_log as l
      where l.xact_id >= from_v and l.xact_id < to_v and not (l.xact_id >= running_v and l.xact_id < next_v)
        and not exists (select from held as h where h.uu = l.uu)
    ), placed as (
      select f.*, (pg_catalog.row_number() over (order by f.xact_id, f.kind, f.uu) - 1) / size_v as part from fact as f
    )
    select
      p.part,
      pg_catalog.count(*)::integer as facts,
      (pg_catalog.count(*) filter (where p.kind = 1))::integer as events,
      pg_catalog.array_agg(p.uu order by p.kind, p.uu) as uus,
      pg_catalog.array_agg(p.created order by p.kind, p.uu) as moments,
      coalesce(pg_catalog.array_agg(p.record_uu order by p.kind, p.uu) filter (where p.kind = 2), '{}') as records,
      pg_catalog.string_agg(p.leaf, '' order by p.kind, p.uu) as leaves,
      pg_catalog.min(p.xact_id) as least,
      pg_catalog.max(p.xact_id) as greatest
    from placed as p
    group by p.part
    order by p.part
  loop
    number_v := number_v + 1;
    root_v := private.stk_merkle_root(part_v.leaves);
    index_v := pg_catalog.sha256(pg_catalog.array_send(part_v.uus)
      || pg_catalog.array_send(part_v.moments) || pg_catalog.array_send(part_v.records));
    insert into private.stk_block
      (number, previous_hash, root, index_hash, hash, facts, events, xact_to, xact_least, xact_greatest, uus, moments,
        records, leaves)
    values (number_v, hash_v, root_v, index_v,
      pg_catalog.sha256(pg_catalog.record_send(row(
        'stk_block'::text, number_v, hash_v, root_v, index_v, part_v.facts, part_v.events, pg_catalog.now(), running_v,
        part_v.least, part_v.greatest))),
      part_v.facts, part_v.events, running_v, part_v.least, part_v.greatest, part_v.uus, part_v.moments, part_v.records,
      part_v.leaves)
    returning hash into hash_v;
    blocks := blocks + 1;
    facts := facts + part_v.facts;
  end loop;
  pending := private.stk_pending(running_v);
end
$$;
comment on function api.stk_seal() is
  'Seals what was recorded by transactions that are over, in blocks; gives how many blocks and facts, and how many '
  'facts are left for the next time. Nobody waits for it; where another session is at it, it leaves that to it.';
revoke execute on function api.stk_seal() from public;
grant execute on function api.stk_seal() to stk_api_role, stk_private_role, stk_auditor;

create function api.stk_sealed(uu_p uuid, leaf_p bytea, out number bigint, out place integer, out leaves bytea)
  language plpgsql stable
  security definer
  set search_path = ''
as $$
begin
  -- The hash shows that the caller has the whole event before him, so that nobody learns of an event that is not his.
  select b.number, pg_catalog.array_position(b.uus, uu_p), b.leaves
  into number, place, leaves
  from private.stk_event as e
  join private.stk_block as b on b.xact_greatest >= e.xact_id and b.xact_least <= e.xact_id and uu_p = any (b.uus)
  where e.uu = uu_p;
  place := place - 1;
  if leaf_p is distinct from pg_catalog.substring(leaves, place * 32 + 1, 32) then
    number := null;
    place := null;
    leaves := null;
  end if;
end
$$;
comment on function api.stk_sealed(uuid, bytea) is
  'The block of an event, its place in it from 0 on, and the hashes of all its facts, for who has the hash of the event.';
revoke execute on function api.stk_sealed(uuid, bytea) from public;
grant execute on function api.stk_sealed(uuid, bytea) to stk_api_role, stk_private_role;

reset role;
alter function api.stk_seal() owner to stk_keeper;
alter function api.stk_sealed(uuid, bytea) owner to stk_keeper;
set local role stk_superuser;

call private.stk_comment_columns();
