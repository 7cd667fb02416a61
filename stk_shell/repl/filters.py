"""When keys do what they do at the prompt."""

from __future__ import annotations

from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import emacs_insert_mode, has_focus, vi_insert_mode

at_prompt = has_focus(DEFAULT_BUFFER)
"""The cursor is in the entry."""

typing = at_prompt & (emacs_insert_mode | vi_insert_mode)
"""What is pressed gets into the entry."""
