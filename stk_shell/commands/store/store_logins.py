"""The command `store logins`."""

from __future__ import annotations

from stk_shell.commands._owners import pointing
from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import ENTITY
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data


class StoreLogins(Command):
    """Shows or sets what becomes of logins without an actor."""

    name = "store logins"
    summary = "Show, or set, what happens when a login of the database has no actor."
    description = """Each event says who logged it: the actor of the login. A login without an actor is refused, unless
you choose otherwise: with `--create-in ENTITY`, such a login gets an actor of its own name when it first comes, which
is a member of that entity. A login whose actor was revoked stays out.

Without flags, it only shows what is set. To set it takes an administrator, as for `entity new`."""
    signature = Signature(
        types=(("nothing", "record"),),
        category="store",
        flags=(
            Flag("create-in", "Make an actor, a member of this entity.", STRING, "c", completes=ENTITY),
            Flag("refuse", "Let nobody in who has no actor.", short="r"),
        ),
    )
    examples = (
        Example("store logins", "What is set.", {"login_without_actor": "refuse", "entity": None}),
        Example(
            'store logins --create-in "*"',
            "Let everybody in who has a login.",
            {"login_without_actor": "create", "entity": "*"},
        ),
    )
    fails = "Fails, changing nothing, when there is no such entity, and when you are no administrator."
    see_also = ("actor new", "actor list", "store status")
    columns = (
        Column("login_without_actor", "`refuse` or `create`.", "string"),
        Column("entity", "What the new actor is a member of.", "string", completes=ENTITY),
    )

    def run(self, call: Call, data: Data) -> Data:
        """A record."""
        entities = call.session.store.entities
        if not (call.has("create-in") or call.switch("refuse")):
            return entities.logins()
        if call.has("create-in") and call.switch("refuse"):
            label = Label(call.span("refuse"), "this says the opposite")
            raise RunError("`--create-in` and `--refuse` exclude each other", "exclusive", (label,))
        with pointing(call, "create-in"):
            return entities.set_logins(call.optional_text("create-in"))


COMMAND = StoreLogins()
