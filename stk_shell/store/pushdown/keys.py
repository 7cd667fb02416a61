"""The values by which rows are put together: as SQL, and read from its answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stk_shell.model.struct import Struct
from stk_shell.model.text import plain
from stk_shell.model.values import Value
from stk_shell.store.json_values import loaded_json
from stk_shell.store.pushdown.aggregates import Doubtful
from stk_shell.store.pushdown.cells import JSON, UUID, Cell

if TYPE_CHECKING:
    from stk_shell.model.values import CellPath

AMBIGUOUS = re.compile(r"-?\d+\.\d+|-?\d{19,}|[\[{].*", re.DOTALL)
"""Texts that may come of numbers, lists or records, which the language writes in another way."""


class Ambiguous(Doubtful):
    """The text does not tell what the value was; the JSON does."""


class Key(Struct):
    """A cell as what tells groups; rows for which `doubt` is true are a matter of memory."""

    sql: str
    doubt: str | None = None

    def read(self, found: object) -> Value:
        """The value of a group from what SQL gives.

        Raises:
            Doubtful: memory has to decide.
        """
        return found  # type: ignore[return-value]


class JsonKey(Key):
    """A cell of JSON as the text of it; where none `may_lack`, it is an error if nothing comes back."""

    may_lack: bool = True

    def read(self, found: object) -> Value:
        """Whatever it holds."""
        if found is None and not self.may_lack:
            raise Doubtful
        return None if found is None else loaded_json(str(found))


class JsonName(JsonKey):
    """The text of a text in JSON, or of another value."""

    def read(self, found: object) -> Value:
        """The name of a group."""
        if (found is None and not self.may_lack) or (found is not None and AMBIGUOUS.fullmatch(str(found))):
            raise Ambiguous
        return found  # type: ignore[return-value]


def key(cell: Cell, path: CellPath | None = None) -> Key:
    """The key that a cell is, which a path has led to, or which was there."""
    if cell.kind != JSON:
        return Key(f"{cell.sql}::text" if cell.kind == UUID else cell.sql)
    inside = path.members[1:] if path is not None else ()
    may_lack = not inside or any(member.optional for member in inside)
    return JsonKey(f"{cell.sql}::text", cell.doubt if may_lack else None, may_lack)


def name_key(cell: Cell, path: CellPath) -> Key:
    """The key that tells the names of groups, mostly."""
    exact = key(cell, path)
    if not isinstance(exact, JsonKey):
        return exact
    return JsonName(cell.text or f"({cell.sql} #>> '{{}}')", exact.doubt, exact.may_lack)


def name_of(value: Value) -> str | None:
    """The name of a group; what is null has no group."""
    return None if value is None else plain(value)
