"""Where settings come from: flags, then the environment, then a file; and where files belong."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from stk_shell.model.errors import Label, UsageError
from stk_shell.model.settings import Settings, check_setting
from stk_shell.render.theme import check_theme

ENVIRONMENT = {
    "dsn": "STK_DSN",
    "data_dir": "STK_DATA_DIR",
    "entity": "STK_ENTITY",
    "spool": "STK_SPOOL",
    "role": "STK_PG_ROLE",
    "stk_session": "STK_PG_SESSION",
}
"""Settings that have a variable of the environment; the last two are those of chuck-stack's own clients."""

SWITCHES = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
"""What a variable can say of a setting that is true or false."""

XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}
"""The variables and defaults of the XDG Base Directory Specification."""

STORES = ("dsn", "data_dir")
"""The settings that name a store."""

LIBPQ_VARIABLES = ("PGHOST", "PGSERVICE", "PGDATABASE")
"""The variables of libpq that say that a database is meant; PGUSER or PGPORT alone do not."""

WITHOUT_FILE = "`-n` starts without it."

ROOTS_DATA = "/var/lib/stk"
"""The data directory of root, whose server runs as another user that cannot see into root's home."""


def load(flags: Mapping[str, str | int], environment: Mapping[str, str], *, use_file: bool) -> Settings:
    """The settings of this run.

    Raises:
        UsageError: the configuration file cannot be read or says something that does not fit.
    """
    chosen: dict[str, Any] = {}
    for level in (read_file() if use_file else {}, from_environment(environment), flags):
        if any(name in level for name in STORES):
            # A store is named by one setting or the other: whoever comes first names all of it.
            chosen = {name: value for name, value in chosen.items() if name not in STORES}
        chosen |= level
    return Settings(**chosen)


def from_environment(environment: Mapping[str, str]) -> dict[str, str | bool]:
    """The settings that variables of the environment name; empty ones do not count.

    Raises:
        UsageError: one that is true or false says something else.
    """
    named = {name: (key, environment[key]) for name, key in ENVIRONMENT.items() if environment.get(key)}
    return {name: _switch(key, text) if name == "spool" else text for name, (key, text) in named.items()}


def _switch(variable: str, text: str) -> bool:
    if text.lower() not in SWITCHES:
        raise UsageError(f"{variable} cannot be `{text}`", f"It can be {', '.join(SWITCHES)}.")
    return SWITCHES[text.lower()]


def config_path() -> str:
    """Where the configuration file belongs."""
    return os.path.join(user_directory("config"), "config.toml")


def startup_path() -> str:
    """Where the commands and aliases that every shell begins with belong."""
    return os.path.join(user_directory("config"), "startup.nu")


def read_file() -> dict[str, str | int | bool]:
    """What the configuration file sets; nothing where there is none.

    Raises:
        UsageError: it cannot be read, or says something that does not fit.
    """
    path = config_path()
    try:
        with open(path, "rb") as file:
            return read_settings(path, file.read())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", WITHOUT_FILE) from None


def read_settings(path: str, content: bytes) -> dict[str, str | int | bool]:
    """The settings in the content of a configuration file.

    Raises:
        UsageError: it is no TOML, or sets what cannot be set so; it points at the line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"cannot read {path}: it is no UTF-8 text", WITHOUT_FILE) from None
    settings = _toml(path, text)
    for name, value in settings.items():
        try:
            check_setting(f"`{name}`", name, value)
            if name == "theme":
                check_theme("`theme`", value)
        except UsageError as error:
            raise UsageError(error.headline, error.help, (_place(path, text, name),)) from None
    if all(name in settings for name in STORES):
        both = tuple(_place(path, text, name) for name in STORES)
        raise UsageError("`dsn` and `data_dir` cannot both be set", "Each names a store: keep one.", both)
    return settings


def _toml(path: str, text: str) -> dict[str, Any]:
    import re
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
        reason = str(error)[: found.start()] if found else str(error)
        headline = "the configuration file has to be TOML"
        hint = f'A line sets one thing, such as `width = 100` or `output = "json"`. {WITHOUT_FILE}'
        raise UsageError(headline, hint, (_line(path, text, line, reason),)) from None


def _line(path: str, text: str, number: int, reason: str) -> Label:
    from stk_shell.model.secret import masked
    from stk_shell.model.span import Source

    source = Source(masked(text), path)
    start = source.line_starts()[min(number, len(source.line_starts())) - 1]
    return Label(source.span(start, start + len(source.line(source.line_of(start)))), reason)


def _place(path: str, text: str, name: str) -> Label:
    """The line that sets something."""
    import re

    found = re.search(rf"^[ \t\[]*(\"?{re.escape(name)}\"?)[ \t]*[=.\]].*$", text, re.MULTILINE)
    return _line(path, text, text.count("\n", 0, found.start()) + 1 if found else 1, "")


def user_directory(kind: str) -> str:
    """The directory of this user's stk files of a kind (config, data, state), by the platform's rules."""
    if sys.platform != "linux":
        import platformdirs

        return str(getattr(platformdirs, f"user_{kind}_dir")("stk"))
    # platformdirs says the same on Linux, but takes 11 ms to import, as long as Python itself.
    variable, default = XDG[kind]
    base = os.environ.get(variable, "")
    return os.path.join(base if os.path.isabs(base) else os.path.join(os.path.expanduser("~"), default), "stk")


def data_directory(settings: Settings) -> str | None:
    """The directory of the embedded store; None where another database is meant: by a DSN, or by libpq's variables."""
    names_database = settings.data_dir is None and any(os.environ.get(name) for name in LIBPQ_VARIABLES)
    if settings.dsn or names_database:
        return None
    if settings.data_dir:
        return os.path.abspath(os.path.expanduser(settings.data_dir))
    return ROOTS_DATA if os.geteuid() == 0 else user_directory("data")
