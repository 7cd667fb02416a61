"""The command `entity current`."""

from __future__ import annotations

from stk_shell.commands._owners import CURRENT
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class EntityCurrent(Command):
    """Tells which entity new events belong to."""

    name = "entity current"
    summary = "Show which entity the events that you log belong to, and who logs them."
    description = """It is the one that `entity use`, `--entity` or STK_ENTITY names; without them, the only one
where you may write, or else `*`. The name is null where none of that says which: then events cannot be logged before
one is named."""
    signature = Signature(types=(("nothing", "record"),), category="entity")
    examples = (
        Example(
            "entity current",
            "Where events go, and as whose.",
            {"name": "*", "uu": "01a20563-f070-7b83-b7f5-8b542d8b84da", "actor": "stk_login", "login": "stk_login"},
            ("uu",),
        ),
    )
    see_also = ("entity use", "entity list", "store status")
    columns = CURRENT

    def run(self, call: Call, data: Data) -> Data:
        """A record."""
        return call.session.store.entities.current()


COMMAND = EntityCurrent()
