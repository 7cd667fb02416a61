"""The command `.append event`."""

from __future__ import annotations

import datetime

from stk_shell.commands._json import parse_json
from stk_shell.commands.event._columns import APPENDED
from stk_shell.commands.event._uu import resolve
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import EventError, Label
from stk_shell.model.offers import EVENT_NAME, EVENT_TYPE
from stk_shell.model.shape import RECORD, STRING, UU, one_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.store import NewEvent
from stk_shell.model.stream import Data, collect, is_list_like, iterate, length_if_known
from stk_shell.model.values import Record, Value

EVENT = "01a20572-6c15-7d0a-8a4e-5b1f6f0d9c21"
CREATED = datetime.datetime(2026, 11, 22, 22, 34, 15, tzinfo=datetime.UTC)
VARYING = ("uu", "created")


class AppendEvent(Command):
    """Records what has happened."""

    name = ".append event"
    summary = "Log an event: record that something happened."
    description = """What you pipe in is what is recorded. A text is kept as `{text: "..."}`, a record as it is, so that
its fields can be searched later, and any other value as `{value: ...}`. A list or a table makes one event of each item:
all of them, or none. Piping in nothing is fine too, as some events say enough by their name. What comes back is a
record with the uu, the name and the time of the new event, or a table of such records.

The name says what kind of thing happened, and is what you will look for later. Keep to a few names in lower case with
hyphens (`authentication`, `order-error`, `user-milestone`), and put what differs from one event to the next into the
record. Log a record rather than a sentence where a number or an identifier is part of it: `{text: "Login failed",
user_id: 7}` can be filtered by `record_json.user_id`, a sentence cannot.

Once recorded, an event can be neither changed nor deleted. To correct a mistake, revoke the event and log the right
one. Who logged it, and when, is filled in by the store and cannot be set.

Records are kept as JSON. Texts, booleans, integers and null come back as they were, however deeply they are nested.
Dates come back as texts (`2026-11-23T13:00:05+00:00`), durations as numbers of nanoseconds, file sizes as numbers of
bytes, ranges as lists, binary values as lists of bytes, and cell paths as texts. The fields of a record come back in
PostgreSQL's order: shorter names first, then by alphabet. Whole floats from 1e16 on may come back as integers."""
    signature = Signature(
        types=(
            ("nothing", "record"),
            ("string", "record"),
            ("record", "record"),
            ("list<any>", "table"),
            ("table", "table"),
            ("any", "record"),
        ),
        category="event",
        positionals=(Parameter("name", STRING, "What kind of thing happened.", completes=EVENT_NAME),),
        flags=(
            Flag("description", "A remark for whoever reads the event.", STRING, "d"),
            Flag(
                "json",
                "A record, or the JSON of one, to merge over what is piped in: where both have a field, this one wins.",
                one_of(RECORD, STRING, name="json"),
                "j",
            ),
            Flag(
                "type",
                "The event's type: a name or search key from `event types`, in any case.",
                STRING,
                "t",
                completes=EVENT_TYPE,
            ),
            Flag("attach", "The record this event is about: its uu, or a record with a uu.", UU, "a"),
        ),
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
            "let cause = (event list --name order-error | first)\n"
            '"Called the customer" | .append event "follow-up" --attach $cause | get name',
            "Attach an event to a record: here, to another event.",
            "follow-up",
        ),
        Example('.append event "heartbeat" | get name', "Log no more than a name.", "heartbeat"),
    )
    fails = """Fails, recording nothing, when the type or the record to attach to is unknown, when `--json` is not a
JSON object, or when a text holds what PostgreSQL cannot store: a NUL character, or bytes that are not UTF-8."""
    see_also = ("event list", "event get", "event revoke", "event types")
    columns = APPENDED

    def run(self, call: Call, data: Data) -> Data:
        """uu, name and created of the event, or of each."""
        name = call.text("name")
        if not name.strip():
            raise EventError("an event needs a name", "no_name", (Label(call.span("name"), "this is empty"),))
        common = NewEvent(
            name, _extra(call), call.optional_text("description"), call.optional_text("type"), _attached(call)
        )
        store = call.session.store
        try:
            if is_list_like(data):
                with call.session.progress("events", length_if_known(data)) as progress:
                    return [*store.append(_event(common, item) for item in progress.counting(iterate(data)))]
            return store.append([_event(common, collect(data))])[0]
        except EventError as error:
            raise error.at(_place(call, error)) from None


def _event(common: NewEvent, item: Value) -> NewEvent:
    """The event for one item: what is the same for all, with the item's content under it."""
    return common.replace(record_json={**_content(item), **common.record_json})


def _content(item: Value) -> Record:
    """The record that is kept of what is piped in."""
    if isinstance(item, dict):
        return item
    if item is None:
        return {}
    return {"text": item} if isinstance(item, str) else {"value": item}


def _extra(call: Call) -> Record:
    value = call.value("json")
    if isinstance(value, str):
        value = parse_json(value, call.head)
    if value is None:
        return {}
    if not isinstance(value, dict):
        label = Label(call.span("json"), f"this is {article(value)}")
        raise EventError("the JSON of an event is an object", "json", (label,), """--json '{"user_id": 7}'""")
    return value


def _attached(call: Call) -> str | None:
    value = call.value("attach")
    if value is None:
        return None
    uu = resolve(call, value, call.span("attach"))
    if uu is None:
        label = Label(call.span("attach"), "no event has a uu that begins like this")
        hint = "The beginning of a uu finds events; any other record is named by its whole uu."
        raise EventError("there is no such record", "unknown_record", (label,), hint)
    return uu


def _place(call: Call, error: EventError) -> Span:
    """The argument that an error of the store is about."""
    about = {"unknown_type": "type", "ambiguous_type": "type", "unknown_record": "attach"}
    return call.span(about.get(error.code.rpartition("::")[2], ""))


COMMAND = AppendEvent()
