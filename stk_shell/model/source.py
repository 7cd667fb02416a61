"""Rows that somebody keeps who can do more with them than hand them out.

A stage offers itself to its input first: a source takes over what it can do exactly as the stage would, and declines
anything else, which then works on the rows as on those of any stream. So filters know nothing of databases, and the
store nothing of commands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Protocol, TypeAlias

from stk_shell.model.stream import Data, Stream

if TYPE_CHECKING:
    from stk_shell.model.operations import Operation
    from stk_shell.model.values import Record, Value

Rest: TypeAlias = Callable[[Data], Data]
"""What a stage makes of data in memory."""


class Declined(Exception):
    """A source leaves something to the stage itself."""


class Relation(Protocol):
    """Rows as they are kept, with what stages have done to them so far; nothing is asked for before it is wanted."""

    is_value: bool
    """Whether the stages have left one value, and no rows."""

    is_open: bool
    """Whether memory does the last stage, unless a further one wants less than that gives."""

    @property
    def is_column(self) -> bool:
        """Whether values flow, and no records."""

    def taken(self, operation: Operation, in_memory: Rest) -> Relation:
        """What is left when the operation is done as well; `in_memory` does the same with rows.

        Raises:
            Declined: it is not done here.
        """

    def batches(self) -> Iterator[list[Value]]:
        """The rows, as they are pulled."""

    def value(self) -> Data:
        """The one value that is left."""

    def explanation(self) -> Record:
        """What would be asked for: `sql`, `parameters` and `plan`."""


Seen: TypeAlias = "Callable[[Iterator[list[Value]]], Iterator[list[Value]]]"
"""Gives batches on, and takes note of what comes."""


class Source(Stream):
    """A stream of rows to which stages can offer themselves."""

    __slots__ = ("_seen", "explained", "relation")

    def __init__(self, relation: Relation, *, explained: bool = False, seen: Seen | None = None) -> None:
        """With `explained`, nothing is asked for: somebody only wants to know what would be.

        What comes goes through `seen`, also behind stages that are taken over.
        """
        batches = relation.batches() if seen is None else seen(relation.batches())
        super().__init__(chain.from_iterable(batches))
        self.batches = batches
        self.relation = relation
        self.explained = explained
        self._seen = seen

    @property
    def is_value(self) -> bool:
        """Whether it stands for one value, which the next stage may do without."""
        return self.relation.is_value

    def taken(self, operation: Operation, in_memory: Rest, *, waits: bool = False) -> Data:
        """What flows on when the operation is done: a source, or a value.

        With `waits`, the next stage may want less than the value: it is offered a source that stands for it.

        Raises:
            Declined: it is not done here.
        """
        relation = self.relation.taken(operation, in_memory)
        if relation.is_value and not (self.explained or waits):
            return self._noticed(relation.value())
        return Source(relation, explained=self.explained, seen=self._seen)

    def _noticed(self, value: Data) -> Data:
        """The value; that there is none, no rows or not one row, goes through `seen` as well."""
        if self._seen is not None and not value:
            deque(self._seen(iter(())), maxlen=0)
        return value

    def unoffered(self) -> Stream:
        """The rows as a stream to which nothing can be offered."""
        return Stream.of_batches(self.relation.batches())
