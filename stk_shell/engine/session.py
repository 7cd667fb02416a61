"""The session: settings, store, clock and variables, and running programs in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, cast

from stk_shell.engine.compiler import Compiler
from stk_shell.engine.functions import compile_definitions
from stk_shell.engine.last import NAME as LAST
from stk_shell.engine.last import LastResult
from stk_shell.engine.scripts import call_text, called_by_file, command_of
from stk_shell.model.command import Command, CommandTable, Frame, Step, UserCommand
from stk_shell.model.errors import Label, MainFailure, ParseFailure, Return, RunError, UsageError
from stk_shell.model.host import Host
from stk_shell.model.progress import Progress, Work
from stk_shell.model.progress import Source as ReadSource
from stk_shell.model.settings import Settings
from stk_shell.model.span import Source, Span
from stk_shell.model.store import Store
from stk_shell.model.stream import Data, Stream, collect, drain, left_over
from stk_shell.model.syntax import INPUT_SLOT, Assignment, Call, DefinitionNode, Pipeline, Program
from stk_shell.model.values import ABSENT, Record, Value
from stk_shell.parse import parse
from stk_shell.parse.scope import Scope, VariableInfo

MAX_CALLS = 200
"""How deep the user's own commands may call each other. nushell stops at 50."""


class Output(Protocol):
    """Where results and notes go: the one place that prints."""

    @property
    def width(self) -> int:
        """How many columns there are; 0 for no limit."""

    def show(self, data: Data, *, beside: bool = False, newline: bool = True) -> None:
        """Print a result, or a value beside the results; without `newline`, the line goes on."""

    def pause(self) -> None:
        """Print what has come of a result already."""

    def note(self, text: str) -> None:
        """Say something beside the results."""


