"""Scripts with a `main`: calling it, and the commands `main ...` beside it, as the command line does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stk_shell.model.command import UserCommand
from stk_shell.model.literals import number_like
from stk_shell.parse.scope import Scope

PLAIN_WORD = re.compile(r"[\w./:@%+=,-]+")
"""Arguments of a script that need no quotes."""


def called_by_file(scope: Scope, file: str) -> str:
    """Let `main` and its subcommands be called by the name of their file alone, as they are in the outer shell.

    So the program of a call, its errors and its help pages say what was typed there. Gives what stands for `main`:
    `stk greet.stk`.
    """
    called = f"stk {_plain(file)}"
    for name in [name for name in scope.commands if name == "main" or name.startswith("main ")]:
        info = scope.commands.pop(name)
        command = info.command.renamed(called + name.removeprefix("main"))
        scope.commands[command.name] = info.replace(command=command)
    return called


def call_text(called: str, arguments: Sequence[str]) -> str:
    """The call of a script's command as a program: behind `--`, nothing is a flag."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    plain = [_plain(word) for word in arguments]
    flags = {at for at in range(end, len(plain)) if plain[at][0] == "-" and number_like(plain[at]) is None}
    words = [_quoted(word) if at in flags else word for at, word in enumerate(plain) if at != end]
    return " ".join([called, *words])


def command_of(scope: Scope, called: str, arguments: Sequence[str]) -> UserCommand | None:
    """The command with the longest name that the arguments begin with; None where there is not even a `main`."""
    names = (" ".join([called, *arguments[:count]]) for count in range(len(arguments), -1, -1))
    return next((info.command for name in names if (info := scope.command(name)) is not None), None)


def _plain(word: str) -> str:
    return word if PLAIN_WORD.fullmatch(word) else _quoted(word)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
