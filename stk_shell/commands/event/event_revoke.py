"""The command `event revoke`."""

from __future__ import annotations

from stk_shell.commands._single import MarkRecords
from stk_shell.commands._uu import named_signature
from stk_shell.commands.event._examples import LOGIN, MILESTONE, TIMES, VARYING
from stk_shell.model.command import Example
from stk_shell.model.nouns import EVENTS
from stk_shell.model.values import Record


def _result(uu: str, name: str) -> Record:
    return {"uu": uu, "name": name, "revoked": TIMES[3], "is_revoked": True}


class EventRevoke(MarkRecords):
    """Marks an event as inactive."""

    noun = EVENTS
    name = "event revoke"
    summary = "Revoke an event: mark it inactive, keep it for the record."
    description = """A revoked event stays in the store for good, and no longer shows in `event list`. That is all that
can ever be done to an event: nothing else of it can be changed, nothing is deleted, and revoking cannot be undone. So
to correct a mistake, revoke the event and log the right one. Who revoked it, and when, is recorded.

Name the event as for `event get`: by its uu or the beginning of it, or pipe in a uu, a record that has one, or a table.
Of a list or table every event is revoked, in one transaction: all of them, or none. What comes back is a record with
uu, name, revoked and is_revoked, or a table of such records."""
    signature = named_signature(EVENTS, is_open=True)
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


COMMAND = EventRevoke()
