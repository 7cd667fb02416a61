"""The commands for settings: what they change in the file and in the running shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from stk_shell.config import config_path, read_settings
from stk_shell.configuration import template
from stk_shell.model.settings import SETTINGS, Settings
from tests.fixtures.shells import Shell, no_store


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A session whose configuration file is its own, and not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return Shell(no_store, Settings())


def in_file() -> str:
    """The lines of the file that set something."""
    return "\n".join(line for line in Path(config_path()).read_text().split("\n") if line and line[0] != "#")


def test_the_shipped_file_explains_every_setting_and_makes_none() -> None:
    assert read_settings("config.toml", template().encode()) == {}
    lines = [line.removeprefix("# ") for line in template().split("\n") if " = " in line]
    assert [line.partition(" = ")[0] for line in lines] == [setting.name for setting in SETTINGS]
    shown = read_settings("config.toml", "\n".join(line for line in lines if "data_dir" not in line).encode())
    defaults = {name: value for name, value in shown.items() if name not in ("dsn", "entity", "width")}
    assert defaults == {name: getattr(Settings(), name) for name in defaults}


def test_every_setting_is_a_field_with_a_default() -> None:
    assert {setting.name for setting in SETTINGS} == set(Settings._fields) - {"role", "stk_session"}


def test_a_change_counts_at_once_and_leaves_the_other_lines_alone(shell: Shell) -> None:
    shell.run("config set edit_mode vi; config set width 100; config set toolbar false; config set edit_mode emacs")
    assert in_file() == 'width = 100\nedit_mode = "emacs"\ntoolbar = false'
    assert (shell.session.settings.width, shell.session.settings.toolbar) == (100, False)
    assert Path(config_path()).stat().st_mode & 0o777 == 0o600
    rows = "config | where from == file | get name"
    assert shell.value(rows) == ["width", "edit_mode", "toolbar"]
    shell.run("config reset width")
    assert shell.value(rows) == ["edit_mode", "toolbar"]
    assert shell.session.settings.width is None
    shell.run("config reset --all")
    assert Path(config_path()).read_text() == template()


def test_a_line_of_the_users_own_is_changed_where_it_stands(shell: Shell) -> None:
    Path(config_path()).parent.mkdir(parents=True)
    Path(config_path()).write_text("# mine\nwidth=80   # narrow\n# width = 1\n")
    shell.run('config set width 90; config set prompt "a \\"b\\" \\\\ {store}> "')
    assert Path(config_path()).read_text() == '# mine\nwidth = 90\n# width = 1\nprompt = "a \\"b\\" \\\\ {store}> "\n'


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("config set widht 1", "`widht` is no setting"),
        ("config set width 3", "`width` cannot be `3`"),
        ("config set width wide", "`width` has to be a number"),
        ("config set toolbar 1", "`toolbar` has to be true or false"),
        ("config set prompt ''", "`prompt` cannot be empty"),
        ("config reset", "it is not clear what to reset"),
        ("config reset nothing", "`nothing` is no setting"),
    ],
)
def test_what_does_not_fit_is_an_error_and_nothing_is_written(shell: Shell, program: str, message: str) -> None:
    assert shell.error(program).headline.startswith(message)
    assert not Path(config_path()).exists()


def test_what_names_the_store_waits_for_the_next_start(shell: Shell) -> None:
    shell.run("config set entity acme")
    assert shell.session.settings.entity is None
    assert shell.output.notes == ["`entity` counts when stk starts again"]


def test_the_file_is_edited_and_checked(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", """sed -i 's/^# edit_mode = "emacs"/edit_mode = "vi"/'""")
    monkeypatch.delenv("VISUAL", raising=False)
    shell.run("config edit")
    assert shell.session.settings.edit_mode == "vi"
    monkeypatch.setenv("EDITOR", "sed -i s/^edit_mode/edit_mod/")
    error = shell.error("config edit")
    assert error.headline == "`edit_mod` is no setting"
    assert error.labels[0].span.text == 'edit_mod = "vi"'
    assert shell.session.settings.edit_mode == "vi"
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "cannot start no-such-editor" in shell.error("config edit").headline


def test_what_is_no_text_cannot_be_set(shell: Shell) -> None:
    assert shell.error("config set prompt $in", "caf\udce9").headline == "a setting cannot hold what is no UTF-8 text"
    assert not Path(config_path()).exists()
