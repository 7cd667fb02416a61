"""The command `entity new`."""

from __future__ import annotations

from stk_shell.commands._owners import ENTITIES, MADE, VARYING, checked_name, pointing
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.entities import NewEntity
from stk_shell.model.offers import ENTITY
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data


class EntityNew(Command):
    """Makes an entity."""

    name = "entity new"
    summary = "Make a new entity, whose events nobody but its members sees."
    description = """You become its first member, if you have an actor of your own; `entity grant` makes others members,
and `entity use` has your new events belong to it.

It takes an administrator: a superuser of the server, or a login that may take the role `stk_superuser`. In an
embedded store, that is you."""
    signature = Signature(
        types=(("nothing", "record"),),
        category="entity",
        positionals=(Parameter("name", STRING, "What people call it."),),
        flags=(
            Flag("type", "Its type: `*` for general purposes, `TRX` for books of its own.", STRING, "t"),
            Flag("parent", "The entity above it.", STRING, "p", completes=ENTITY),
            Flag("description", "What there is to say about it.", STRING, "d"),
        ),
    )
    examples = (
        Example(
            'entity new shop --description "The web shop."',
            "An entity of its own for the shop.",
            {
                "name": "shop",
                "can_write": True,
                "members": 1,
                "type": "*",
                "parent": None,
                "description": "The web shop.",
                "created": MADE,
                "search_key": "shop",
                "uu": "01a20563-f070-7b83-b7f5-8b542d8b84da",
            },
            VARYING,
        ),
    )
    fails = """Fails, making nothing, when there is an entity of that name already, when there is no such type or
parent, and when you are no administrator."""
    see_also = ("entity list", "entity use", "entity grant")
    columns = ENTITIES

    def run(self, call: Call, data: Data) -> Data:
        """What `entity list` shows of it."""
        name = checked_name(call, "name", "an entity")
        new = NewEntity(
            name, call.optional_text("type"), call.optional_text("parent"), call.optional_text("description")
        )
        with pointing(call, "name"):
            return call.session.store.entities.new(new)


COMMAND = EntityNew()
