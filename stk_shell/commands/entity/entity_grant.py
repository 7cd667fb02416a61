"""The command `entity grant`."""

from __future__ import annotations

from stk_shell.commands._owners import ACTOR_PARAMETER, ENTITY_FLAG, MEMBER, MEMBER_INPUTS, named_actor, pointing
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data


class EntityGrant(Command):
    """Makes an actor a member of an entity."""

    name = "entity grant"
    summary = "Make an actor a member of an entity, who sees its events and logs new ones."
    description = """With `--read-only`, the member sees the events and can change nothing. Granting again changes
whether a member may write. It counts from the next statement of the member's session on, and is noted in the change
log.

It takes an administrator, as `entity new` does."""
    signature = Signature(
        types=MEMBER_INPUTS,
        category="entity",
        positionals=(ACTOR_PARAMETER,),
        flags=(ENTITY_FLAG, Flag("read-only", "Let the member see events, and not log or revoke any.", short="r")),
    )
    examples = (
        Example(
            'actor new Ana --login ana | entity grant --entity "*"',
            "Let Ana see and log events.",
            {"actor": "Ana", "entity": "*", "can_write": True},
        ),
        Example(
            "actor new Auditor --login auditor | ignore\nentity grant Auditor --read-only | get can_write",
            "Let somebody look at the current entity.",
            False,
        ),
    )
    fails = "Fails, changing nothing, when there is no such actor or entity, and when you are no administrator."
    see_also = ("entity revoke-member", "actor list", "actor new", "entity list")
    columns = MEMBER

    def run(self, call: Call, data: Data) -> Data:
        """actor, entity and can_write."""
        actor = named_actor(call, data)
        with pointing(call, "actor"):
            return call.session.store.entities.grant(
                actor, call.optional_text("entity"), can_write=not call.switch("read-only")
            )


COMMAND = EntityGrant()
