"""What there is in a store to be named, for somebody who is typing: as much of it as can be had fast."""

from __future__ import annotations

import datetime

from stk_shell.model.nouns import EVENTS, Noun
from stk_shell.model.struct import Struct


class SeenName(Struct):
    """The name of events, requests or tags, and when the newest of them was logged."""

    name: str
    created: datetime.datetime


class SeenEvent(Struct):
    """One of the newest events, requests or tags."""

    uu: str
    name: str
    created: datetime.datetime
    is_revoked: bool


class Described(Struct):
    """An entity, an actor, a type, or a value of the enum of types."""

    name: str
    sentence: str


class SeenField(Struct):
    """A field that events have recorded, by its path in record_json: its type in JSON, and a value as a text.

    It is not `everywhere` where some events lack it, or some of the records that it is in.
    """

    path: tuple[str, ...]
    kind: str
    example: str
    everywhere: bool = True


class SeenKind(Struct):
    """What there is of one kind of records."""

    noun: Noun
    names: tuple[SeenName, ...] = ()
    types: tuple[Described, ...] = ()
    records: tuple[SeenEvent, ...] = ()


class Overview(Struct):
    """What was found. The names are those with the newest events first; the fields, those of the most events.

    `others` are the kinds of records beside events.
    """

    names: tuple[SeenName, ...] = ()
    types: tuple[Described, ...] = ()
    entities: tuple[Described, ...] = ()
    actors: tuple[Described, ...] = ()
    events: tuple[SeenEvent, ...] = ()
    fields: tuple[SeenField, ...] = ()
    enums: tuple[Described, ...] = ()
    others: tuple[SeenKind, ...] = ()

    def kind(self, noun: Noun) -> SeenKind:
        """What there is of a kind of records."""
        if noun == EVENTS:
            return SeenKind(noun, self.names, self.types, self.events)
        return next((each for each in self.others if each.noun == noun), SeenKind(noun))
