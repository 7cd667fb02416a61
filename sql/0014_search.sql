-- Finding events by their words, by what is in them, and by their type. An index that is kept while events are recorded
-- would cost as much as recording them, so this one is a table that is filled afterwards, from the transactions on that
-- it has seen. What it lacks is read from the events themselves.

set local role stk_superuser;

create table private.event_index (
  id bigint not null,
  uu uuid not null,
  keys integer[] not null
);
-- Each search reads the list of what is pending, also while somebody adds to it: it is kept short.
create index event_index_idx on private.event_index using gin (keys) with (gin_pending_list_limit = 256);
comment on table private.event_index is
  'What events can be found by. It is made from them: without it, nothing is lost, and it may be left out of a dump.';
comment on column private.event_index.id is 'Counts the events, mostly as they were recorded.';
comment on column private.event_index.uu is 'The event.';
comment on column private.event_index.keys is
  'The keys of what it is found by (private.event_key): its words, the values in its record_json, its entity, type and name.';
comment on index private.event_index_idx is 'Finds events by keys.';

create table private.event_index_range (
  number integer primary key,
  oldest timestamptz not null,
  newest timestamptz not null,
  newest_uu uuid not null,
  is_ordered boolean not null
);
comment on table private.event_index_range is 'When the events of each 4096 ids were recorded.';
comment on column private.event_index_range.number is 'The ids of the range, without their last 12 bits.';
comment on column private.event_index_range.oldest is 'When its oldest event was recorded.';
comment on column private.event_index_range.newest is 'When its newest event was recorded.';
comment on column private.event_index_range.newest_uu is 'The newest event: of several of one time, the greatest.';
comment on column private.event_index_range.is_ordered is 'Whether its ids are in the order in which they were recorded.';

create table private.event_index_state (
  is_only boolean primary key default true check (is_only),
  server bigint not null,
  events bigint not null,
  xact_to bigint not null,
  part_to bigint,
  part_uu uuid
);
comment on table private.event_index_state is 'How far the index goes.';
comment on column private.event_index_state.is_only is 'There is one row.';
comment on column private.event_index_state.server is 'The server whose transactions are counted.';
comment on column private.event_index_state.events is 'How many events are in the index.';
comment on column private.event_index_state.xact_to is 'The events of every transaction below are in the index.';
comment on column private.event_index_state.part_to is
  'Where many events are new, those of the transactions below are added in the order of their uus.';
comment on column private.event_index_state.part_uu is 'Those of them up to this uu are in the index.';
comment on constraint event_index_state_is_only_check on private.event_index_state is 'There is one row.';
-- Without the row, as now, or with that of another server, the index is begun anew.

-- What an event is found by

