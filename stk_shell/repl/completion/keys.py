"""What the keys do with the menu of names. Where nothing in it is chosen, most do what they always do."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition, Filter, emacs_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from stk_shell.repl.completion.menu import Menu
from stk_shell.repl.filters import typing
from stk_shell.repl.pairs import INDENT


def menu_keys(menu: Menu) -> KeyBindings:
    """Tab completes and goes on to the next name, Enter and Right take the chosen one, Escape drops it."""
    keys = KeyBindings()
    _add_tab(keys, menu)
    _add_moving(keys, menu)
    _add_taking(keys, menu)
    _add_editing(keys, menu)
    return keys


def _when(holds: Callable[[Buffer], bool]) -> Filter:
    """What keys depend on that do something with the menu while an entry is typed."""
    return Condition(lambda: holds(get_app().current_buffer)) & typing


def _is_at_the_end(buffer: Buffer) -> bool:
    return buffer.document.is_cursor_at_the_end_of_line and buffer.suggestion is None


def _add_tab(keys: KeyBindings, menu: Menu) -> None:
    @keys.add("tab", filter=typing)
    def _(event: KeyPressEvent) -> None:
        """Complete; at the beginning of a further line, indent it."""
        buffer = event.current_buffer
        if buffer.document.current_line_before_cursor.strip() or not buffer.text.strip():
            menu.complete(buffer)
        else:
            buffer.insert_text(INDENT, fire_event=False)


def _add_moving(keys: KeyBindings, menu: Menu) -> None:
    is_open, has_choice = _when(menu.is_open), _when(menu.has_choice)

    @keys.add("s-tab", filter=is_open)
    @keys.add("up", filter=has_choice)
    @keys.add("c-p", filter=has_choice)
    def _(event: KeyPressEvent) -> None:
        """Choose the name before."""
        event.current_buffer.complete_previous()

    @keys.add("down", filter=is_open)
    @keys.add("c-n", filter=is_open)
    def _(event: KeyPressEvent) -> None:
        """Choose the next name."""
        event.current_buffer.complete_next()

    @keys.add("up", filter=is_open & ~has_choice)
    @keys.add("c-p", filter=is_open & ~has_choice)
    def _(event: KeyPressEvent) -> None:
        """Go to what was typed before, as without a menu."""
        menu.close(event.current_buffer)
        event.current_buffer.auto_up(count=event.arg)


def _add_taking(keys: KeyBindings, menu: Menu) -> None:
    is_open, has_choice = _when(menu.is_open), _when(menu.has_choice)

    @keys.add("enter", filter=has_choice)
    @keys.add("right", filter=has_choice | (is_open & _when(_is_at_the_end)))
    def _(event: KeyPressEvent) -> None:
        """Take the chosen name."""
        menu.accept(event.current_buffer)

    @keys.add("escape", filter=is_open & emacs_mode)
    @keys.add("c-g", filter=is_open)
    def _(event: KeyPressEvent) -> None:
        """Close the menu."""
        menu.close(event.current_buffer)


def _add_editing(keys: KeyBindings, menu: Menu) -> None:
    @keys.add("backspace", filter=_when(menu.is_open))
    def _(event: KeyPressEvent) -> None:
        """Delete, and look again."""
        menu.shorten(event.current_buffer, event.arg)

    @keys.add(" ", filter=_when(menu.has_spaced))
    def _(event: KeyPressEvent) -> None:
        """Type the blank that is there already."""
        menu.confirm(event.current_buffer)
