"""What was typed, as the prompt goes back through it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable

from prompt_toolkit.history import History

from stk_shell.repl.history import HistoryFile, is_private

AT_MOST = 1 << 20
"""The bytes of the file that a shell begins with."""

KEPT = 10_000
"""How many entries can be gone back to."""


class Remembered(History):
    """Each different entry of all shells once, at the place where it was typed last.

    A private entry is there until the next one.
    """

    def __init__(self, file: HistoryFile) -> None:
        super().__init__()
        self.file = file
        self._entries: dict[str, None] = {}
        self._passing = ""

    async def load(self) -> AsyncGenerator[str, None]:
        """All entries, the last one first; those of other shells with them."""
        self._take(self.file.news(AT_MOST))
        for text in self.load_history_strings():
            yield text

    def get_strings(self) -> list[str]:
        """All entries, the last one last."""
        return [*self._entries, *([self._passing] if self._passing else [])]

    def load_history_strings(self) -> Iterable[str]:
        """All entries, the last one first."""
        if self._passing:
            yield self._passing
        yield from reversed(self._entries)

    def append_string(self, string: str) -> None:
        """Keep an entry."""
        self._passing = string if is_private(string) else ""
        if not self._passing:
            self.store_string(string)

    def store_string(self, string: str) -> None:
        """Write an entry to the file, from which it comes back; where that cannot be, this shell alone has it."""
        if not self.file.append(string):
            self._take([string])

    def _take(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._entries.pop(text, None)
            self._entries[text] = None
        for text in list(self._entries)[:-KEPT]:
            del self._entries[text]
