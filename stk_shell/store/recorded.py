"""What was recorded, however much it is: it is read when somebody looks."""

from __future__ import annotations

import datetime
import marshal
import tempfile
from collections.abc import Iterable, Iterator, Sequence

from stk_shell.model.values import Record
from stk_shell.store.uuids import as_text

IN_MEMORY = 1 << 20
"""Up to how many bytes of it are kept in memory, before they go to a temporary file."""

AT_ONCE = 1000
"""Up to how many records are given as a list."""


class Recorded:
    """uu, name and created of each record, in order; of all of them, or of each, `created` is known at the end."""

    def __init__(self) -> None:
        self.created: datetime.datetime | None = None
        self._count = 0
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115

    def add(self, uus: bytes, names: Sequence[str], created: Iterable[datetime.datetime] = ()) -> None:
        """Add records: their uus of 16 bytes each, their names, and `created` where it is not the same for all."""
        same = names[0] if names and all(name == names[0] for name in names) else None
        texts = [time.isoformat() for time in created]
        self._file.seek(0, 2)
        self._file.write(marshal.dumps((uus, same if same is not None else list(names), texts)))
        self._count += len(names)

    def __del__(self) -> None:
        """Nobody can read it any more."""
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Record]:
        place = 0
        while True:
            self._file.seek(place)
            try:
                uus, names, texts = marshal.load(self._file)  # noqa: S302
            except EOFError:
                return
            place = self._file.tell()
            digits = uus.hex()
            for at in range(len(uus) // 16):
                name = names if isinstance(names, str) else names[at]
                created = datetime.datetime.fromisoformat(texts[at]) if texts else self.created
                yield {"uu": as_text(digits[at * 32 : at * 32 + 32]), "name": name, "created": created}

    def given(self) -> Iterable[Record]:
        """All of it: as a list, if it is not long."""
        return list(self) if self._count <= AT_ONCE else self
