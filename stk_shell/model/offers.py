"""What an argument names: its parameter says so, and whoever helps to type it knows where such names are.

Files and events need no mention where the shape is `path` or `uu`.
"""

from __future__ import annotations

EVENT = "event"
"""The uu of an event."""
OPEN_EVENT = "event that is not revoked"
EVENT_NAME = "event name"
EVENT_TYPE = "event type"
ENTITY = "entity"
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
