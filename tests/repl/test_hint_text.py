"""Hints fit, whatever the command and the width."""

from __future__ import annotations

import pytest
from wcwidth import wcswidth

from stk_shell.parse.places import Enclosing
from stk_shell.repl.hint_text import hint
from tests.fixtures.shells import REGISTRY


def text(call: Enclosing, width: int) -> str:
    """The line."""
    return "".join(part for _, part, *_ in hint(call, width))


@pytest.mark.parametrize("name", [*REGISTRY.names()])
def test_a_hint_fits_in_one_line(name: str) -> None:
    command = REGISTRY.find(name)
    assert command is not None
    signature = command.signature
    rest = [signature.rest] if signature.rest else []
    for target in (None, *signature.flags, *signature.positionals, *rest):
        for width in (10, 40, 80):
            assert wcswidth(text(Enclosing(command, target), width)) <= width
        whole = text(Enclosing(command, target), 1000)
        assert whole.startswith(name)
        assert (target.sentence if target else command.summary) in whole
        assert "\n" not in whole


def test_where_there_is_no_room_for_both_the_meaning_is_told() -> None:
    command = REGISTRY.find("str replace")
    assert command is not None
    call = Enclosing(command, command.signature.positionals[0])
    assert text(call, 80) == "str replace {flags} <find> <replace> ...cells   string: What to look for."
    assert text(call, 60) == "find <string>: What to look for."
    assert text(call, 20) == "find <string>: What…"
