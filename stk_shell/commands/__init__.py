"""All commands, found by name: a command's file is its name, and is imported when somebody first asks for it.

The name of the file is the name of the command without its leading dot, its words joined by underscores (`event list`
is in `event/event_list.py`, `sort-by` in `filters/sort_by.py`); what Python has as a keyword gets an underscore behind
it. Each file holds one `COMMAND`. Importing a hundred files at start would take longer than most programs run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module

from stk_shell.model.command import Command

KEYWORDS = frozenset({"if", "for", "while", "try", "return", "break", "continue", "def", "import", "match", "from"})


def module_name(command: str) -> str:
    """The name of the file, without its ending, that holds the command."""
    stem = command.removeprefix(".").replace(" ", "_").replace("-", "_")
    return f"{stem}_" if stem in KEYWORDS else stem


class Registry:
    """Finds commands among the files of this folder."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}
        self._loaded: dict[str, Command] = {}
        self._found: dict[str, Command] = {}
        root = os.path.dirname(__file__)
        for folder in os.listdir(root):
            path = os.path.join(root, folder)
            if not folder.startswith("_") and os.path.isdir(path):
                for file in os.listdir(path):
                    if file.endswith(".py") and not file.startswith("_"):
                        self._folders[file.removesuffix(".py")] = folder

    def find(self, name: str) -> Command | None:
        """The command of that name, or None."""
        if name in self._found:
            return self._found[name]
        stem = module_name(name)
        command = self._load(stem) if stem in self._folders else None
        if command is None or command.name != name:
            return None
        self._found[name] = command
        return command

    def names(self) -> Iterator[str]:
        """The names of all commands, in alphabetical order."""
        return iter(sorted((command.name for command in self.all()), key=lambda name: name.removeprefix(".")))

    def all(self) -> list[Command]:
        """All commands; this imports every file."""
        return [self._load(stem) for stem in self._folders]

    def _load(self, stem: str) -> Command:
        if stem not in self._loaded:
            module = import_module(f"stk_shell.commands.{self._folders[stem]}.{stem}")
            command = module.COMMAND
            if not isinstance(command, Command):
                raise TypeError(f"{module.__name__}.COMMAND is no command")
            self._loaded[stem] = command
        return self._loaded[stem]
