"""What is told of many numbers at once is what each of them says."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from stk_shell.model.numbers import are_small_integers
from stk_shell.model.values import Duration, Filesize, Value

INTEGERS: st.SearchStrategy[Value] = st.one_of(
    st.integers(-5, 5), st.integers(-(2**64), 2**64), st.sampled_from([2**31 - 1, 2**31, -(2**31), -(2**31) - 1])
)
OTHERS: st.SearchStrategy[Value] = st.sampled_from(
    [
        True,
        False,
        1.0,
        None,
        "i",
        "iiiii",
        b"i",
        Duration(1),
        Filesize(1),
        [1],
        {"a": 1},
        datetime.datetime.now(datetime.UTC),
    ]
)


@given(st.lists(INTEGERS), st.lists(OTHERS, max_size=2), st.randoms())
def test_small_integers_are_told_from_all_else(integers: list[Value], others: list[Value], chance: object) -> None:
    values = [*integers, *others]
    chance.shuffle(values)  # type: ignore[attr-defined]
    assert are_small_integers(values) is all(type(value) is int and -(2**31) <= value < 2**31 for value in values)
