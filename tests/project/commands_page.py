"""Writes docs/commands.md from what the commands say of themselves: `python -m tests.project.commands_page`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from stk_shell.commands import Registry
from stk_shell.model.command import Command
from stk_shell.render.help_page import render_page

PATH = Path(__file__).parents[2] / "docs" / "commands.md"

HEAD = """\
# Commands

Made from the help pages of the commands themselves by `python -m tests.project.commands_page`; a test compares them.
In the shell, `help COMMAND` or `COMMAND --help` shows the same page, fitted to the screen.
"""


def anchor(name: str) -> str:
    """The anchor that GitHub gives to a heading."""
    return name.lower().replace(".", "").replace(" ", "-")


def page() -> str:
    """The whole document."""
    registry = Registry()
    commands = sorted(registry.all(), key=lambda each: (each.signature.category, each.name.removeprefix(".")))
    parts = [HEAD]
    for category, group in groupby(commands, key=lambda each: each.signature.category):
        members = list(group)
        parts.append(f"## {category}\n")
        parts.append("".join(f"- [`{each.name}`](#{anchor(each.name)}): {each.summary}\n" for each in members))
        parts += [entry(each, commands) for each in members]
    return "\n".join(parts)


def entry(command: Command, commands: list[Command]) -> str:
    """The part of one command."""
    family = [each for each in commands if each.name.startswith(f"{command.name} ")]
    text = render_page(command, family, 80, lambda role, text: text)
    return f"### {command.name}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    PATH.write_text(page(), encoding="utf-8")
