"""The command `date humanize`."""

from __future__ import annotations

import datetime

from stk_shell.commands._cells import change_cells
from stk_shell.commands._dates import on_date
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data

MINUTE, HOUR, DAY = 60, 3_600, 86_400

STEPS = (
    ("a year", 365 * DAY, 345 * DAY, 547 * DAY),
    ("a month", 30 * DAY, 29 * DAY, 45 * DAY),
    ("a week", 7 * DAY, 6.5 * DAY, 10.5 * DAY),
    ("a day", DAY, 22 * HOUR, 36 * HOUR),
    ("an hour", HOUR, 45 * MINUTE, 90 * MINUTE),
    ("a minute", MINUTE, 45, 90),
    ("a second", 1, 10, 10),
)
"""Units in seconds: how long each is, beyond what it is used, and beyond what there is more than one."""


class DateHumanize(Command):
    """Tells dates in words."""

    name = "date humanize"
    summary = "Tell in words how far a date is from now."
    signature = Signature(types=(("datetime", "string"), ("string", "string")), category="dates")
    examples = (
        Example("(date now) - 2hr | date humanize", "What has been.", "2 hours ago"),
        Example("(date now) + 8day | date humanize", "What is to come.", "in a week"),
        Example("event list | first | get created | date humanize", "When the newest event was.", "10 minutes ago"),
    )
    see_also = ("format date", "date now")

    def run(self, call: Call, data: Data) -> Data:
        """The words."""
        return change_cells(call, data, on_date(call, lambda date: _distance(date - call.session.now())))


def _distance(delta: datetime.timedelta) -> str:
    words = _length(int(abs(delta).total_seconds()))
    if words is None:
        return "now"
    return f"{words} ago" if delta < datetime.timedelta() else f"in {words}"


def _length(seconds: int) -> str | None:
    for one, length, least, many in STEPS:
        if seconds > many:
            return f"{max(seconds // length, 2)} {one.split()[1]}s"
        if seconds > least:
            return one
    return None


COMMAND = DateHumanize()
