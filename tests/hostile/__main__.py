"""`python -m tests.hostile [INPUTS [SEED]]` tries hostile inputs, 10 000 of them by default, and says how it went."""

from __future__ import annotations

import sys

from tests.hostile.running import try_inputs


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    faults, tried = try_inputs(wanted, seed, say)
    say(f"{tried} hostile inputs tried, {len(faults)} faults")
    sys.exit(1 if faults else 0)
