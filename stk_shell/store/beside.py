"""A connection beside that of the session, for what comes by and by while stages of the pipeline ask the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stk_shell.store.database import Database

if TYPE_CHECKING:
    from stk_shell.store.claims import Claims
    from stk_shell.store.postgres import Place


class Beside:
    """Lends connections; one is kept for the next who asks, since making one costs more than most questions."""

    def __init__(self, place: Place, database: Database) -> None:
        """`database` is the session's; the note of what happens to a connection goes where that one's goes."""
        self._place = place
        self._database = database
        self._spare: tuple[Claims, Database] | None = None

    @contextmanager
    def lent(self) -> Iterator[Database]:
        """A connection that nobody else uses, as what the session claims to be now."""
        claims = self._place.claims
        database = self._kept(claims) or Database(self._place.connect, self._database.note)
        try:
            yield database
        except BaseException:
            database.close()
            raise
        if self._spare is None and claims == self._place.claims and database.is_idle():
            self._spare = claims, database
        else:
            database.close()

    def _kept(self, claims: Claims) -> Database | None:
        """The connection that was kept, if it can be used."""
        kept, self._spare = self._spare, None
        if kept is None:
            return None
        if kept[0] == claims and kept[1].link().connected and kept[1].is_idle():
            return kept[1]
        kept[1].close()
        return None

    def close(self) -> None:
        """Close the connection that is kept."""
        kept, self._spare = self._spare, None
        if kept is not None:
            kept[1].close()
