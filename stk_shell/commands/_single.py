"""What commands share that are given one record, or several, by uu: `event get`, `event revoke`, `request process`."""

from __future__ import annotations

from collections.abc import Sequence

from stk_shell.commands._record_columns import detailed, marked
from stk_shell.commands._uu import known, resolve, wanted
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command
from stk_shell.model.errors import EventError
from stk_shell.model.nouns import Noun
from stk_shell.model.progress import Progress
from stk_shell.model.span import Span
from stk_shell.model.store import Store
from stk_shell.model.stream import Data
from stk_shell.model.text import plain
from stk_shell.model.values import Record, Value


class GetRecords(Command):
    """Shows records with everything that is known of them."""

    noun: Noun

    def gives(self, given: Given) -> Columns:
        """All there are."""
        return detailed(self.noun)

    def run(self, call: Call, data: Data) -> Data:
        """The record, null where there is none, or a list of records."""
        named, many = wanted(call, data, self.noun)
        found = [self._record(call, value, span) for value, span in named]
        return [each for each in found if each is not None] if many else found[0]

    def _record(self, call: Call, value: Value, span: Span) -> Record | None:
        noun = self.noun
        uu = resolve(call, value, span, noun)
        record = call.session.store.event(uu, noun) if uu else None
        if record is None:
            text = plain(value.get("uu") if isinstance(value, dict) else value)
            call.session.note(f"there is no {noun.name} {text}; `{noun.name} list --all --limit 0` shows all there are")
        return record


class MarkRecords(Command):
    """Marks records, all or none: as revoked, unless `mark` says otherwise."""

    noun: Noun
    mark = "revoked"

    def gives(self, given: Given) -> Columns:
        """Those that say so."""
        return marked(self.noun, self.mark)

    def run(self, call: Call, data: Data) -> Data:
        """uu, name, and when it was marked, of the record or of each."""
        named, many = wanted(call, data, self.noun)
        uus = [known(call, value, span, self.noun) for value, span in named]
        if not uus:
            return []
        try:
            with call.session.progress(self.noun.plural, len(uus)) as progress:
                done = self.change(call.session.store, uus, progress)
        except EventError as error:
            raise error.at(named[0][1]) from None
        return [*done] if many else done[0]

    def change(self, store: Store, uus: Sequence[str], progress: Progress) -> list[Record]:
        """Have the store do it."""
        return store.revoke(uus, progress, self.noun)
