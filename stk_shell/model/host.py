"""What the program around a session offers to commands, beside the store and the output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from stk_shell.model.errors import RunError

if TYPE_CHECKING:
    from stk_shell.model.stream import Data
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


class Views(Protocol):
    """What takes the whole screen for a while."""

    def browse(self, name: str) -> None:
        """Let the user browse the help, from a command on, or from the beginning where the name is empty.

        What he takes from there stands in the next prompt.

        Raises:
            RunError: there is no terminal.
        """

    def explore(self, data: Data) -> None:
        """Let the user move about in a table.

        What he takes from there stands in the next prompt.

        Raises:
            RunError: there is no terminal.
        """

    def tutorial(self) -> None:
        """Teach the first steps, on a store of its own that is removed afterwards.

        Raises:
            RunError: there is no terminal.
            StoreError: there can be no such store.
        """


class Host(Protocol):
    """What the program around a session offers."""

    proposed: str
    """The text that the next prompt begins with."""

    @property
    def views(self) -> Views:
        """What takes the whole screen for a while."""

    @property
    def configuration(self) -> Configuration:
        """The file of settings, and what counts now."""

    def history(self) -> list[Record]:
        """What was typed at the prompt, the oldest first: when it was, and the text."""

    def ask(self, prompt: str, *, hidden: bool) -> str | None:
        """The next line of what is typed or piped in, without its end; None where there is no more.

        Somebody at a terminal sees the prompt before it, and does not see what is `hidden`.
        """


def no_terminal(line: str) -> RunError:
    """The error of a command that needs somebody who sees and types, by the line that was typed."""
    return RunError(f"`{line}` needs a terminal, and this is none", "no_terminal")
