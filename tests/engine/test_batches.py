"""The short cut through generated Python means what the long way means: values, order and errors."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.engine import batches
from stk_shell.model.batches import Slice, Unfit
from stk_shell.model.errors import StkError
from stk_shell.model.values import Closure, Duration, Filesize, Value
from tests.fixtures.shells import Shell

PLAIN_CELLS: st.SearchStrategy[Value] = st.one_of(
    st.integers(-5, 5),
    st.sampled_from([2**63 - 1, -(2**63), 0.5, 2.0, True, False, None, "a", "b", "ab", [1], {"x": 1}]),
    st.sampled_from([Duration(3), Filesize(3), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)]),
)
ROWS: st.SearchStrategy[list[Value]] = st.one_of(
    st.lists(st.fixed_dictionaries({"a": st.integers(-5, 5), "b": st.sampled_from(["a", "b", "ab"])}), min_size=1),
    st.lists(st.fixed_dictionaries({"a": PLAIN_CELLS, "b": PLAIN_CELLS}), min_size=1, max_size=6),
    st.lists(st.dictionaries(st.sampled_from(["a", "b"]), PLAIN_CELLS), min_size=1, max_size=6),
    st.lists(PLAIN_CELLS, min_size=1, max_size=6),
)

NUMBERS = st.sampled_from(["$r.a", "$r.b?", "$r", "2", "1.5", "-3", "9223372036854775807", "$limit", "$r.a?"])
TEXTS = st.sampled_from(["$r.b", "'a'", "'a b'", "$r.b?", "$r.a"])


def sums(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Arithmetic."""
    return st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/", "mod"]), inner)


NUMERIC = st.recursive(NUMBERS, sums, max_leaves=4)
COMPARISONS = st.one_of(
    st.builds("({} {} {})".format, NUMERIC, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMERIC),
    st.builds("({} {} {})".format, TEXTS, st.sampled_from(["==", "!=", "<", "starts-with", "ends-with"]), TEXTS),
    st.builds("({} {} 'a')".format, TEXTS, st.sampled_from(["=~", "!~"])),
    st.builds("({} {} [a ab])".format, TEXTS, st.sampled_from(["in", "not-in"])),
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("(not {})".format, inner),
    ),
    max_leaves=4,
)
BODIES = st.one_of(
    NUMERIC,
    CONDITIONS,
    st.builds("{{x: {}, y: {}}}".format, NUMERIC, TEXTS),
    st.builds("[{} {}]".format, NUMERIC, CONDITIONS),
    st.builds('$"<($r.b?)-({})>"'.format, NUMERIC),
)


def outcome(shell: Shell, program: str, rows: list[Value]) -> tuple[object, ...]:
    """The value with its types, or the error with its place."""
    try:
        value = shell.value(program, rows)
    except StkError as error:
        return error.code, error.headline, [(label.span.start, label.text) for label in error.labels]
    return repr(value), value


@pytest.mark.parametrize("command", ["each", "each --keep-empty", "where"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_batch_gives_what_its_rows_give(
    command: str, data: st.DataObject, pure: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = data.draw(ROWS)
    body = data.draw(CONDITIONS if command == "where" else BODIES)
    program = f"let limit = 3; $in | {command} {{|r| {body} }}"
    with monkeypatch.context() as patch:
        patch.setattr(batches, "WORTHWHILE", 10**9)
        slow = outcome(pure, program, rows)
        patch.setattr(batches, "WORTHWHILE", 1)
        assert outcome(pure, program, rows) == slow


def test_plain_expressions_take_the_short_cut(pure: Shell) -> None:
    rows: list[Value] = [{"a": number, "b": "x"} for number in range(200)]
    for body in ("$r.a > 3 and $r.b == 'x'", "$r.a in [x y]", "not ($r.b =~ 'z')"):
        closure = pure.value(f"{{|r| {body} }}")
        assert closure.batch.kept(rows) == pure.value(f"$in | where {{|r| {body} }}", rows)  # type: ignore[union-attr]


def test_rows_that_nobody_wants_are_not_looked_at(pure: Shell) -> None:
    assert pure.value("[1 2 x] | where $it > 1 | first") == 2
    assert pure.value("1..10000000 | where $it mod 2 == 0 | each {|x| $x * 10 } | first 3") == [20, 40, 60]


@pytest.mark.parametrize("body", ["2 * 3", "$r.n * 3", "$r.n + $r.n", "$r.n - -4611686018427387904"])
@pytest.mark.parametrize("last", [7, 2**31, 2**62, 2**63 - 1, True, 1.5, "a", Duration(3), [1], None])
def test_numbers_that_grow_or_change_their_type_go_the_long_way(body: str, last: Value, pure: Shell) -> None:
    rows: list[Value] = [{"n": number} for number in range(5000)]
    program = f"$in | each {{|r| {body} }} | last"
    assert outcome(pure, program, [*rows, {"n": last}]) == outcome(pure, program, [{"n": last}])


def test_the_first_rows_of_a_long_list_take_the_short_cut_too(pure: Shell) -> None:
    rows: list[Value] = [{"a": number} for number in range(200)]
    closure = pure.value("{|r| $r.a * 2 }")
    assert isinstance(closure, Closure)
    assert closure.batch is not None
    assert closure.batch.values(Slice(rows, 0, 3)) == [0, 2, 4]
    with pytest.raises(Unfit):
        pure.value("{|r| $r.a * 2 }").batch.values(Slice(rows[:50], 0, 3))  # type: ignore[union-attr]
