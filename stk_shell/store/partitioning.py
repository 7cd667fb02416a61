"""Partitions of the events by the month in which they were recorded.

They are ranges of the uu, whose first 48 bits are the milliseconds: so the uu stays the only key, which no event has
twice in whatever partition, and what a store of several machines could be distributed by. A range of `created` would
need `created` in the key, and an event that is sent again would be there twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.struct import Struct
from stk_shell.model.values import Filesize, Record
from stk_shell.store.errors import translated
from stk_shell.store.rebuilding import Rebuilding

if TYPE_CHECKING:
    from stk_shell.store.connecting import Connection

OLDER, DEFAULT = "event_older", "event_default"
"""What was there before, and what belongs to no month that there is."""

NEAR = datetime.timedelta(days=2)
"""How near the end of a month may be for what was there before to end with it."""

LOCK_SECONDS = 5

MANY_NAMES = -0.05
"""How many names the events of a partition are taken to have, as a share of them."""

PARTITIONS = sql.SQL(
    "select c.relname::text, pg_catalog.pg_get_expr(c.relpartbound, c.oid), pg_catalog.pg_total_relation_size(c.oid),"
    " greatest(c.reltuples, 0)::bigint from pg_catalog.pg_inherits as i"
    " join pg_catalog.pg_class as c on c.oid = i.inhrelid join pg_catalog.pg_class as p on p.oid = i.inhparent"
    " join pg_catalog.pg_namespace as n on n.oid = p.relnamespace"
    " where p.relname = 'stk_event' and n.nspname = 'private'"
)


class Partition(Struct):
    """A part of the events: from a time on and before another one; the default one has neither."""

    name: str
    begin: datetime.datetime | None
    end: datetime.datetime | None
    size: int
    events: int

    @property
    def is_default(self) -> bool:
        """Whether it holds what belongs nowhere else."""
        return self.begin is None and self.end is None


def bound(moment: datetime.datetime) -> str:
    """The least uu of a time."""
    digits = f"{int(moment.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}-0000-0000-000000000000"


def moment(uu: str) -> datetime.datetime:
    """The time of a uu."""
    milliseconds = int(uu.replace("-", "")[:12], 16)
    return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC)


def month_after(moment: datetime.datetime, months: int = 1) -> datetime.datetime:
    """The beginning of the month that is so many months later."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return datetime.datetime(year, month + 1, 1, tzinfo=datetime.UTC)


def partitions(connection: Connection) -> list[Partition]:
    """The partitions there are, the oldest first and the default one last; none where the events are in one table."""
    found = [_partition(*row) for row in connection.execute(PARTITIONS)]
    oldest = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return sorted(found, key=lambda each: (each.is_default, each.begin or oldest))


def _partition(name: str, bounds: str, size: int, events: int) -> Partition:
    """Of what PostgreSQL says: `FOR VALUES FROM (MINVALUE) TO ('...')`, or `DEFAULT`."""
    ends = [part.strip("()'") for part in bounds.split() if part.startswith("(")]
    begin, end = (None if uu in ("MINVALUE", "MAXVALUE") else moment(uu) for uu in ends or ("MINVALUE", "MAXVALUE"))
    return Partition(name, begin, end, size, events)


def partition(connection: Connection, months: int, now: datetime.datetime) -> list[Record]:
    """Have the events in partitions, those of the months to come among them; gives all of them, the newest first.

    Raises:
        StoreError: some uus are not in the order of time, a lock could not be had, or the login may not.
    """
    with translated():
        before = {each.name for each in partitions(connection)}
        connection.assign({"lock_timeout": f"{LOCK_SECONDS}s"})
        if not before:
            _convert(connection, now)
        _add_months(connection, months, now)
        connection.execute("analyze private.stk_event")
        return [_as_record(each, before) for each in reversed(partitions(connection))]


def listed(connection: Connection) -> list[Record]:
    """All partitions, the newest first."""
    with translated():
        found = partitions(connection)
        return [_as_record(each, {each.name for each in found}) for each in reversed(found)]


def told(connection: Connection) -> str | None:
    """How many partitions there are, and until when; None where there are none."""
    found = partitions(connection)
    ends = [each.end for each in found if each.end is not None]
    return f"{len(found)}, for events until {max(ends):%Y-%m-%d}" if ends else None


def _as_record(each: Partition, before: set[str]) -> Record:
    return {
        "partition": each.name,
        "from": each.begin,
        "until": each.end,
        "events": each.events,
        "size": Filesize(each.size),
        "is_new": each.name not in before,
    }


def _convert(connection: Connection, now: datetime.datetime) -> None:
    """Put a table with partitions in the place of the one there is, which becomes the oldest of them."""
    end = bound(month_after(now if month_after(now) - now > NEAR else month_after(now)))
    _bind(connection, end)
    try:
        with connection.transaction():
            # Whoever asks, locks the view first, and then the table.
            connection.execute("lock table api.stk_event, api.stk_change_log in access exclusive mode")
            _allow_triggers(connection)
            _swap(connection, end)
    except BaseException:
        if not connection.closed:
            connection.execute(
                "alter table if exists private.stk_event drop constraint if exists stk_event_older_check"
            )
        raise


def _allow_triggers(connection: Connection) -> None:
    """Have the owner of the table make its triggers again: it takes the right to call their functions."""
    connection.execute("set local role none")
    for (function,) in connection.execute(
        "select distinct t.tgfoid::regprocedure::text from pg_catalog.pg_trigger as t"
        " where t.tgrelid = 'private.stk_event'::regclass and not t.tgisinternal"
    ).fetchall():
        connection.execute(f"grant execute on function {function} to stk_superuser".encode())
    connection.execute("set local role stk_superuser")


