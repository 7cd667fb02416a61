"""What is made of all values of a group: SQL that gives enough to tell the exact value, or that memory has to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from stk_shell.model.source import Declined
from stk_shell.model.struct import Struct
from stk_shell.model.values import INT_MAX, INT_MIN, Value
from stk_shell.store.pushdown.cells import JSON, TEXT, TIME, UUID, Cell


class Doubtful(Exception):
    """Memory has to decide, or to say what is wrong."""


class Fractional(Doubtful):
    """There are fractions, so that it depends on the order what comes out; it may be asked for in order."""


EXACT = 2**53
"""Below, whole numbers are as exact as floats."""


class Aggregate(Struct):
    """One value of a group: its rows' `value` goes into each of the `parts`, from which the value is read."""

    value: str | None = None
    parts: tuple[str, ...] = ()

    def read(self, count: int, found: Sequence[object]) -> Value:
        """The value for so many rows.

        Raises:
            Doubtful: it is not certain.
        """
        return count

    def in_order(self) -> Aggregate:
        """The same where it depends on the order of the rows."""
        return self


class Extreme(Aggregate):
    """The least or the greatest of a column."""

    def read(self, count: int, found: Sequence[object]) -> Value:
        """What SQL has found, where there is no null."""
        end, *there = found
        if end is None or any(number != count for number in there):
            raise Doubtful
        return end  # type: ignore[return-value]


class ExtremeNumber(Aggregate):
    """The least or the greatest number in JSON, where all are numbers, and all whole ones or all others."""

    def read(self, count: int, found: Sequence[object]) -> Value:
        """An int, or the float nearest to it."""
        end, total, fewest = map(_number, found)
        if not total.as_tuple().exponent and INT_MIN <= end <= INT_MAX:
            return int(end)
        if not fewest:
            raise Doubtful
        return float(end)


class Total(Aggregate):
    """The sum of numbers in JSON, or their mean."""

    is_mean: bool = False

    def read(self, count: int, found: Sequence[object]) -> Value:
        """The sum of whole numbers, no part of which, in whatever order, is beyond 64 bits."""
        total, least, greatest = map(_number, found)
        if total.as_tuple().exponent:
            raise Fractional
        return self.result(int(total), count, is_certain=max(-least, greatest) * count <= INT_MAX)

    def result(self, total: float, count: int, *, is_certain: bool) -> Value:
        """The sum or the mean."""
        if not is_certain:
            raise Doubtful
        return total / count if self.is_mean else total

    def in_order(self) -> Aggregate:
        """The same for floats, which are added in the order of the rows."""
        return OrderedTotal(self.value, ("sum({0}::float8 order by {order})", *self.parts), self.is_mean)


class OrderedTotal(Total):
    """The sum of numbers some of which are floats: whole ones among them are as exact as floats."""

    def read(self, count: int, found: Sequence[object]) -> Value:
        """A float, if there is a fraction anywhere."""
        ordered, *rest = found
        total, least, greatest = map(_number, rest)
        if not total.as_tuple().exponent:
            return super().read(count, rest)
        return self.result(float(str(ordered)), count, is_certain=max(-least, greatest) * count < EXACT)


LENGTH = Aggregate()
"""How many rows a group has."""


def aggregate(what: str, cell: Cell) -> Aggregate:
    """The sum, the average, the least or the greatest (`sum`, `avg`, `min`, `max`) of what a path leads to.

    Raises:
        Declined: SQL does not do it alike.
    """
    if cell.kind == JSON:
        return _of_json(what, f"coalesce({cell.sql}::numeric, {NO_NUMBER})")
    if what not in ("min", "max") or cell.kind not in ENDS:
        raise Declined
    there = ("count({0})",) if cell.nullable else ()
    return Extreme(ENDS[cell.kind].format(cell.sql), (f"{what}({{0}})", *there))


def _of_json(what: str, number: str) -> Aggregate:
    # The sum has as many digits behind the point as the longest, and is no number if one of them is none.
    if what in ("min", "max"):
        return ExtremeNumber(number, (f"{what}({{0}})", "sum({0})", "min(scale({0}))"))
    return Total(number, ("sum({0})", "min({0})", "max({0})"), what == "avg")


def _number(found: object) -> Decimal:
    if isinstance(found, int):
        return Decimal(found)
    if not isinstance(found, Decimal) or found.is_nan():
        raise Doubtful
    return found


NO_NUMBER = "case when pg_catalog.clock_timestamp() is null then 0 else 'NaN'::numeric end"
"""What poisons a sum. As it may change at any time, the value is worked out once, however many aggregates it goes into;
`offset 0` would do that as well, but by one process alone."""

ENDS = {TEXT: '{} collate "C"', UUID: '{}::text collate "C"', TIME: "{}"}
"""What orders columns of each kind as the language does."""
