"""The columns of events, requests and tags, for who wants to know them before there are any."""

from __future__ import annotations

from stk_shell.model.columns import Column, Columns
from stk_shell.model.nouns import EVENTS, Noun
from stk_shell.model.offers import ENTITY, name_of, type_of, uu_of

CREATED = Column("created", "When it was logged.", "datetime")
REVOKED = Column("revoked", "When it was revoked.", "datetime")
IS_REVOKED = Column("is_revoked", "Whether it was revoked.", "bool")
PROCESSED = Column("processed", "When it was marked as done.", "datetime")
IS_PROCESSED = Column("is_processed", "Whether it is marked as done.", "bool")
SCHEMA = Column("json_schema", "What its records have to hold, as JSON Schema; null if that is anything.", "record")
ATTACHED_TO = Column("table_name_uu_json", "The record it is about.", "record", columns=(
    Column("table_name", "The table of that record.", "string"),
    Column("uu", "The uu of that record.", "string"),
))  # fmt: skip


def appended(noun: Noun) -> Columns:
    """Those of what was just recorded."""
    return _uu(noun), _name(noun), CREATED


def marked(noun: Noun, mark: str) -> Columns:
    """Those of what was just marked as `revoked` or `processed`."""
    return _uu(noun), _name(noun), *((PROCESSED, IS_PROCESSED) if mark == "processed" else (REVOKED, IS_REVOKED))


def listed(noun: Noun) -> Columns:
    """Those of a list."""
    return (
        _name(noun),
        Column("record_json", "What was recorded.", "record", recorded=True),
        CREATED,
        Column("updated", "When it was last changed: revoked, or marked as processed.", "datetime"),
        IS_REVOKED,
        *((IS_PROCESSED,) if noun.has_end else ()),
        _uu(noun),
        Column("type_enum", "Its type, as programs know it.", "string"),
        Column("type_name", "The name of its type.", "string", completes=type_of(noun)),
        Column("description", "The remark for whoever reads it.", "string"),
        ATTACHED_TO,
        *(() if noun == EVENTS else (_table(noun),)),
    )


def detailed(noun: Noun) -> Columns:
    """All there are."""
    return (
        *listed(noun),
        REVOKED,
        PROCESSED,
        *(() if noun.has_end else (IS_PROCESSED,)),
        Column("is_valid", "Whether it counts.", "bool"),
        Column("search_key", "A text to find it by.", "string"),
        Column("entity", "The entity it belongs to.", "string", completes=ENTITY),
        Column("created_by", "Who logged it.", "string"),
        Column("updated_by", "Who changed it last.", "string"),
        Column("type_uu", "The uu of its type.", "string"),
        Column("stk_entity_uu", "The uu of its entity.", "string"),
        Column("created_by_uu", "The uu of who logged it.", "string"),
        Column("updated_by_uu", "The uu of who changed it last.", "string"),
        *((_table(noun),) if noun == EVENTS else ()),
    )


def types(noun: Noun) -> Columns:
    """Those of the list of types."""
    return (
        Column("name", "What people call it.", "string", completes=type_of(noun)),
        Column("type_enum", "What programs go by.", "string"),
        Column("is_default", f"Whether {noun.plural} get it without being told.", "bool"),
        Column("description", "What it is for.", "string"),
        Column("search_key", "A text to find it by.", "string"),
        Column("uu", "Its uu.", "string"),
    )


def _table(noun: Noun) -> Column:
    return Column("table_name", f"The table of {noun.plural}.", "string")


def _uu(noun: Noun) -> Column:
    return Column("uu", f"What names the {noun.name}, for good.", "string", completes=uu_of(noun))


def _name(noun: Noun) -> Column:
    sentence = "What kind of thing happened." if noun.name == "event" else f"What the {noun.name} is called."
    return Column("name", sentence, "string", completes=name_of(noun))