create function private.event_words(name_p text, description_p text, record_json_p jsonb) returns tsvector
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  select setweight(to_tsvector('simple'::regconfig, left(name_p, 1000) || ' ' || translate(left(name_p, 1000), './:@', '    ')), 'A')
    || setweight(
      case
        when pg_column_size(record_json_p) < 3000
        then jsonb_to_tsvector('simple'::regconfig, record_json_p, '["string"]')
        -- What is longer could have more words than fit.
        else to_tsvector('simple'::regconfig, left((
          select string_agg(s.value #>> '{}', ' ')
          from jsonb_path_query(record_json_p, 'strict $.** ? (@.type() == "string")') as s (value)), 50000))
      end, 'B')
    || setweight(to_tsvector('simple'::regconfig, coalesce(left(description_p, 50000), '')), 'C')
$$;
comment on function private.event_words(text, text, jsonb) is
  'The words of an event: of its name, of the texts in its record_json, and of its description. Of long texts, it is '
  'those of the first 50 000 characters.';

create function private.event_values(documents_p jsonb[]) returns table (place bigint, hashes bigint[])
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  with recursive document as (
    select d.value, d.place, pg_column_size(d.value) < 20000 as is_small
    from unnest(documents_p) with ordinality as d (value, place)
  ), node as (
    select d.place, k.value, hashtextextended(k.key, 0) as path, 1 as depth
    from document as d
    cross join lateral jsonb_each(
      case when d.is_small and jsonb_typeof(d.value) = 'object' then d.value else '{}' end) as k
    union all
    select n.place, k.value, case when k.key is null then n.path + 1 else hashtextextended(k.key, n.path) end, n.depth + 1
    from node as n
    cross join lateral (
      select o.key, o.value from jsonb_each(case when jsonb_typeof(n.value) = 'object' then n.value else '{}' end) as o
      union all
      select null, a.value
      from jsonb_array_elements(case when jsonb_typeof(n.value) = 'array' then n.value else '[]' end) as a
    ) as k
    where n.depth < 16 and jsonb_typeof(n.value) = any ('{object, array}')
  ), leaf as (
    select
      n.place,
      array_agg(jsonb_hash_extended(n.value, n.path)) filter (where jsonb_typeof(n.value) <> all ('{object, array}')) as hashes,
      max(n.depth) < 16 as is_shallow
    from node as n
    group by n.place
  )
  select
    d.place,
    case
      when d.is_small and coalesce(l.is_shallow and cardinality(l.hashes) < 500, true) then coalesce(l.hashes, '{}')
      else '{0}'
    end
  from document as d
  left join leaf as l on l.place = d.place
$$;
comment on function private.event_values(jsonb[]) is
  'For each document, the hashes of its values with their paths; equal numbers have equal ones. A document that is too '
  'large or too deep for that has the hash 0 alone.';

create function private.event_hash(kind_p integer, value_p text) returns bigint
  language sql immutable parallel safe
  return pg_catalog.hashtextextended(value_p, kind_p);
comment on function private.event_hash(integer, text) is
  'The hash of an entity (1), a type (2), a name (3), a word (4), or a range of 4096 ids (5).';

create function private.event_key(hash_p bigint, id_p bigint) returns integer
  language sql immutable parallel safe
  return (((id_p >> 18) & 63) * 67108864 + (pg_catalog.hashint8extended(hash_p, id_p >> 18) & 67108863) - 2147483648)::integer;
comment on function private.event_key(bigint, bigint) is
  'The key of a hash for an id. Each part of 2^18 ids has keys of its own, which are together in the index: the newest '
  'can be looked for without the others, and what is added has few places to go to.';

-- Filling it

create function private.event_index_clean() returns void
  language plpgsql volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform gin_clean_pending_list('private.event_index_idx');
end
$$;
comment on function private.event_index_clean() is 'Puts into order what was added to the index, which its owner alone may do.';

create function private.event_index_add(uus_p uuid[]) returns void
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  first_v bigint := (select s.events from private.event_index_state as s);
begin
  with event as materialized (
    select
      e.uu, e.stk_entity_uu, e.type_uu, e.name, e.description, e.record_json, e.created,
      row_number() over (order by e.created, e.uu) as place
    from unnest(uus_p) as u (uu)
    join private.stk_event as e on e.uu = u.uu
  ), value as (
    select v.place, v.hashes
    from private.event_values((select array_agg(e.record_json order by e.place) from event as e)) as v
  ), added as (
    insert into private.event_index (id, uu, keys)
    select
      i.id, e.uu, array(
        select private.event_key(k.hash, i.id)
        from (
          select unnest(v.hashes || array[
            private.event_hash(1, e.stk_entity_uu::text), private.event_hash(2, e.type_uu::text),
            private.event_hash(3, e.name), private.event_hash(5, (i.id >> 12)::text)]) as hash
          union all
          select private.event_hash(4, w.word)
          from unnest(tsvector_to_array(private.event_words(e.name, e.description, e.record_json))) as w (word)
        ) as k)
    from event as e
    cross join lateral (select first_v + e.place - 1 as id) as i
    join value as v on v.place = e.place
    order by i.id
  ), time as (
    select
      ((first_v + e.place - 1) >> 12)::integer as number,
      (array_agg(e.created order by e.place))[1] as oldest, (array_agg(e.uu order by e.place))[1] as oldest_uu,
      (array_agg(e.created order by e.place desc))[1] as newest, (array_agg(e.uu order by e.place desc))[1] as newest_uu
    from event as e
    group by 1
  )
  insert into private.event_index_range as r (number, oldest, newest, newest_uu, is_ordered)
  select t.number, t.oldest, t.newest, t.newest_uu, true from time as t
  on conflict (number) do update set
    oldest = least(r.oldest, excluded.oldest),
    newest = greatest(r.newest, excluded.newest),
    newest_uu = case
      when (excluded.newest, excluded.newest_uu) > (r.newest, r.newest_uu) then excluded.newest_uu else r.newest_uu
    end,
    is_ordered = r.is_ordered and exists (
      select from time as t where t.number = r.number and (t.oldest, t.oldest_uu) > (r.newest, r.newest_uu));
  update private.event_index_state set events = first_v + cardinality(uus_p);
end
$$;
comment on function private.event_index_add(uuid[]) is 'Adds events to the index, in the order in which they were recorded.';

create function private.event_index_next(from_p bigint, to_p bigint, after_p uuid, at_most_p integer) returns uuid[]
  language sql volatile
  set search_path = pg_catalog, pg_temp
  set enable_sort = off
  set enable_bitmapscan = off
  set enable_seqscan = off
as $$
  -- By the index on uus, from which a revoked event does not move.
  select array_agg(e.uu order by e.uu)
  from (
    select e.uu from private.stk_event as e
    where e.uu > after_p and e.xact_id >= from_p and e.xact_id < to_p
    order by e.uu
    limit at_most_p
  ) as e
$$;
comment on function private.event_index_next(bigint, bigint, uuid, integer) is
  'The next events of some transactions, or all that follow, in the order of their uus.';

create function private.event_index_new(from_p bigint, to_p bigint, at_most_p integer) returns uuid[]
  language sql volatile
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
  select array_agg(e.uu)
  from (select e.uu from private.stk_event as e where e.xact_id >= from_p and e.xact_id < to_p limit at_most_p) as e
$$;
comment on function private.event_index_new(bigint, bigint, integer) is 'Some events of some transactions, in any order.';

create function api.stk_event_index(
  seconds_p double precision, least_p integer default 0, out is_complete boolean, out added integer, out lacking bigint
)
  language plpgsql volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- The letters `stk`, and a number for what it locks.
  key_v constant bigint := 495874408450;
  none_v constant uuid := '00000000-0000-0000-0000-000000000000';
  at_once_v constant integer := 2000;
  until_v constant timestamptz := clock_timestamp() + make_interval(secs => seconds_p);
  server_v constant bigint := (select c.system_identifier from pg_control_system() as c);
  running_v bigint;
  state_v private.event_index_state;
  uus_v uuid[];
begin
  perform private.stk_actor_uu();
  is_complete := false;
  added := 0;
  if pg_try_advisory_xact_lock(key_v) then
    select s.* into state_v from private.event_index_state as s;
    -- Every transaction below is over, and what it recorded is seen by the statements that follow.
    running_v := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    if state_v.server is distinct from server_v or state_v.xact_to > running_v then
      -- The database comes from a server that has counted otherwise.
      truncate private.event_index, private.event_index_range;
      delete from private.event_index_state;
      insert into private.event_index_state (server, events, xact_to, part_to, part_uu)
      values (server_v, 0, 0, running_v, none_v)
      returning * into state_v;
    end if;
    loop
      if state_v.part_to is null then
        uus_v := private.event_index_new(state_v.xact_to, running_v, at_once_v + 1);
        if coalesce(cardinality(uus_v), 0) <= at_once_v then
          if cardinality(uus_v) > least_p then
            perform private.event_index_add((select array_agg(u order by u) from unnest(uus_v) as u));
            added := added + cardinality(uus_v);
            update private.event_index_state set xact_to = running_v;
          end if;
          is_complete := true;
        else
          update private.event_index_state as s
          set part_to = running_v, part_uu = coalesce((
            select e.uu from private.stk_event as e
            where e.uu < (
              select min(n.uu::text collate "C") from private.stk_event as n
              where n.xact_id >= s.xact_to and n.xact_id < running_v)::uuid
            order by e.uu desc
            limit 1
          ), none_v)
          returning * into state_v;
        end if;
      else
        uus_v := private.event_index_next(state_v.xact_to, state_v.part_to, state_v.part_uu, at_once_v);
        if uus_v is null then
          update private.event_index_state set xact_to = part_to, part_to = null, part_uu = null returning * into state_v;
        else
          perform private.event_index_add(uus_v);
          added := added + cardinality(uus_v);
          update private.event_index_state set part_uu = uus_v[cardinality(uus_v)] returning * into state_v;
        end if;
      end if;
      exit when is_complete or clock_timestamp() > until_v;
    end loop;
    if added > 0 then
      perform private.event_index_clean();
    end if;
  end if;
  lacking := case when is_complete then 0 else (
    select greatest(
      1, pg_relation_size(c.oid) / case when c.reltuples > 0 then 8192.0 * c.relpages / c.reltuples else 350 end - s.events)
    from private.event_index_state as s
    cross join pg_class as c
    where c.oid = 'private.stk_event'::regclass
  ) end;
end
$$;
comment on function api.stk_event_index(double precision, integer) is
  'Adds events that are new to the index that they are found by, for so many seconds, and if there are more than a '
  'number of them; tells whether all are there, how many were added, and about how many are lacking. Where another session '
  'is at it, it leaves that to it.';

-- Finding

create function api.stk_event_unindexed(at_most_p integer) returns integer
  language plpgsql stable
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
declare
  state_v private.event_index_state;
begin
  perform private.stk_actor_uu();
  select s.* into state_v from private.event_index_state as s;
  if state_v.server is distinct from (select c.system_identifier from pg_control_system() as c)
    or state_v.part_to is not null
  then
    return at_most_p;
  end if;
  return (select count(*) from (
    select from private.stk_event as e where e.xact_id >= state_v.xact_to limit at_most_p
  ) as n);
end
$$;
comment on function api.stk_event_unindexed(integer) is
  'How many events have to be looked at one by one, up to a number, because the index lacks them.';

create function private.event_words_needed(query_p tsquery) returns table (words text[])
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $$
  -- What websearch_to_tsquery makes has no brackets but around a phrase that must not be there.
  select array(
    select replace(replace(m.found[1], '''''', ''''), '\\', '\')
    from regexp_matches(
      regexp_replace(a.part, '!(\( )?''([^'']|'''')*''( <[^>]*> ''([^'']|'''')*'')*', '', 'g'),
      '''((?:[^'']|'''')*)''', 'g') as m (found))
  from regexp_split_to_table(query_p::text, ' \| ') as a (part)
$$;
comment on function private.event_words_needed(tsquery) is
  'The words that an event must have for a query, for each alternative of it. A query of websearch_to_tsquery.';

create type private.event_search as (
  query tsquery, document jsonb, name text, type_uu uuid, since timestamptz, until timestamptz, with_revoked boolean,
  with_unindexed boolean, entities uuid[], is_all boolean, hashes bigint[], at_most integer
);
comment on type private.event_search is
  'What is looked for: events that have all of it, where it is not null; and the hashes of what they have to have.';

create function private.event_matches(event_p private.stk_event, search_p private.event_search) returns boolean
  language sql immutable
  return (event_p).stk_entity_uu = any ((search_p).entities)
    and ((search_p).with_revoked or (event_p).revoked is null)
    and ((search_p).name is null or (event_p).name = (search_p).name)
    and ((search_p).type_uu is null or (event_p).type_uu = (search_p).type_uu)
    and ((search_p).since is null or (event_p).created >= (search_p).since)
    and ((search_p).until is null or (event_p).created < (search_p).until)
    and ((search_p).document is null or (event_p).record_json @> (search_p).document);
comment on function private.event_matches(private.stk_event, private.event_search) is
  'Whether an event is what is looked for, apart from its words. This is what keeps entities apart.';

create function private.event_hits(
  hashes_p bigint[], owners_p bigint[], from_p bigint, to_p bigint, is_dense_p boolean, at_most_p integer
) returns table (id bigint, uu uuid, part bigint, hits bigint)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  -- What is known of the table is mostly old, and there is one good way.
  set enable_seqscan = off
  set plan_cache_mode = force_generic_plan
  set jit = off
as $$
declare
  bits_v constant integer := case when is_dense_p then 12 else 18 end;
begin
  -- From one part to the next, the newest first, until there are enough.
  if owners_p is null then
    return query
    select i.id, i.uu, p.part, i.hits
    from generate_series((to_p - 1) >> bits_v, from_p >> bits_v, -1) as p (part)
    cross join lateral (
      select h.id, h.uu, count(*) over () as hits
      from (
        select i.id, i.uu from private.event_index as i
        where i.keys @> array(
            select private.event_key(k.hash, p.part << bits_v) from unnest(hashes_p) as k (hash)
            union all select private.event_key(private.event_hash(5, p.part::text), p.part << bits_v) where is_dense_p)
          and i.id >= from_p and i.id < to_p
        limit 4097
      ) as h
      order by h.id desc
    ) as i
    limit at_most_p;
  else
    return query
    select i.id, i.uu, p.part, i.hits
    from generate_series((to_p - 1) >> bits_v, from_p >> bits_v, -1) as p (part)
    cross join lateral (
      select h.id, h.uu, count(*) over () as hits
      from (
        select i.id, i.uu from private.event_index as i
        where i.keys @> array(
            select private.event_key(k.hash, p.part << bits_v) from unnest(hashes_p) as k (hash)
            union all select private.event_key(private.event_hash(5, p.part::text), p.part << bits_v) where is_dense_p)
          and i.keys && array(select private.event_key(o.hash, p.part << bits_v) from unnest(owners_p) as o (hash))
          and i.id >= from_p and i.id < to_p
        limit 4097
      ) as h
      order by h.id desc
    ) as i
    limit at_most_p;
  end if;
end
$$;
comment on function private.event_hits(bigint[], bigint[], bigint, bigint, boolean, integer) is
  'The newest entries of the index that have all hashes, and one of an owner: by parts of 2^18 ids, or of 4096 where '
  'they are dense. Of a part with more than 4096 hits, they are any.';

create function private.event_look(
  search_p private.event_search, from_p bigint, to_p bigint, is_dense_p boolean, is_owned_p boolean, at_most_p integer,
  out is_cut boolean, out hits integer, out lowest bigint, out uus uuid[], out times timestamptz[], out ranks real[]
)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
  set plan_cache_mode = force_generic_plan
  set jit = off
as $$
declare
  owners_v constant bigint[] := case when is_owned_p then
    array(select private.event_hash(1, u::text) from unnest((search_p).entities) as u) end;
begin
  with hit as materialized (
    select h.id, h.uu, h.part, h.hits
    from private.event_hits((search_p).hashes, owners_v, from_p, to_p, is_dense_p, at_most_p) as h
  ), whole as materialized (
    select h.id, h.uu from hit as h
    where h.part > coalesce((select max(c.part) from hit as c where c.hits > 4096), -1)
  ), found as (
    select e.uu, e.created, coalesce(ts_rank(w.words, (search_p).query), 0) as rank
    from whole as h
    join private.stk_event as e on e.uu = h.uu
    cross join lateral (
      select case when (search_p).query is not null
        then private.event_words(e.name, e.description, e.record_json) end as words offset 0
    ) as w
    where private.event_matches(e, search_p) and ((search_p).query is null or w.words @@ (search_p).query)
    order by e.created desc, e.uu desc
  )
  select c.is_cut, c.hits, c.lowest, f.uus, f.times, f.ranks
  into is_cut, hits, lowest, uus, times, ranks
  from (
    select
      coalesce(bool_or(h.hits > 4096), false) as is_cut,
      (select count(*) from whole)::integer as hits,
      case
        when bool_or(h.hits > 4096) then least(to_p, (max(h.part) filter (where h.hits > 4096) + 1) << 18)
        when count(*) >= at_most_p then min(h.id)
        else from_p end as lowest
    from hit as h
  ) as c,
  (select array_agg(f.uu) as uus, array_agg(f.created) as times, array_agg(f.rank) as ranks from found as f) as f;
end
$$;
comment on function private.event_look(private.event_search, bigint, bigint, boolean, boolean, integer) is
  'Looks through some ids of the index, from the newest on: how many entries it has read, to which id it came, and the '
  'events that were found. It is cut where a part of the index has too many entries for looking through it as a whole.';

create function private.event_found(search_p private.event_search) returns table (uu uuid, created timestamptz, rank real)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set jit = off
as $$
declare
  at_once_v integer := least((search_p).at_most, 3000) * 5 / 4 + 16;
  state_v private.event_index_state;
  lower_v bigint;
  upper_v bigint;
  to_v bigint;
  is_dense_v boolean := true;
  is_owned_v boolean := false;
  dense_to_v bigint;
  look_v record;
  hits_v bigint := 0;
  found_v bigint := 0;
  count_v integer;
  oldest_v timestamptz := 'infinity';
  oldest_uu_v uuid;
  number_v bigint;
begin
  select s.* into state_v from private.event_index_state as s;
  if state_v.server is distinct from (select c.system_identifier from pg_control_system() as c) then
    state_v := (true, 0, 0, 0, null, null);
  end if;
  -- What the index lacks.
  if (search_p).with_unindexed then
    return query
    select (n.event).uu, (n.event).created, coalesce(ts_rank(w.words, (search_p).query), 0)
    from (
      select e as event from private.stk_event as e where e.xact_id >= coalesce(state_v.part_to, state_v.xact_to)
      union all
      select e
      from unnest(private.event_index_next(state_v.xact_to, state_v.part_to, state_v.part_uu, null)) as u (uu)
      join private.stk_event as e on e.uu = u.uu
    ) as n
    cross join lateral (
      select case when (search_p).query is not null
        then private.event_words((n.event).name, (n.event).description, (n.event).record_json) end as words offset 0
    ) as w
    where private.event_matches(n.event, search_p)
      and ((search_p).query is null or w.words @@ (search_p).query)
    order by (n.event).created desc, (n.event).uu desc
    limit (search_p).at_most;
  end if;

  select
    case
      when (search_p).since is null then 0
      else coalesce(min(r.number) filter (where r.newest >= (search_p).since)::bigint << 12, state_v.events) end,
    least((coalesce(
      max(r.number) filter (where (search_p).until is null or r.oldest < (search_p).until), -1)::bigint + 1) << 12,
      state_v.events)
  into lower_v, upper_v
  from private.event_index_range as r;
  -- A little of the newest tells whether it is dense; else it is looked for in large parts.
  dense_to_v := greatest(lower_v, ((upper_v - 1) >> 12 << 12) - 12288);
  while upper_v > lower_v and found_v < (search_p).at_most loop
    to_v := case when is_dense_v then dense_to_v else lower_v end;
    select l.* into look_v
    from private.event_look(search_p, to_v, upper_v, is_dense_v, is_owned_v, at_once_v) as l;
    upper_v := look_v.lowest;
    count_v := coalesce(cardinality(look_v.uus), 0);
    hits_v := hits_v + look_v.hits;
    found_v := found_v + count_v;
    if found_v * 2 < hits_v then
      at_once_v := least(at_once_v * 2, 4096);
    end if;
    if count_v > 0 then
      return query select * from unnest(look_v.uus, look_v.times, look_v.ranks);
      if look_v.times[count_v] <= oldest_v then
        oldest_v := look_v.times[count_v];
        oldest_uu_v := look_v.uus[count_v];
      end if;
    end if;
    if not is_owned_v and not (search_p).is_all and (look_v.is_cut or hits_v >= 50 and found_v * 4 < hits_v) then
      -- To ask the index for the entity as well costs most where both are frequent, and pays where most is of others.
      is_owned_v := true;
    elsif look_v.is_cut then
      is_dense_v := true;
      dense_to_v := greatest(lower_v, (upper_v - 1) >> 18 << 18);
    elsif upper_v <= to_v then
      is_dense_v := false;
    end if;
  end loop;

  -- What was added to the index earlier may be newer, if it was not recorded here first.
  if found_v >= (search_p).at_most and (search_p).query is null then
    for number_v in
      select r.number from private.event_index_range as r
      where r.number >= lower_v >> 12 and (
        r.number < upper_v >> 12 and r.newest >= oldest_v and (r.newest, r.newest_uu) > (oldest_v, oldest_uu_v)
        or r.number = upper_v >> 12 and not r.is_ordered)
    loop
      select l.* into look_v from private.event_look(
        search_p, number_v << 12, least((number_v + 1) << 12, upper_v), true, not (search_p).is_all, 4096) as l;
      return query select * from unnest(look_v.uus, look_v.times, look_v.ranks);
    end loop;
  end if;
end
$$;
comment on function private.event_found(private.event_search) is
  'The newest events that are what is looked for, and perhaps more of them; with the rank of their words.';

create function private.event_search_for(search_p private.event_search, type_p uuid, hashes_p bigint[])
returns private.event_search
  language plpgsql immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  search_p.type_uu := type_p;
  search_p.hashes := hashes_p;
  if type_p is not null then
    search_p.hashes := search_p.hashes || private.event_hash(2, type_p::text);
  end if;
  if (search_p).name is not null then
    search_p.hashes := search_p.hashes || private.event_hash(3, (search_p).name);
  end if;
  return search_p;
end
$$;
comment on function private.event_search_for(private.event_search, uuid, bigint[]) is
  'The same for one type and for some hashes.';

create function private.event_searched(
  query_p tsquery, document_p jsonb, name_p text, types_p uuid[], since_p timestamptz, until_p timestamptz,
  revoked_p boolean, unindexed_p boolean, at_most_p integer
) returns table (uu uuid, rank real)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  search_v private.event_search;
  value_v bigint[];
begin
  search_v.query := query_p;
  search_v.document := document_p;
  search_v.name := name_p;
  search_v.since := since_p;
  search_v.until := until_p;
  search_v.with_revoked := coalesce(revoked_p, false);
  search_v.with_unindexed := coalesce(unindexed_p, true);
  search_v.at_most := coalesce(at_most_p, 2147483647);
  search_v.entities := private.stk_entities_readable();
  search_v.is_all := not exists (select from private.stk_entity as e where e.uu <> all (search_v.entities));
  if document_p is not null then
    select v.hashes into value_v from private.event_values(array[document_p]) as v;
  end if;
  return query
  select f.uu, max(f.rank)
  from unnest(coalesce(types_p, array[null::uuid])) as t (type)
  cross join lateral (
    select array(select private.event_hash(4, w) from unnest(n.words) as w) as hashes
    from private.event_words_needed(query_p) as n
    where query_p is not null
    union all select value_v where document_p is not null
    -- Of some events, it does not have the values.
    union all select '{0}' where document_p is not null
    union all select '{}' where query_p is null and document_p is null
  ) as h
  cross join lateral private.event_found(private.event_search_for(search_v, t.type, h.hashes)) as f
  group by f.uu, f.created
  order by f.created desc, f.uu desc
  limit at_most_p;
end
$$;
comment on function private.event_searched(
  tsquery, jsonb, text, uuid[], timestamptz, timestamptz, boolean, boolean, integer) is
  'The newest events of the entities of the session that are what is looked for, up to a number, with their rank.';

create function api.stk_event_search(
  words_p text, at_most_p integer default 100, name_p text default null, types_p uuid[] default null,
  since_p timestamptz default null, until_p timestamptz default null, revoked_p boolean default false,
  unindexed_p boolean default true
) returns table (uu uuid, rank real)
  language plpgsql stable rows 10
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  query_v constant tsquery := websearch_to_tsquery('simple', words_p);
begin
  -- A login without an actor hears so, whatever there is.
  perform private.stk_actor_uu();
  if exists (select from private.event_words_needed(query_v) as n where n.words = '{}') then
    raise exception 'there is no word to look for' using errcode = 'STK21',
      hint = 'Words with a minus are left out; what they are left out of takes a word as well.';
  end if;
  return query
  select s.uu, s.rank
  from private.event_searched(query_v, null, name_p, types_p, since_p, until_p, revoked_p, unindexed_p, at_most_p) as s;
end
$$;
comment on function api.stk_event_search(text, integer, text, uuid[], timestamptz, timestamptz, boolean, boolean) is
  'The newest events of the reader''s entities, up to a number, that have these words, with a rank that tells how well; '
  'words as websearch_to_tsquery takes them. What is null does not narrow it; with false, what the index lacks is left out.';

create function api.stk_event_find(
  document_p jsonb, at_most_p integer, name_p text default null, types_p uuid[] default null,
  since_p timestamptz default null, until_p timestamptz default null, revoked_p boolean default false,
  unindexed_p boolean default true
) returns setof uuid
  language plpgsql stable rows 10
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.stk_actor_uu();
  if document_p is not null and (
    jsonb_typeof(document_p) <> 'object'
    or (select v.hashes <@ '{0}' from private.event_values(array[document_p]) as v)
  ) then
    raise exception 'the index does not have what would find this document' using errcode = 'STK20',
      hint = 'It finds objects that have a value somewhere, and are not too large.';
  end if;
  return query
  select s.uu
  from private.event_searched(null, document_p, name_p, types_p, since_p, until_p, revoked_p, unindexed_p, at_most_p) as s;
end
$$;
comment on function api.stk_event_find(jsonb, integer, text, uuid[], timestamptz, timestamptz, boolean, boolean) is
  'The uus of the newest events of the reader''s entities, up to a number, whose record_json contains a document, the '
  'newest first. What is null does not narrow it; with false, what the index lacks is left out. A document that the index cannot find gives STK20.';

grant select, insert, update, delete, truncate on private.event_index, private.event_index_range to stk_keeper;
grant select, insert, update, delete on private.event_index_state to stk_keeper;
grant execute on function
  private.event_words(text, text, jsonb), private.event_values(jsonb[]), private.event_hash(integer, text),
  private.event_key(bigint, bigint), private.event_index_clean(), private.event_index_add(uuid[]),
  private.event_index_next(bigint, bigint, uuid, integer), private.event_index_new(bigint, bigint, integer),
  private.event_words_needed(tsquery),
  private.event_matches(private.stk_event, private.event_search),
  private.event_hits(bigint[], bigint[], bigint, bigint, boolean, integer),
  private.event_look(private.event_search, bigint, bigint, boolean, boolean, integer),
  private.event_found(private.event_search), private.event_search_for(private.event_search, uuid, bigint[]),
  private.event_searched(tsquery, jsonb, text, uuid[], timestamptz, timestamptz, boolean, boolean, integer)
to stk_keeper;
grant execute on function
  api.stk_event_index(double precision, integer), api.stk_event_unindexed(integer),
  api.stk_event_search(text, integer, text, uuid[], timestamptz, timestamptz, boolean, boolean),
  api.stk_event_find(jsonb, integer, text, uuid[], timestamptz, timestamptz, boolean, boolean)
to stk_api_role, stk_private_role;

reset role;

alter function api.stk_event_index(double precision, integer) owner to stk_keeper;
alter function api.stk_event_unindexed(integer) owner to stk_keeper;
alter function api.stk_event_search(text, integer, text, uuid[], timestamptz, timestamptz, boolean, boolean) owner to stk_keeper;
alter function api.stk_event_find(jsonb, integer, text, uuid[], timestamptz, timestamptz, boolean, boolean) owner to stk_keeper;
