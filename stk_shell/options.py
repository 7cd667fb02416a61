"""The options of the command line."""

from __future__ import annotations

# argparse would do more, but it takes as long to import as all else that `stk -c '1 + 1'` needs of the library.
import getopt
from collections.abc import Sequence

from stk_shell.model.errors import UsageError
from stk_shell.model.settings import BY_NAME, OUTPUTS, WIDTHS_HELP, check_setting
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest


class Option(Struct):
    """One option: `value` is what stands for its value in the help, empty for a switch."""

    name: str
    sentence: str
    letter: str = ""
    value: str = ""
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """Its name as a setting."""
        return self.name.replace("-", "_")


SHELLS = ("bash", "zsh", "fish")
"""The outer shells that can complete our options."""

OPTIONS = (
    Option("command", "the program to run", "c", "PROGRAM"),
    Option("output", f"{OUTPUTS[0]} (default), {', '.join(OUTPUTS[1:])}", "o", "FORMAT", OUTPUTS),
    Option("dsn", "a PostgreSQL of your own (or STK_DSN)", value="DSN"),
    Option("data-dir", "the directory of an embedded store (or STK_DATA_DIR)", value="DIR"),
    Option("entity", "the entity that new events belong to", value="NAME"),
    Option("color", "auto (default), always, never", value="WHEN", choices=("auto", "always", "never")),
    Option("width", "columns of a table (the terminal's), or 0 for no limit", value="N"),
    Option("no-pushdown", "run all stages behind a list of events in memory, none in SQL"),
    Option("no-config", "do not read the user's config.toml and startup.nu", "n"),
    Option("print-completions", "print what completes these in bash, zsh or fish", "", "SHELL", SHELLS),
    Option("version", "print the version"),
    Option("help", "print this", "h"),
)
"""All of them, in the order of the help."""

LONG = {option.name: option for option in OPTIONS}
LETTERS = {option.letter: option for option in OPTIONS if option.letter}

SEE_HELP = "`stk --help` shows the options."


class Options(Struct):
    """What was asked for: settings by their name, a program or a file with arguments, or a word about stk itself."""

    settings: dict[str, str | int]
    command: str | None
    file: str | None
    arguments: tuple[str, ...]
    no_config: bool
    print_completions: str | None
    version: bool
    help: bool


def read_options(arguments: Sequence[str]) -> Options:
    """The options; what follows the name of a script is for the script.

    Raises:
        UsageError: an option is unknown, lacks its value, or has one that does not fit.
    """
    short = "".join(letter + ":" * bool(option.value) for letter, option in LETTERS.items())
    names = [name + "=" * bool(option.value) for name, option in LONG.items()]
    try:
        pairs, rest = getopt.getopt(list(arguments), short, names)
    except getopt.GetoptError as error:
        raise _wrong(error) from None
    options = [(LETTERS[word[1:]].name if word[1:] in LETTERS else word[2:], value) for word, value in pairs]
    given = dict(options)
    settings = {
        LONG[name].field: _value(LONG[name], text) for name, text in given.items() if LONG[name].field in BY_NAME
    }
    if "no-pushdown" in given:
        settings["pushdown"] = False
    command = _program(options)
    if command is not None and rest:
        raise UsageError("give a program with -c, or a file, not both", SEE_HELP)
    if "dsn" in given and "data-dir" in given:
        raise UsageError("give --dsn or --data-dir, not both", "Each names a store.")
    file = rest[0] if rest else None
    switches = {name: name.replace("_", "-") in given for name in ("no_config", "version", "help")}
    shell = _one_of(LONG["print-completions"], given) if "print-completions" in given else None
    return Options(settings, command, file, tuple(rest[1:]), print_completions=shell, **switches)


def _one_of(option: Option, given: dict[str, str]) -> str:
    value = given[option.name]
    if value not in option.choices:
        raise UsageError(f"--{option.name} cannot be `{value}`", f"It can be {', '.join(option.choices)}.")
    return value


def _program(options: list[tuple[str, str]]) -> str | None:
    programs = [value for name, value in options if name == "command"]
    if len(programs) > 1:
        raise UsageError("give one program with -c, not several", "`;` or a newline goes between two pipelines.")
    if not programs:
        return None
    if programs[0] in {*(f"-{letter}" for letter in LETTERS), *(f"--{name}" for name in LONG)}:
        raise UsageError(f"-c needs a program, and `{programs[0]}` is an option", SEE_HELP)
    return programs[0]


def _value(option: Option, text: str) -> str | int:
    if option.name == "width" and not text.isdecimal():
        raise UsageError(f"--width cannot be `{text}`", WIDTHS_HELP)
    value = int(text) if option.name == "width" else text
    check_setting(f"--{option.name}", option.field, value)
    return value


def _wrong(error: getopt.GetoptError) -> UsageError:
    dashes = "--" if len(error.opt) > 1 else "-"
    near = nearest(error.opt, LONG)
    option = LONG.get(error.opt) or LETTERS.get(error.opt)
    if option:
        takes = "needs a value" if option.value else "takes no value"
        return UsageError(f"{dashes}{error.opt} {takes}", SEE_HELP)
    hint = f"Did you mean `--{near}`?" if near else SEE_HELP
    return UsageError(f"there is no option {dashes}{error.opt}", hint)
