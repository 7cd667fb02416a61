"""What the user chose by flags, environment and file: each setting with its meaning and its check."""

from __future__ import annotations

from stk_shell.model.errors import UsageError
from stk_shell.model.offers import ENTITY, FILE, THEME
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest

OUTPUTS = (
    *("table", "json", "ndjson", "csv", "tsv", "csv-guarded", "tsv-guarded", "nuon", "yaml", "toml", "md", "html"),
    "text",
)
"""The formats in which results can be written."""

OTHER_NAMES = {"jsonl": "ndjson", "jsonlines": "ndjson", "yml": "yaml", "htm": "html", "markdown": "md", "txt": "text"}
"""What others call some of the formats."""

WIDTHS = range(10, 10_001)
"""The widths that make sense, beside 0 for no limit."""

WIDTHS_HELP = f"A number from {WIDTHS[0]} to {WIDTHS[-1]}, or 0 for no limit."


class Settings(Struct):
    """The choices of one run, by the names of `SETTINGS`; None means that the default of the place applies.

    The last two come from the environment alone, where chuck-stack's own clients have them.
    """

    dsn: str | None = None
    data_dir: str | None = None
    entity: str | None = None
    output: str = "table"
    width: int | None = None
    color: str = "auto"
    theme: str = "default"
    edit_mode: str = "emacs"
    menu: str = "typing"
    prompt: str = "> "
    toolbar: bool = True
    spool: bool = False
    pushdown: bool = True
    pager: str = ""
    role: str | None = None
    stk_session: str | None = None


class Setting(Struct):
    """One thing that can be chosen in the configuration file; `at_start` if a change waits for the next start.

    `completes` says what it names, as for an argument.
    """

    name: str
    kind: type[str | int | bool]
    sentence: str
    choices: tuple[str, ...] = ()
    at_start: bool = False
    may_be_empty: bool = False
    completes: str = ""


SETTINGS = (
    Setting("dsn", str, "A PostgreSQL of your own, instead of the embedded one.", at_start=True),
    Setting("data_dir", str, "The directory of the embedded store.", at_start=True, completes=FILE),
    Setting("entity", str, "The entity that new events belong to.", at_start=True, completes=ENTITY),
    Setting("spool", bool, "Whether events are kept in a local queue while the store is away, and delivered later."),
    Setting("pushdown", bool, "Whether stages behind a list of events move into SQL, where that gives the same."),
    Setting("output", str, "How results are written.", choices=OUTPUTS),
    Setting("width", int, "Columns of a table; 0 for no limit. The terminal's where it is not set."),
    Setting("color", str, "Whether there are colours: on a terminal, always, or never.", ("auto", "always", "never")),
    Setting("theme", str, "The colours: `default`, or the name of a pygments style.", completes=THEME),
    Setting("pager", str, "Shows what is longer than the screen: a program, `off`, or nothing for PAGER or less.",
            may_be_empty=True),
    Setting("prompt", str, "What stands before the cursor; {store}, {entity}, {user} and {time} are filled in."),
    Setting("edit_mode", str, "The keys of the prompt.", choices=("emacs", "vi")),
    Setting("menu", str, "When the menu of names opens: while you type, or at Tab alone.", choices=("typing", "tab")),
    Setting("toolbar", bool, "Whether the last line of the terminal shows store, entity, user and the last command."),
)  # fmt: skip
"""Everything that the configuration file may set."""

BY_NAME = {setting.name: setting for setting in SETTINGS}

TYPES = {str: "a text, in quotes", int: "a number, without quotes", bool: "true or false, without quotes"}


def find_setting(name: str) -> Setting:
    """The setting of that name.

    Raises:
        UsageError: there is none.
    """
    if name in BY_NAME:
        return BY_NAME[name]
    near = nearest(name, BY_NAME)
    hint = f"Did you mean `{near}`?" if near else f"The settings are {', '.join(BY_NAME)}."
    raise UsageError(f"`{name}` is no setting", hint)


def check_setting(place: str, name: str, value: object) -> None:
    """See that a setting can have the value; the place is what the user knows it by, such as `--width`.

    Raises:
        UsageError: it cannot.
    """
    setting = find_setting(name)
    if type(value) is not setting.kind:
        raise UsageError(f"{place} has to be {TYPES[setting.kind]}")
    if setting.choices and value not in setting.choices:
        near = OTHER_NAMES.get(str(value).lower()) if name == "output" else None
        near = near or nearest(str(value), setting.choices)
        hint = f"Did you mean `{near}`?" if near else f"It can be {', '.join(setting.choices)}."
        raise UsageError(f"{place} cannot be `{value}`", hint)
    if isinstance(value, str) and not value.strip() and not setting.may_be_empty:
        raise UsageError(f"{place} cannot be empty", "Leave it out for the default.")
    if isinstance(value, str) and "\0" in value:
        raise UsageError(f"{place} cannot hold a NUL character")
    if setting.kind is int and not (value == 0 or value in WIDTHS):
        raise UsageError(f"{place} cannot be `{value}`", WIDTHS_HELP)
