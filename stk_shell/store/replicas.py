"""Several servers of one store: reading from a standby, while what changes something goes to the primary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from psycopg import sql

from stk_shell.model.nouns import EVENTS, Noun
from stk_shell.model.values import Record
from stk_shell.store.database import silent
from stk_shell.store.places import RemotePlace
from stk_shell.store.postgres import PostgresStore
from stk_shell.store.sign import Sign
from stk_shell.store.standby import is_standby

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stk_shell.model.progress import Progress
    from stk_shell.model.proof.findings import Digest, Verification
    from stk_shell.model.store import NewEvent, NewType
    from stk_shell.store.connecting import Connection

CATCH_UP_SECONDS = 1.0
"""How long a standby may take until it has what this session has recorded."""

POLL_SECONDS = 0.002

WRITTEN = sql.SQL("select pg_catalog.pg_current_wal_insert_lsn()::text")
HAS_REPLAYED = sql.SQL(
    "select not pg_catalog.pg_is_in_recovery() or pg_catalog.pg_last_wal_replay_lsn() >= %s::pg_catalog.pg_lsn"
)


class ReplicatedStore(PostgresStore):
    """A store whose DSN names several servers. What this session has recorded, it reads, also from a standby."""

    def __init__(
        self, place: RemotePlace, sign: Sign, note: Callable[[str], None] = silent, spools: str | None = None
    ) -> None:
        """As of a store of one server."""
        super().__init__(place, sign, note)
        self._primary_place = place.of_primary()
        self.primary = PostgresStore(self._primary_place, sign, note, spools)

    def append(self, events: Iterable[NewEvent], noun: Noun = EVENTS, *, spool: bool = False) -> Iterable[Record]:
        """Record events, or others of that kind, all or none."""
        return self._writing().append(events, noun, spool=spool)

    def new_type(self, new: NewType, noun: Noun = EVENTS) -> Record:
        """Make a type."""
        return self._writing().new_type(new, noun)

    def revoke_type(self, name: str, noun: Noun = EVENTS) -> Record:
        """Revoke a type."""
        return self._writing().revoke_type(name, noun)

    def revoke(self, uus: Sequence[str], progress: Progress, noun: Noun = EVENTS) -> list[Record]:
        """Revoke events, or others of that kind, all or none."""
        return self._writing().revoke(uus, progress, noun)

    def process(self, uus: Sequence[str], progress: Progress, noun: Noun) -> list[Record]:
        """Mark records as processed, all or none."""
        return self._writing().process(uus, progress, noun)

    def seal(self) -> Record:
        """Seal what is new."""
        return self._writing().seal()

    def seal_own(self, at_most: float | None) -> None:
        """Seal in the background, on a connection of its own."""
        self.has_unsealed = False
        self.primary.seal_own(at_most)

    def digest(self) -> Record:
        """The last block of the chain."""
        return self._writing().digest()

    def verify(self, kept: Digest | None, progress: Progress) -> Verification:
        """Compute every hash anew, on connections of its own."""
        return self._writing().verify(kept, progress)

    def spooled(self) -> Iterable[Record]:
        """What is in the spool."""
        return self.primary.spooled()

    def deliver(self, *, retry: bool) -> Record:
        """Deliver what is in the spool."""
        return self._writing().deliver(retry=retry)

    def status(self) -> Record:
        """What there is to say of the server that is read from, and which one takes changes."""
        waiting = 0 if self.primary.spooling is None else self.primary.spooling.waiting()
        record = {**super().status(), "changes go to": self._primary_place.reached()}
        return {**record, "spooled": waiting} if waiting else record

    def close(self) -> None:
        """Let go of both connections."""
        self.has_unsealed = False
        self.primary.close()
        super().close()

    def _writing(self) -> PostgresStore:
        """The store on the server that takes changes, with what the session claims now."""
        if self._primary_place.claims != self.place.claims:
            self._primary_place.claims = self.place.claims
            self.primary.database.close()
        self.database.before_asking = self._catch_up
        self.has_unsealed = True
        return self.primary

    def _catch_up(self, connection: Connection) -> None:
        """Wait until the standby has what this session has recorded, though not for long."""
        self.database.before_asking = None
        if not is_standby(connection) or not self.primary.database.link().connected:
            return
        ((written,),) = self.primary.database.rows(WRITTEN)
        deadline = time.monotonic() + CATCH_UP_SECONDS
        while not self.database.rows(HAS_REPLAYED, (written,))[0][0]:
            if time.monotonic() > deadline:
                self.database.note("the standby that is read from does not have yet what was recorded just now")
                return
            time.sleep(POLL_SECONDS)
