"""What the program around a session offers to commands, beside the store and the output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from stk_shell.model.values import Record, Value


class Configuration(Protocol):
    """The file of settings, and what counts now."""

    path: str

    def rows(self) -> list[Record]:
        """Every setting: name, value, where it comes from, what it means."""

    def change(self, name: str, value: Value) -> None:
        """Set something in the file; what can change at once does.

        Raises:
            UsageError: there is no such setting, it cannot have the value, or the file cannot be written.
        """

    def reset(self, name: str | None) -> None:
        """Take one setting out of the file, or all of them."""

    def edit(self) -> None:
        """Let the user edit the file in an editor, which is made before if there is none.

        Raises:
            UsageError: there is no editor, or the file does not fit afterwards.
        """


class Host(Protocol):
    """What the program around a session offers."""

    @property
    def configuration(self) -> Configuration:
        """The file of settings, and what counts now."""

    def history(self) -> list[Record]:
        """What was typed at the prompt, the oldest first: when it was, and the text."""

    def ask(self, prompt: str, *, hidden: bool) -> str | None:
        """The next line of what is typed or piped in, without its end; None where there is no more.

        Somebody at a terminal sees the prompt before it, and does not see what is `hidden`.
        """
