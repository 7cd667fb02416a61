"""Many rows at once give what they give one by one: values, types, order of columns, and errors."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.commands.filters import _columns, _fast, _ordering, group_by, select, update
from stk_shell.engine import batches
from stk_shell.model.errors import StkError
from stk_shell.model.values import Duration, Filesize, Value
from tests.fixtures.shells import Shell

CELLS: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from([1, 1.0, True, 2, 0, -1.5, float("nan"), None, "a", "B", "b", "", "1", "true"]),
    st.sampled_from([[1], {"x": 1}, {"x": {"y": 2}}, {}, b"a", Duration(3), Filesize(3)]),
    st.just(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
)
PLAIN_CELLS: st.SearchStrategy[st.SearchStrategy[Value]] = st.sampled_from(
    [
        st.integers(-2, 2),
        st.sampled_from(["a", "B", "b", "ab"]),
        st.sampled_from([1.5, -1.0, 2.0]),
        st.sampled_from(["a", None, "b"]),
        st.sampled_from([3, None, 1]),
        st.booleans(),
        st.sampled_from([Duration(1), Duration(2)]),
        st.fixed_dictionaries({"x": st.integers(0, 2)}),
    ]
)


@st.composite
def tables(draw: st.DrawFn) -> list[Value]:
    """Rows that are alike, mostly, so that the short cut is taken."""
    columns = {name: draw(st.one_of(PLAIN_CELLS, st.just(CELLS))) for name in ("a", "b")}
    rows: list[Value] = draw(st.lists(st.fixed_dictionaries(columns), min_size=1, max_size=8))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1]))):
        odd = draw(st.one_of(CELLS, st.dictionaries(st.sampled_from(["a", "b", "A"]), CELLS, max_size=2)))
        rows.insert(draw(st.integers(0, len(rows))), odd)
    return rows


PATHS = st.sampled_from(["a", "b", "a?", "b?", "a.x", "b.x?", "a?.x?", "a.x.y", "A!", "c", '"a b"'])
VALUES = st.sampled_from(
    ["5", "null", "{|r| $r.b }", "{|r| $r.a?}", "{ $in }", "{ 7 }", "{ $in + 1 }", "{|r| [$r $in] }"]
)
FLAGS = st.sampled_from(["", "", " --reverse", " --ignore-case", " --natural"])
STAGES = st.one_of(
    st.builds("{} {} {}".format, st.sampled_from(["update", "insert", "upsert"]), PATHS, VALUES),
    st.builds("{} {}".format, st.sampled_from(["select", "reject", "get"]), PATHS),
    st.builds("{} {} {}".format, st.sampled_from(["select", "reject"]), PATHS, PATHS),
    st.builds("sort-by {}{}".format, st.one_of(PATHS, st.just("{ $in }")), FLAGS),
    st.builds("sort-by {} {}{}".format, PATHS, PATHS, FLAGS),
    st.builds("get b? | sort{}".format, FLAGS),
    st.builds("group-by {}".format, st.one_of(PATHS, st.just("{|r| $r.b? }"))),
    st.builds("group-by {} {} --to-table".format, PATHS, PATHS),
    st.builds("uniq-by {} --count".format, PATHS),
)


def outcome(shell: Shell, program: str, rows: list[Value]) -> tuple[object, ...]:
    """The value with its types, or the error with its places."""
    try:
        return (repr(shell.value(program, rows)),)
    except StkError as error:
        return error.code, error.headline, [(label.span.start, label.text) for label in error.labels]


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables(), stage=STAGES)
def test_many_rows_give_what_each_of_them_gives(
    rows: list[Value], stage: str, pure: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(batches, "WORTHWHILE", 10**9)
        patch.setattr(_fast, "DEEPEST", -1)
        patch.setattr(_ordering, "DIRECTLY", ())
        patch.setattr(group_by, "_by_column", lambda rows, name: None)
        slow = outcome(pure, stage, rows)
    with monkeypatch.context() as patch:
        patch.setattr(batches, "WORTHWHILE", 1)
        assert outcome(pure, stage, rows) == slow


@pytest.mark.parametrize("stage", ["update n { $in + 1 }", "update n {|r| $r.n + 1 }", "select n r.x", "sort-by r.x n"])
def test_plain_columns_take_the_short_cut(pure: Shell, stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "WORTHWHILE", 1)
    monkeypatch.setattr(update.COMMAND, "cell", None)
    for module in (_columns, select):
        monkeypatch.setattr(module, "follow", None)
    rows: list[Value] = [{"n": number, "r": {"x": 1}} for number in range(200)]
    assert isinstance(pure.value(f"{stage} | last 100", rows), list)


def test_names_are_never_taken_for_python(pure: Shell) -> None:
    for name in ("a'] or 1 #", 'a"b', "a\\", "a\nb", "{a}", "%s", "é", "class"):
        rows: list[Value] = [{name: number} for number in range(200)]
        quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        assert pure.value(f'update "{quoted}" 1 | get "{quoted}" | uniq', rows) == [1]
        assert pure.value(f'select "{quoted}"', rows) == rows


def test_a_path_of_any_depth_is_followed(pure: Shell) -> None:
    path = ".".join(["a"] * 100)
    assert pure.value(f"[{{}}] | upsert {path} 1 | update {path} {{ $in + 1 }} | get {path}") == [2]
