"""Every example of every command is run, and gives what its help page says."""

from __future__ import annotations

import pytest

from stk_shell.model.command import Example
from stk_shell.model.compare import equal
from stk_shell.model.types import kind
from stk_shell.model.values import Value
from tests.fixtures.shells import REGISTRY, Shell

EXAMPLES = [
    pytest.param(example, id=f"{command.name}: {example.sentence}")
    for command in sorted(REGISTRY.all(), key=lambda command: command.name)
    for example in command.examples
]


def same(actual: Value, expected: Value, varying: tuple[str, ...]) -> bool:
    """Whether a value is the one expected, but for the columns that vary, of which only the type counts."""
    if isinstance(actual, list) and isinstance(expected, list):
        return len(actual) == len(expected) and all(same(a, b, varying) for a, b in zip(actual, expected, strict=True))
    if isinstance(actual, dict) and isinstance(expected, dict):
        return list(actual) == list(expected) and all(
            kind(actual[name]) == kind(expected[name])
            if name in varying
            else same(actual[name], expected[name], varying)
            for name in actual
        )
    return equal(actual, expected)


@pytest.mark.parametrize("example", EXAMPLES)
def test_gives_what_the_help_page_says(example: Example, example_shell: Shell) -> None:
    actual = example_shell.value(example.line)
    if example.result is not None:
        assert same(actual, example.result, example.varying), f"{actual!r} is not {example.result!r}"


@pytest.mark.parametrize("example", EXAMPLES)
def test_fits_a_terminal_of_80_columns(example: Example) -> None:
    assert max(len(f"  > {line}") for line in example.line.split("\n")) <= 80
