"""The one place that prints: results on standard output, everything else on standard error."""

from __future__ import annotations

import codecs
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from stk_shell.model.errors import StkError, UsageError
from stk_shell.model.settings import Settings
from stk_shell.model.source import Source
from stk_shell.model.stream import Data, Stream
from stk_shell.model.values import Range, Value
from stk_shell.render.cells import UNDECODED, visible
from stk_shell.render.formats import renderer
from stk_shell.render.palette import Palette
from stk_shell.render.sgr import color_count
from stk_shell.render.theme import Theme, load_theme

if TYPE_CHECKING:
    from stk_shell.engine.session import ShellSession
    from stk_shell.meter import Meter
    from stk_shell.model.piece import ReadPieces
    from stk_shell.render.long_table import Pages

NO_TERMINAL_WIDTH = 80
"""The width of tables where there is no terminal to ask."""


NARROWEST_ERROR, WIDEST_ERROR = 40, 200
"""Columns of an error: fewer cannot be read, and where there is no limit, more are not needed."""

AS_IT_CAME = "stk_as_it_came"
"""The error handler of our outputs, by its name for `codecs`."""


PLAIN = {
    **dict.fromkeys("╭╮╰╯├┤┬┴┼└", b"+"),
    **dict.fromkeys("─━╌", b"-"),
    **dict.fromkeys("│┃·", b"|"),
    **dict.fromkeys("▏▎▍▌▋▊▉█▐", b"#"),
    **dict(zip("▁▂▃▄▅▆▇", (b"_", b".", b"-", b"=", b"+", b"*", b"%"), strict=True)),
    **dict.fromkeys(map(chr, range(0x2801, 0x2900)), b"*"),
    "…": b"~",
}
"""What frames, charts and signs of ours look like where the encoding of an output lacks them; braille is dots."""


