"""The command `actor new`."""

from __future__ import annotations

from stk_shell.commands._owners import ACTORS, MADE, VARYING, checked_name, pointing
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.entities import NewActor
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data


class ActorNew(Command):
    """Makes an actor."""

    name = "actor new"
    summary = "Make an actor: the name that a login's events are logged by."
    description = """The login is one of the database server, which knows its password. If there is none of that name
yet, a note says how an administrator of the server makes it. The new actor is a member of no entity, and sees nothing
before `entity grant` makes it one.

It takes an administrator, as `entity new` does. `store logins` can have actors be made for logins by themselves."""
    signature = Signature(
        types=(("nothing", "record"),),
        category="actor",
        positionals=(Parameter("name", STRING, "What people call them."),),
        flags=(
            Flag("login", "The login of the database that they work with.", STRING, "l"),
            Flag("description", "What there is to say about them.", STRING, "d"),
        ),
    )
    examples = (
        Example(
            "actor new Ana --login ana",
            "An actor for the login ana.",
            {
                "name": "Ana",
                "login": "ana",
                "entities": [],
                "description": None,
                "created": MADE,
                "search_key": "63a7c1c8-5e52-4d8f-9d5c-0c4f6a3b1e27",
                "uu": "01a20563-f070-7b83-b7f5-8b542d8b84da",
            },
            VARYING,
        ),
        Example(
            'actor new Ana --login ana | entity grant --entity "*" | get actor',
            "Make her a member of an entity at once.",
            "Ana",
        ),
    )
    fails = "Fails, making nothing, when the login has an actor already, and when you are no administrator."
    see_also = ("actor list", "actor revoke", "entity grant", "store logins")
    columns = ACTORS

    def run(self, call: Call, data: Data) -> Data:
        """What `actor list` shows of it."""
        name = checked_name(call, "name", "an actor")
        if not call.has("login"):
            raise RunError(
                "an actor needs a login",
                "no_login",
                (Label(call.head, "`--login` is missing"),),
                "For example `actor new Ana --login ana`, with a login of the database.",
            )
        login = checked_name(call, "login", "a login")
        entities = call.session.store.entities
        with pointing(call, "login"):
            actor = entities.new_actor(NewActor(name, login, call.optional_text("description")))
        if not entities.has_login(login):
            quoted = entities.in_statement(login)
            call.session.note(
                f"the server has no login `{login}` yet; an administrator of the server makes it with"
                f" `create role {quoted} login noinherit` and `grant stk_api_role to {quoted}`"
            )
        return actor


COMMAND = ActorNew()
