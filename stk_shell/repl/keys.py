"""What the keys do at the prompt, beside what prompt_toolkit gives them."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit import search
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import is_searching
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from stk_shell.parse.delimiters import OPENERS, innermost_open
from stk_shell.parse.unclosed import CLOSERS
from stk_shell.repl.paste import program_in, with_our_ends

INDENT = "  "


def bindings(is_incomplete: Callable[[str], bool], prompt: Callable[[], str]) -> KeyBindings:
    """Enter runs the entry or, where it is not complete, begins another line; Alt-Enter always does the latter.

    What is pasted waits for Enter. `prompt` gives the setting.
    """
    keys = KeyBindings()

    @keys.add("enter", filter=~is_searching)
    def _(event: KeyPressEvent) -> None:
        """Run, or go on."""
        buffer = event.current_buffer
        if is_incomplete(buffer.text) and buffer.document.is_cursor_at_the_end:
            _new_line(buffer)
        else:
            buffer.validate_and_handle()

    @keys.add("enter", filter=is_searching)
    def _(event: KeyPressEvent) -> None:
        """Run what was found."""
        search.accept_search()
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter", filter=~is_searching)
    def _(event: KeyPressEvent) -> None:
        """Begin another line."""
        _new_line(event.current_buffer)

    paste = Pasting(prompt)

    @keys.add(Keys.BracketedPaste, filter=~is_searching)
    def _(event: KeyPressEvent) -> None:
        """Show what is pasted."""
        paste.insert(event.current_buffer, event.data)

    for closer in OPENERS:
        keys.add(closer, filter=~is_searching)(_close)
    return keys


class Pasting:
    """Puts pasted blocks into the entry."""

    def __init__(self, prompt: Callable[[], str]) -> None:
        self.prompt = prompt
        self.ended = ""
        """The entry as the last paste has left it, if that had ended its last line: the next begins below."""

    def insert(self, buffer: Buffer, block: str) -> None:
        """Put the program of a block into an empty entry or below another block, and the rest as it is."""
        before = buffer.document.text_before_cursor
        below = bool(before.strip()) and buffer.text == self.ended
        if before.strip() and not below:
            buffer.insert_text(with_our_ends(block), fire_event=False)
            return
        program = program_in(block, self.prompt())
        buffer.insert_text(f"\n{program}" if below and program else program, fire_event=False)
        if block.endswith(("\r", "\n")):
            if innermost_open(program) is not None:
                buffer.insert_text("\n", fire_event=False)
            self.ended = buffer.text


def _new_line(buffer: Buffer) -> None:
    """Begin a line below, indented as the one above or, behind an opening bracket, one step more.

    In a string nothing is indented: the blanks would be part of the text.
    """
    before = buffer.document.text_before_cursor
    buffer.insert_text("\n" + ("" if _in_string(before) else _indent(buffer.document.current_line_before_cursor)))


def _indent(line: str) -> str:
    blanks = line[: len(line) - len(line.lstrip())]
    return blanks + INDENT if line.rstrip().endswith((*CLOSERS, "|")) else blanks


def _in_string(before: str) -> bool:
    start = innermost_open(before)
    return start is not None and before[start] not in CLOSERS


def _close(event: KeyPressEvent) -> None:
    """Type a closing bracket: first in its line, it stands below the line that it closes."""
    buffer = event.current_buffer
    before, line = buffer.document.text_before_cursor, buffer.document.current_line_before_cursor
    start = innermost_open(before)
    if start is not None and before[start] in CLOSERS and not line.strip():
        opening = before[before.rfind("\n", 0, start) + 1 :]
        indent = len(opening) - len(opening.lstrip())
        buffer.delete_before_cursor(max(len(line) - indent, 0))
    buffer.insert_text(event.data * event.arg)
