"""`source` and `use` with files of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from stk_shell.model.span import Source
from tests.fixtures.shells import Shell

TOOLS = """
export const GREETING = "hello"
# Greets somebody.
export def greet [name: string] { $"(prefix) ($name)" }
def prefix [] { $GREETING }
export alias two = first 2
export def main [] { "main" }
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tools.stk").write_text(TOOLS)
    (tmp_path / "setup.stk").write_text("let who = 'Ana'\ndef shout [] { $'($in)!' }\n$who | shout")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "mod.nu").write_text("use ../tools.stk greet\nexport def hi [] { greet Bo }")
    return tmp_path


@pytest.mark.usefixtures("files")
def test_source_runs_a_file_in_place(pure: Shell) -> None:
    assert pure.run("source setup.stk\n$who | shout") == ["Ana!", "Ana!"]
    assert pure.run("$who") == ["Ana"]


@pytest.mark.usefixtures("files")
def test_use_takes_what_a_module_exports(pure: Shell) -> None:
    assert pure.run("use tools.stk *\ngreet Bo\n$GREETING\n[1 2 3] | two\ntools") == [
        "hello Bo",
        "hello",
        [1, 2],
        "main",
    ]
    assert pure.run("def f [] { use inner; inner hi }\nf") == ["hello Bo"]


@pytest.mark.usefixtures("files")
def test_use_takes_members_or_everything_behind_the_name(pure: Shell) -> None:
    assert pure.run("use tools\ntools greet Bo\ntools") == ["hello Bo", "main"]
    assert pure.run("use tools [two GREETING]\n[1 2 3] | two\n$GREETING") == [[1, 2], "hello"]
    assert pure.error("greet Bo").code == "stk::parse::unknown_command"
    assert "Greets somebody." in str(pure.value("help tools greet"))


@pytest.mark.parametrize("members", ["[two 'log line']", '"log line"', "[`log line`, two]", "two 'log line'"])
def test_members_may_have_names_of_several_words(files: Path, pure: Shell, members: str) -> None:
    (files / "logs.stk").write_text("export def 'log line' [] { 1 }\nexport alias two = first 2")
    assert pure.run(f"use logs.stk {members}\nlog line") == [1]


def test_a_command_that_sets_variables_of_the_environment_is_exported_too(files: Path, pure: Shell) -> None:
    (files / "stages.stk").write_text("export def --env stage [name: string] { $env.STAGE = $name }")
    assert pure.value("use stages.stk *; stage test; $env.STAGE") == "test"


def test_a_mistake_in_a_module_is_told_before_what_lacks_its_names(files: Path, pure: Shell) -> None:
    (files / "broken.stk").write_text("# A long comment before the mistake.\nexport extern greet []")
    error = pure.error("use broken.stk *; greet Ana")
    assert error.headline == "`export` is not a command"
    assert error.labels[0].span.source.name.endswith("broken.stk")


@pytest.mark.usefixtures("files")
def test_the_constants_of_a_module_are_in_a_variable_of_its_name(pure: Shell) -> None:
    assert pure.run("use tools\n$tools.GREETING") == ["hello"]
    assert pure.error("use inner; $inner").code == "stk::parse::variable_not_found"


def test_a_module_passes_on_what_it_takes_from_another(pure: Shell, files: Path) -> None:
    (files / "all.stk").write_text("export use tools.stk *\nexport-env { $env.TEAM = 'night' }")
    assert pure.run("use all.stk *\ngreet Bo\n$env.TEAM") == ["hello Bo", "night"]
    assert pure.run("use all.stk\nall greet Bo") == ["hello Bo"]


@pytest.mark.usefixtures("files")
def test_a_constant_may_name_the_file(pure: Shell) -> None:
    assert pure.run("const FILE = 'tools.stk'; use $FILE greet; greet Bo") == ["hello Bo"]
    assert pure.error("let file = 'tools.stk'; use $file greet").code == "stk::parse::module_not_found"


@pytest.mark.usefixtures("files")
def test_a_file_is_looked_for_beside_the_one_that_names_it(pure: Shell, tmp_path: Path) -> None:
    script = tmp_path / "inner" / "script.stk"
    pure.session.run(Source("use mod.nu *\nhi", str(script)))
    assert pure.output.shown == ["hello Bo"]


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("source nosuch.stk", "file_not_found"),
        ("source ('setup' + '.stk')", "file_not_found"),
        ("source", "missing_positional"),
        ("source loop.stk", "circular_import"),
        ("source bad.stk", "unknown_command"),
        ("source bytes.stk", "io"),
        ("use nosuch *", "module_not_found"),
        ("use modlues *", "module_not_found"),
        ("use tools nosuch", "export_not_found"),
        ("use tools *; prefix", "unknown_command"),
    ],
)
def test_what_cannot_be_read_stops_the_program_before_it_runs(
    pure: Shell, files: Path, program: str, code: str
) -> None:
    (files / "loop.stk").write_text("use inner\nsource loop.stk")
    (files / "bad.stk").write_text("nosuch")
    (files / "bytes.stk").write_bytes(b"\xff\xfe")
    assert pure.error(f"'before'\n{program}").code == f"stk::parse::{code}"
    assert pure.output.shown == []