def _as_it_came(error: UnicodeError) -> tuple[bytes | str, int]:
    """What stands for a byte that was no UTF-8 is that byte again; anything else that is no character is an escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    character = error.object[error.start]
    if ord(character) in UNDECODED:
        return bytes([ord(character) - UNDECODED.start + 0x80]), error.start + 1
    return PLAIN.get(character) or character.encode("ascii", "backslashreplace"), error.start + 1


def note_text(text: str) -> str:
    """A note as it is printed: in one line, and harmless for logs and terminals alike."""
    return visible(f"note: {text}")


class Output:
    """Prints as the settings say."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.read_program: ReadPieces | None = None
        """Finds the stretches of programs that have colours, once there is somebody who can."""
        self.pages = False
        """Whether what is longer than the screen goes through the pager: at the prompt, not in programs."""
        self.meter: Meter | None = None
        """Shows how far long work has come, on a terminal."""
        self.attention = 0.0
        """The seconds that somebody has looked at what takes the screen."""
        self._theme: tuple[str, Theme] | None = None
        self._shown: tuple[Pages, Callable[[str], None], bool] | None = None
        """The table that is being printed, by what, and whether there is a pager."""
        self._is_slow = False
        codecs.register_error(AS_IT_CAME, _as_it_came)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.reconfigure(errors=AS_IT_CAME, newline="\n")  # type: ignore[union-attr]

    @property
    def width(self) -> int:
        """How many columns the output has now; 0 for no limit."""
        return self.columns(sys.stdout)

    def columns(self, stream: TextIO | None) -> int:
        """How many columns a stream has now; 0 for no limit."""
        if self.settings.width is not None:
            return self.settings.width
        if stream is not None and stream.isatty():
            return os.get_terminal_size(stream.fileno()).columns or NO_TERMINAL_WIDTH
        columns = os.environ.get("COLUMNS", "")
        return int(columns) if columns.isdigit() and int(columns) > 0 else NO_TERMINAL_WIDTH

    def show(self, data: Data, *, beside: bool = False, newline: bool = True) -> None:
        """Print a result in the format that was asked for; what is `beside` the results goes to standard error.

        Raises:
            StkError: it cannot be written.
        """
        if isinstance(data, Source) and not self.settings.pushdown:
            data = data.unoffered()
        stream = sys.stderr if beside else sys.stdout
        exact = stream is None or not stream.isatty()
        palette = self.palette(stream) if beside else self.results_palette()
        pager = self._pager() if self.pages and newline and not beside and not exact else None
        write = self.prompt if beside else self.write
        if self.settings.output == "table" and isinstance(data, (Stream, Range)):
            self._show_rows(data, palette, pager, write, self.columns(stream))
            return
        pieces = renderer(self.settings.output, self.columns(stream), palette, exact=exact)
        texts = (piece if piece.endswith("\n") or not newline else f"{piece}\n" for piece in pieces(data))
        self._write_all(texts, pager, write)

    def _show_rows(
        self,
        rows: Iterable[Value],
        palette: Palette,
        pager: list[str] | None,
        write: Callable[[str], None],
        width: int,
    ) -> None:
        """Print rows that come one after another."""
        from stk_shell.render.long_table import Pages

        table, outer = Pages(rows, width, palette), self._shown
        self._shown = table, write, pager is not None
        try:
            self._write_all((f"{piece}\n" for piece in table), pager, write)
        except KeyboardInterrupt:
            if table.is_slow and table.has_begun:
                # Over the ^C that a terminal shows.
                write(("\r" if self.has_terminal() else "") + f"{table.end()}\n")
            raise
        finally:
            self._shown = outer

    def _write_all(self, texts: Iterator[str], pager: list[str] | None, write: Callable[[str], None]) -> None:
        outer, self._is_slow = self._is_slow, False
        try:
            if pager is not None:
                from stk_shell.pager import page

                self.hush()
                screen = os.get_terminal_size(sys.stdout.fileno())
                page(texts, pager, screen, self.write, self.watched, is_slow=lambda: self._is_slow)
                return
            for text in texts:
                write(text)
        finally:
            self._is_slow = outer

    def pause(self) -> None:
        """Print what has come of a result already: the next row may be long in coming."""
        self._is_slow = True
        if self._shown is None:
            return
        table, write, has_pager = self._shown
        if has_pager and table.has_begun and not table.is_slow:
            # The pager has the screen.
            return
        text = table.so_far()
        if text:
            write(f"{text}\n")

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Somebody looks at what takes the screen: that is no time that the work has taken."""
        before, start = self.attention, time.perf_counter()
        try:
            yield
        finally:
            self.attention = before + time.perf_counter() - start

    def _pager(self) -> list[str] | None:
        from stk_shell.pager import pager_command

        return pager_command(self.settings.pager)

    def write(self, text: str) -> None:
        """Print a text as it is.

        Raises:
            StkError: standard output is closed, its disk is full, or the like.
            BrokenPipeError: nobody reads it any longer.
        """
        self.hush()
        if sys.stdout is None:
            raise StkError("cannot write the result: standard output is closed", "output")
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StkError(f"cannot write the result: {error.strerror}", "output") from None

    def note(self, text: str) -> None:
        """Say something beside the results."""
        said = note_text(text)
        if sys.stderr is not None and sys.stderr.isatty():
            from stk_shell.render.width import wrap

            said = "\n".join(wrap(said, self.columns(sys.stderr) or WIDEST_ERROR))
        self.complain(self.palette(sys.stderr).paint("note", said))

    def diagnostic(self, error: StkError) -> None:
        """Report an error."""
        from stk_shell.render.diagnostic import render_diagnostic

        width = max(self.columns(sys.stderr) or WIDEST_ERROR, NARROWEST_ERROR)
        palette = self.palette(sys.stderr)
        if isinstance(error, UsageError):
            # It points at settings, if at anything, and not at a program.
            palette = palette.replace(read=None)
        self.complain(render_diagnostic(error, width, palette))

    def bug(self, error: Exception) -> None:
        """Report an error of our own in one line; the details go to a file."""
        from stk_shell.crash import write_report

        try:
            what = f"Please report it with {write_report(error)}"
        except OSError as failure:
            what = f"The report cannot be written: {failure.strerror}. TMPDIR can name another place for it"
        self.complain(f"stk has a bug ({type(error).__name__}). {what}")

    def has_terminal(self) -> bool:
        """Whether somebody sees what is written, one way or the other."""
        return any(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))

    def results_palette(self) -> Palette:
        """The colours of results."""
        return self.palette(sys.stdout)

    def hush(self) -> None:
        """Take away what tells how far work has come: something else is shown."""
        if self.meter is not None:
            self.meter.hush()

    @contextmanager
    def busy(self, session: ShellSession) -> Iterator[None]:
        """Tell on the terminal how far the session's work has come, once it takes long."""
        if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            yield
            return
        from stk_shell.meter import Meter
        from stk_shell.render.progress import progress_line

        def line(seconds: float) -> str:
            width = self.columns(sys.stderr) or NO_TERMINAL_WIDTH
            return progress_line(session.work, session.waits_for(), seconds, width - 1, self.palette(sys.stderr))

        self.meter = Meter(session.work, line, self._draw)
        try:
            with self.meter.running():
                yield
        finally:
            self.meter = None

    def complain(self, text: str) -> None:
        """Print on standard error, if there is one: the exit code tells it as well."""
        self.prompt(f"{text}\n")

    def prompt(self, text: str) -> None:
        """Print on standard error, without ending the line."""
        self.hush()
        self._draw(text)

    @staticmethod
    def _draw(text: str) -> None:
        if sys.stderr is not None:
            with suppress(OSError):
                sys.stderr.write(text)
                sys.stderr.flush()

    def palette(self, stream: TextIO | None) -> Palette:
        """The colours for a stream: by the setting, else where it is a terminal and nobody objects."""
        return Palette(self._has_color(stream), self.theme, self.read_program)

    def _has_color(self, stream: TextIO | None) -> bool:
        if self.settings.color != "auto":
            return self.settings.color == "always"
        is_terminal = stream is not None and stream.isatty()
        return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def theme(self) -> Theme:
        """The colours that the setting names."""
        name = self.settings.theme
        if self._theme is None or self._theme[0] != name:
            self._theme = name, load_theme(name, color_count(os.environ))
        return self._theme[1]
