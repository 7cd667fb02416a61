"""The command line: where the program comes from, and exit codes."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from stk_shell import __version__, standard_input
from stk_shell.config import load
from stk_shell.model.errors import Exit, MainFailure, StkError, UsageError
from stk_shell.model.settings import Settings
from stk_shell.model.stream import Data
from stk_shell.options import Options, read_options
from stk_shell.output import Output

if TYPE_CHECKING:
    from stk_shell.engine.session import ShellSession
    from stk_shell.model.span import Source

FAILED, USAGE, BUG, HUNG_UP, INTERRUPTED, PIPE_CLOSED = 1, 2, 70, 129, 130, 141
"""Exit codes: a failed program, wrong options, a bug of ours (EX_SOFTWARE), and 128 + the number of a signal."""

STANDARD_ERROR = 2
"""The highest number of a standard stream."""

COLLECT_AFTER = 50_000
"""How many objects are made before Python looks for cycles among them: it looks 70 times as often by itself, which
takes a tenth of the time that loading the database driver takes, and finds next to nothing."""


def run() -> NoReturn:
    """Run stk as a process: give its exit code to the system."""
    gc.set_threshold(COLLECT_AFTER)
    _occupy_standard_streams()
    code = main(sys.argv[1:])
    # Everything is closed and written by now, and taking the interpreter apart would take another 25 ms.
    os._exit(code)


def _occupy_standard_streams() -> None:
    """Where a standard stream is closed, the next file or connection must not take its number.

    Programs that we start, and libraries, would write into it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= STANDARD_ERROR:
        pass
    os.close(descriptor)


def main(arguments: Sequence[str]) -> int:
    """Run stk with the arguments; gives the exit code."""
    output = Output(Settings())
    try:
        options = read_options(arguments)
        output = Output(load(options.settings, os.environ, use_file=not options.no_config))
        _hide_password(options, output)
        code = _run(options, output)
    except UsageError as error:
        output.diagnostic(error)
        return USAGE
    except StkError as error:
        output.diagnostic(error)
        return FAILED
    except Exit as leaving:
        return leaving.status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    except Exception as bug:  # noqa: BLE001
        if isinstance(bug, OSError) and bug.errno == errno.EIO:
            # The terminal is gone, of which the system sends a signal only to those whom it controls.
            return HUNG_UP
        output.bug(bug)
        return BUG
    return code


def _hide_password(options: Options, output: Output) -> None:
    """Keep the password of --dsn from the list of processes, as far as that can be done, and warn of it."""
    dsn = options.settings.get("dsn")
    if not isinstance(dsn, str):
        return
    from stk_shell.model.secret import passwords

    found = passwords(dsn)
    if found:
        from stk_shell.process_list import hide

        for password in found:
            hide(password)
        output.note("a password in --dsn can be seen in the list of processes; in ~/.pgpass or PGPASSWORD, it cannot")


def _run(options: Options, output: Output) -> int:
    if options.help:
        from stk_shell.usage import usage_text

        output.write(usage_text())
    elif options.version:
        output.write(f"stk {__version__}\n")
    elif options.print_completions:
        from stk_shell.outer_shells import completions

        output.write(completions(options.print_completions))
    elif options.command is None and options.file is None and standard_input.is_terminal():
        return _run_shell(options, output)
    else:
        _run_program(options, output)
    return 0


def _run_shell(options: Options, output: Output) -> int:
    from stk_shell.repl.app import Shell
    from stk_shell.wiring import leave_in_order, load_store, new_session, place_in_words, sign_of_events, store_in_words

    session = new_session(options, output)
    output.pages = True
    # Another thread may be the first to need the store, and cannot see to this.
    leave_in_order()
    try:
        shell = Shell(session, output, output.results_palette, place_in_words(output.settings))
        startup = None if options.no_config else _startup()
        is_used = os.path.exists(sign_of_events(output.settings))
        return shell.run(store_in_words(output.settings), startup, load_store, is_used=is_used)
    finally:
        session.close()


def _startup() -> Source | None:
    """The user's own commands and aliases, with which every shell begins."""
    from stk_shell.config import startup_path
    from stk_shell.model.span import Source

    path = startup_path()
    return Source(_read_script(path), path) if os.path.exists(path) else None


def _run_program(options: Options, output: Output) -> None:
    from stk_shell.model.span import Source
    from stk_shell.wiring import new_session

    if options.command is not None:
        source, data = Source(options.command), standard_input.piped()
    elif options.file is not None:
        source, data = Source(_read_script(options.file), options.file), standard_input.piped()
    else:
        source, data = Source(_read_program(), "standard input"), None
    session = new_session(options, output)
    try:
        with output.busy(session):
            session.run(source, data)
            if options.file is not None:
                _run_main(session, options, source, data)
    finally:
        session.close()


def _run_main(session: ShellSession, options: Options, source: Source, data: Data) -> None:
    """Call a script's `main`; what is wrong with its arguments is said with what it takes."""
    try:
        session.run_main(options.arguments, source, data)
    except MainFailure as failure:
        from stk_shell.render.help_page import usage

        failure.help = f"Usage: {usage(failure.command)}"
        raise


def _read_script(path: str) -> str:
    try:
        # Some editors begin a file with a byte order mark.
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"cannot read {path}: it is no UTF-8 text") from None


def _read_program() -> str:
    if sys.stdin is None:
        raise StkError("cannot read the program: standard input is closed", "input", help="`stk -c PROGRAM` runs one.")
    try:
        return b"".join(standard_input.blocks()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("cannot read the program: it is no UTF-8 text") from None
