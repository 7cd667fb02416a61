"""Counting a million events by name, type and day, against the SQL that somebody who knows the schema would write."""

from __future__ import annotations

import contextlib

from stk_shell.model.settings import Settings
from stk_shell.model.store import EventQuery
from stk_shell.store import open_store
from stk_shell.store.claims import API_ROLE, Claims, set_session
from stk_shell.store.connecting import connect
from tests.benchmarks.harness import Result, Run, at_most, medians, seconds
from tests.benchmarks.store import Measured

SHARES = ("99 percent", "1 percent")
"""The entities of the events that `isolation` has made."""

EXPERT = (
    "select count(*), min(created), max(created) from api.stk_event where {own} and not is_revoked",
    "select count(*) from api.stk_event where {own} and is_revoked",
    "select name, count(*) from api.stk_event where {own} and not is_revoked group by 1 order by 2 desc",
    "select t.name, count(*) from api.stk_event e join api.stk_event_type t on t.uu = e.type_uu"
    " where e.{own} and not e.is_revoked group by 1 order by 2 desc",
    "select date_trunc('day', created), count(*) from api.stk_event where {own} and not is_revoked group by 1 order by 1",
)
"""A statement for each thing that is told."""


def counting(store: Measured, rounds: int) -> list[Result]:
    """`event stats`, by members of a large entity and of a small one."""
    with contextlib.ExitStack() as stack:
        runs: dict[str, Run] = {}
        for share in SHARES:
            dsn = f"host={store.host} dbname=stk user='tenant {share}'"
            ours = open_store(Settings(dsn=dsn), None)
            stack.callback(ours.close)
            bare = stack.enter_context(connect(dsn, ""))
            set_session(bare, Claims(API_ROLE))
            row = bare.execute("select uu from api.stk_entities() as o (uu)").fetchone()
            own = f"stk_entity_uu = '{row[0] if row else None}'"
            statements = [each.format(own=own).encode() for each in EXPERT]
            runs[share] = lambda ours=ours: seconds(lambda: ours.statistics(EventQuery()))  # type: ignore[misc]
            runs[f"{share} by hand"] = lambda bare=bare, statements=statements: seconds(  # type: ignore[misc]
                lambda: [bare.execute(each).fetchall() for each in statements]
            )
        figures = medians(runs, rounds)
    return [
        at_most(f"event stats of {share} of a million : SQL by hand", figures[share], figures[f"{share} by hand"], 1.1)
        for share in SHARES
    ]
