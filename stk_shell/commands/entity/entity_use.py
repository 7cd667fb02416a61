"""The command `entity use`."""

from __future__ import annotations

from stk_shell.commands._owners import CURRENT, pointing
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.offers import ENTITY
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class EntityUse(Command):
    """Chooses the entity of new events."""

    name = "entity use"
    summary = "Have the events that you log from now on belong to an entity."
    description = """It counts until you leave the shell; the last line of the screen shows it. `--entity` and
STK_ENTITY choose one from the start, and the setting `entity` one for good (`config set entity shop`). Without any of
them, events belong to the only entity where you may write, or else to `*`.

What you see does not depend on it: lists show the events of all entities that you are a member of."""
    signature = Signature(
        types=(("nothing", "record"),),
        category="entity",
        positionals=(Parameter("name", STRING, "Its name, search key or uu.", completes=ENTITY),),
    )
    examples = (
        Example(
            'entity new shop | ignore\nentity use shop | ignore\n"Opened" | .append event shop-day | ignore\n'
            "event list --detail | get 0.entity",
            "Log events for the shop.",
            "shop",
        ),
    )
    fails = "Fails, changing nothing, when you are a member of no such entity."
    see_also = ("entity list", "entity current", "entity new")
    columns = CURRENT

    def run(self, call: Call, data: Data) -> Data:
        """What `entity current` gives."""
        with pointing(call, "name"):
            return call.session.store.entities.use(call.text("name"))


COMMAND = EntityUse()
