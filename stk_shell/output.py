"""The one place that prints: results on standard output, everything else on standard error."""

from __future__ import annotations

import os
import sys

from stk_shell.model.errors import StkError
from stk_shell.model.settings import Settings
from stk_shell.model.stream import Data
from stk_shell.render.formats import renderer
from stk_shell.render.palette import Palette

NO_TERMINAL_WIDTH = 80
"""The width of tables where there is no terminal to ask."""


class Output:
    """Prints as the settings say."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        for stream in (sys.stdout, sys.stderr):
            # A lone surrogate in a text must not end the program.
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]

    @property
    def width(self) -> int:
        """How many columns the output has now; 0 for no limit."""
        if self.settings.width is not None:
            return self.settings.width
        if sys.stdout.isatty():
            return os.get_terminal_size(sys.stdout.fileno()).columns or NO_TERMINAL_WIDTH
        columns = os.environ.get("COLUMNS", "")
        return int(columns) if columns.isdigit() and int(columns) > 0 else NO_TERMINAL_WIDTH

    def show(self, data: Data) -> None:
        """Print a result in the format that was asked for."""
        pieces = renderer(self.settings.output, self.width, self.palette(sys.stdout), exact=not sys.stdout.isatty())
        for piece in pieces(data):
            self.write(piece if piece.endswith("\n") else f"{piece}\n")

    def write(self, text: str) -> None:
        """Print a text as it is."""
        sys.stdout.write(text)
        sys.stdout.flush()

    def note(self, text: str) -> None:
        """Say something beside the results."""
        self.complain(self.palette(sys.stderr).paint("note", f"note: {text}"))

    def diagnostic(self, error: StkError) -> None:
        """Report an error."""
        from stk_shell.render.diagnostic import render_diagnostic

        self.complain(render_diagnostic(error, max(self.width, 40) if self.width else 200, self.palette(sys.stderr)))

    def bug(self, error: Exception) -> None:
        """Report an error of our own in one line; the details go to a file."""
        from stk_shell.crash import write_report

        try:
            what = f"Please report it with {write_report(error)}"
        except OSError as failure:
            what = f"The report cannot be written: {failure.strerror}. TMPDIR can name another place for it"
        self.complain(f"stk has a bug ({type(error).__name__}). {what}")

    @staticmethod
    def complain(text: str) -> None:
        """Print on standard error."""
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def palette(self, stream: object) -> Palette:
        """The colours for a stream: by the setting, else where it is a terminal and nobody objects."""
        if self.settings.color != "auto":
            return Palette(self.settings.color == "always")
        is_terminal = stream is not None and getattr(stream, "isatty", bool)()
        return Palette(is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")
