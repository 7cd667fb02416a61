"""The command `event type new`."""

from __future__ import annotations

from stk_shell.commands._json import parse_json
from stk_shell.commands._record_columns import types
from stk_shell.commands.event._examples import VARYING
from stk_shell.commands.files._paths import matching
from stk_shell.commands.files._reading import text_of
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import EventError, Label
from stk_shell.model.nouns import EVENTS
from stk_shell.model.offers import FILE, TYPE_ENUM
from stk_shell.model.shape import RECORD, STRING, one_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.store import NewType
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class EventTypeNew(Command):
    """Makes a type that events can have."""

    name = "event type new"
    summary = "Make a new type of events, if need be with a schema for what they record."
    description = """The name is what people call the type; programs go by its enum value, which several types may
share. Events get the type with `.append event --type`.

With `--schema`, what is recorded with an event of this type has to fit a JSON Schema: which fields there are, of which
types, and between which bounds. Give it as a record, as JSON, or as the name of a file that holds JSON. It is draft 7,
or the draft that its `$schema` names, up to 2020-12. Formats are checked too, such as `date-time`. A date in a record
is text by then: `{start_date: 2026-11-25T09:00:00Z}` has a `date-time`.

A type can be revoked, but its events stay as they are. What is recorded already is not checked again."""
    signature = Signature(
        types=(("nothing", "record"),),
        category="event",
        positionals=(Parameter("name", STRING, "What people call it; in one case or another, it can be used once."),),
        flags=(
            Flag("enum", "The value that programs go by; NONE if it is left out.", STRING, "e", completes=TYPE_ENUM),
            Flag(
                "schema",
                "What its events have to record: JSON Schema as a record, as JSON, or in a file.",
                one_of(RECORD, STRING, name="schema"),
                "s",
                completes=FILE,
            ),
            Flag("description", "What it is for.", STRING, "d"),
            Flag("default", "Give this type to events that are logged without one."),
        ),
    )
    examples = (
        Example(
            'event type new DEPLOY --enum ACTION --description "A new version is in use."',
            "A type without a schema.",
            {
                "name": "DEPLOY",
                "type_enum": "ACTION",
                "is_default": False,
                "description": "A new version is in use.",
                "search_key": "63a7c1c8-5e52-4d8f-9d5c-0c4f6a3b1e27",
                "uu": "01a20560-0c1e-7a52-8d3f-1f2e3d4c5b6a",
            },
            VARYING,
        ),
        Example(
            "let schema = {required: [disk], properties: {percent: {maximum: 100}}}\n"
            "event type new DISK --schema $schema | ignore\n"
            "{disk: sda, percent: 93} | .append event disk-full --type DISK | get name",
            "A type with a schema, and an event that fits it.",
            "disk-full",
        ),
    )
    fails = """Fails, making nothing, when there is a type of that name already, when there is no such enum value,
when the schema is no JSON Schema or refers to what is not there, and when you may not make types."""
    see_also = ("event types", "event type revoke", ".append event")
    columns = types(EVENTS)

    def run(self, call: Call, data: Data) -> Data:
        """What `event types` shows of the new type."""
        name = call.text("name")
        if not name.strip():
            raise EventError("a type needs a name", "no_name", (Label(call.span("name"), "this is empty"),))
        new = NewType(
            name, call.optional_text("enum"), _schema(call), call.optional_text("description"), call.switch("default")
        )
        try:
            return call.session.store.new_type(new)
        except EventError as error:
            about = {"unknown_enum": "enum", "json_schema": "schema", "duplicate_type": "name"}
            raise error.at(call.span(about.get(error.code.rpartition("::")[2], "name"))) from None


def _schema(call: Call) -> Value:
    """The schema that is given as it is, as JSON, or by the name of a file."""
    value, place = call.value("schema"), call.span("schema")
    if not isinstance(value, str):
        return value
    if value.lstrip()[:1] in ("{", "["):
        return parse_json(value, place)
    return parse_json(text_of(matching(value, place)[0], place).read() or "", place)


COMMAND = EventTypeNew()
