"""The command `actor revoke`."""

from __future__ import annotations

from stk_shell.commands._owners import (
    ACTOR_PARAMETER,
    MADE,
    MEMBER_INPUTS,
    REVOKED_ACTOR,
    named_actor,
    pointing,
)
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class ActorRevoke(Command):
    """Revokes an actor."""

    name = "actor revoke"
    summary = "Revoke an actor: its login sees and logs nothing more, and its memberships end."
    description = """For somebody who has left. What the actor has logged stays, and goes on saying who it was. The
login is refused from its next statement on, whatever `store logins` says. Nothing of this can be undone: for somebody
who comes back, `actor new` makes another actor with the same login.

The login itself belongs to the database server: it stays there, and an administrator of the server can drop it. To end
one membership alone, use `entity revoke-member`.

What comes back says which login it was, and the entities whose member it is no longer. It takes an administrator, as
`entity new` does, and is noted in the change log."""
    signature = Signature(types=MEMBER_INPUTS, category="actor", positionals=(ACTOR_PARAMETER,))
    examples = (
        Example(
            'actor new Ana --login ana | entity grant --entity "*" | ignore\nactor revoke Ana',
            "Somebody who has left.",
            {
                "name": "Ana",
                "login": "ana",
                "entities": ["*"],
                "revoked": MADE,
                "is_revoked": True,
                "uu": "01a20563-f070-7b83-b7f5-8b542d8b84da",
            },
            ("uu", "revoked"),
        ),
    )
    fails = """Fails, changing nothing, when there is no such actor, when it is revoked already, when it is your own or
comes with the store, and when you are no administrator."""
    see_also = ("entity revoke-member", "actor list", "actor new", "store logins")
    columns = REVOKED_ACTOR

    def run(self, call: Call, data: Data) -> Data:
        """name, login, entities, revoked, is_revoked and uu."""
        actor = named_actor(call, data)
        entities = call.session.store.entities
        with pointing(call, "actor"):
            revoked = entities.revoke_actor(actor)
        login = str(revoked["login"])
        if entities.has_login(login):
            call.session.note(
                f"the server still has the login `{login}`, which this store refuses; an administrator of the server"
                " takes it away with `drop role`"
            )
        return revoked


COMMAND = ActorRevoke()