class ShellSession:
    """One user's stay: programs run one after another and share variables, commands and the store."""

    def __init__(
        self,
        settings: Settings,
        commands: CommandTable,
        output: Output,
        open_store: Callable[[], Store],
        environment: Record,
        host: Host | None = None,
    ) -> None:
        self.settings = settings
        self.commands = commands
        self.output = output
        self.environment = environment
        self.scope = Scope()
        self.frame: Frame = []
        self._host = host
        self._open_store = open_store
        self._store: Store | None = None
        self._depth = 0
        self._last_note = ""
        self._cut_notes: list[Callable[[], str | None]] = []
        self.last: LastResult | None = None
        self.work = Work()
        self.running: Span | None = None
        """The pipeline that runs, or ran last; None where a program could not be read."""

    def keep_last(self) -> None:
        """Have `$last` be what was shown last, from now on."""
        self.last = LastResult(self.frame, self.scope.declare(LAST).slot)

    @property
    def user_commands(self) -> dict[str, UserCommand]:
        """The commands that the user has defined or taken from a module, by the name they are called by."""
        return {name: info.command for name, info in self.scope.commands.items()}

    @property
    def host(self) -> Host:
        """What the program around the session offers."""
        if self._host is None:
            raise RunError("this works only in a program of its own", "no_host")
        return self._host

    @property
    def store(self) -> Store:
        """The store; it is opened on first use."""
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def another_store(self) -> Store:
        """A store for somebody else, in whatever thread, who closes it."""
        return self._open_store()

    @property
    def opened_store(self) -> Store | None:
        """The store, if somebody has used it."""
        return self._store

    def waits_for(self) -> str:
        """What long work that nobody counts is, in a word or two."""
        store = self._store
        return "waiting for the store" if store is not None and store.link().connected is None else "running"

    @property
    def width(self) -> int:
        """How many columns the output has; 0 for no limit."""
        return self.output.width

    def now(self) -> datetime.datetime:
        """The time, in the local time zone."""
        return datetime.datetime.now().astimezone()

    def read_data(self, text: str) -> Value:
        """The value that is written down in a text, as in a program; null where there is none. Nothing is computed.

        Raises:
            RunError: something else stands there. The place in the text is in its remark.
        """
        from stk_shell.parse.data import read_data

        return read_data(text, lambda node: Compiler(self).expression(node)([]))

    def show(self, data: Data, *, beside: bool = False, newline: bool = True) -> None:
        """Print a value as results are printed, or beside them; without `newline`, the line goes on."""
        self.output.show(data, beside=beside, newline=newline)

    def pause(self) -> None:
        """Show what has come so far: the next row may be long in coming."""
        self.output.pause()

    def note(self, text: str) -> None:
        """Say something beside the result; what is said of row after row is said once."""
        if text != self._last_note:
            self.output.note(text)
        self._last_note = text

    @contextmanager
    def progress(self, unit: str, total: int | None = None) -> Iterator[Progress]:
        """Count what is done, for whoever watches."""
        outer = self.work.progress
        self.work.progress = progress = Progress(unit, total)
        try:
            yield progress
        finally:
            self.work.progress = outer

    def reading(self, name: str, size: int) -> ReadSource:
        """Count the bytes of a file that are read."""
        self.work.source = source = ReadSource(name, size)
        return source

    def note_cut(self, note: Callable[[], str | None]) -> None:
        """Have it said, once the result is shown, that a default limit had cut what it comes from."""
        self._cut_notes.append(note)

    @contextmanager
    def call(self, head: Span) -> Iterator[None]:
        """Count a call of a command of the user's while it lasts.

        Raises:
            RunError: the calls are nested too deeply.
        """
        if self._depth >= MAX_CALLS:
            label = Label(head, f"call number {MAX_CALLS + 1} inside another")
            raise RunError("commands call each other too deeply", "recursion_limit_reached", (label,))
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def parse(self, source: Source) -> tuple[Program, Scope]:
        """Read a program; its names are in the scope that comes back, and in the session only once it runs."""
        scope = Scope(self.scope)
        return parse(source, scope, self.commands), scope

    def run(self, source: Source, data: Data = None) -> None:
        """Run a program and show what each of its pipelines gives; the first gets the data.

        Raises:
            StkError: the program cannot be read, or fails.
        """
        try:
            self._execute(source, data)
        except Return as result:
            self.output.show(result.data)
        except RecursionError:
            raise RunError("this is nested too deeply", "recursion_limit_reached") from None

    def _read(self, source: Source) -> tuple[Program, Scope]:
        """The program, without problems, and its names."""
        program, scope = self.parse(source)
        if program.problems:
            raise ParseFailure(program.problems)
        return program, scope

    def _execute(self, source: Source, data: Data) -> None:
        """Run a program, pipeline by pipeline, once all of it is compiled."""
        self.running = None
        program, scope = self._read(source)
        compiler, pipelines = Compiler(self), [each for each in program.block.pipelines if each.stages]
        bind = compile_definitions(compiler, program.block.definitions)
        steps = [compiler.pipeline(pipeline) for pipeline in pipelines]
        before = dict(self.scope.variables)
        self.scope.adopt(scope)
        frame = self._frame_for(program)
        if program.uses_input:
            frame[INPUT_SLOT] = data = collect(data)
        if bind is not None:
            bind(frame)
        try:
            for pipeline, step in zip(pipelines, steps, strict=True):
                self.running = pipeline.span
                self._run_pipeline(pipeline, step, frame, data)
                data = left_over(data)
        finally:
            self._forget_unset(before)

    def run_main(self, arguments: Sequence[str], source: Source, data: Data = None) -> None:
        """Call the `main` that a script has defined, with arguments from the command line and what is left of the data.

        Raises:
            MainFailure: the arguments do not fit.
            StkError: there are arguments but no `main`, or it fails.
        """
        called = called_by_file(self.scope, source.name)
        command = command_of(self.scope, called, arguments)
        if command is not None:
            call = Source(call_text(called, arguments), f"arguments of {source.name}")
            try:
                self.run(call, left_over(data))
            except ParseFailure as failure:
                if failure.labels[0].span.source is not call:
                    raise
                raise MainFailure(failure.problems, command) from None
        elif arguments:
            raise _no_main(self.scope, source.name, called, arguments[0])

    def evaluate(self, source: Source, data: Data = None) -> Data:
        """The value of a program's last pipeline, which is not shown.

        Raises:
            StkError: the program cannot be read, or fails.
        """
        program, scope = self._read(source)
        step = Compiler(self).block(program.block)
        self.scope.adopt(scope)
        frame = self._frame_for(program)
        if program.uses_input:
            frame[INPUT_SLOT] = data = collect(data)
        return collect(step(frame, data))

    def _frame_for(self, program: Program) -> Frame:
        self.frame.extend(cast("Frame", [ABSENT] * (program.size - len(self.frame))))
        self.frame[INPUT_SLOT] = None
        return self.frame

    def _forget_unset(self, before: dict[str, VariableInfo]) -> None:
        """Forget the variables that a failed program has not come to; those that they would have hidden are back."""
        for name, info in list(self.scope.variables.items()):
            if cast("object", self.frame[info.slot]) is ABSENT:
                del self.scope.variables[name]
                if name in before:
                    self.scope.variables[name] = before[name]

    def _run_pipeline(self, pipeline: Pipeline, step: Step, frame: Frame, data: Data) -> None:
        self.work.source = None
        self._cut_notes, self._last_note = [], ""
        result = step(frame, data)
        if pipeline.shown and gives_value(pipeline):
            if isinstance(result, Stream) and result.cut_note is not None and result.is_listing:
                self.note_cut(result.cut_note)
            self._show_result(result)
        else:
            drain(result)
        for text in dict.fromkeys(note() for note in self._cut_notes):
            if text:
                self.output.note(text)

    def _show_result(self, result: Data) -> None:
        if self.last is None:
            self.output.show(result)
            return
        self.output.show(self.last.watched(result))
        note = self.last.note()
        if note is not None:
            self.output.note(note)

    def close(self) -> None:
        """Let go of the store, if it was opened."""
        if self._store is not None:
            self._store.close()
            self._store = None


def _no_main(scope: Scope, file: str, called: str, name: str) -> UsageError:
    """The error for a script that has no `main`, and nothing of the name that was given either."""
    own = [name for name in scope.commands if name.startswith(f"{called} ")]
    if own:
        return UsageError(f"{file} has no command `{name}`", f"It has {', '.join(f'`{name}`' for name in own)}.")
    return UsageError(f"{file} takes no arguments", "`def main [name] { ... }` in the script takes them.")


def gives_value(pipeline: Pipeline) -> bool:
    """Whether the last stage has a result to show: `let`, `print` and the like have none."""
    last = pipeline.stages[-1].expression
    if isinstance(last, (Assignment, DefinitionNode)):
        return False
    return not (isinstance(last, Call) and _gives_nothing(last.command))


def _gives_nothing(command: Command) -> bool:
    return {output for _, output in command.signature.types} == {"nothing"}
