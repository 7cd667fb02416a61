"""`python -m stk_shell`."""

from stk_shell.cli import run

run()
