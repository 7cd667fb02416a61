"""The command `actor list`."""

from __future__ import annotations

from stk_shell.commands._owners import ACTORS
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class ActorList(Command):
    """Shows the actors that there are for whoever asks."""

    name = "actor list"
    summary = "List the actors who share an entity with you."
    description = """An actor is somebody who logs events: a person or a program. Who it is says the login of the
database, so nobody can log events in another's name. `event list --detail` shows who logged each event.

The columns are name, login, entities (those that you share), description, created, search_key and uu. The actors
`stk_superuser`, `stk_login` and `unknown` come with the store: its administrators without an actor of their own, the
login that an embedded store is used with, and whoever had no actor when that was still allowed."""
    signature = Signature(types=(("nothing", "table"),), category="actor")
    examples = (
        Example("actor list | where login == stk_login | get entities.0", "The entities of one of them.", ["*"]),
        Example('actor list | where entities has "*" | get name', "The members of an entity."),
    )
    fails = "Fails when the store cannot be reached, and when your login has no actor there."
    see_also = ("actor new", "entity grant", "entity list")
    columns = ACTORS

    def run(self, call: Call, data: Data) -> Data:
        """A table, by name."""
        return [*call.session.store.entities.actors()]


COMMAND = ActorList()
