"""What other shells complete of our options."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from stk_shell.options import OPTIONS
from stk_shell.outer_shells import completions


def in_bash(words: list[str]) -> list[str]:
    """What bash offers for the last of the words of a command line."""
    program = f"{completions('bash')}\nCOMP_WORDS=({' '.join(words)} ''); COMP_CWORD={len(words) - 1}\n_stk\n"
    program += "printf '%s\\n' \"${COMPREPLY[@]}\""
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["stk", "--no-c"], ["--no-config"]),
        (["stk", "-o", "nd"], ["ndjson"]),
        (["stk", "--color", "a"], ["auto", "always"]),
        (["stk", "--dsn", "x"], []),
    ],
)
def test_bash_offers_options_and_their_values(words: list[str], offered: list[str]) -> None:
    assert in_bash(words) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_option_is_known_and_the_script_is_one(shell: str) -> None:
    script = completions(shell)
    assert [option.name for option in OPTIONS if option.name not in script] == []
    program = shutil.which(shell)
    if program is not None:
        subprocess.run([program, "-n"], input=script, text=True, check=True)
