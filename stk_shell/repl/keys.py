"""What the keys do at the prompt, beside what prompt_toolkit gives them."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

INDENT = "  "


def bindings(is_incomplete: Callable[[str], bool]) -> KeyBindings:
    """Enter runs the entry or, where it is not complete, begins another line; Alt-Enter always does the latter."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        """Run, or go on."""
        buffer = event.current_buffer
        if is_incomplete(buffer.text) and buffer.document.is_cursor_at_the_end:
            buffer.insert_text("\n" + _indent(buffer.document.current_line))
        else:
            buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        """Begin another line."""
        buffer = event.current_buffer
        buffer.insert_text("\n" + _indent(buffer.document.current_line))

    return keys


def _indent(line: str) -> str:
    """The indentation of the next line: one step more behind an opening bracket."""
    blanks = line[: len(line) - len(line.lstrip())]
    return blanks + INDENT if line.rstrip().endswith(("{", "[", "(", "|")) else blanks
