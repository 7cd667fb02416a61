"""Where settings come from: which one is taken, and what is said of those that do not fit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from stk_shell.config import data_directory, load
from stk_shell.model.settings import Settings
from tests.fixtures.programs import PROGRAM


@pytest.fixture
def config_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of the configuration file, which is not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "400")
    (tmp_path / "stk").mkdir()
    return tmp_path / "stk" / "config.toml"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('output = "jsn"', "Did you mean `json`?"),
        ('color = "blue"', "auto, always, never"),
        ("width = 5", "`width` cannot be `5`"),
        ('width = "100"', "`width` has to be a number, without quotes"),
        ("width = true", "`width` has to be a number"),
        ("output = 1", "`output` has to be a text, in quotes"),
        ("widht = 100", "Did you mean `width`?"),
        ("[output]\nformat = 1", "`output` has to be a text"),
        ('dsn = ""', "`dsn` cannot be empty"),
        ('data_dir = "a\\u0000b"', "`data_dir` cannot hold a NUL character"),
        ('dsn = "dbname=x"\ndata_dir = "y"', "`dsn` and `data_dir` cannot both be set"),
        ('theme = "default"\ntoolbar = "yes"', ":2:1]"),
        ("toolbar = 1", "`toolbar` has to be true or false"),
        ('edit_mode = "vim"', "Did you mean `vi`?"),
        ('width = 100\ntheme = "monoki"', "Did you mean `monokai`?"),
        ('width = 100\ntheme = "monoki"', ":2:1]"),
        ("output: json", "TOML"),
        (b"\xff\xfe", "no UTF-8 text"),
    ],
)
def test_what_does_not_fit_in_the_file_is_explained(config_file: Path, content: str | bytes, message: str) -> None:
    config_file.write_bytes(content.encode() if isinstance(content, str) else content)
    done = subprocess.run([PROGRAM, "-c", "1"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(config_file) in done.stderr
    assert message in done.stderr


def test_a_file_that_cannot_be_read_is_explained(config_file: Path) -> None:
    config_file.mkdir()
    done = subprocess.run([PROGRAM, "-c", "1"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Is a directory" in done.stderr


def chosen(config_file: Path, file: str, environment: dict[str, str], **flags: str) -> Settings:
    """The settings of a file, an environment and flags."""
    config_file.write_text(file)
    return load(flags, environment, use_file=True)


def test_what_comes_first_names_the_store_alone(config_file: Path) -> None:
    in_file, in_environment = 'dsn = "dbname=file"', {"STK_DSN": "dbname=environment"}
    assert chosen(config_file, in_file, {}).dsn == "dbname=file"
    assert chosen(config_file, in_file, in_environment).dsn == "dbname=environment"
    by_directory = chosen(config_file, in_file, in_environment, data_dir="/tmp/here")
    assert (by_directory.dsn, data_directory(by_directory)) == (None, "/tmp/here")
    by_variable = chosen(config_file, in_file, {"STK_DATA_DIR": "/tmp/there"})
    assert (by_variable.dsn, data_directory(by_variable)) == (None, "/tmp/there")
    assert data_directory(chosen(config_file, in_file, {**in_environment, "STK_DATA_DIR": "/tmp/there"})) is None
    by_dsn = chosen(config_file, 'data_dir = "/tmp/here"', {}, dsn="dbname=flag")
    assert (by_dsn.dsn, by_dsn.data_dir) == ("dbname=flag", None)
    assert chosen(config_file, 'entity = "acme"', {"STK_DSN": ""}, data_dir="/tmp/here").entity == "acme"
