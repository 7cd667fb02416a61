"""Cells compared with values, as SQL that says what the operators of the language say."""

from __future__ import annotations

import datetime
import math
import re
import struct
from collections.abc import Callable
from decimal import Decimal, localcontext

from stk_shell.model.source import Declined
from stk_shell.model.struct import Struct
from stk_shell.model.values import Value
from stk_shell.store.pushdown.cells import BOOL, JSON, NUMBER, TEXT, TIME, UUID, Cell, Values, either
from stk_shell.store.pushdown.patterns import storable, translated_pattern

CANONICAL = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Verdict(Struct):
    """A condition: when it is true, when null comes out, and when memory has to decide.

    `truth` is an expression of SQL; where it is `nullable`, its null stands for false. Where `doubt` is true, it does
    not matter. `kept` is true for rows of either kind, if there is a way to say that in less time.
    """

    truth: str
    unknown: str | None = None
    doubt: str | None = None
    nullable: bool = False
    kept: str | None = None

    def strict(self) -> Verdict:
        """The same where a null is an error."""
        return self.replace(unknown=None, doubt=either(self.doubt, self.unknown), kept=None)

    def sure(self) -> str:
        """The truth, as an expression that is never null."""
        return f"coalesce({self.truth}, false)" if self.nullable else self.truth


def inverted(verdict: Verdict) -> Verdict:
    """The opposite; what is null stays so."""
    truth = f"not {verdict.sure()}"
    if verdict.unknown:
        truth = f"({truth} and not {verdict.unknown})"
    return Verdict(truth, verdict.unknown, verdict.doubt)


def is_true(cell: Cell) -> Verdict:
    """A cell that is a condition by itself."""
    if cell.kind == BOOL:
        return Verdict(cell.sql, _is_null(cell) if cell.nullable else None, cell.doubt, cell.nullable)
    doubt = f"jsonb_typeof({cell.sql}) not in ('boolean', 'null')"
    return Verdict(f"({cell.sql} = 'true')", _is_null(cell), either(cell.doubt, doubt), nullable=True)


def compared(sign: str, cell: Cell, value: Value, values: Values) -> Verdict:
    """A cell, a sign of comparison, and a value.

    Raises:
        Declined: they are of types that are not compared here.
    """
    if sign == "!=":
        return inverted(compared("==", cell, value, values))
    if value is None and sign == "==":
        return Verdict(_is_null(cell), doubt=cell.doubt)
    compare = COMPARED.get((cell.kind, type(value)))
    if compare is None:
        raise Declined
    return _about(cell, compare(sign, cell, value, values))


def _about(cell: Cell, verdict: Verdict) -> Verdict:
    """The verdict, with the doubts that there are about the cell itself."""
    return verdict if cell.doubt is None else verdict.replace(doubt=either(cell.doubt, verdict.doubt), kept=None)


def _is_null(cell: Cell) -> str:
    if cell.kind == JSON:
        return f"({cell.sql} is null or {cell.sql} = 'null')"
    return f"({cell.sql} is null)"


def _plain(sign: str, cell: Cell, left: str, right: str) -> Verdict:
    """Two expressions of the same type, the left of which may be null."""
    unknown = _is_null(cell) if cell.nullable and sign != "==" else None
    return Verdict(f"({left} {'=' if sign == '==' else sign} {right})", unknown, nullable=cell.nullable)


def _text(sign: str, cell: Cell, value: str, values: Values) -> Verdict:
    if sign == "==":
        return _plain(sign, cell, cell.sql, values.add(storable(value)))
    # By the numbers of the characters, as everywhere in the language.
    return _plain(sign, cell, f'{cell.sql} collate "C"', values.add(storable(value)))


def _uuid(sign: str, cell: Cell, value: str, values: Values) -> Verdict:
    if sign != "==":
        return _text(sign, cell.replace(sql=f"{cell.sql}::text", kind=TEXT), value, values)
    if not CANONICAL.fullmatch(value):
        return Verdict("false")
    return _plain(sign, cell, cell.sql, f"{values.add(value)}::uuid")


def _time(sign: str, cell: Cell, value: datetime.datetime, values: Values) -> Verdict:
    return _plain(sign, cell, cell.sql, f"{values.add(value)}::timestamptz")


def _bool(sign: str, cell: Cell, value: object, values: Values) -> Verdict:
    return _plain(sign, cell, cell.sql, str(value).lower())


def _number(sign: str, cell: Cell, value: float, values: Values) -> Verdict:
    if not math.isfinite(value):
        raise Declined
    return _plain(sign, cell, cell.sql, f"{values.add(Decimal(value))}::numeric")


def _json_text(sign: str, cell: Cell, value: str, values: Values) -> Verdict:
    place = values.add(storable(value))
    if sign == "==":
        return Verdict(f"({cell.sql} = to_jsonb({place}::text))", nullable=True)
    return _of_type("string", cell, f'{_inner_text(cell)} collate "C" {sign} {place}')


def _inner_text(cell: Cell) -> str:
    """The text that a string of JSON is."""
    return f"({cell.sql} #>> '{{}}')"


def _of_type(type_: str, cell: Cell, truth: str) -> Verdict:
    """What is true of values of a type of JSON alone; null gives null, and anything else is an error."""
    doubt = f"jsonb_typeof({cell.sql}) not in ('{type_}', 'null')"
    # Where the cell is not there, its type is null, which is none of these.
    others = f"when 'null' then false else {cell.sql} is not null"
    kept = f"case jsonb_typeof({cell.sql}) when '{type_}' then {truth} {others} end"
    truth = f"(jsonb_typeof({cell.sql}) = '{type_}' and {truth})"
    return Verdict(truth, _is_null(cell), doubt, nullable=True, kept=kept)


