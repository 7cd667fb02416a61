"""What `events`, `requests` and `tags` share: a column with the records that are attached to each row."""

from __future__ import annotations

from stk_shell.commands._record_columns import ATTACHED_TO, detailed, listed
from stk_shell.commands._together import together
from stk_shell.commands._uu import whole
from stk_shell.model.columns import Column, Columns, Given
from stk_shell.model.columns import together as all_of
from stk_shell.model.command import Call, Command
from stk_shell.model.nouns import Noun
from stk_shell.model.paths import no_column
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Record, Value

ROW_TYPES = (("record", "record"), ("table", "table"), ("list<any>", "table"), ("nothing", "nothing"))


def attached_signature(noun: Noun) -> Signature:
    """The signature of such a command."""
    many = noun.plural
    names = tuple(column.name for column in detailed(noun))
    return Signature(
        types=ROW_TYPES,
        category=noun.name,
        rest=Parameter(
            "columns", STRING, f"Which columns of the {many}; those of `{noun.name} list` otherwise.", completes=names
        ),
        flags=(
            Flag("all", f"Include revoked {many}.", short="a"),
            Flag("detail", f"All columns of the {many}, as `{noun.name} get` shows them.", short="d"),
        ),
    )


class AttachedRecords(Command):
    """Adds a column with what is attached to each row."""

    noun: Noun

    def gives(self, given: Given) -> Columns:
        """Those that flow in, and the new one."""
        names, every = given.texts("columns"), detailed(self.noun)
        shown = tuple(each for each in every if each.name in names) or (
            every if given.has("detail") else listed(self.noun)
        )
        sentence = f"The {self.noun.plural} that are attached to it."
        return all_of(given.columns, (Column(self.noun.plural, sentence, "table", columns=shown),))

    def run(self, call: Call, data: Data) -> Data:
        """The record or rows, each with a list more."""
        columns = self._columns(call)

        def work(rows: list[Record]) -> list[Record]:
            uus = [whole(row.get("uu")) for row in rows]
            found = self._found(call, [*dict.fromkeys(uu for uu in uus if uu)], columns)
            name = self.noun.plural
            return [{**row, name: [*found.get(uu or "", ())]} for row, uu in zip(rows, uus, strict=True)]

        return together(call, data, work)

    def _columns(self, call: Call) -> list[str]:
        every = [column.name for column in detailed(self.noun)]
        names = [str(name) for name in call.rest("columns")]
        for name in names:
            if name not in every:
                raise no_column(name, every, call.span("columns"), may_be_optional=False)
        return names or (every if call.switch("detail") else [column.name for column in listed(self.noun)])

    def _found(self, call: Call, uus: list[str], columns: list[str]) -> dict[str, list[Value]]:
        """What is attached, by the uu of the record that it is attached to."""
        found: dict[str, list[Value]] = {}
        attached = call.session.store.attached(self.noun, uus, revoked=call.switch("all")) if uus else []
        for each in attached:
            about = each[ATTACHED_TO.name]
            uu = whole(about.get("uu")) if isinstance(about, dict) else None
            found.setdefault(uu or "", []).append({name: each[name] for name in columns})
        return found
