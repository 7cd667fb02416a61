"""The last result that was shown: what `$last` means at the prompt."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.command import Frame
from stk_shell.model.stream import Data, Stream, TextStream
from stk_shell.model.text import counted
from stk_shell.model.values import Value

NAME = "last"
"""The variable."""

MOST = 100_000
"""How many rows of a stream are kept: the others are shown and forgotten."""


class LastResult:
    """Remembers results in a slot of the session's frame, as somebody pulls them to show them."""

    def __init__(self, frame: Frame, slot: int) -> None:
        frame.extend([None] * (slot + 1 - len(frame)))
        self._frame = frame
        self._slot = slot
        self.rows: int | None = None
        """How many rows the result of the last entry had; None where it was no list."""
        self._is_given = False

    @property
    def given(self) -> Value:
        """What the last entry has shown; None where that was nothing that is kept."""
        return self._frame[self._slot] if self._is_given else None

    def forget_rows(self) -> None:
        """An entry begins; it may show nothing."""
        self.rows, self._is_given = None, False

    def watched(self, data: Data) -> Data:
        """The data, which is remembered when it has been pulled; text and null are not kept."""
        if isinstance(data, Stream):
            return Stream(self._pulled(data), data.cut_note)
        if isinstance(data, TextStream) or data is None:
            return data
        self._is_given = True
        self.rows = len(data) if isinstance(data, list) else None
        self._frame[self._slot] = data
        return data

    def note(self) -> str | None:
        """What to say where not all rows were kept."""
        if self.rows is None or self.rows <= MOST:
            return None
        return f"`${NAME}` holds the first {counted(MOST)} of these {counted(self.rows)} rows"

    def _pulled(self, rows: Stream) -> Iterator[Value]:
        kept: list[Value] = []
        self._frame[self._slot], self.rows, self._is_given = kept, 0, True
        for row in rows:
            self.rows += 1
            if self.rows <= MOST:
                kept.append(row)
            yield row
