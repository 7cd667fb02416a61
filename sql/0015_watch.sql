-- Following: what was committed since a moment, in whatever order transactions end, and a wake-up for who waits for it.

set local role stk_superuser;

create table private.watching (
  only_row boolean primary key default true check (only_row),
  until timestamptz not null
);
comment on table private.watching is
  'Until when somebody waits to be told of new events: NOTIFY has transactions commit one after another, so it is '
  'left out where nobody waits. Who waits says so again and again, so that nothing is left of who has gone.';
comment on column private.watching.only_row is 'There is one row.';
comment on column private.watching.until is 'Until when.';
comment on constraint watching_only_row_check on private.watching is 'There is one row.';
alter table private.watching enable row level security, force row level security;
create policy stk_keeper_all on private.watching to stk_keeper using (true) with check (true);
comment on policy stk_keeper_all on private.watching is 'The functions that keep and ask it see it.';
grant select, insert, update on private.watching to stk_keeper;

create function private.t80030_stk_watch() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if (select w.until > pg_catalog.statement_timestamp() from private.watching as w) then
    -- It says nothing: everybody hears it, whosever the event is.
    perform pg_catalog.pg_notify('stk_event', '');
  end if;
  return null;
end
$$;
comment on function private.t80030_stk_watch() is 'Wakes up who waits for new events, if there is anybody.';

insert into private.stk_trigger_mgt
  (function_name_prefix, function_name_root, function_event, function_level, function_condition, is_include, is_exclude, table_name)
values (80030, 'stk_watch', 'after insert', 'statement', null, true, false, '{stk_event}');
select private.stk_trigger_create();

create function api.stk_watch() returns void
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '100ms'
as $$
begin
  perform private.stk_actor_uu();
  insert into private.watching as w (until) values (pg_catalog.clock_timestamp() + interval '15 seconds')
  on conflict (only_row) do update set until = excluded.until where w.until < excluded.until - interval '1 second';
end
$$;
comment on function api.stk_watch() is
  'Has transactions that record events notify the channel stk_event for the next 15 seconds, without saying whose they are.';

create function api.stk_event_news(
  known_p text, running_p bigint[], next_p bigint, given_p uuid[], since_p timestamptz, limit_p integer
) returns table (uu uuid, created timestamptz, xact_id bigint)
  language plpgsql stable
  security definer
  set search_path = pg_catalog, pg_temp
  -- What is new is found by its transaction; no other index may be taken for it, whatever the statistics say.
  set enable_seqscan = off
  set enable_indexscan = off
as $$
declare
  -- No condition that an index on entities could answer: this is the only guard of them here.
  readable_v uuid[] := private.stk_entities_readable();
  next_v bigint := pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint;
begin
  if known_p = pg_catalog.pg_current_snapshot()::text and since_p is null then
    return;
  end if;
  return query
    select e.uu, e.created, e.xact_id
    from private.stk_event as e
    where (
        -- What was restored from a server that had counted further is not new.
        e.xact_id >= next_p and e.xact_id < next_v
        or e.xact_id = any (running_p)
        or e.created between since_p and pg_catalog.now()
      )
      and pg_catalog.array_position(readable_v, e.stk_entity_uu) is not null
      and not exists (select from pg_catalog.unnest(given_p) as g (uu) where g.uu = e.uu)
    limit limit_p;
end
$$;
comment on function api.stk_event_news(text, bigint[], bigint, uuid[], timestamptz, integer) is
  'The events that the session may see of transactions that are none of those before next_p, or one of running_p, '
  'which is what was not there in the snapshot that these are from; and those recorded since a time. Without given_p, '
  'in no order. Nothing where the snapshot is the one that is known already.';

create function api.stk_event_walk(
  running_p bigint[], next_p bigint, since_p timestamptz, seen_p pg_snapshot, created_p timestamptz, uu_p uuid, limit_p integer
) returns table (uu uuid, created timestamptz, xact_id bigint)
  language plpgsql stable
  security definer
  set search_path = pg_catalog, pg_temp
  -- Page after page, in the order of an index.
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
declare
  readable_v uuid[] := private.stk_entities_readable();
  next_v bigint := pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint;
begin
  if pg_catalog.cardinality(readable_v) <= 50 then
    return query
      select f.uu, f.created, f.xact_id
      from pg_catalog.unnest(readable_v) as o (uu)
      cross join lateral (
        select e.uu, e.created, e.xact_id
        from private.stk_event as e
        where e.stk_entity_uu = o.uu
          and (e.created, e.uu) > (created_p, uu_p)
          and (e.xact_id >= next_p or e.xact_id = any (running_p) or e.created between since_p and pg_catalog.now())
          and (seen_p is null or e.xact_id >= next_v
            or pg_catalog.pg_visible_in_snapshot(e.xact_id::text::xid8, seen_p))
        order by e.created, e.uu
        limit limit_p
      ) as f
      order by f.created, f.uu
      limit limit_p;
    return;
  end if;
  return query
    select e.uu, e.created, e.xact_id
    from private.stk_event as e
    where pg_catalog.array_position(readable_v, e.stk_entity_uu) is not null
      and (e.created, e.uu) > (created_p, uu_p)
      and (e.xact_id >= next_p or e.xact_id = any (running_p) or e.created between since_p and pg_catalog.now())
      and (seen_p is null or e.xact_id >= next_v or pg_catalog.pg_visible_in_snapshot(e.xact_id::text::xid8, seen_p))
    order by e.created, e.uu
    limit limit_p;
end
$$;
comment on function api.stk_event_walk(bigint[], bigint, timestamptz, pg_snapshot, timestamptz, uuid, integer) is
  'What api.stk_event_news finds, as far as a snapshot saw it, in the order of created and uu, from behind an event on.';

create function api.stk_event_summarize() returns void
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '10ms'
as $$
begin
  perform pg_catalog.brin_summarize_new_values(i.indexrelid)
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as c on c.oid = i.indexrelid and c.relkind = 'i'
  join pg_catalog.pg_am as m on m.oid = c.relam and m.amname = 'brin'
  where i.indrelid = 'private.stk_event'::pg_catalog.regclass
    or i.indrelid in (select n.inhrelid from pg_catalog.pg_inherits as n where n.inhparent = 'private.stk_event'::pg_catalog.regclass);
exception when lock_not_available then
  null;
end
$$;
comment on function api.stk_event_summarize() is
  'Has the index on transactions know the newest pages, which it otherwise leaves to autovacuum for up to a minute.';

grant execute on function api.stk_watch(), api.stk_event_summarize() to stk_api_role, stk_private_role, stk_auditor;
grant execute on function api.stk_event_news(text, bigint[], bigint, uuid[], timestamptz, integer)
  to stk_api_role, stk_private_role, stk_auditor;
grant execute on function api.stk_event_walk(bigint[], bigint, timestamptz, pg_snapshot, timestamptz, uuid, integer)
  to stk_api_role, stk_private_role, stk_auditor;

reset role;
alter function private.t80030_stk_watch() owner to stk_keeper;
alter function api.stk_watch() owner to stk_keeper;
alter function api.stk_event_news(text, bigint[], bigint, uuid[], timestamptz, integer) owner to stk_keeper;
alter function api.stk_event_walk(bigint[], bigint, timestamptz, pg_snapshot, timestamptz, uuid, integer) owner to stk_keeper;
