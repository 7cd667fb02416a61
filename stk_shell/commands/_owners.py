"""What the commands of entities and actors share: their columns, their flags, and where an error points."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from stk_shell.model.columns import Column
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError, StoreError
from stk_shell.model.offers import ACTOR, ENTITY
from stk_shell.model.shape import RECORD, STRING, one_of
from stk_shell.model.signature import Flag, Parameter
from stk_shell.model.stream import Data, collect

MEMBER_INPUTS = (("nothing", "record"), ("string", "record"), ("record", "record"))
"""What an actor can be named by."""

ACTOR_PARAMETER = Parameter(
    "actor",
    one_of(STRING, RECORD, name="actor"),
    "The actor's name, search key or uu, or a row of `actor list`. Left out, it is piped in.",
    True,
    completes=ACTOR,
)
ENTITY_FLAG = Flag(
    "entity", "The entity, by name, search key or uu; without it, the current one.", STRING, "e", completes=ENTITY
)

ENTITY_NAME = Column("name", "What people call it.", "string", completes=ENTITY)
UU = Column("uu", "Its uu.", "string")
SEARCH_KEY = Column("search_key", "A text to find it by.", "string")
CREATED = Column("created", "When it was made.", "datetime")
DESCRIPTION = Column("description", "What there is to say about it.", "string")

ENTITIES = (
    ENTITY_NAME,
    Column("can_write", "Whether you may log events there.", "bool"),
    Column("members", "How many actors are members.", "int"),
    Column("type", "Its type.", "string"),
    Column("parent", "The entity above it.", "string", completes=ENTITY),
    DESCRIPTION,
    CREATED,
    SEARCH_KEY,
    UU,
)
ACTORS = (
    Column("name", "What people call them.", "string", completes=ACTOR),
    Column("login", "The login of the database that they work with.", "string"),
    Column("entities", "The entities that they share with you.", "list<string>"),
    DESCRIPTION,
    CREATED,
    SEARCH_KEY,
    UU,
)
REVOKED_ACTOR = (
    *ACTORS[:2],
    Column("entities", "The entities that it was a member of.", "list<string>"),
    Column("revoked", "When it was revoked.", "datetime"),
    Column("is_revoked", "Whether it is revoked: yes.", "bool"),
    UU,
)
CURRENT = (
    ENTITY_NAME,
    UU,
    Column("actor", "Who your events are logged by.", "string", completes=ACTOR),
    Column("login", "Your login.", "string"),
)
MEMBER = (
    Column("actor", "The member.", "string", completes=ACTOR),
    Column("entity", "Of which entity.", "string", completes=ENTITY),
    Column("can_write", "Whether they may log events there; null for nobody who is no member.", "bool"),
)

MADE = datetime.datetime(2026, 11, 22, 22, 34, 15, tzinfo=datetime.UTC)
"""When what the examples make is made."""

VARYING = ("uu", "created", "search_key")
"""Columns that differ from store to store."""

PLACES = {"entity": ("entity", "parent"), "entity_type": ("type",), "actor": ("actor",)}
"""The arguments that name an entity, a type or an actor, by what the code of an error ends with."""


@contextmanager
def pointing(call: Call, name: str) -> Iterator[None]:
    """Have errors point at the argument that they are about; at that of the name, if they are about no other."""
    try:
        yield
    except StoreError as error:
        about = PLACES.get(error.code.rpartition("::")[2].partition("_")[2], ())
        raise error.at(call.span(next(filter(call.given, about), name))) from None


def named_actor(call: Call, data: Data) -> str:
    """The name or uu of the actor that is given, or piped in.

    Raises:
        RunError: there is none.
    """
    value = call.value("actor") if call.given("actor") else collect(data)
    text = value.get("uu", value.get("name")) if isinstance(value, dict) else value
    if isinstance(text, str) and text:
        return text
    name = call.command.name
    raise RunError(
        f"`{name}` has to know which actor",
        "no_actor",
        (Label(call.span("actor"), "this names none"),),
        f"Name it: `{name} Ana`, or pipe in a row of `actor list`.",
    )


def checked_name(call: Call, name: str, what: str) -> str:
    """A name that is not empty.

    Raises:
        RunError: it is.
    """
    text = call.text(name)
    if not text.strip():
        raise RunError(f"{what} needs a name", "no_name", (Label(call.span(name), "this is empty"),))
    return text
