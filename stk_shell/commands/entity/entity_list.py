"""The command `entity list`."""

from __future__ import annotations

from stk_shell.commands._owners import ENTITIES
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class EntityList(Command):
    """Shows the entities that there are for whoever asks."""

    name = "entity list"
    summary = "List the entities that you are a member of."
    description = """An entity is an owner of records: a company, a department, a set of books. Each event belongs to
one. You see the events of the entities that you are a member of, and log events in those where `can_write` is true; of
other entities you do not even see that they exist. A new store has one entity, `*`, for everything.

The columns are name, can_write, members (how many actors), type, parent, description, created, search_key and uu."""
    signature = Signature(types=(("nothing", "table"),), category="entity")
    examples = (
        Example("entity list | select name can_write", "Where you may write.", [{"name": "*", "can_write": True}]),
    )
    fails = "Fails when the store cannot be reached, and when your login has no actor there."
    see_also = ("entity current", "entity use", "entity new", "actor list")
    columns = ENTITIES

    def run(self, call: Call, data: Data) -> Data:
        """A table, by name."""
        return [*call.session.store.entities.listed()]


COMMAND = EntityList()
