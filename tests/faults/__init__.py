"""Faults by the thousand: `python -m tests.faults [COUNT] [SEED]` injects them and checks what was told of each change."""
