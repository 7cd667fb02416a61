"""What commands ask of a store, whatever keeps it."""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from stk_shell.model.nouns import EVENTS, Noun
from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.entities import Entities
    from stk_shell.model.growth import Growth
    from stk_shell.model.overview import Overview
    from stk_shell.model.progress import Progress
    from stk_shell.model.proof.findings import Digest, Verification
    from stk_shell.model.stream import Data, Stream
    from stk_shell.model.values import Record, Value


class NewEvent(Struct):
    """An event to be recorded, or a request or tag; without a `uu`, it gets one then.

    `type` is a type's name or search_key in any case, `attach` the uu of any record.
    """

    name: str
    record_json: Record
    description: str | None = None
    type: str | None = None
    attach: str | None = None
    uu: str = ""


class NewType(Struct):
    """A type to be made. Without an `enum`, it is of no special kind; the schema is JSON Schema, as a record."""

    name: str
    enum: str | None = None
    schema: Value = None
    description: str | None = None
    default: bool = False


class EventQuery(Struct):
    """Which events to list, newest first. A limit of None means all; times are aware, `until` is exclusive.

    `type` is a name or search_key of types, in capital or small letters. With another `noun`, it is about those.
    """

    limit: int | None = None
    revoked: bool = False
    name: str | None = None
    type: str | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    detail: bool = False
    noun: Noun = EVENTS
    unprocessed: bool = False


class Searched(Struct):
    """The events that a search has found, and a sentence about what was not searched, if anything."""

    rows: Stream
    lacking: str | None = None


class Link(Struct):
    """How it stands with the connection: whether there is one (None before the first use), as whom, and for whom.

    `entity` is the name of the one that new records belong to; None where that is not known.
    """

    connected: bool | None
    user: str
    entity: str | None = None


class Store(Protocol):
    """A place where events are kept, and requests and tags: a `noun` says which, where it is not events.

    Every method may raise StoreError: the store cannot be reached, has no such records, or refused.
    """

    @property
    def entities(self) -> Entities:
        """Who owns records, and who may see and write them."""

    @property
    def growth(self) -> Growth:
        """Having the events in parts."""

    has_unsealed: bool
    """Whether something was recorded here since it was sealed last."""

    def append(self, events: Iterable[NewEvent], noun: Noun = EVENTS, *, spool: bool = False) -> Iterable[Record]:
        """Record events, all or none; gives uu, name and created of each, in order.

        With `spool`, they are kept where the store is away, and have no `created` yet.
        """

    def events(self, query: EventQuery) -> Stream:
        """The events that the query asks for.

        Raises:
            EventError: there is no such type.
        """

    def watch(self, query: EventQuery) -> Generator[list[Record], None, None]:
        """The events that the query asks for as they are committed, from now on or from its `since` on, without an end.

        An empty batch says that nothing new is there for now. Who leaves closes it.

        Raises:
            EventError: there is no such type.
        """

    def count(self, query: EventQuery, at_most: int) -> int:
        """How many events the query would find without its limit, counting no further than `at_most`."""

    def statistics(self, query: EventQuery) -> Record:
        """What there is of the events that the query would find without its limit.

        It gives count, revoked, first, last, size, and tables by_name, by_type and by_day; days begin as they do here.

        Raises:
            EventError: there is no such type.
        """

    def search(self, words: str, query: EventQuery, progress: Progress) -> Searched:
        """The events that have the words, the best first, with `match` and `rank`; `progress` is of the index.

        Raises:
            EventError: there is no such type, or no word to look for.
        """

    def statement(self, text: str) -> Data:
        """The rows of a statement of SQL; null where it gives none.

        Raises:
            StkError: the database refuses.
        """

    def event(self, uu: str, noun: Noun = EVENTS) -> Record | None:
        """All columns of one event, revoked or not."""

    def matching(self, prefix: str, at_most: int, noun: Noun = EVENTS) -> list[Record]:
        """uu, name and created of the events whose uu begins with the prefix, newest first."""

    def revoke(self, uus: Sequence[str], progress: Progress, noun: Noun = EVENTS) -> list[Record]:
        """Revoke events, all or none; gives uu, name, revoked and is_revoked of each, in order.

        Raises:
            EventError: an event is unknown, or revoked already.
        """

    def process(self, uus: Sequence[str], progress: Progress, noun: Noun) -> list[Record]:
        """Mark records as processed, all or none; gives uu, name, processed and is_processed of each, in order.

        Raises:
            EventError: a record is unknown, revoked, or processed already.
        """

    def event_types(self, noun: Noun = EVENTS, *, detail: bool = False) -> list[Record]:
        """The types that events can have, the default first; for details with what their schemas ask for."""

    def new_type(self, new: NewType, noun: Noun = EVENTS) -> Record:
        """Make a type; gives what is listed of it.

        Raises:
            EventError: there is one of that name, no such enum value, or the schema is none.
        """

    def revoke_type(self, name: str, noun: Noun = EVENTS) -> Record:
        """Revoke a type; gives uu, name, revoked and is_revoked.

        Raises:
            EventError: there is none, or it is the default.
        """

    def attached(self, noun: Noun, uus: Sequence[str], *, revoked: bool) -> list[Record]:
        """All columns of the records of that kind that are attached to any of those uus, newest first."""

    def resolved(self, uus: Sequence[str], columns: Sequence[str] | None) -> dict[str, Record]:
        """The records of those uus, in whatever table, by uu: the columns named, or all. Unknown uus are left out."""

    def overview(self) -> Overview:
        """What there is to be named, as far as it can be had fast; any thread may ask while others use the store."""

    def names(self, noun: Noun) -> tuple[str, ...]:
        """The names of these records, as they were a minute ago at most."""

    def seal(self) -> Record:
        """Seal what is new in the chain of blocks; gives how many blocks and facts, and how many facts are pending."""

    def seal_own(self, at_most: float | None) -> None:
        """Seal what is new, within so many seconds or not at all; any thread may call while others use the store."""

    def digest(self) -> Record:
        """Seal what is new; gives block, hash, sealed and pending of the chain as it is then."""

    def proof(self, uu: str) -> Record | None:
        """What shows that an event is in the chain, for `model.proof.checking`; None where there is no such event.

        Raises:
            EventError: the event is not sealed, or not as it is now.
        """

    def verify(self, kept: Digest | None, progress: Progress) -> Verification:
        """Seal what is new, and compute every hash anew; `kept` is a digest from elsewhere."""

    def spooled(self) -> Iterable[Record]:
        """What waits for delivery, the oldest first, and then what was refused, and why."""

    def deliver(self, *, retry: bool) -> Record:
        """Deliver what waits, at first also what was refused; gives how many were delivered, and refused."""

    def link(self) -> Link:
        """How it stands with the connection, without asking anybody."""

    def is_reachable(self) -> bool:
        """Whether the server answers, or would be started; this waits for it, and connects nothing."""

    def status(self) -> Record:
        """Which store, server, migrations, events, user."""

    def migrate(self) -> list[Record]:
        """Apply the migrations that are missing; gives their names."""

    def start(self) -> Record:
        """Start the embedded server and keep it running after the last stk has left."""

    def stop(self) -> Record:
        """Stop the embedded server."""

    def close(self) -> None:
        """Let go of the store."""
