"""The tutorial: one step after another at the prompt, each done when its result is what it should be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import Exit, StkError
from stk_shell.model.span import Source
from stk_shell.model.values import Value
from stk_shell.render.palette import PROGRAM, Palette
from stk_shell.render.width import wrap
from stk_shell.repl.app import Screen, Shell
from stk_shell.repl.lessons import LESSONS, Lesson

WIDEST = 80
"""The longest line of text."""

PREFIX = 13
"""How many characters of a uu tell an event from others: the milliseconds of a version 7 uuid."""

WORDS = """
# Go back to the step before.
def back [] {}
# Leave the tutorial.
def quit [] {}
# Show what this step is about.
def tutorial [] {}
"""
"""What the prompt takes for commands here, beside `skip`: it completes and colours them."""

WELCOME = """\
Five minutes at a store that is made for this and removed afterwards: nothing you do here touches your own.
`skip` goes on to the next step, `back` to the one before, `quit` leaves."""

GOODBYE = """\
The tutorial has ended, and its store is gone. `tutorial` begins it again."""

NEXT = """\
That is all one needs to begin. From here on it is your own store again:"""

FURTHER = """\
`event` and `help` show where to go on, F1 browses every command, and Ctrl-D leaves stk."""


class Tutorial:
    """One user's way through the steps."""

    def __init__(self, session: ShellSession, screen: Screen, palette: Callable[[], Palette]) -> None:
        """The session's store is there for the tutorial alone."""
        self.session = session
        self.screen = screen
        self.palette = palette
        self.shell = Shell(session, screen, palette, "tutorial", remembers=False)
        self.at = 0
        session.run(Source(WORDS))

    def run(self) -> None:
        """Teach until all is done or the user leaves.

        Raises:
            Exit: he leaves the whole shell.
        """
        self._say(WELCOME)
        self._show()
        while self.at < len(LESSONS):
            try:
                self._take(self.shell.prompt.ask(lambda: None))
            except KeyboardInterrupt:
                continue
            except EOFError:
                self._say(GOODBYE)
                return
        self._say(NEXT)
        self._say_line(LESSONS[0].line)
        self._say(FURTHER)

    def _take(self, text: str) -> None:
        """Do what was entered.

        Raises:
            EOFError: the user leaves the tutorial.
        """
        match text.strip():
            case "quit":
                raise EOFError
            case "skip":
                self._skip()
            case "back":
                self.at = max(self.at - 1, 0)
                self._show()
            case "tutorial":
                self._show()
            case line if line:
                self._try(line)

    def _try(self, line: str) -> None:
        """Run a line, and see whether it does the step."""
        status = self.shell.run_entry(Source(line))
        if status is not None:
            raise Exit(status)
        lesson = LESSONS[self.at]
        if is_done(lesson, self.session):
            self._say(lesson.done, "help", "✓ ")
            self._go_on()
        else:
            self._say(lesson.hint, "label", "Not yet. ")
            self._say_line(line_of(lesson, self.session))

    def _skip(self) -> None:
        """Do the step for the user: others build on it."""
        with suppress(StkError):
            self.session.evaluate(Source(line_of(LESSONS[self.at], self.session)))
        self._go_on()

    def _go_on(self) -> None:
        self.at += 1
        if self.at < len(LESSONS):
            self._show()
        else:
            self.screen.prompt("\n")

    def _show(self) -> None:
        """Say what the step is about."""
        lesson = LESSONS[self.at]
        number = f"{self.at + 1} of {len(LESSONS)} · "
        self.screen.prompt(f"\n{number}{self.palette().paint('title', lesson.title)}\n")
        self._say(lesson.text)
        self._say_line(line_of(lesson, self.session))

    def _say(self, text: str, role: str = "", head: str = "") -> None:
        """Print a text, behind a head in the colour of a role."""
        width = min(self.session.width or WIDEST, WIDEST)
        lines = "\n".join(wrap(" ".join(f"{head}{text}".split()), width))
        painted = self.palette().paint(role, head.rstrip()) if role else ""
        self.screen.prompt(f"{painted}{lines.removeprefix(head.rstrip()) if role else lines}\n")

    def _say_line(self, line: str) -> None:
        """Print a line that could be typed."""
        self.screen.prompt(f"  {self.palette().paint(PROGRAM, line)}\n")


def line_of(lesson: Lesson, session: ShellSession) -> str:
    """The line to type, with the uu of an event that there is."""
    if not lesson.find:
        return lesson.line
    try:
        uu = str(session.evaluate(Source(lesson.find)))[:PREFIX]
    except StkError:
        # The store is lost, or the user has found a way around the first step.
        uu = "UU"
    return lesson.line.replace("{uu}", uu)


def is_done(lesson: Lesson, session: ShellSession) -> bool:
    """Whether what the last entry has shown is what the step is for."""
    given: Value = session.last.given if session.last is not None else None
    try:
        return session.evaluate(Source(lesson.check), given) is True
    except StkError:
        return False
