"""Whatever is piped into the commands on texts, numbers and chance, and whatever they are told: a value or an error."""

from __future__ import annotations

import contextlib
import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.model.command import Command
from stk_shell.model.errors import StkError
from stk_shell.model.shape import Shape
from stk_shell.model.span import NOWHERE
from stk_shell.model.types import kind
from stk_shell.model.values import CellPath, Closure, Duration, Filesize, PathMember, Range, Value
from tests.fixtures.shells import REGISTRY, Shell

COMMANDS = sorted(
    (command for command in REGISTRY.all() if command.signature.category in ("strings", "math", "random")),
    key=lambda command: command.name,
)

Values = st.SearchStrategy[Value]

INTS: Values = st.one_of(st.integers(-3, 9), st.integers(-(2**63), 2**63 - 1), st.sampled_from([2**63 - 1, -(2**63)]))
NUMBERS: Values = st.one_of(INTS, st.floats())
DURATIONS: Values = st.builds(Duration, INTS)
SIZES: Values = st.builds(Filesize, INTS)
TEXTS: Values = st.one_of(
    st.text(st.characters(codec=None), max_size=8),
    st.text(" ab-_{}[]()$\\.*+?|^<>'\"=é\u0301👨‍👩‍👧\x1b\r\n\ud800", max_size=8),
    st.sampled_from(["cr", "dns", "00:11:22:33:44:55", "(?<x>a)(b)?", "(?m)^", "{a} {b}", "tab", "1f468", "a.b?", "x"]),
)
BOOLS = st.booleans()
FEW = st.sampled_from([0, 0, 0, 1, 2])
ENDS = st.one_of(st.integers(-9, 9), st.floats(-9, 9))
RANGES: Values = st.builds(Range, ENDS, st.none(), ENDS, st.booleans())
OPEN_RANGES: Values = st.builds(Range, ENDS, st.none(), st.one_of(st.none(), ENDS), st.booleans())
PATHS: Values = st.builds(
    lambda *members: CellPath(members),
    st.builds(PathMember, st.sampled_from(["a", "b", 0]), st.booleans(), st.booleans()),
)
SCALARS: Values = st.one_of(
    *(st.none(), st.booleans(), NUMBERS, TEXTS, DURATIONS, SIZES, RANGES, PATHS, st.binary(max_size=4)),
    st.datetimes(timezones=st.just(datetime.UTC)),
    st.builds(lambda: Closure(lambda arguments, data: None, 0, NOWHERE)),
)


def records(inner: Values) -> Values:
    """Records with few names, so that the columns of a table have values."""
    return st.dictionaries(st.sampled_from(["a", "b", "A", ""]), inner, max_size=3)


ANYTHING: Values = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=5), records(inner), st.lists(records(inner), max_size=4))
)
CELLS: Values = st.one_of(SCALARS, TEXTS, NUMBERS)

FITTING: dict[str, Values] = {
    "string": TEXTS,
    "int": INTS,
    "float": st.floats(),
    "number": NUMBERS,
    "duration": DURATIONS,
    "filesize": SIZES,
    "range": RANGES,
    "cell-path": PATHS,
    "list<string>": st.lists(TEXTS, max_size=5),
    "list<number>": st.lists(NUMBERS, max_size=5),
    "list<duration>": st.lists(DURATIONS, max_size=5),
    "list<filesize>": st.lists(SIZES, max_size=5),
    "list<any>": st.lists(CELLS, max_size=5),
    "record": records(CELLS),
    "table": st.lists(records(CELLS), max_size=5),
}
"""What goes in where a type is asked for."""

ARGUMENTS: dict[str, Values] = {**FITTING, "range": OPEN_RANGES, "any": st.one_of(OPEN_RANGES, ANYTHING)}
"""The same for arguments: nothing goes on for ever with a range that has no end."""


@st.composite
def calls(draw: st.DrawFn, command: Command) -> tuple[str, dict[str, Value]]:
    """A call of the command whose input and arguments are columns of what is piped in, and these columns."""
    signature = command.signature
    columns: dict[str, Value] = {}

    def column(name: str, fitting: dict[str, Values]) -> str:
        columns[f"c{len(columns)}"] = draw(ANYTHING if draw(st.integers(0, 9)) == 0 else fitting.get(name, ANYTHING))
        return f"$all.c{len(columns) - 1}"

    def argument(shape: Shape) -> str:
        return column((shape.choices or (shape,))[0].name, ARGUMENTS)

    words = [command.name]
    for flag in signature.flags:
        if draw(st.integers(0, 3)) == 0:
            words += [f"--{flag.name}", *([argument(flag.shape)] if flag.shape else [])]
    words += [argument(each.shape) for each in signature.positionals if not each.optional or draw(BOOLS)]
    words += [argument(signature.rest.shape) for _ in range(draw(FEW)) if signature.rest]
    given_ = draw(st.sampled_from([given_ for given_, _ in signature.types]))
    source = [] if given_ == "nothing" else [column(given_, FITTING), "|"]
    if draw(BOOLS) and source:
        source += ["each --keep-empty {|x| $x }", "|"]
    return " ".join(["let all = $in;", *source, *words]), columns


def makes_megabytes(columns: dict[str, Value]) -> bool:
    """Whether there is a length in it that no test should try."""
    return any(isinstance(value, int) and 10**6 < value <= 2**30 for value in columns.values())


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(COMMANDS).flatmap(calls))
def test_there_is_a_value_or_an_error(pure: Shell, call: tuple[str, dict[str, Value]]) -> None:
    program, columns = call
    if not makes_megabytes(columns):
        with contextlib.suppress(StkError):
            kind(pure.value(program, {**columns}))
