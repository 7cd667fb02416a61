"""Signals that end the process."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from stk_shell.model.errors import Exit
from stk_shell.wiring import leave_in_order


@pytest.fixture
def handlers() -> Iterator[None]:
    """Put the handlers of signals back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_also_a_prompt_that_is_drawing(number: signal.Signals) -> None:
    # What the prompt draws runs in callbacks, and asyncio keeps their exceptions to itself.
    leave_in_order()
    loop = asyncio.new_event_loop()
    loop.call_soon(os.kill, os.getpid(), number)
    loop.call_later(1, loop.stop)
    with pytest.raises(Exit) as caught:
        loop.run_forever()
    loop.close()
    assert caught.value.status == 128 + number
