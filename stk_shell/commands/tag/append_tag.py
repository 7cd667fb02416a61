"""The command `.append tag`."""

from __future__ import annotations

from stk_shell.commands._appending import VARYING, AppendRecords, append_signature
from stk_shell.commands.event._examples import TIMES, URGENT
from stk_shell.model.command import Example
from stk_shell.model.nouns import TAGS


class AppendTag(AppendRecords):
    """Records what is to be known of a record."""

    noun = TAGS
    name = ".append tag"
    summary = "Tag a record: note something of it, such as a word to find it by."
    description = """A tag says something of another record, which `--attach` names: an address, a contact, a link, a
word to find it by. Events cannot be changed, but they can be tagged at any time; `... | tags` shows the tags of each
row.

What you pipe in is the content of the tag. A text is kept as `{text: "..."}`, a record as it is, any other value as
`{value: ...}`; a tag may also be no more than its name. A list or a table makes one tag of each item: all of them,
or none. What comes back is a record with the uu, the name and the time of the tag, or a table of such records."""
    signature = append_signature(
        TAGS,
        name="What the tag is called.",
        attach="The record that is tagged: its uu, or a record with a uu.",
    )
    examples = (
        Example(
            ".append tag urgent --attach 01a20567",
            "Tag an event with a word; its uu can be shortened.",
            {"uu": URGENT, "name": "urgent", "created": TIMES[3]},
            VARYING,
        ),
        Example(
            '{street: "Main St 4", city: Austin}\n| .append tag "billing address" --type ADDRESS --attach 01a20567\n'
            "| tag get | get type_name",
            "Note an address.",
            "ADDRESS",
        ),
        Example(
            "event list --name order-error\n| each {|e| .append tag seen --attach $e } | length",
            "Tag each row of a list.",
            1,
        ),
    )
    fails = """Fails, recording nothing, when the type or the record to attach to is unknown, when `--json` is not a
JSON object, when the content does not fit the schema of its type, or when a text holds what PostgreSQL cannot store."""
    see_also = ("tag list", "tag revoke", "tags", ".append event", ".append request")


COMMAND = AppendTag()
