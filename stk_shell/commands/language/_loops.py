"""What the loops share: one turn of the block."""

from __future__ import annotations

from stk_shell.model.command import Frame, Step
from stk_shell.model.errors import Break, Continue
from stk_shell.model.stream import drain


def run_turn(block: Step, frame: Frame) -> bool:
    """Run the block once, for what it does; False when it ended the loop."""
    try:
        drain(block(frame, None))
    except Continue:
        return True
    except Break:
        return False
    return True
