"""Standard input: what is piped into a program, as it comes, and lines that the user is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from stk_shell.model.errors import StkError
from stk_shell.model.stream import Data, TextStream
from stk_shell.output import Output
from stk_shell.render.cells import harmless

BLOCK = 1 << 16
"""The bytes that are read at once."""


def is_terminal() -> bool:
    """Whether somebody types it."""
    return sys.stdin is not None and sys.stdin.isatty()


def piped() -> Data:
    """What is piped in, to be read when a stage asks for it."""
    return None if sys.stdin is None or is_terminal() else TextStream(_pieces())


def _pieces() -> Iterator[str]:
    from codecs import getincrementaldecoder

    # Bytes that are no UTF-8 come through as lone surrogates; the store refuses those by name.
    decoder = getincrementaldecoder("utf-8")("surrogateescape")
    for block in blocks():
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def blocks() -> Iterator[bytes]:
    """All of it, as it comes.

    Raises:
        StkError: it cannot be read.
    """
    while block := _read(BLOCK):
        yield block


def _read(count: int) -> bytes:
    try:
        return os.read(sys.stdin.fileno(), count)
    except OSError as error:
        raise StkError(f"cannot read standard input: {error.strerror}", "input") from None


def ask(output: Output, prompt: str, *, hidden: bool) -> str | None:
    """A line without its end; None where there is no more.

    Somebody at a terminal sees the prompt before it, and does not see what is `hidden`.
    """
    if sys.stdin is None:
        return None
    if is_terminal():
        shown = harmless(prompt)
        if hidden:
            output.hush()
            return _hidden(shown)
        output.prompt(shown)
    return _line()


def _hidden(prompt: str) -> str | None:
    from getpass import getpass

    try:
        return getpass(prompt)
    except EOFError:
        return None


def _line() -> str | None:
    """The next line. It is read byte by byte, so that what comes behind it is left for whoever reads next."""
    line = bytearray()
    while (byte := _read(1)) not in (b"", b"\n"):
        line += byte
    return line.decode("utf-8", "surrogateescape").removesuffix("\r") if line or byte else None
