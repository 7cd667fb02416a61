"""The command `date list-timezone`."""

from __future__ import annotations

from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class DateListTimezone(Command):
    """Lists time zones."""

    name = "date list-timezone"
    summary = "List the names of time zones."
    signature = Signature(types=(("nothing", "table"),), category="dates")
    examples = (
        Example(
            "date list-timezone | where timezone ends-with Berlin",
            "Look for a city.",
            [{"timezone": "Europe/Berlin"}],
        ),
    )
    see_also = ("date to-timezone",)
    columns = (Column("timezone", "The name of a time zone.", "string"),)

    def run(self, call: Call, data: Data) -> Data:
        """A table with one column."""
        from zoneinfo import available_timezones

        return [{"timezone": name} for name in sorted(available_timezones())]


COMMAND = DateListTimezone()
