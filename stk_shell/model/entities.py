"""What commands ask of a store about its entities, and the actors that are members of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.values import Record


class NewEntity(Struct):
    """An entity to be made; its type and the entity above are named as people call them."""

    name: str
    type: str | None = None
    parent: str | None = None
    description: str | None = None


class NewActor(Struct):
    """An actor to be made, for a login of the database."""

    name: str
    login: str
    description: str | None = None


class Entities(Protocol):
    """Entities, and who is a member of which.

    Entities and actors are named by their name, search_key or uu. Every method may raise StoreError: the store cannot
    be reached, has no such entity or actor, or the login is no administrator where it has to be.
    """

    def listed(self) -> Sequence[Record]:
        """The entities that the session is a member of, by name."""

    def new(self, new: NewEntity) -> Record:
        """Make an entity, and the session's own actor a member of it."""

    def use(self, name: str) -> Record:
        """Have the session's new events belong to an entity; gives what `current` does."""

    def current(self) -> Record:
        """The entity that new events belong to, with the actor; its name is null where it is not clear which."""

    def actors(self) -> Sequence[Record]:
        """The actors that the session sees: those who share an entity with it."""

    def new_actor(self, new: NewActor) -> Record:
        """Make an actor."""

    def has_login(self, login: str) -> bool:
        """Whether the server has a login of that name."""

    def in_statement(self, login: str) -> str:
        """The login's name as a statement for the server has it: quoted where it needs to be."""

    def grant(self, actor: str, entity: str | None, *, can_write: bool) -> Record:
        """Make an actor a member of an entity, or of the current one; or change whether he may write there."""

    def revoke_member(self, actor: str, entity: str | None) -> Record:
        """End an actor's membership of an entity, or of the current one."""

    def revoke_actor(self, actor: str) -> Record:
        """Revoke an actor for good, and end its memberships; gives those entities' names too."""

    def logins(self) -> Record:
        """What becomes of a login without an actor."""

    def set_logins(self, entity: str | None) -> Record:
        """Give such logins an actor that is a member of an entity, or refuse them."""
