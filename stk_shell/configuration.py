"""The configuration file as the `config` commands see it: shown, changed line by line, reset, edited."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from importlib.resources import files

from stk_shell.config import config_path, from_environment, load, read_file, read_settings
from stk_shell.model.errors import UsageError
from stk_shell.model.secret import masked
from stk_shell.model.settings import SETTINGS, Setting, Settings, check_setting, find_setting
from stk_shell.model.text import scalar
from stk_shell.model.values import Record, Value


def template() -> str:
    """The file that is shipped: every setting with its meaning and its default, as comments."""
    return files("stk_shell").joinpath("config.toml").read_text(encoding="utf-8")


class ConfigurationFile:
    """The settings of a run, and the file that the next one begins with.

    `apply` is given the settings whenever they have changed.
    """

    def __init__(
        self, settings: Settings, flags: Mapping[str, str | int], apply: Callable[[Settings], None], *, use_file: bool
    ) -> None:
        self.path = config_path()
        self.settings = settings
        self._flags = flags
        self._apply = apply
        self._use_file = use_file

    def rows(self) -> list[Record]:
        """Every setting: name, value, where it comes from, what it means."""
        levels: list[tuple[str, Mapping[str, object]]] = [
            ("option", self._flags),
            ("environment", from_environment(os.environ)),
            ("file", read_file() if self._use_file else {}),
        ]
        return [
            {
                "name": setting.name,
                "value": _shown(getattr(self.settings, setting.name)),
                "from": next((name for name, level in levels if setting.name in level), "default"),
                "meaning": setting.sentence,
            }
            for setting in SETTINGS
        ]

    def change(self, name: str, value: Value) -> None:
        """Set something in the file; what can change at once does."""
        setting = find_setting(name)
        if setting.kind is str and not isinstance(value, (str, dict, list)):
            value = scalar(value)
        check_setting(f"`{name}`", name, value)
        self._write(_with_line(self._text(), name, _assignment(name, value)))

    def reset(self, name: str | None) -> None:
        """Take one setting out of the file, or all of them."""
        if name is None:
            self._write(template())
            return
        find_setting(name)
        default = re.search(_line_of(name), template(), re.MULTILINE)
        if default is not None and name in read_settings(self.path, self._text().encode()):
            self._write(_with_line(self._text(), name, default[0]))

    def edit(self) -> None:
        """Let the user edit the file in an editor."""
        from stk_shell.repl.editor import run_editor

        if not os.path.exists(self.path):
            self._write(template())
        run_editor(self.path)
        read_file()
        self._take_over()

    def _text(self) -> str:
        try:
            with open(self.path, encoding="utf-8-sig") as file:
                return file.read()
        except FileNotFoundError:
            return template()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"cannot read {self.path}: {error}") from None

    def _write(self, text: str) -> None:
        """Put the text in the place of the file, unless it would not fit.

        Only its owner may read it: a DSN may hold a password.
        """
        try:
            read_settings(self.path, text.encode())
        except UnicodeEncodeError:
            raise UsageError("a setting cannot hold what is no UTF-8 text") from None
        scratch = f"{self.path}.new"
        try:
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(scratch, self.path)
        except OSError as error:
            raise UsageError(f"cannot write {self.path}: {error.strerror}") from None
        self._take_over()

    def _take_over(self) -> None:
        """Have what the file says count now, but for what a shell keeps while it runs."""
        new = load(self._flags, os.environ, use_file=self._use_file)
        self.settings = new.replace(**{each.name: getattr(self.settings, each.name) for each in _kept()})
        self._apply(self.settings)


def _shown(value: Value) -> Value:
    """A setting without the password in it."""
    return masked(value) if isinstance(value, str) else value


def _kept() -> list[Setting]:
    return [setting for setting in SETTINGS if setting.at_start]


def _line_of(name: str) -> str:
    """The pattern of the line that sets something, or shows how."""
    return rf"^[ \t]*(?:#[ \t]*)?{re.escape(name)}[ \t]*=.*$"


def _assignment(name: str, value: object) -> str:
    import tomli_w

    return tomli_w.dumps({name: value}).rstrip("\n")


def _with_line(text: str, name: str, line: str) -> str:
    """The text with the line that sets something, or shows how, replaced; behind everything if there is none."""
    set_ = re.compile(_line_of(name).replace(r"(?:#[ \t]*)?", ""), re.MULTILINE)
    for pattern in (set_, re.compile(_line_of(name), re.MULTILINE)):
        if pattern.search(text):
            return pattern.sub(lambda found: line, text, count=1)
    return f"{text.rstrip()}\n{line}\n"
