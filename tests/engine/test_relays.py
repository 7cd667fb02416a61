"""Commands that get many rows at once, out of a closure, give what they give row by row."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.engine import batches
from stk_shell.model.values import Closure, Value
from tests.engine.test_batches import PLAIN_CELLS, outcome
from tests.fixtures.shells import Shell

CELLS: st.SearchStrategy[st.SearchStrategy[Value]] = st.sampled_from(
    [
        st.sampled_from(["a b", "Ab", "", "é", "x_y"]),
        st.integers(-3, 3),
        st.sampled_from([1.5, -2.25, 4.0, -1]),
        PLAIN_CELLS,
    ]
)
ROWS = CELLS.flatmap(lambda cells: st.lists(st.fixed_dictionaries({"a": cells, "b": cells}), min_size=1, max_size=6))
ITEMS = CELLS.flatmap(lambda cells: st.lists(cells, min_size=1, max_size=6))
COMMANDS = st.one_of(
    st.sampled_from(["str upcase", "str length", "str contains $limit", "str replace a $limit", "str trim"]),
    st.sampled_from(["math abs", "math sqrt", "math round --precision 1", "str starts-with a", "str upcase a"]),
)
STAGES = st.lists(COMMANDS, min_size=1, max_size=3).map(" | ".join)
PROGRAMS = st.one_of(
    st.builds("each {{ {} }}".format, STAGES),
    st.builds("each --keep-empty {{|r| $r.a | {} }}".format, STAGES),
    st.builds("each {{ $in.a | {} }}".format, STAGES),
    st.builds("where ($it.a | {})".format, STAGES),
    st.builds("where {{ {} }}".format, STAGES),
    st.builds("update a {{ {} }}".format, STAGES),
    st.builds("update a {{|r| $r.b | {} }}".format, STAGES),
    st.builds("update a {{|r| {} }}".format, STAGES),
    st.builds("upsert c {{|r| {} }}".format, STAGES),
    st.builds("sort-by {{ get b | {} }}".format, STAGES),
    st.builds("sort-by {{|r| $r.b | {} }}".format, STAGES),
    st.builds("group-by {{|r| $r.b | {} }}".format, STAGES),
)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.one_of(ROWS, ITEMS), program=PROGRAMS)
def test_many_rows_give_what_each_of_them_gives(
    rows: list[Value], program: str, pure: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"let limit = 'b'; $in | {program}"
    with monkeypatch.context() as patch:
        patch.setattr(batches, "WORTHWHILE", 10**9)
        slow = outcome(pure, program, rows)
        patch.setattr(batches, "WORTHWHILE", 1)
        assert outcome(pure, program, rows) == slow


@pytest.mark.parametrize("closure", ["{ str upcase }", "{|r| $r | str upcase }", "{ $in | str trim | str upcase }"])
def test_commands_that_take_lists_get_them(pure: Shell, closure: str) -> None:
    value = pure.value(closure)
    assert isinstance(value, Closure)
    assert value.batch is not None
    assert value.batch.values(["a"] * 200) == ["A"] * 200


@pytest.mark.parametrize(
    "closure",
    [
        "{|r| 'x' | str replace x $r }",
        "{ str replace x $in }",
        "{|r| str upcase | append 1 }",
        "{ print }",
        "{ length }",
        "{ split row ' ' }",
        "{ let x = 1; str upcase }",
    ],
)
def test_others_go_row_by_row(pure: Shell, closure: str) -> None:
    value = pure.value(closure)
    assert isinstance(value, Closure)
    assert value.batch is None
