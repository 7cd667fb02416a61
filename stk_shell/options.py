"""The options of the command line."""

from __future__ import annotations

# argparse would do more, but it takes as long to import as all else that `stk -c '1 + 1'` needs of the library.
import getopt
from collections.abc import Sequence

from stk_shell.model.errors import UsageError
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest
from stk_shell.render.formats import NAMES

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
CHOICES = {"output": NAMES, "color": ("auto", "always", "never")}
SETTINGS = ("output", "dsn", "data-dir", "entity", "color", "width")
"""The options that are settings."""

WIDTHS = range(10, 10_001)
"""The widths that make sense, beside 0 for no limit."""


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
    given = {letters.get(option, option.lstrip("-")): value for option, value in pairs}
    settings = {name.replace("-", "_"): _value(name, given[name]) for name in SETTINGS if name in given}
    command = given.get("command")
    if command is not None and rest:
        raise UsageError("give a program with -c, or a file, not both", "`stk --help` shows the options.")
    file = rest[0] if rest else None
    switches = {name.replace("-", "_"): name in given for name in SWITCHES}
    return Options(settings, command, file, tuple(rest[1:]), **switches)


def _value(name: str, text: str) -> str | int:
    if name in CHOICES and text not in CHOICES[name]:
        near = nearest(text, CHOICES[name])
        hint = f"Did you mean `{near}`?" if near else f"It can be {', '.join(CHOICES[name])}."
        raise UsageError(f"--{name} cannot be `{text}`", hint)
    if name != "width":
        return text
    if not text.isdecimal() or (int(text) != 0 and int(text) not in WIDTHS):
        raise UsageError(
            f"--width cannot be `{text}`", f"A number from {WIDTHS[0]} to {WIDTHS[-1]}, or 0 for no limit."
        )
    return int(text)


def _wrong(error: getopt.GetoptError) -> UsageError:
    dashes = "--" if len(error.opt) > 1 else "-"
    near = nearest(error.opt, LONG)
    if error.opt in LONG or error.opt in LONG.values():
        takes = "takes no value" if error.opt in SWITCHES else "needs a value"
        return UsageError(f"{dashes}{error.opt} {takes}", "`stk --help` shows the options.")
    hint = f"Did you mean `--{near}`?" if near else "`stk --help` shows the options."
    return UsageError(f"there is no option {dashes}{error.opt}", hint)
