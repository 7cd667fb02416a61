"""The order of bytes in a number."""

from __future__ import annotations

import sys
from typing import Literal

from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag

ENDIAN = Flag(
    "endian", "The order of the bytes of a number: little, big, or native, which is the default.", STRING, "e"
)


def byte_order(call: Call) -> Literal["little", "big"]:
    """The order that the flag asks for.

    Raises:
        RunError: there is no such order.
    """
    name = call.optional_text("endian") or "native"
    if name == "native":
        return sys.byteorder
    if name in ("little", "big"):
        return "little" if name == "little" else "big"
    label = Label(call.span("endian"), "`little`, `big` or `native`")
    raise RunError(f"there is no order of bytes called `{name}`", "type_mismatch", (label,))
