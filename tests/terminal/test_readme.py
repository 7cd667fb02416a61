"""The screens of the README are what one sees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fixtures.terminals import F1, TAB, OpenTerminal
from tests.project.test_docs import ROOT, neutral

SCREEN = re.compile(r"^<!-- typed: ([^\n]*) -->\n```text\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
SCREENS = SCREEN.findall((ROOT / "README.md").read_text(encoding="utf-8"))
KEYS = {"{Tab}": TAB, "{F1}": F1}
WIDTH = 80

EVENTS = (
    '"User completed onboarding" | .append event "user-milestone" | ignore',
    '{text: "Login failed", user_id: 7} | .append event "authentication" | ignore',
)


def lines(screen: str) -> list[str]:
    """Its lines without what differs from run to run; how many of them are empty depends on the terminal's height."""
    screen = re.sub(r"\d+(\.\d)? ms +F1", "0 ms F1", neutral(screen))
    screen = re.sub(r"PgDn \d+ more", "PgDn 0 more", screen)
    return [line for line in screen.split("\n") if line.strip()]


@pytest.mark.parametrize(("typed", "screen"), SCREENS, ids=[typed for typed, _ in SCREENS])
def test_a_screen_of_the_readme_is_what_one_sees(
    open_shell: OpenTerminal, data_dir: Path, typed: str, screen: str
) -> None:
    height = max(len(screen.split("\n")), 10)
    shell = open_shell("--data-dir", str(data_dir), columns=WIDTH, lines=height)
    for event in EVENTS:
        shell.run(event, event[-20:])
    for name, key in KEYS.items():
        typed = typed.replace(name, key)
    shell.send(typed)
    expected = lines(screen)
    shell.wait(lambda: lines("\n".join(shell.lines()))[-len(expected) :] == expected)


def test_the_readme_has_screens() -> None:
    assert SCREENS
