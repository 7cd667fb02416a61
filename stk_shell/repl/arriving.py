"""The commands while they are still being loaded: who is typing does not wait for two hundred imports."""

from __future__ import annotations

from collections.abc import Iterable

from stk_shell.model.command import Command, CommandTable


class Arriving:
    """The commands of a table, whose names are known once all of them are loaded, and then without asking again."""

    def __init__(self, commands: CommandTable) -> None:
        self._commands = commands
        self._names: tuple[str, ...] = ()

    def find(self, name: str) -> Command | None:
        """The command of that name; it is loaded alone."""
        return self._commands.find(name)

    def names(self) -> Iterable[str]:
        """The names of all commands; none while they are being loaded."""
        return self._names

    def load(self) -> None:
        """Load all of them."""
        self._names = tuple(self._commands.names())
