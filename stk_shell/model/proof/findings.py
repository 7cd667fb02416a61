"""What checking the chain of blocks comes to."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.values import Record


class Digest(Struct):
    """The number and hash of a block, kept elsewhere: whoever has it knows all blocks up to that one."""

    block: int
    hash: str


class Finding(Struct):
    """Something that is not as it was sealed: what it is, in which block, of which record, and how it is known.

    `uu` is that of the event or changed record; of a block itself there is none.
    """

    what: str
    block: int | None = None
    table: str = "stk_event"
    uu: str | None = None
    moment: datetime.datetime | None = None
    detail: str = ""

    def as_record(self) -> Record:
        """A row of the table of findings."""
        return {
            "what": self.what,
            "block": self.block,
            "table": self.table,
            "uu": self.uu,
            "sealed_as_of": self.moment,
            "detail": self.detail,
        }


class Verification(Struct):
    """What was checked, how many facts are not sealed yet, the last block, and what was found."""

    blocks: int
    events: int
    changes: int
    pending: int
    head: Digest | None
    findings: tuple[Finding, ...]
