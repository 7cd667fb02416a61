"""The command `event revoke`."""

from __future__ import annotations

from stk_shell.commands.event._columns import REVOKED_NOW
from stk_shell.commands.event._examples import LOGIN, MILESTONE, TIMES, VARYING
from stk_shell.commands.event._uu import UU_FLAG, UU_PARAMETER, resolve, wanted
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import EventError, Label
from stk_shell.model.offers import OPEN_EVENT
from stk_shell.model.signature import Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data
from stk_shell.model.values import Record, Value


def _result(uu: str, name: str) -> Record:
    return {"uu": uu, "name": name, "revoked": TIMES[3], "is_revoked": True}


class EventRevoke(Command):
    """Marks an event as inactive."""

    name = "event revoke"
    summary = "Revoke an event: mark it inactive, keep it for the record."
    description = """A revoked event stays in the store for good, and no longer shows in `event list`. That is all that
can ever be done to an event: nothing else of it can be changed, nothing is deleted, and revoking cannot be undone. So
to correct a mistake, revoke the event and log the right one. Who revoked it, and when, is recorded.

Name the event as for `event get`: by its uu or the beginning of it, or pipe in a uu, a record that has one, or a table.
Of a list or table every event is revoked, in one transaction: all of them, or none. What comes back is a record with
uu, name, revoked and is_revoked, or a table of such records."""
    signature = Signature(
        types=(
            ("nothing", "record"),
            ("string", "record"),
            ("record", "record"),
            ("list<any>", "table"),
            ("table", "table"),
        ),
        category="event",
        positionals=(UU_PARAMETER.replace(completes=OPEN_EVENT),),
        flags=(UU_FLAG.replace(completes=OPEN_EVENT),),
    )
    examples = (
        Example(
            f"event revoke {MILESTONE}", "Revoke one event by its uu.", _result(MILESTONE, "user-milestone"), VARYING
        ),
        Example("event revoke 01a20563 | get is_revoked", "By the beginning of its uu.", True),
        Example(
            "event list | where name == authentication | get uu.0 | event revoke $in",
            "The newest event of a name.",
            _result(LOGIN, "authentication"),
            VARYING,
        ),
        Example(
            "event list | where name == authentication | get 0 | event revoke | get name",
            "A row that is piped in.",
            "authentication",
        ),
        Example(
            "event list | where name =~ error | event revoke | get name",
            "All events of a table, or none of them.",
            ["order-error"],
        ),
        Example(
            "event list --limit 0 | where created < (date now) - 30day\n| each {|row| event revoke $row.uu } | length",
            "Old events, one by one.",
            0,
        ),
    )
    fails = """Fails, changing nothing, when an event is unknown or already revoked; the error names the first such
event."""
    see_also = ("event list", "event get", ".append event")
    columns = REVOKED_NOW

    def run(self, call: Call, data: Data) -> Data:
        """uu, name, revoked and is_revoked of the event, or of each."""
        named, many = wanted(call, data)
        uus = [_known(call, value, span) for value, span in named]
        if not uus:
            return []
        try:
            with call.session.progress("events", len(uus)) as progress:
                revoked = call.session.store.revoke(uus, progress)
        except EventError as error:
            raise error.at(named[0][1]) from None
        return [*revoked] if many else revoked[0]


def _known(call: Call, value: Value, span: Span) -> str:
    uu = resolve(call, value, span)
    if uu is None:
        label = Label(span, "no event has a uu that begins like this")
        hint = "Nothing was changed. `event list --all --limit 0` shows all events."
        raise EventError("there is no such event", "unknown_event", (label,), hint)
    return uu


COMMAND = EventRevoke()
