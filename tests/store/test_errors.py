"""What PostgreSQL says, as our errors say it."""

from __future__ import annotations

import pytest

from stk_shell.store.errors import one_line


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
