"""The options of the command line."""

from __future__ import annotations

# argparse would do more, but it takes as long to import as all else that `stk -c '1 + 1'` needs of the library.
import getopt
from collections.abc import Sequence

from stk_shell.model.errors import UsageError
from stk_shell.model.settings import WIDTHS_HELP, check_setting
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest

SHORT = "c:o:nh"
LONG = {
    "command": "c",
    "output": "o",
    "dsn": "",
    "data-dir": "",
    "entity": "",
    "color": "",
    "width": "",
    "no-config": "n",
    "version": "",
    "help": "h",
}
"""Each long option and its letter."""

SWITCHES = frozenset({"no-config", "version", "help"})
SETTINGS = ("output", "dsn", "data-dir", "entity", "color", "width")
"""The options that are settings."""

SEE_HELP = "`stk --help` shows the options."


class Options(Struct):
    """What was asked for: settings by their name, a program or a file with arguments, or a word about stk itself."""

    settings: dict[str, str | int]
    command: str | None
    file: str | None
    arguments: tuple[str, ...]
    no_config: bool
    version: bool
    help: bool


def read_options(arguments: Sequence[str]) -> Options:
    """The options; what follows the name of a script is for the script.

    Raises:
        UsageError: an option is unknown, lacks its value, or has one that does not fit.
    """
    names = [name if name in SWITCHES else f"{name}=" for name in LONG]
    try:
        pairs, rest = getopt.getopt(list(arguments), SHORT, names)
    except getopt.GetoptError as error:
        raise _wrong(error) from None
    letters = {f"-{letter}": name for name, letter in LONG.items() if letter}
    options = [(letters.get(option, option.lstrip("-")), value) for option, value in pairs]
    given = dict(options)
    settings = {name.replace("-", "_"): _value(name, given[name]) for name in SETTINGS if name in given}
    command = _program(options)
    if command is not None and rest:
        raise UsageError("give a program with -c, or a file, not both", SEE_HELP)
    if "dsn" in given and "data-dir" in given:
        raise UsageError("give --dsn or --data-dir, not both", "Each names a store.")
    file = rest[0] if rest else None
    switches = {name.replace("-", "_"): name in given for name in SWITCHES}
    return Options(settings, command, file, tuple(rest[1:]), **switches)


def _program(options: list[tuple[str, str]]) -> str | None:
    programs = [value for name, value in options if name == "command"]
    if len(programs) > 1:
        raise UsageError("give one program with -c, not several", "`;` or a newline goes between two pipelines.")
    if not programs:
        return None
    if programs[0] in {*(f"-{letter}" for letter in LONG.values() if letter), *(f"--{name}" for name in LONG)}:
        raise UsageError(f"-c needs a program, and `{programs[0]}` is an option", SEE_HELP)
    return programs[0]


def _value(name: str, text: str) -> str | int:
    if name == "width" and not text.isdecimal():
        raise UsageError(f"--width cannot be `{text}`", WIDTHS_HELP)
    value = int(text) if name == "width" else text
    check_setting(f"--{name}", name.replace("-", "_"), value)
    return value


def _wrong(error: getopt.GetoptError) -> UsageError:
    dashes = "--" if len(error.opt) > 1 else "-"
    near = nearest(error.opt, LONG)
    if error.opt in LONG or error.opt in LONG.values():
        takes = "takes no value" if error.opt in SWITCHES else "needs a value"
        return UsageError(f"{dashes}{error.opt} {takes}", SEE_HELP)
    hint = f"Did you mean `--{near}`?" if near else SEE_HELP
    return UsageError(f"there is no option {dashes}{error.opt}", hint)
