"""Rows of the store as a relation: stages narrow the question, and it is asked when somebody wants the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeAlias

from stk_shell.model import operations
from stk_shell.model.operations import Operation
from stk_shell.model.source import Declined, Rest
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.store.pushdown.cells import OTHER, Values, either
from stk_shell.store.pushdown.rows import Rows
from stk_shell.store.pushdown.taking import narrowed, output

if TYPE_CHECKING:
    from stk_shell.model.values import CellPath, Record, Value
    from stk_shell.store.claims import Who
    from stk_shell.store.connecting import Row

Read: TypeAlias = "Callable[[str, dict[str, object]], Generator[Sequence[Row], None, None]]"
"""Gives the rows of a statement as they are pulled."""

GATHERING = (
    *(operations.Gather, operations.Distinct, operations.FirstOfEach, operations.Frequencies),
    *(operations.Reduce, operations.Names),
)
"""What looks at all rows together, and is known to modules that other pipelines do not need."""

AT_ONCE = 1000
"""Up to how many rows are read at once; more come as they are pulled, on a connection of their own."""


class Asker(Protocol):
    """Asks the database."""

    def who(self) -> Who:
        """Who the session is."""

    def rows(self, text: str, values: dict[str, object]) -> list[Row]:
        """All rows that a statement gives."""

    def stream(self, text: str, values: dict[str, object]) -> Iterator[Sequence[Row]]:
        """The rows of a statement by the hundred, as they are pulled."""

    def snapshot(self) -> AbstractContextManager[Read]:
        """What gives the rows of statements as they are pulled, all as the store was at one moment."""


CLAUSES = re.compile(r" (?=(?:from|left join|cross join|where|group by|order by|limit) )")


def laid_out(text: str) -> str:
    """A statement with each of its clauses on a line of its own."""
    return CLAUSES.sub("\n", text)


def probes(rows: Rows, who: Who) -> Iterator[str]:
    """What tells whether stages have looked at rows of which memory has to decide."""
    probe = rows.probe
    while probe is not None:
        yield f"(select exists ({probe.selection(['1'], who, ordered=probe.is_cut)}))"
        probe = probe.probe


@lru_cache(maxsize=64)
def record_maker(names: tuple[str, ...]) -> Callable[[Sequence[Row]], list[Value]]:
    """What makes records of rows, written as Python for their columns: that takes half the time of `dict` and `zip`."""
    cells = ", ".join(f"{name!r}: row[{at}]" for at, name in enumerate(names))
    make: Callable[[Sequence[Row]], list[Value]] = eval(f"lambda rows: [{{{cells}}} for row in rows]", {})  # noqa: S307
    return make


class PushedRows:
    """Rows that are asked for when somebody pulls."""

    is_value = False
    is_open = False
    column: tuple[Rows, CellPath] | None = None
    """The rows whose cells flow, and the path to those, where the last stage has taken them out."""

    def __init__(self, asker: Asker, rows: Rows, values: Values, whole: Rows, stages: tuple[Rest, ...] = ()) -> None:
        """`whole` is what there was before the stages, which do in memory what `rows` says."""
        self.asker = asker
        self.rows = rows
        self.values = values
        self.whole = whole
        self.stages = stages

    def taken(self, operation: Operation, in_memory: Rest) -> PushedRows:
        """The rows, or the value, when the operation is done as well."""
        stages = (*self.stages, in_memory)
        value = VALUES.get(type(operation))
        if value is not None:
            return value(self.asker, self.rows, self.values, self.whole, stages, operation)
        if isinstance(operation, GATHERING):
            from stk_shell.store.pushdown.gathering import gathered

            return gathered(self, operation, in_memory)
        rows = narrowed(self.rows, operation, self.values)
        taken = PushedRows(self.asker, rows, self.values, self.whole, stages)
        if isinstance(operation, operations.Cells):
            taken.column = self.rows, operation.path
        return taken

    def batches(self) -> Iterator[list[Value]]:
        """The rows, by the hundred."""
        if self.rows.limit is not None and self.rows.limit <= AT_ONCE:
            return self._at_once()
        return self._doubtful() if self.is_doubtful else map(self.read, self._stream())

    def _at_once(self) -> Iterator[list[Value]]:
        found = self.asker.rows(self.statement(), self.values.given)
        if self.in_doubt(found):
            yield from ([row] for row in iterate(self.in_memory()))
        else:
            yield self.read(found)

    def _stream(self) -> Generator[Sequence[Row], None, None]:
        yield from self.asker.stream(self.statement(), self.values.given)

    def _doubtful(self) -> Iterator[list[Value]]:
        """The rows as far as there is no doubt; from there on, those that the stages give."""
        given = 0
        with self.asker.snapshot() as read:
            with closing(read(self.statement(), self.values.given)) as chunks:
                for found in chunks:
                    if any(row[-1] for row in found):
                        break
                    yield self.read(found)
                    given += len(found)
                else:
                    if given or not self.in_doubt([]):
                        return
            yield from ([row] for row in islice(iterate(self.in_memory(read)), given, None))

    @property
    def is_column(self) -> bool:
        """Whether values flow, and no records."""
        return self.rows.scalar

    @property
    def is_doubtful(self) -> bool:
        """Whether there may be rows of which memory has to decide; then the last column of the answer says so."""
        return self.rows.doubt is not None or self.rows.probe is not None

    def in_doubt(self, found: Sequence[Row]) -> bool:
        """Whether memory has to decide; where no rows have come to say so, it is asked for."""
        if found or self.rows.probe is None:
            return self.is_doubtful and any(row[-1] for row in found)
        doubt = either(*probes(self.rows, self.asker.who()))
        return bool(self.asker.rows(f"select {doubt}", self.values.given)[0][0])

    def statement(self) -> str:
        """The SELECT."""
        rows, who = self.rows, self.asker.who()
        outputs = [output(cell) for cell in rows.columns.values()]
        doubt = either(rows.doubt, *probes(rows, who))
        return rows.selection([*outputs, *([doubt] if doubt else [])], who)

    def read(self, found: Sequence[Row]) -> list[Value]:
        """The rows as values."""
        others = [at for at, cell in enumerate(self.rows.columns.values()) if cell.kind == OTHER]
        if others:
            from stk_shell.store.pushdown.foreign import with_values

            found = with_values(found, others)
        if self.rows.scalar:
            return [row[0] for row in found]
        return record_maker(tuple(self.rows.columns))(found)

    def in_memory(self, read: Read | None = None) -> Data:
        """The same by the stages themselves, which know what to say about rows that do not fit."""
        plain = PushedRows(self.asker, self.whole, self.values, self.whole)
        data: Data = Stream.of_batches(plain.batches() if read is None else plain.chunks(read))
        for stage in self.stages:
            data = stage(data)
        return data

    def chunks(self, read: Read) -> Iterator[list[Value]]:
        """The rows as they are read, without a look at doubts."""
        with closing(read(self.statement(), self.values.given)) as found:
            yield from map(self.read, found)

    def value(self) -> Data:
        """Rows are no value."""
        raise NotImplementedError

    def explanation(self) -> Record:
        """The statement, its parameters, and how PostgreSQL would go about it."""
        text = self.statement()
        plan = self.asker.rows(f"explain {text}", self.values.given)
        used: Record = {name: str(value) for name, value in self.values.given.items() if f"%({name})s" in text}
        return {"sql": laid_out(text), "parameters": used, "plan": "\n".join(row[0] for row in plan)}


class PushedValue(PushedRows):
    """One value that is made of rows."""

    is_value = True

    def __init__(
        self,
        asker: Asker,
        rows: Rows,
        values: Values,
        whole: Rows,
        stages: tuple[Rest, ...],
        operation: Operation,
    ) -> None:
        super().__init__(asker, rows, values, whole, stages)
        self.operation = operation

    def taken(self, operation: Operation, in_memory: Rest) -> PushedRows:
        """Nothing more."""
        raise Declined


def counted(asker: Asker, rows: Rows, values: Values) -> int:
    """How many rows there are, where memory has nothing to decide."""
    text = (rows.nested() if rows.is_cut else rows).selection(["count(*)"], asker.who(), ordered=False)
    number: int = asker.rows(text, values.given)[0][0]
    return number


class PushedCount(PushedValue):
    """How many rows there are."""

    def statement(self) -> str:
        """A count, and whether memory has to decide."""
        who = self.asker.who()
        rows = self.rows.nested() if self.rows.is_cut else self.rows
        doubt = either(f"coalesce(bool_or({rows.doubt}), false)" if rows.doubt else None, *probes(rows, who))
        return rows.selection(["count(*)", *([doubt] if doubt else [])], who, ordered=False)

    def value(self) -> Data:
        """The number."""
        ((count, *doubtful),) = self.asker.rows(self.statement(), self.values.given)
        return self.in_memory() if any(doubtful) else count


class PushedRow(PushedValue):
    """The first row, or the last."""

    operation: operations.OneRow

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        taken = operations.LastRows(1) if self.operation.last else operations.FirstRows(1)
        self.rows = narrowed(self.rows, taken, self.values)

    def value(self) -> Data:
        """The row; where there is none, the stage says so."""
        found = self.asker.rows(self.statement(), self.values.given)
        if not found or self.in_doubt(found):
            return self.in_memory()
        return self.read(found)[0]


class PushedExistence(PushedValue):
    """Whether there is a row."""

    operation: operations.AreThere

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.rows = narrowed(self.rows, operations.FirstRows(1), self.values)

    def value(self) -> Data:
        """Yes or no."""
        found = self.asker.rows(self.statement(), self.values.given)
        if self.in_doubt(found):
            return self.in_memory()
        return bool(found) is self.operation.expected


def _lines(*given: object) -> PushedRows:
    from stk_shell.store.pushdown.lines import PushedLines

    return PushedLines(*given)


VALUES: dict[type[Operation], Callable[..., PushedRows]] = {
    operations.CountRows: PushedCount,
    operations.OneRow: PushedRow,
    operations.AreThere: PushedExistence,
    operations.JsonLines: _lines,
}
"""What makes one value of rows."""
