"""The command `date to-timezone`."""

from __future__ import annotations

import datetime

from stk_shell.commands._cells import change_cells
from stk_shell.commands._dates import in_zone, on_date, zone
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data

TOKYO = datetime.timezone(datetime.timedelta(hours=9))


class DateToTimezone(Command):
    """Shows dates in other zones."""

    name = "date to-timezone"
    summary = "Show a date as clocks in another time zone show it."
    description = """It stays the same moment; what is added to it later keeps the distance from UTC that it has then.
The zone is a name such as `Europe/Berlin`, a distance such as `+02:00`, `UTC`, or `local`."""
    signature = Signature(
        types=(("datetime", "datetime"), ("string", "datetime")),
        category="dates",
        positionals=(Parameter("zone", STRING, "The zone."),),
    )
    examples = (
        Example(
            "2026-11-22T22:34:15 | date to-timezone Asia/Tokyo",
            "By the name of the zone.",
            datetime.datetime(2026, 11, 23, 7, 34, 15, tzinfo=TOKYO),
        ),
        Example(
            "2026-07-01 | date to-timezone Europe/Berlin | format date '%R %z'",
            "Summer time counts.",
            "02:00 +0200",
        ),
        Example("event list | update created { date to-timezone '+05:30' }", "The dates of a table."),
    )
    fails = "A zone that is unknown is an error."
    see_also = ("date list-timezone", "format date", "into datetime")

    def run(self, call: Call, data: Data) -> Data:
        """The same moment."""
        target = zone(call, "zone")
        return change_cells(call, data, on_date(call, lambda date: in_zone(call, date, target)))


COMMAND = DateToTimezone()
