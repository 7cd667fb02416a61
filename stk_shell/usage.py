"""What `stk --help` prints, from the table of options."""

from __future__ import annotations

from textwrap import wrap

from stk_shell.options import OPTIONS, Option

BEFORE = """\
stk: an interactive shell for an event store

  stk                    the shell; piped standard input is the program
  stk -c PROGRAM         run a program; piped standard input is its input
  stk FILE [ARG ...]     run a script; `def main [...]` gets the arguments

options:
"""

AFTER = """\

examples:
  stk -c '"Backup finished" | .append event "backup"'
  stk -o json -c 'event list --limit 0 | where name == "backup"'
  journalctl -n 100 | stk -c 'lines | .append event "journal"'

Which store: that of the options, else of STK_DSN or STK_DATA_DIR, else of the
configuration file, else of PGHOST, PGSERVICE or PGDATABASE, else your own
embedded store. `stk -c 'store status'` says which it is.

In the shell, `help` explains every command.
"""

WIDTH = 80
COLUMN = 23
"""Where the meaning of an option begins."""


def usage_text() -> str:
    """The page that `stk --help` prints."""
    return BEFORE + "".join(map(_line, OPTIONS)) + AFTER


def _line(option: Option) -> str:
    letter = f"-{option.letter}," if option.letter else "   "
    head = f"  {letter} --{option.name} {option.value}".rstrip()
    gap = " " * (COLUMN + 2 - len(head)) if len(head) < COLUMN + 1 else "\n" + " " * (COLUMN + 2)
    lines = wrap(option.sentence, WIDTH - COLUMN - 2)
    return head + gap + f"\n{' ' * (COLUMN + 2)}".join(lines) + "\n"
