"""Streams that are made by the hundred behave as if they were made one by one."""

from __future__ import annotations

from itertools import islice

import pytest

from stk_shell.model.batches import mapped
from stk_shell.model.errors import RunError
from stk_shell.model.stream import Stream
from stk_shell.model.values import Range, Value


def doubled_below_ten(value: Value) -> Value:
    """Fails from 10 on."""
    if not isinstance(value, int) or value >= 10:
        raise RunError("too much")
    return value * 2


def test_what_comes_before_a_failure_is_there() -> None:
    made = iter(mapped(list(range(20)), doubled_below_ten))
    assert list(islice(made, 10)) == list(range(0, 20, 2))
    with pytest.raises(RunError):
        next(made)


def test_an_endless_source_is_pulled_as_far_as_needed() -> None:
    assert next(iter(mapped(Range(1, None, None), doubled_below_ten))) == 2


def test_a_source_that_has_to_be_pulled_one_by_one_is() -> None:
    pulled = []

    def source() -> Value:
        pulled.append(1)
        return 1

    made = iter(mapped(Stream(iter(source, None)), doubled_below_ten))
    assert [next(made), next(made)] == [2, 2]
    assert len(pulled) == 2


def test_the_note_of_a_source_that_was_cut_goes_on() -> None:
    def note() -> str:
        return "cut"

    assert mapped(Stream([1], note), doubled_below_ten).cut_note is note
    assert mapped([1], doubled_below_ten).cut_note is None
