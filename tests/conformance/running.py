"""Running the programs inside one process, and counting by group."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import StkError
from stk_shell.model.settings import Settings
from stk_shell.model.span import Source
from tests.conformance.cases import Case, cases, same
from tests.fixtures.shells import REGISTRY, Recorder, no_store


@contextmanager
def universal_time() -> Iterator[None]:
    """The time zone in which nushell was asked."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


def failure(case: Case) -> str | None:
    """Why the case fails, or None."""
    session = ShellSession(Settings(), REGISTRY, Recorder(), no_store, {})
    try:
        answer = str(session.evaluate(Source(case.wrapped)))
    except StkError as error:
        return None if case.error else f"{error.code}: {error.headline}"
    if case.error:
        return f"gives {answer}, {case.error} expected"
    return None if same(json.loads(answer), case.expect) else f"gives {answer}, {case.expect!r} expected"


def error_code(case: Case) -> str:
    """The last word of the code of the error that the program ends with."""
    session = ShellSession(Settings(), REGISTRY, Recorder(), no_store, {})
    try:
        session.evaluate(Source(case.wrapped))
    except StkError as error:
        return error.code.rpartition("::")[2]
    return ""


def report() -> str:
    """The pass rate by group, a line for each, and the failures."""
    passed: dict[str, int] = {}
    total: dict[str, int] = {}
    lines = []
    for case in cases():
        why = failure(case)
        total[case.group] = total.get(case.group, 0) + 1
        passed[case.group] = passed.get(case.group, 0) + (why is None)
        if why is not None:
            lines.append(f"{case.id}: {why}")
    lines += [f"{group:16} {passed[group]:4} of {total[group]}" for group in total]
    return "\n".join([*lines, f"{sum(passed.values())} of {sum(total.values())}"])
