"""The command `.append event`."""

from __future__ import annotations

import datetime

from stk_shell.commands._appending import VARYING, AppendRecords, append_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import EVENTS

EVENT = "01a20572-6c15-7d0a-8a4e-5b1f6f0d9c21"
CREATED = datetime.datetime(2026, 11, 22, 22, 34, 15, tzinfo=datetime.UTC)


class AppendEvent(AppendRecords):
    """Records what has happened."""

    noun = EVENTS
    name = ".append event"
    summary = "Log an event: record that something happened."
    description = """What you pipe in is what is recorded. A text is kept as `{text: "..."}`, a record as it is, so that
its fields can be searched later, and any other value as `{value: ...}`. A list or a table makes one event of each item:
all of them, or none. Piping in nothing is fine too, as some events say enough by their name. What comes back is a
record with the uu, the name and the time of the new event, or a table of such records.

That goes for as many as you like: the lines of a file, or of standard input, are recorded as they come, and need no
memory. With `--name-from`, each is named by a cell of its own, such as the program that wrote the line; where that cell
is missing or null, the name is the one you give.

The name says what kind of thing happened, and is what you will look for later. Keep to a few names in lower case with
hyphens (`authentication`, `order-error`, `user-milestone`), and put what differs from one event to the next into the
record. Log a record rather than a sentence where a number or an identifier is part of it: `{text: "Login failed",
user_id: 7}` can be filtered by `record_json.user_id`, a sentence cannot.

With `--type`, programs can tell what kind of event it is. A type may ask for certain fields, as TIMESHEET does for
start_date and minutes: then an event without them is refused, and the error says what is wrong and where. `event types
--detail` shows what types ask for, `event type new` makes one.

Once recorded, an event can be neither changed nor deleted. To correct a mistake, revoke the event and log the right
one. Who logged it, and when, is filled in by the store and cannot be set.

An event is recorded once, also where the connection is lost on the way: the shell connects again, and finds out. With
`--spool`, or where the setting `spool` is true, events wait on this machine while the store is away, and are delivered
later; what comes back then has no `created` yet, and `store spool` shows them.

Records are kept as JSON. Texts, booleans, integers and null come back as they were, however deeply they are nested.
Dates come back as texts (`2026-11-23T13:00:05+00:00`), durations as numbers of nanoseconds, file sizes as numbers of
bytes, ranges as lists, binary values as lists of bytes, and cell paths as texts. The fields of a record come back in
PostgreSQL's order: shorter names first, then by alphabet. Whole floats from 1e16 on may come back as integers."""
    signature = append_signature(
        EVENTS,
        name="What kind of thing happened.",
        attach="The record this event is about: its uu, or a record with a uu.",
    )
    examples = (
        Example(
            '"User completed onboarding" | .append event "user-milestone"',
            "Log a text.",
            {"uu": EVENT, "name": "user-milestone", "created": CREATED},
            VARYING,
        ),
        Example(
            'let order_id = 42\n$"Error processing order ($order_id)" | .append event "order-error"',
            "Log a text with values in it.",
            {"uu": EVENT, "name": "order-error", "created": CREATED},
            VARYING,
        ),
        Example(
            '{text: "Login failed", user_id: 7}\n| .append event "authentication" --type ACTION',
            "Log a record, and give the event a type.",
            {"uu": EVENT, "name": "authentication", "created": CREATED},
            VARYING,
        ),
        Example(
            '"Password reset"\n| .append event "authentication" --json {user_id: 7} -d "asked by phone"',
            "Add fields to a text, and a remark.",
            {"uu": EVENT, "name": "authentication", "created": CREATED},
            VARYING,
        ),
        Example(
            '[[text size]; ["Backup started" 0] ["Backup done" 812]]\n| .append event "backup"',
            "Log an event for each row of a table.",
            [
                {"uu": EVENT, "name": "backup", "created": CREATED},
                {"uu": "01a20572-6c15-7d0b-9c3d-27c94d21b7f0", "name": "backup", "created": CREATED},
            ],
            VARYING,
        ),
        Example(
            '[[program text]; [sshd "Login failed"] [null "Fan stopped"]]\n'
            '| .append event "journal" --name-from program | get name',
            "Name each event by a cell, where it has that.",
            ["sshd", "journal"],
        ),
        Example(
            "let cause = (event list --name order-error | first)\n"
            '"Called the customer" | .append event "follow-up" --attach $cause | get name',
            "Attach an event to a record: here, to another event.",
            "follow-up",
        ),
        Example(
            '{start_date: 2026-11-25T09:00:00Z, minutes: 90}\n| .append event "work" --type TIMESHEET | get name',
            "Log time that was spent; the type asks for these fields.",
            "work",
        ),
        Example(
            '"Disk at 91 %" | .append event "disk" --spool | get name',
            "Log an event, also while the store is away.",
            "disk",
        ),
        Example('.append event "heartbeat" | get name', "Log no more than a name.", "heartbeat"),
    )
    fails = """Fails, recording nothing, when the type or the record to attach to is unknown, when `--json` is not a
JSON object, when the record does not fit the schema of its type, when the cell that holds the name is blank or no text,
or when a text holds what PostgreSQL cannot store: a NUL character, or bytes that are not UTF-8. Of a list, the error
says which item it is."""
    see_also = ("event list", "event get", "event revoke", "event types", "open", "store spool", "request", "tag")


COMMAND = AppendEvent()
