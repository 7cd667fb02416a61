"""The command `format date`."""

from __future__ import annotations

from stk_shell.commands._cells import change_cells
from stk_shell.commands._date_list import specifiers
from stk_shell.commands._date_words import with_percent
from stk_shell.commands._dates import on_date
from stk_shell.commands._strftime import format_argument
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data

MAIL = "%a, %-d %b %Y %H:%M:%S %z"
"""The form of dates in mails, RFC 2822."""


class FormatDate(Command):
    """Writes dates."""

    name = "format date"
    summary = "Write a date in a form of your own."
    description = """In the format, parts of the date stand behind a percent sign: `%F` is 2026-11-22, `%T` 22:34:15,
`%d.%m.%Y` 22.11.2026, `%A` Sunday; `format date --list` has them all. A sign between changes how a number is filled up:
`%-d` not at all, `%_d` with blanks, `%0e` with zeros. For another time zone, put `date to-timezone` before it."""
    signature = Signature(
        types=(
            *(("datetime", "string"), ("string", "string"), ("list<any>", "list<string>")),
            *(("nothing", "table"), ("any", "string")),
        ),
        category="dates",
        positionals=(Parameter("format", STRING, "The form; that of mails by default.", True, MAIL),),
        flags=(Flag("list", "List what may stand in the format.", short="l"),),
    )
    examples = (
        Example("2026-11-22T22:34:15 | format date '%d.%m.%Y %H:%M'", "Day and time.", "22.11.2026 22:34"),
        Example("2026-11-22T22:34:15 | format date", "As in a mail.", "Sun, 22 Nov 2026 22:34:15 +0000"),
        Example("event list | update created { format date '%F' } | get created.0", "The day of an event."),
        Example("event list | group-by { $in.created | format date '%H' }", "Events by the hour of the day."),
    )
    fails = "A percent sign with anything else behind it is an error."
    see_also = ("date to-timezone", "into datetime", "format duration")

    def run(self, call: Call, data: Data) -> Data:
        """The texts, or the list of specifiers."""
        if call.switch("list"):
            return specifiers(call.session.now())
        meant = with_percent(call.text("format"))
        if meant:
            call.session.note(f"this format has no part of a date: did you mean `{meant}`?")
        return change_cells(call, data, on_date(call, format_argument(call, "format")))


COMMAND = FormatDate()