def _bind(connection: Connection, end: str) -> None:
    """Have the table hold nothing from the bound on. While it is read for that, it can be written to."""
    connection.execute(
        f"alter table private.stk_event add constraint stk_event_older_check check (uu < '{end}') not valid".encode()
    )
    try:
        connection.execute("alter table private.stk_event validate constraint stk_event_older_check")
    except psycopg.errors.CheckViolation:
        connection.execute("alter table private.stk_event drop constraint stk_event_older_check")
        raise StoreError(
            "some events have a uu that is not in the order of time, so that no month can be told from it",
            "not_in_order",
            help="Nothing was changed. Their uus are of another version than 7. A new store takes them into its default"
            " partition: `store partition` there, before they are copied.",
        ) from None
    except BaseException:
        if not connection.closed:
            connection.execute("alter table private.stk_event drop constraint stk_event_older_check")
        raise


def _swap(connection: Connection, end: str) -> None:
    """Within one transaction, which nobody sees half of. Nothing is written anew, and no index is built."""
    connection.execute("alter table private.stk_event no force row level security")
    row = connection.execute("select exists (select from private.stk_event)").fetchone()
    rebuilding = Rebuilding(connection, "stk_event")
    rebuilding.set_aside(OLDER)
    connection.execute(
        f"create table private.stk_event (like private.{OLDER} including all excluding indexes excluding constraints)"
        " partition by range (uu)".encode()
    )
    connection.execute("alter table private.stk_event add primary key (uu)")
    rebuilding.restore()
    if row is not None and row[0]:
        attach = f"attach partition private.{OLDER} for values from (minvalue) to ('{end}')"
        connection.execute(f"alter table private.stk_event {attach}".encode())
        connection.execute(f"alter table private.{OLDER} drop constraint stk_event_older_check".encode())
        _guard(connection, OLDER, "What was recorded before there were partitions.")
    else:
        connection.execute(f"drop table private.{OLDER}".encode())
    connection.execute(f"create table private.{DEFAULT} partition of private.stk_event default".encode())
    _guard(connection, DEFAULT, "Events whose uu is of no month that has a partition.")


def _guard(connection: Connection, name: str, comment: str) -> None:
    """Have nobody get to a partition but through the table: without a policy no row is seen, and none can go."""
    table = sql.Identifier("private", name)
    for statement in (
        "alter table {} enable row level security, force row level security",
        "create trigger t10020_stk_no_delete before delete or truncate on {} for each statement"
        " execute function private.t10020_stk_no_delete()",
        "comment on trigger t10020_stk_no_delete on {} is 'Refuses DELETE and TRUNCATE, for every role.'",
        # Of whichever name, there may be no event here. With the few names that statistics see, PostgreSQL would rather
        # go through all events by their time until it has met enough of one, which may be none.
        f"alter table {{}} alter column name set (n_distinct = {MANY_NAMES})",
    ):
        connection.execute(sql.SQL(statement).format(table))
    connection.execute(sql.SQL("comment on table {} is {}").format(table, comment))


def _add_months(connection: Connection, months: int, now: datetime.datetime) -> None:
    """Make the partitions that are missing, from the first month that has none to so many after this one."""
    for begin in _missing(partitions(connection), months, now):
        with connection.transaction():
            _add(connection, begin)


def _missing(found: list[Partition], months: int, now: datetime.datetime) -> Iterator[datetime.datetime]:
    """The months from this one on that have no partition yet, and do not belong to the oldest one."""
    begins = {each.begin for each in found}
    oldest = next((each.end for each in found if each.begin is None and each.end is not None), None)
    for number in range(months + 1):
        begin = month_after(now, number)
        if begin not in begins and (oldest is None or begin >= oldest):
            yield begin


def _add(connection: Connection, begin: datetime.datetime) -> None:
    """Make the partition of a month; the events of it that are in the default one go there."""
    name = f"event_{begin:%Y_%m}"
    table, low, high = sql.Identifier("private", name), bound(begin), bound(month_after(begin))
    connection.execute(sql.SQL("create table {} (like private.stk_event including all)").format(table))
    _move(connection, name, low, high)
    attach = sql.SQL("alter table private.stk_event attach partition {} for values from ({}) to ({})")
    connection.execute(attach.format(table, low, high))
    _guard(connection, name, f"Events that were recorded in {begin:%B %Y}.")


def _move(connection: Connection, name: str, low: str, high: str) -> None:
    """Take from the default partition what was recorded before there was one for its month."""
    default = sql.Identifier("private", DEFAULT)
    span = sql.SQL("uu >= {} and uu < {}").format(low, high)
    connection.execute(sql.SQL("lock table {} in access exclusive mode").format(default))
    connection.execute(sql.SQL("alter table {} no force row level security").format(default))
    # Only for this statement, and for what moves: the same events are there before and after.
    connection.execute(sql.SQL("alter table {} disable trigger user").format(default))
    moving = "with moved as (delete from {} where {} returning {}) insert into {} ({}) select {} from moved"
    columns = _columns(connection)
    there = sql.Identifier("private", name)
    connection.execute(sql.SQL(moving).format(default, span, columns, there, columns, columns))
    connection.execute(sql.SQL("alter table {} enable trigger user").format(default))
    connection.execute(sql.SQL("alter table {} force row level security").format(default))


def _columns(connection: Connection) -> sql.Composed:
    """The columns that are not computed from others."""
    names = connection.execute(
        "select attname::text from pg_catalog.pg_attribute where attrelid = 'private.stk_event'::regclass"
        " and attnum > 0 and not attisdropped and attgenerated = '' order by attnum"
    )
    return sql.SQL(", ").join(sql.Identifier(name) for (name,) in names)
