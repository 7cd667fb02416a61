"""`$env`: its variables are found whatever their case, and a closure's changes end with it. And `$nu`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model import syntax
from stk_shell.model.command import Evaluate, Frame
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import follow, in_any_case
from stk_shell.model.stream import Data, collect
from stk_shell.model.suggest import nearest
from stk_shell.model.values import CellPath, PathMember, Record, Value

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler
    from stk_shell.engine.functions import Caught, Given, Invoke
    from stk_shell.engine.session import ShellSession


def compile_environment(compiler: Compiler, node: syntax.Environment) -> Evaluate:
    """A copy of all variables."""
    session = compiler.session
    return lambda frame: dict(session.environment)


def compile_access(compiler: Compiler, node: syntax.Access) -> Evaluate:
    """`$env.NAME`, and what may follow."""
    session, (member, *rest), span = compiler.session, node.path.members, node.head.span
    path = CellPath(tuple(rest))

    def evaluate(frame: Frame) -> Value:
        name = in_any_case(session.environment, str(member.value))
        if name is not None:
            return follow(session.environment[name], path, span)
        if member.optional:
            return None
        raise _no_variable(member, session.environment)

    return evaluate


def _no_variable(member: PathMember, environment: Record) -> RunError:
    near = nearest(str(member.value), environment)
    label = f"did you mean `{near}`?" if near else "it is not set"
    labels = () if member.span is None else (Label(member.span, label),)
    hint = f"`$env.{member.value}?` gives null where there is none, `$env` shows all."
    instead = member.span.replaced(near) if near and member.span else None
    headline = f"there is no environment variable `{member.value}`"
    return RunError(headline, "column_not_found", labels, hint, instead=instead)


def existing(environment: Record, path: CellPath) -> CellPath:
    """The path with its first name as the environment has it, in whatever case."""
    member, *rest = path.members
    name = in_any_case(environment, str(member.value)) or member.value
    return CellPath((member.replace(value=name), *rest))


def scoped(session: ShellSession, invoke: Invoke) -> Invoke:
    """The function, but what it changes of the environment ends with it."""

    def restoring(caught: Caught, given: Given, data: Data) -> Data:
        before = session.environment
        try:
            # What comes later would not see the changes.
            return collect(invoke(caught, given, data))
        finally:
            session.environment = before

    return restoring


def compile_facts(compiler: Compiler, node: syntax.Facts) -> Evaluate:
    """What stk knows of itself and of the system it runs on."""
    return lambda frame: facts()


def facts() -> Record:
    """`$nu`: the fields of nushell's that mean something here."""
    import os
    import sys
    import tempfile

    system = os.uname()
    return {
        "home-path": os.path.expanduser("~"),
        "temp-path": tempfile.gettempdir(),
        "pid": os.getpid(),
        "os-info": {
            "name": "macos" if system.sysname == "Darwin" else system.sysname.lower(),
            "arch": system.machine,
            "family": "unix",
            "kernel_version": system.release,
        },
        "current-exe": os.path.abspath(sys.argv[0]),
    }
