"""The list of the help browser."""

from __future__ import annotations

from stk_shell.model.nouns import OF_THE_STORE
from stk_shell.repl.browsing import Browsing
from tests.fixtures.shells import REGISTRY


def test_what_is_in_the_store_comes_first_and_then_all_other_groups_in_order() -> None:
    headings = [row.text for row in Browsing(REGISTRY.all(), "", "").rows if row.command is None]
    first = [*OF_THE_STORE, "help"]
    assert headings == [*first, *sorted({command.signature.category for command in REGISTRY.all()} - {*first})]
