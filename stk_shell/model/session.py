"""What a command may know of the session it runs in."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from stk_shell.model.command import CommandTable, UserCommand
    from stk_shell.model.host import Host
    from stk_shell.model.progress import Progress, Source
    from stk_shell.model.settings import Settings
    from stk_shell.model.store import Store
    from stk_shell.model.stream import Data
    from stk_shell.model.values import Record, Value


class Session(Protocol):
    """Settings, store, clock, and the two ways to say something before a command has ended."""

    settings: Settings
    commands: CommandTable
    environment: Record

    @property
    def host(self) -> Host:
        """What the program around the session offers.

        Raises:
            RunError: there is none.
        """

    @property
    def store(self) -> Store:
        """The store; it is opened on first use."""

    @property
    def user_commands(self) -> dict[str, UserCommand]:
        """The commands that the user has defined, by the name they are called by."""

    @property
    def width(self) -> int:
        """How many columns the output has; 0 for no limit."""

    def now(self) -> datetime.datetime:
        """The time, in the local time zone."""

    def read_data(self, text: str) -> Value:
        """The value that is written down in a text, as in a program; null where there is none. Nothing is computed.

        Raises:
            RunError: something else stands there. The place in the text is in its remark.
        """

    def show(self, data: Data, *, beside: bool = False, newline: bool = True) -> None:
        """Print a value as results are printed; `beside` them is on standard error, `newline` ends the line."""

    def pause(self) -> None:
        """Say that the next row may be long in coming: what has come by then is shown."""

    def progress(self, unit: str, total: int | None = None) -> AbstractContextManager[Progress]:
        """Count what is done, for whoever watches: `unit` is what (`events`), `total` how many there are."""

    def reading(self, name: str, size: int) -> Source:
        """Count the bytes of a file that are read; 0 is a size that nobody knows."""

    def note(self, text: str) -> None:
        """Say something beside the result, on standard error."""
