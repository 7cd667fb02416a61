"""Which event is meant: by its uu or the beginning of it, given as an argument or piped in."""

from __future__ import annotations

import re

from stk_shell.model.command import Call
from stk_shell.model.conform import article
from stk_shell.model.errors import EventError, Label
from stk_shell.model.shape import UU
from stk_shell.model.signature import Flag, Parameter
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, collect
from stk_shell.model.values import Value
from stk_shell.render.cells import cell

LENGTH = 32
"""The hexadecimal digits of a uu."""

SHORTEST = 4
"""The fewest digits that may stand for a uu."""

UU_PARAMETER = Parameter(
    "event",
    UU,
    "Its uu or the beginning of it, 4 digits or more; or a record with a uu. Left out, it is piped in.",
    True,
)
UU_FLAG = Flag("uu", "The event, by name instead of by position: its uu, or the beginning of it.", UU)

UU_INPUTS = ("nothing", "string", "record")
"""What one event can be named by."""

CANDIDATES = 5
"""How many events an ambiguous beginning lists."""

COUNT_UP_TO = 100
"""How far the others are counted."""


def wanted(call: Call, data: Data) -> tuple[list[tuple[Value, Span]], bool]:
    """What names the events, with its place, and whether many were named: a list or table rather than one.

    Raises:
        EventError: nothing names one.
    """
    for name in ("event", "uu"):
        if call.given(name) and call.value(name) is not None:
            return _listed(call.value(name), call.span(name))
    value = collect(data)
    if value is None:
        label = Label(call.head, "no uu is given, and nothing is piped in")
        raise EventError(f"`{call.command.name}` has to know which event", "no_uu", (label,), _hint(call))
    return _listed(value, call.head)


def _hint(call: Call) -> str:
    name = call.command.name
    if call.command.signature.flag("attach"):
        return f"Name it: `{name} ... --attach 01a20567`, or `--attach $row` with a row of `event list`."
    return f"Name it: `{name} 01a20567`, `{name} --uu $uu`, `event list | get 0 | {name}`."


def _listed(value: Value, span: Span) -> tuple[list[tuple[Value, Span]], bool]:
    if isinstance(value, list):
        return [(item, span) for item in value], True
    return [(value, span)], False


def resolve(call: Call, value: Value, span: Span) -> str | None:
    """The whole uu that a text or record names; None where no event has such a uu.

    Raises:
        EventError: it is no uu, or several events' uus begin with it.
    """
    text = value.get("uu") if isinstance(value, dict) else value
    if not isinstance(text, str):
        what = "a record without a uu" if isinstance(value, dict) else article(text)
        raise EventError(f"this is {what}, not a uu", "no_uu", (Label(span, "names no event"),), _hint(call))
    digits = text.strip().replace("-", "").lower()
    if not re.fullmatch(r"[0-9a-f]+", digits) or len(digits) > LENGTH:
        label = Label(span, f"hexadecimal digits are needed, {LENGTH} at most")
        raise EventError(f"`{_short(text)}` is no uu", "no_uu", (label,), _hint(call))
    if len(digits) < SHORTEST:
        label = Label(span, f"{SHORTEST} digits at least are needed")
        raise EventError(f"`{text}` is too short for a uu", "no_uu", (label,), _hint(call))
    return _dashed(digits) if len(digits) == LENGTH else _by_prefix(call, digits, span)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _dashed(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _by_prefix(call: Call, digits: str, span: Span) -> str | None:
    found = call.session.store.matching(digits, COUNT_UP_TO)
    if len(found) < 2:
        return str(found[0]["uu"]) if found else None
    candidates = ["  ".join(cell(each[name]) for name in ("uu", "name", "created")) for each in found[:CANDIDATES]]
    if len(found) > CANDIDATES:
        at_least = "at least " if len(found) == COUNT_UP_TO else ""
        candidates.append(f"and {at_least}{len(found) - CANDIDATES} more; more digits tell them apart")
    label = Label(span, "several begin with it")
    raise EventError(
        f"several events have a uu that begins with `{digits}`", "ambiguous", (label,), "\n".join(candidates)
    )
