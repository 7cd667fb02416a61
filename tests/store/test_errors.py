"""What PostgreSQL says or cannot hold, as our errors say it."""

from __future__ import annotations

import psycopg
import pytest

from stk_shell.model.errors import EventError, StoreError
from stk_shell.store.errors import CONNECTION_LOST, one_line, translated
from stk_shell.store.json_values import check_characters


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ('missing "=" after "x"\n', 'missing "=" after "x"'),
        ("it failed\n\tIs the server running?\n", "it failed. Is the server running?"),
        ("it failed:\n  no such file\n\n", "it failed: no such file"),
        ("", ""),
    ],
)
def test_several_lines_become_one(said: str, line: str) -> None:
    assert one_line(said) == line


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a\0b", "a NUL character"),
        ("caf\udce9", "the byte E9, which is not UTF-8 there"),
        ("\ud83d", "U+D83D, which is no character"),
    ],
)
def test_what_postgresql_cannot_hold_is_named(text: str, what: str) -> None:
    with pytest.raises(EventError) as caught:
        check_characters(text)
    assert caught.value.headline == f"the text holds {what}"


def test_what_a_killed_server_leaves_unsaid_is_a_lost_connection() -> None:
    with pytest.raises(StoreError) as caught, translated():
        raise psycopg.OperationalError("consuming input failed: server closed the connection unexpectedly")
    assert caught.value.headline.startswith(CONNECTION_LOST)
