"""Events that are ready to be sent, put together into blocks of those that have the same beside name and content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stk_shell.store.json_values import stored_json
from stk_shell.store.uuids import new_uuid

ROWS = 2000
"""How many events a block has at most; with more of them, the server waits for the first and we for the last."""

CHARACTERS = 1 << 20
"""How much they hold at most, but for one that holds more by itself."""


class Prepared(NamedTuple):
    """An event that was checked: its content as JSON, what it has of other columns, and its uu, where it has one."""

    name: str
    content: str
    common: dict[str, str]
    uu: str

    def line(self) -> str:
        """It as an array of JSON, for where each has its own of everything."""
        common = self.common
        description, type_uu = stored_json(common.get("description")), stored_json(common.get("type_uu"))
        attached = common.get("table_name_uu_json", "null")
        uu = self.uu or new_uuid()
        return f'[{stored_json(self.name)},{self.content},{description},{type_uu},{attached},"{uu}"]'


def blocks(events: Iterable[Prepared]) -> Iterator[list[Prepared]]:
    """The events in blocks, in order."""
    block: list[Prepared] = []
    size = 0
    for event in events:
        if block and (len(block) == ROWS or size > CHARACTERS or event.common != block[0].common):
            yield block
            block, size = [], 0
        block.append(event)
        size += len(event.content)
    if block:
        yield block
