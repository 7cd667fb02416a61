"""Every command is complete, and stands where its name says."""

from __future__ import annotations

import re
from pathlib import Path

import stk_shell.commands
from stk_shell.commands import module_name
from stk_shell.model.command import Command, Form
from stk_shell.model.span import Source
from stk_shell.model.types import TYPE_NAMES
from stk_shell.parse import parse
from stk_shell.parse.scope import Scope
from tests.fixtures.shells import REGISTRY

FOLDER = Path(stk_shell.commands.__file__).parent
CATEGORIES = {
    *(
        "actor",
        "charts",
        "config",
        "conversions",
        "dates",
        "entity",
        "event",
        "files",
        "filters",
        "formats",
        "generators",
    ),
    *("help", "language", "math", "random", "request", "store", "strings", "tag"),
}


def faults(command: Command) -> list[str]:
    """What is wrong with a command's description of itself."""
    signature = command.signature
    found = []
    sentences = [command.summary, *(flag.sentence for flag in signature.flags)]
    sentences += [each.sentence for each in (*signature.positionals, *filter(None, [signature.rest]))]
    found += [f"no sentence: {text}" for text in sentences if not re.fullmatch(r"[A-Z`].*\.", text, re.DOTALL)]
    found += [f"no sentence: {each.sentence}" for each in command.examples if not each.sentence.endswith(".")]
    if signature.category not in CATEGORIES:
        found.append(f"category {signature.category}")
    types = {name.partition("<")[0] for pair in signature.types for name in pair}
    found += [f"type {name}" for name in types - TYPE_NAMES]
    letters = [flag.short for flag in signature.flags if flag.short]
    if len(set(letters)) < len(letters):
        found.append("two flags with one letter")
    found += [f"see also {name}" for name in command.see_also if REGISTRY.find(name) is None]
    overridden = (
        type(command).build is not Form.build if isinstance(command, Form) else type(command).run is not Command.run
    )
    if not overridden and command.name != "def":
        found.append("does nothing")
    return found


def test_every_command_describes_itself_completely() -> None:
    wrong = {command.name: faults(command) for command in REGISTRY.all() if faults(command)}
    assert wrong == {}


def test_the_file_of_a_command_is_its_name() -> None:
    for path in FOLDER.glob("*/[!_]*.py"):
        command = REGISTRY._load(path.stem)
        assert module_name(command.name) == path.stem
        assert REGISTRY.find(command.name) is command


def test_a_command_stands_in_the_folder_of_its_category() -> None:
    wrong = {
        command.name: path.parent.name
        for path in FOLDER.glob("*/[!_]*.py")
        if (command := REGISTRY._load(path.stem)).signature.category != path.parent.name
    }
    assert wrong == {}


def test_no_name_is_taken_twice() -> None:
    stems = [path.stem for path in FOLDER.glob("*/[!_]*.py")]
    assert len(stems) == len(set(stems))


def test_every_example_is_read_without_problems() -> None:
    wrong = {
        example.line: problems
        for command in REGISTRY.all()
        for example in command.examples
        if (problems := parse(Source(example.line), Scope(), REGISTRY).problems)
    }
    assert wrong == {}


def test_every_command_but_a_few_has_an_example() -> None:
    without = {command.name for command in REGISTRY.all() if not command.examples}
    assert without == {"config edit", "exit", "store start", "store stop"}


def test_no_two_arguments_of_a_command_have_one_name() -> None:
    for command in REGISTRY.all():
        names = [each.name for each in command.signature.positionals]
        names += [flag.name for flag in command.signature.flags]
        names += [command.signature.rest.name] if command.signature.rest else []
        assert len(names) == len(set(names)), command.name
