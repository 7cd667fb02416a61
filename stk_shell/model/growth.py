"""What commands ask of a store that grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from stk_shell.model.values import Record


class Growth(Protocol):
    """Having the events in parts: by month on one server, or on several servers.

    Every method may raise StoreError: the login is no administrator, or the store cannot be reached or changed.
    """

    def partitions(self) -> list[Record]:
        """The partitions of the events, the newest first; none where they are in one table."""

    def partition(self, months: int) -> list[Record]:
        """Have the events in partitions by month, through so many months after this one; gives all of them."""

    def distribution(self) -> list[Record]:
        """The statements that would distribute the store, and what each is for."""

    def distribute(self) -> list[Record]:
        """Distribute the store over the servers of a Citus cluster; gives the statements."""
