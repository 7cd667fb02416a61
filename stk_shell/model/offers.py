"""What an argument names: its parameter says so, and whoever helps to type it knows where such names are.

Files need no mention, a `path` is one.
"""

from __future__ import annotations

EVENT = "event"
"""The uu of an event."""
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
