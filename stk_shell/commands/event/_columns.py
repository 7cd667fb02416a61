"""The columns of events, for who wants to know them before there are any."""

from __future__ import annotations

from stk_shell.model.columns import Column
from stk_shell.model.offers import ENTITY, EVENT, EVENT_NAME, EVENT_TYPE

UU = Column("uu", "What names the event, for good.", "string", completes=EVENT)
NAME = Column("name", "What kind of thing happened.", "string", completes=EVENT_NAME)
CREATED = Column("created", "When it was logged.", "datetime")
IS_REVOKED = Column("is_revoked", "Whether it was revoked.", "bool")
REVOKED = Column("revoked", "When it was revoked.", "datetime")

APPENDED = (UU, NAME, CREATED)
REVOKED_NOW = (UU, NAME, REVOKED, IS_REVOKED)

LISTED = (
    NAME,
    Column("record_json", "What was recorded.", "record", recorded=True),
    CREATED,
    Column("updated", "When it was last changed: revoked, or marked as processed.", "datetime"),
    IS_REVOKED,
    UU,
    Column("type_enum", "Its type, as programs know it.", "string"),
    Column("type_name", "The name of its type.", "string", completes=EVENT_TYPE),
    Column("description", "The remark for whoever reads it.", "string"),
    Column("table_name_uu_json", "The record it is about.", "record", columns=(
        Column("table_name", "The table of that record.", "string"),
        Column("uu", "The uu of that record.", "string"),
    )),
)  # fmt: skip

DETAILS = (
    REVOKED,
    Column("processed", "When a program was done with it.", "datetime"),
    Column("is_processed", "Whether a program was done with it.", "bool"),
    Column("is_valid", "Whether it counts.", "bool"),
    Column("search_key", "A text to find it by.", "string"),
    Column("entity", "The entity it belongs to.", "string", completes=ENTITY),
    Column("created_by", "Who logged it.", "string"),
    Column("updated_by", "Who changed it last.", "string"),
    Column("type_uu", "The uu of its type.", "string"),
    Column("stk_entity_uu", "The uu of its entity.", "string"),
    Column("created_by_uu", "The uu of who logged it.", "string"),
    Column("updated_by_uu", "The uu of who changed it last.", "string"),
    Column("table_name", "The table of events.", "string"),
)

TYPES = (
    Column("name", "What people call it.", "string", completes=EVENT_TYPE),
    Column("type_enum", "What programs go by.", "string"),
    Column("is_default", "Whether events get it without being told.", "bool"),
    Column("description", "What it is for.", "string"),
    Column("search_key", "A text to find it by.", "string"),
    Column("uu", "Its uu.", "string"),
)
