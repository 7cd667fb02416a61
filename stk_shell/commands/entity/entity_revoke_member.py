"""The command `entity revoke-member`."""

from __future__ import annotations

from stk_shell.commands._owners import ACTOR_PARAMETER, ENTITY_FLAG, MEMBER, MEMBER_INPUTS, named_actor, pointing
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class EntityRevokeMember(Command):
    """Ends a membership."""

    name = "entity revoke-member"
    summary = "End an actor's membership of an entity: its events are hidden from them."
    description = """What the actor has logged stays, and goes on saying who it was. It counts from the next statement
of the actor's session on, and is noted in the change log.

It takes an administrator, as `entity new` does."""
    signature = Signature(types=MEMBER_INPUTS, category="entity", positionals=(ACTOR_PARAMETER,), flags=(ENTITY_FLAG,))
    examples = (
        Example(
            'actor new Ana --login ana | entity grant --entity "*" | ignore\n'
            'entity revoke-member Ana --entity "*" | get actor',
            "Somebody who has left.",
            "Ana",
        ),
    )
    fails = """Fails, changing nothing, when there is no such actor or entity, when the actor is no member, and when
you are no administrator."""
    see_also = ("actor revoke", "entity grant", "actor list")
    columns = MEMBER

    def run(self, call: Call, data: Data) -> Data:
        """Actor and entity; can_write is null."""
        actor = named_actor(call, data)
        with pointing(call, "actor"):
            return call.session.store.entities.revoke_member(actor, call.optional_text("entity"))


COMMAND = EntityRevokeMember()
