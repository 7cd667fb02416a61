"""What an argument names: its parameter says so, and whoever helps to type it knows where such names are.

Files and events need no mention where the shape is `path` or `uu`.
"""

from __future__ import annotations

from stk_shell.model.nouns import EVENTS, Noun


def uu_of(noun: Noun) -> str:
    """The uu of a record of that kind."""
    return noun.name


def open_uu_of(noun: Noun) -> str:
    """The same, of one that is not revoked."""
    return f"{noun.name} that is not revoked"


def name_of(noun: Noun) -> str:
    """The name that records of that kind have."""
    return f"{noun.name} name"


def type_of(noun: Noun) -> str:
    """The name of a type of such records."""
    return f"{noun.name} type"


EVENT = uu_of(EVENTS)
OPEN_EVENT = open_uu_of(EVENTS)
EVENT_NAME = name_of(EVENTS)
EVENT_TYPE = type_of(EVENTS)
TYPE_ENUM = "value of the enum of types"
ENTITY = "entity"
ACTOR = "actor"
COLUMN = "column"
"""A column of what flows in, where it is not read as a cell path."""
COMMAND = "command"
MODULE = "module"
SETTING = "setting"
SETTING_VALUE = "value of a setting"
"""A value of the setting that another argument names."""
VARIABLE = "environment variable"
FILE = "file"
THEME = "theme"
