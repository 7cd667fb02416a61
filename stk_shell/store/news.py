"""What was committed since, each event once, in whatever order transactions end.

How far one has come is a snapshot of the server: what transactions recorded that it did not see is new. The server is
asked in statements of their own, so that nothing is held open between them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TypeAlias

from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.store import EventQuery
from stk_shell.model.struct import Struct
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.database import Database, Query, as_record
from stk_shell.store.event_queries import Table

Key: TypeAlias = "tuple[str, datetime.datetime, int]"
"""The uu of an event, when it was recorded, and by which transaction."""

PAGE = 1000
"""How many events are read at once."""

OVERLAP = datetime.timedelta(seconds=3)
"""From how long before the connection was lost what was recorded is looked at again."""

PRUNE_FROM = 5000
"""From how many events on those are forgotten that were recorded longer ago."""

FIRST = "00000000-0000-0000-0000-000000000000"
"""The least uu."""

CAN_FOLLOW = sql.SQL("select pg_catalog.to_regprocedure('api.stk_event_summarize()') is not null")
NOW = "select pg_catalog.pg_current_snapshot()::text, pg_catalog.pg_is_in_recovery(), pg_catalog.statement_timestamp()"
HERE = sql.SQL(NOW)
NEWS = sql.SQL(
    f"select n.*, f.uu::text, f.created, f.xact_id from ({NOW}) as n left join lateral"
    " api.stk_event_news(%s::text, %s::bigint[], %s::bigint, %s::uuid[], %s::timestamptz, %s::int) as f on true"
)
OLDEST = sql.SQL(
    "select min(created) from api.stk_event_news(null, %s::bigint[], %s::bigint, %s::uuid[], %s::timestamptz, null)"
)
WALK = sql.SQL(
    "select uu::text, created, xact_id from api.stk_event_walk("
    "%s::bigint[], %s::bigint, %s::timestamptz, %s::pg_snapshot, %s::timestamptz, %s::uuid, %s::int)"
)


class Position(Struct):
    """What has been seen: every transaction before `next`, but for those that were still `running`.

    A standby does not say which ones run: there, `next` is the first of them, and `given` what was seen of later ones.
    With `since`, what was recorded from that time on is looked at as well: after a crash, numbers of transactions that
    nobody has seen committed are given out again, and another server may have counted otherwise.
    """

    snapshot: str | None
    running: tuple[int, ...]
    next: int
    given: dict[str, int]
    since: datetime.datetime | None = None

    def after(self, snapshot: str, keys: Iterable[Key], *, standby: bool) -> Position:
        """The position once these events were given, which were all that the snapshot saw."""
        first, next, *running = [int(number) for number in snapshot.replace(",", ":").split(":") if number]
        if not standby:
            return Position(snapshot, tuple(running), next, {})
        next, left = max(self.next, first), tuple(number for number in self.running if number >= first)
        given = {**self.given, **{uu: transaction for uu, _, transaction in keys}}
        kept = {uu: number for uu, number in given.items() if number >= next or number in left}
        return Position(None, left, next, kept)

    def values(self) -> tuple[list[int], int, list[str], datetime.datetime | None]:
        """Itself, as the statements take it."""
        return list(self.running), self.next, list(self.given), self.since


START = Position(None, (), 0, {})
"""Nothing has been seen."""


class Walk(Struct):
    """Many events, which are read page by page: what `position` has not seen and `seen` has, from behind a key on.

    `then` is the position at its end.
    """

    position: Position
    seen: str | None
    then: Position
    created: datetime.datetime
    uu: str = FIRST


class News:
    """Follows the events of a query."""

    def __init__(self, database: Database, table: Table, query: EventQuery, types: list[str] | None) -> None:
        """`types` are the uus of the query's type."""
        self._database = database
        self._since = query.since
        self._names = queries.columns(query.noun, detail=query.detail)
        self._fetching, self._filter = _fetching(table, query, types)
        self._position: Position | None = None
        self._walk: Walk | None = None
        self._asked: datetime.datetime | None = None
        self._recent: dict[str, Key] = {}
        self.standby = False
        """Whether the server that was asked last only follows another one."""
        self.is_stirring = False
        """Whether transactions have ended since the question before, whatever they did."""

    @property
    def has_begun(self) -> bool:
        """Whether there is a position to go on from."""
        return self._position is not None

    @property
    def has_more(self) -> bool:
        """Whether more is known to be there."""
        return self._walk is not None

    def again(self) -> None:
        """The connection is another one than before: look again at what was recorded shortly before it was lost."""
        if self._position is None or self._asked is None:
            return
        position = self._walk.then if self._walk is not None else self._position
        recent = {uu: transaction for uu, _, transaction in self._recent.values()}
        position = position.replace(
            snapshot=None, given={**position.given, **recent}, since=position.since or self._asked - OVERLAP
        )
        if self._walk is not None:
            self._walk = self._walk.replace(then=position)
        else:
            self._position = position

    def next(self) -> list[Record] | None:
        """The next events, by the time of their transactions; None where nothing is new.

        Raises:
            StoreError: the store cannot be followed, or the connection is lost; then, the next call goes on.
        """
        if self._position is None:
            self._begin()
        if self._walk is not None:
            return self._page(self._walk)
        return self._news(self._position or START)

    def _begin(self) -> None:
        if not self._database.change(CAN_FOLLOW)[0][0]:
            raise StoreError(
                "this store does not tell which events are new",
                "no_watch",
                help="`store migrate` has a store of stk's own tell it; one of another make cannot be watched.",
            )
        snapshot, self.standby, self._asked = self._database.change(HERE)[0]
        self._position = START.after(snapshot, (), standby=self.standby)
        if self._since is not None:
            self._walk = Walk(START, None if self.standby else snapshot, self._position, self._since)
        elif self.standby:
            # What others have committed there while an older transaction runs is not new.
            snapshot, keys = self._asked_for(self._position, None)
            self._position = self._position.after(snapshot, keys, standby=self.standby)

    def _news(self, position: Position) -> list[Record] | None:
        snapshot, keys = self._asked_for(position, PAGE + 1)
        if len(keys) > PAGE:
            oldest = self._database.change(OLDEST, position.values())[0][0]
            then = position.after(snapshot, (), standby=self.standby)
            if self._position is position:
                self._walk = Walk(position, None if self.standby else snapshot, then, oldest)
            return []
        then = position.after(snapshot, keys, standby=self.standby)
        records = self._records(keys)
        if self._position is not position:
            # The connection was another one by then; what it has to look at again comes with the next question.
            return []
        self._position = then
        self._remember(keys)
        return records if keys else None

    def _asked_for(self, position: Position, limit: int | None) -> tuple[str, list[Key]]:
        """The snapshot of now, and what it sees that the position has not seen."""
        rows = self._database.change(NEWS, (position.snapshot, *position.values(), limit))
        snapshot, self.standby, self._asked = rows[0][:3]
        self.is_stirring = position.snapshot not in (None, snapshot)
        return snapshot, [row[3:] for row in rows if row[3] is not None]

    def _page(self, walk: Walk) -> list[Record]:
        running, next, _, since = walk.position.values()
        found = self._database.change(WALK, (running, next, since, walk.seen, walk.created, walk.uu, PAGE))
        keys: list[Key] = [(uu, created, number) for uu, created, number in found if uu not in walk.position.given]
        records = self._records(keys)
        if self._walk is not walk:
            return []
        then = walk.then
        if then.snapshot is None:
            then = then.replace(given={**then.given, **{uu: number for uu, _, number in keys if number >= then.next}})
        if len(found) < PAGE:
            self._walk, self._position = None, then
        else:
            uu, created, _ = found[-1]
            self._walk = walk.replace(then=then, created=created, uu=uu)
        self._remember(keys)
        return records

    def _records(self, keys: list[Key]) -> list[Record]:
        if not keys:
            return []
        rows = self._database.change(self._fetching, ([uu for uu, _, _ in keys], *self._filter))
        return [as_record(self._names, row) for row in rows]

    def _remember(self, keys: list[Key]) -> None:
        """Keep what was recorded shortly ago."""
        if self._asked is None:
            return
        least = self._asked - OVERLAP
        self._recent.update((key[0], key) for key in keys if key[1] >= least)
        if len(self._recent) > PRUNE_FROM:
            self._recent = {uu: key for uu, key in self._recent.items() if key[1] >= least}


def _fetching(table: Table, query: EventQuery, types: list[str] | None) -> tuple[Query, list[object]]:
    """The statement that gives events by their uus, if the query asks for them, and the values behind the uus."""
    # Not `= any`, for which PostgreSQL would read all of the index on entities where the table has no statistics yet.
    conditions = ["e.uu in (select unnest(%s::uuid[]))", *([] if query.revoked else ["not e.is_revoked"])]
    values: list[object] = []
    for condition, value in (("e.name = %s", query.name), ("e.type_uu = any(%s::uuid[])", types)):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    selected = queries.selection(table, detail=query.detail)
    return sql.SQL(f"{selected} where {' and '.join(conditions)} order by e.created, e.uu"), values
