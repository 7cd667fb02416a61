"""What can go wrong, and what a diagnostic says of it.

    StkError                 has a headline, a dotted code, labelled spans, a help line
    +-- ParseFailure         stk::parse::*   the program cannot be run; carries every problem of the parser
    +-- RunError             stk::run::*     a value does not fit, a column is missing, a closure failed
    +-- StoreError           stk::store::*   the database refused or cannot be reached
    +-- EventError           stk::event::*   an event is unknown, ambiguous or already revoked
    +-- UsageError           stk::usage      options of the command line, or settings, that do not fit

Interrupted and the three signals of control flow are not errors: nothing reports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.command import Command
    from stk_shell.model.span import Span
    from stk_shell.model.stream import Data


class Label(Struct):
    """A sentence for a place in the program."""

    span: Span
    text: str = ""


class Problem(Struct):
    """A parser's finding: what is wrong, where, and what to do.

    `incomplete` says that more text could mend it, so that an editor asks for another line instead of failing.
    `instead` is the line to type instead, if it is known.
    """

    headline: str
    code: str
    labels: tuple[Label, ...]
    help: str | None = None
    incomplete: bool = False
    instead: str | None = None


class StkError(Exception):
    """Anything that is reported to the user as a diagnostic."""

    family = "stk"

    def __init__(
        self,
        headline: str,
        code: str = "error",
        labels: tuple[Label, ...] = (),
        help: str | None = None,
        *,
        remark: str = "",
        instead: str | None = None,
    ) -> None:
        """`remark` is what to say at the place, for whoever raises the error without knowing it.

        `instead` is the line to type instead.
        """
        super().__init__(headline)
        self.headline = headline
        self.code = f"{self.family}::{code}"
        self.labels = labels
        self.help = help
        self.remark = remark
        self.instead = instead

    def at(self, span: Span) -> StkError:
        """The same error, pointing at a place unless it already points at one."""
        if not self.labels:
            self.labels = (Label(span, self.remark),)
        return self


class ParseFailure(StkError):
    """A program that cannot be run."""

    family = "stk::parse"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        super().__init__(first.headline, first.code, first.labels, first.help, instead=first.instead)
        self.problems = problems


class MainFailure(ParseFailure):
    """Arguments that the command of a script does not take."""

    def __init__(self, problems: tuple[Problem, ...], command: Command) -> None:
        super().__init__(problems)
        self.command = command


class RunError(StkError):
    """A program that failed while it ran."""

    family = "stk::run"


class StoreError(StkError):
    """A store that cannot be opened or that refused."""

    family = "stk::store"


class EventError(StkError):
    """An event command that cannot be done."""

    family = "stk::event"


class UsageError(StkError):
    """Command line options or settings that do not fit."""

    family = "stk"

    def __init__(self, headline: str, help: str | None = None, labels: tuple[Label, ...] = ()) -> None:
        super().__init__(headline, "usage", labels, help)


class ControlFlow(Exception):
    """The way of `break`, `continue` and `return` to the loop or block that they end."""


class Break(ControlFlow):
    """Ends the innermost loop."""


class Continue(ControlFlow):
    """Ends this turn of the innermost loop."""


class Return(ControlFlow):
    """Ends the innermost closure or command with a result."""

    def __init__(self, data: Data) -> None:
        super().__init__()
        self.data = data


class Exit(SystemExit):
    """Leaves the shell with a status. asyncio, under the prompt, keeps all other errors of its callbacks to itself."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