def _json_bool(sign: str, cell: Cell, value: object, values: Values) -> Verdict:
    if sign != "==":
        raise Declined
    return Verdict(f"({cell.sql} = '{str(value).lower()}')", nullable=True)


def _json_number(sign: str, cell: Cell, value: float, values: Values) -> Verdict:
    """A number of JSON, which is read as an int or as the nearest float."""
    least, greatest, with_ends = rounding_to(value)
    above, below = (">=", "<=") if with_ends else (">", "<")
    low, high = (f"{{}}{values.add(str(end))}::jsonb".format for end in (least, greatest))
    if sign == "==":
        return Verdict(f"({cell.sql} {above} {low('')} and {cell.sql} {below} {high('')})", nullable=True)
    beyond = {"<": ("<" if with_ends else "<=", low), "<=": (below, high), ">": (">" if with_ends else ">=", high)}
    compare, end = beyond.get(sign, (above, low))
    return _of_type("number", cell, f"{cell.sql} {end(compare + ' ')}")


WHOLE = 2**52
"""Up to here, no other whole number is read as the same float."""


def rounding_to(value: float) -> tuple[Decimal, Decimal, bool]:
    """The decimal numbers between which others are read as the same float, and whether these two are as well.

    Numbers half-way between two floats are read as the one whose last bit is 0 (IEEE 754).

    Raises:
        Declined: it is too large, so that whole numbers would be among those.
    """
    if not abs(value) <= WHOLE:
        raise Declined
    number = float(value)
    ends = (math.nextafter(number, -math.inf), math.nextafter(number, math.inf))
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        least, greatest = ((Decimal(number) + Decimal(end)) / 2 for end in ends)
    return least, greatest, struct.unpack("<q", struct.pack("<d", number))[0] % 2 == 0


EXACT_DIGITS = 1200
"""More digits than any float has."""


COMPARED: dict[tuple[str, type], Callable[..., Verdict]] = {
    (TEXT, str): _text,
    (UUID, str): _uuid,
    (TIME, datetime.datetime): _time,
    (BOOL, bool): _bool,
    (NUMBER, int): _number,
    (NUMBER, float): _number,
    (JSON, str): _json_text,
    (JSON, bool): _json_bool,
    (JSON, int): _json_number,
    (JSON, float): _json_number,
}
"""How cells of each kind are compared with values of each type."""


def holds(sign: str, left: Cell | Value, right: Cell | Value, values: Values) -> Verdict:
    """The other operators that say yes or no.

    Raises:
        Declined: they are not translated.
    """
    if sign.startswith("not-") or sign == "!~":
        plain = "=~" if sign == "!~" else sign.removeprefix("not-")
        return inverted(holds(plain, left, right, values))
    if sign == "in" and isinstance(left, Cell) and isinstance(right, list):
        return _among(left, right, values)
    if sign == "in" and isinstance(left, str) and isinstance(right, Cell):
        return _about_text(right, f"position({values.add(storable(left))} in {{}}) > 0", null_fails=True)
    if sign == "has" and isinstance(left, Cell) and isinstance(right, str):
        return _about_text(left, f"position({values.add(storable(right))} in {{}}) > 0", null_fails=True)
    if isinstance(left, Cell) and isinstance(right, str) and sign in TESTS:
        return _about_text(left, TESTS[sign](storable(right), values))
    raise Declined


def _among(cell: Cell, items: list[Value], values: Values) -> Verdict:
    """Whether a cell is one of some values; what is of another type is none of them."""
    if cell.kind == TEXT and all(isinstance(item, str) for item in items):
        found = f"{cell.sql} = any({values.add([storable(str(item)) for item in items])}::text[])"
        return Verdict(f"({found})", doubt=cell.doubt, nullable=cell.nullable)
    verdicts = [compared("==", cell, item, values) for item in items if _can_equal(cell, item)]
    truth = either(*(verdict.truth for verdict in verdicts)) or "false"
    doubt = either(cell.doubt, *(verdict.doubt for verdict in verdicts))
    return Verdict(truth, doubt=doubt, nullable=cell.nullable)


def _can_equal(cell: Cell, item: Value) -> bool:
    """Whether such a cell may be equal to the value; a list or record inside JSON is left to memory."""
    if cell.kind == JSON and isinstance(item, (list, dict)):
        raise Declined
    return item is None or (cell.kind, type(item)) in COMPARED


def _about_text(cell: Cell, test: str, *, null_fails: bool = False) -> Verdict:
    """A test of a text, whose place in it is `{}`."""
    if cell.kind == JSON:
        verdict = _of_type("string", cell, test.replace("{}", _inner_text(cell)))
    elif cell.kind in (TEXT, UUID):
        text = f"{cell.sql}::text" if cell.kind == UUID else cell.sql
        unknown = _is_null(cell) if cell.nullable else None
        verdict = Verdict(f"({test.replace('{}', text)})", unknown, nullable=cell.nullable)
    else:
        raise Declined
    verdict = _about(cell, verdict)
    return verdict.strict() if null_fails else verdict


def _starts(text: str, values: Values) -> str:
    return f"starts_with({{}}, {values.add(text)})"


def _ends(text: str, values: Values) -> str:
    return f"right({{}}, {len(text)}) = {values.add(text)}"


def _matches(pattern: str, values: Values) -> str:
    literal, translated = translated_pattern(pattern)
    if literal:
        return f"position({values.add(translated)} in {{}}) > 0"
    return f"{{}} ~ {values.add(translated)}"


TESTS: dict[str, Callable[[str, Values], str]] = {"starts-with": _starts, "ends-with": _ends, "=~": _matches}
