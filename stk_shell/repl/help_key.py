"""F1: the help on the full screen, at the command that is being typed."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.application import Application, in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import is_searching
from prompt_toolkit.input.typeahead import get_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from stk_shell.model.finding import known_commands
from stk_shell.model.session import Session
from stk_shell.parse.live import Live
from stk_shell.render.palette import Palette
from stk_shell.repl.at_cursor import command_at, with_command


def help_key(session: Session, live: Live, palette: Callable[[], Palette], load: Callable[[], None]) -> KeyBindings:
    """The key. What is taken from the help gets into the entry: an example instead of it, a name at the cursor.

    `load` sees that all commands are known to who reads the entry.
    """
    keys = KeyBindings()

    async def browse(app: Application[str], buffer: Buffer) -> None:
        from stk_shell.repl.browser import Browser

        load()
        document = buffer.document
        command, typed = command_at(live, document)
        browser = Browser(known_commands(session), palette(), command.name if command else "", typed)
        async with in_terminal():
            choice = await browser.app.run_async()
            if choice is not None:
                buffer.save_to_undo_stack()
                taken = with_command(live, document, choice.text) if choice.is_name else Document(choice.text)
                buffer.set_document(taken)
        # What was typed before the help had gone is meant for the entry.
        app.key_processor.feed_multiple(get_typeahead(app.input))
        app.key_processor.process_keys()

    @keys.add("f1", filter=~is_searching)
    def _(event: KeyPressEvent) -> None:
        """Open the help."""
        event.app.create_background_task(browse(event.app, event.current_buffer))

    return keys
