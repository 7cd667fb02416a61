"""What the keys do at the prompt, beside what prompt_toolkit gives them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from prompt_toolkit.application import in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import emacs_mode, vi_navigation_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name
from prompt_toolkit.keys import Keys

from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import UsageError
from stk_shell.parse.live import Live
from stk_shell.repl import pairs
from stk_shell.repl.editor import edited
from stk_shell.repl.filters import at_prompt, typing
from stk_shell.repl.paste import program_in, with_our_ends

ERASING = {
    ("backspace",): "backward-delete-char",
    ("c-u",): "unix-line-discard",
    ("c-w",): "unix-word-rubout",
    ("escape", "backspace"): "backward-kill-word",
}
"""The keys that delete what stands before the cursor, and what prompt_toolkit calls it."""

HURRY = 2
"""How many keys somebody may be ahead of us: more come from a terminal that pastes without saying so."""


def bindings(session: ShellSession, live: Live) -> KeyBindings:
    """Enter runs the entry or, where it is not complete, begins another line; Alt-Enter always does the latter.

    Brackets and quotes come in pairs. What is pasted waits for Enter.
    """
    keys = KeyBindings()

    @keys.add("enter", filter=at_prompt)
    def _(event: KeyPressEvent) -> None:
        """Run, or go on."""
        buffer = event.current_buffer
        live.update(buffer.text)
        if live.is_incomplete() if buffer.document.is_cursor_at_the_end else pairs.goes_on(buffer):
            pairs.new_line(buffer)
        else:
            buffer.validate_and_handle()

    @keys.add("escape", "enter", filter=at_prompt)
    def _(event: KeyPressEvent) -> None:
        """Begin another line."""
        pairs.new_line(event.current_buffer)

    paste = Pasting(session)

    @keys.add(Keys.BracketedPaste, filter=at_prompt)
    def _(event: KeyPressEvent) -> None:
        """Show what is pasted."""
        paste.insert(event.current_buffer, event.data)

    _add_pairs(keys)
    _add_editor(keys, session)
    return keys


def _add_pairs(keys: KeyBindings) -> None:
    """What brackets and quotes do, and what deletes them."""

    def press(event: KeyPressEvent) -> None:
        for _ in range(event.arg):
            pairs.type_sign(event.current_buffer, event.data, alone=len(event.key_processor.input_queue) <= HURRY)

    for sign in pairs.SIGNS:
        keys.add(sign, filter=typing)(press)

    for sequence, name in ERASING.items():
        keys.add(*sequence, filter=typing)(_erasing(name))


def _erasing(name: str) -> Callable[[KeyPressEvent], None]:
    def press(event: KeyPressEvent) -> None:
        pairs.erase(event.current_buffer, lambda: get_by_name(name).call(event))

    return press


def _add_editor(keys: KeyBindings, session: ShellSession) -> None:
    """What opens the entry in the user's editor."""

    async def edit(buffer: Buffer) -> None:
        async with in_terminal():
            try:
                text = await asyncio.get_running_loop().run_in_executor(None, edited, buffer.text)
            except UsageError as error:
                session.note(f"{error.headline}. {error.help or ''}".strip())
                return
        buffer.save_to_undo_stack()
        buffer.document = Document(text)

    @keys.add("c-x", "c-e", filter=typing & emacs_mode)
    @keys.add("v", filter=at_prompt & vi_navigation_mode)
    def _(event: KeyPressEvent) -> None:
        """Open the editor."""
        event.app.create_background_task(edit(event.current_buffer))


class Pasting:
    """Puts pasted blocks into the entry."""

    def __init__(self, session: ShellSession) -> None:
        self.session = session
        self.ended = ""
        """The entry as the last paste has left it, if that had ended its last line: the next begins below."""

    def insert(self, buffer: Buffer, block: str) -> None:
        """Put the program of a block into an empty entry or below another block, and anything else in as it is."""
        before = buffer.document.text_before_cursor
        below = bool(before.strip()) and buffer.text == self.ended
        if before.strip() and not below:
            text = with_our_ends(block)
            # Of a word or line that was copied with its end, nobody means the end.
            buffer.insert_text(text if "\n" in text.rstrip("\n") else text.rstrip("\n"), fire_event=False)
            return
        program = program_in(block, self.session.settings.prompt)
        buffer.insert_text(f"\n{program}" if below and program else program, fire_event=False)
        if block.endswith(("\r", "\n")):
            self.ended = buffer.text
