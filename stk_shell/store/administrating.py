"""A connection with the rights of the store's owner, for those who may have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from stk_shell.model.errors import StoreError
from stk_shell.store.errors import translated

if TYPE_CHECKING:
    from stk_shell.store.connecting import Connection


@contextmanager
def administrating(connect: Callable[[], Connection]) -> Iterator[Connection]:
    """A connection with the role of the owner; it is closed in the end.

    Raises:
        StoreError: the login may not take it.
    """
    with translated():
        connection = connect()
        with connection:
            try:
                connection.assign({"role": "stk_superuser"})
            except psycopg.errors.InsufficientPrivilege:
                raise StoreError(
                    f"the login `{connection.info.user}` is no administrator of this store",
                    "no_administrator",
                    help="It takes a superuser, or a member of the role stk_superuser.",
                ) from None
            yield connection
