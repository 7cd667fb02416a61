"""Finding commands by a word: by name, by what else it is called, and by what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from stk_shell.model.meanings import MEANINGS

if TYPE_CHECKING:
    from stk_shell.model.command import Command
    from stk_shell.model.session import Session

BY_TEXT = 4
"""From this rank on, the name has nothing to do with it."""

TELLING = 4
"""The letters of a text that tells something also inside of words: `if` is in `specific` by chance."""


def known_commands(session: Session) -> list[Command]:
    """All commands that can be called: ours, and the user's own, which hide ours of the same name."""
    ours = {name: command for name in session.commands.names() if (command := session.commands.find(name))}
    return list({**ours, **session.user_commands}.values())


def found(commands: Iterable[Command], text: str) -> list[tuple[int, Command]]:
    """The commands that a text fits, each with its rank, the best first: names before descriptions."""
    text = " ".join(text.lower().split())
    begins = [_beginning(each) for each in (text, *text.split())]
    ranked = [(_rank(command, text, begins), command) for command in commands]
    return sorted(((rank, command) for rank, command in ranked if rank is not None), key=lambda pair: pair[0])


def _beginning(text: str) -> re.Pattern[str]:
    """What finds a text where a word begins with it."""
    return re.compile(rf"(?<!\w){re.escape(text)}")


def _rank(command: Command, text: str, begins: list[re.Pattern[str]]) -> int | None:
    """How well the text fits, 0 the best; None where it does not. `begins` finds it, and then each of its words."""
    name, summary = command.name.lower().removeprefix("."), command.summary.lower()
    about = f"{command.name}\n{summary}\n{command.description.lower()}"
    whole, *words = begins
    fits = (
        MEANINGS.get(text, ("", None))[0] == command.name,
        name.startswith(text.removeprefix(".")),
        whole.search(name),
        text in command.name.lower(),
        whole.search(summary),
        whole.search(about),
        len(text) >= TELLING and text in about,
        " " in text and all(word.search(about) for word in words),
    )
    return next((rank for rank, fit in enumerate(fits) if fit), None)
