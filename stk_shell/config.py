"""Where settings come from: flags, then the environment, then a file; and where files belong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from stk_shell.model.errors import UsageError
from stk_shell.model.settings import Settings
from stk_shell.model.suggest import nearest

ENVIRONMENT = {
    "dsn": "STK_DSN",
    "data_dir": "STK_DATA_DIR",
    "entity": "STK_ENTITY",
    "role": "STK_PG_ROLE",
    "stk_session": "STK_PG_SESSION",
}
"""Settings that have a variable of the environment; the last two are those of chuck-stack's own clients."""

IN_FILE = {"dsn": str, "data_dir": str, "entity": str, "output": str, "color": str, "width": int}
"""What the configuration file may set, and the type of each."""

XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}
"""The variables and defaults of the XDG Base Directory Specification."""

STORES = ("dsn", "data_dir")
"""The settings that name a store."""

TYPES = {str: "a text, in quotes", int: "a number, without quotes"}

LIBPQ_VARIABLES = ("PGHOST", "PGSERVICE", "PGDATABASE")
"""The variables of libpq that say that a database is meant; PGUSER or PGPORT alone do not."""

WITHOUT_FILE = "`-n` starts without it."

ROOTS_DATA = "/var/lib/stk"
"""The data directory of root, whose server runs as another user that cannot see into root's home."""


def load(
    flags: Mapping[str, str | int],
    environment: Mapping[str, str],
    check: Callable[[str, str, str | int], None],
    *,
    use_file: bool,
) -> Settings:
    """The settings of this run; `check` gets place, option and value of what the file says, and raises if it is wrong.

    Raises:
        UsageError: the configuration file cannot be read or says something that does not fit.
    """
    from_file = _read_file(os.path.join(user_directory("config"), "config.toml"), check) if use_file else {}
    from_environment = {name: environment[key] for name, key in ENVIRONMENT.items() if environment.get(key)}
    chosen: dict[str, Any] = {}
    for level in (from_file, from_environment, flags):
        if any(name in level for name in STORES):
            # A store is named by one setting or the other: whoever comes first names all of it.
            chosen = {name: value for name, value in chosen.items() if name not in STORES}
        chosen |= level
    return Settings(**chosen)


def _read_file(path: str, check: Callable[[str, str, str | int], None]) -> dict[str, str | int]:
    try:
        with open(path, "rb") as file:
            content = _toml(path, file.read())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", WITHOUT_FILE) from None
    for name, value in content.items():
        _check(path, name, value)
        check(f"{path}: `{name}`", name.replace("_", "-"), value)
    if all(name in content for name in STORES):
        raise UsageError(f"{path} sets both `dsn` and `data_dir`", "Each names a store: keep one.")
    return content


def _toml(path: str, content: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"cannot read {path}: it is no UTF-8 text", WITHOUT_FILE) from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"cannot read {path}, which has to be TOML: {error}", WITHOUT_FILE) from None


def _check(path: str, name: str, value: object) -> None:
    if name not in IN_FILE:
        near = nearest(name, IN_FILE)
        hint = f"Did you mean `{near}`?" if near else f"It can set {', '.join(IN_FILE)}."
        raise UsageError(f"{path} sets `{name}`, which is no setting", hint)
    if type(value) is not IN_FILE[name]:
        raise UsageError(f"{path}: `{name}` has to be {TYPES[IN_FILE[name]]}")


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
