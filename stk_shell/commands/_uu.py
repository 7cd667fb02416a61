"""Which record is meant: by its uu or the beginning of it, given as an argument or piped in."""

from __future__ import annotations

import re

from stk_shell.model.command import Call
from stk_shell.model.conform import article
from stk_shell.model.errors import EventError, Label
from stk_shell.model.nouns import EVENTS, Noun
from stk_shell.model.offers import open_uu_of, uu_of
from stk_shell.model.shape import UU
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, collect
from stk_shell.model.values import Value
from stk_shell.render.cells import cell

LENGTH = 32
"""The hexadecimal digits of a uu."""

SHORTEST = 4
"""The fewest digits that may stand for a uu."""

CANDIDATES = 5
"""How many records an ambiguous beginning lists."""

COUNT_UP_TO = 100
"""How far the others are counted."""


def named_signature(noun: Noun, *, is_open: bool = False) -> Signature:
    """The signature of a command that takes one record or many; `is_open` if it does not take revoked ones."""
    completes = open_uu_of(noun) if is_open else uu_of(noun)
    sentence = "Its uu or the beginning of it, 4 digits or more; or a record with a uu. Left out, it is piped in."
    flag = f"The {noun.name}, by name instead of by position: its uu, or the beginning of it."
    return Signature(
        types=tuple((given, "record") for given in ("nothing", "string", "record"))
        + tuple((given, "table") for given in ("list<any>", "table")),
        category=noun.name,
        positionals=(Parameter(noun.name, UU, sentence, True, completes=completes),),
        flags=(Flag("uu", flag, UU, completes=completes),),
    )


def wanted(call: Call, data: Data, noun: Noun) -> tuple[list[tuple[Value, Span]], bool]:
    """What names the records, with its place, and whether many were named: a list or table rather than one.

    Raises:
        EventError: nothing names one.
    """
    for name in (noun.name, "uu"):
        if call.given(name) and call.value(name) is not None:
            return _listed(call.value(name), call.span(name))
    value = collect(data)
    if value is None:
        label = Label(call.head, "no uu is given, and nothing is piped in")
        raise EventError(f"`{call.command.name}` has to know which {noun.name}", "no_uu", (label,), _hint(call, noun))
    return _listed(value, call.head)


def _hint(call: Call, noun: Noun) -> str:
    name = call.command.name
    if call.command.signature.flag("attach"):
        return f"Name it: `{name} ... --attach 01a20567`, or `--attach $row` with a row of `event list`."
    return f"Name it: `{name} 01a20567`, `{name} --uu $uu`, `{noun.name} list | get 0 | {name}`."


def _listed(value: Value, span: Span) -> tuple[list[tuple[Value, Span]], bool]:
    if isinstance(value, list):
        return [(item, span) for item in value], True
    return [(value, span)], False


def known(call: Call, value: Value, span: Span, noun: Noun) -> str:
    """The whole uu that a text or record names.

    Raises:
        EventError: it is no uu, the beginning of none, or of several.
    """
    uu = resolve(call, value, span, noun)
    if uu is None:
        label = Label(span, f"no {noun.name} has a uu that begins like this")
        hint = f"Nothing was changed. `{noun.name} list --all --limit 0` shows all {noun.plural}."
        raise EventError(f"there is no such {noun.name}", f"unknown_{noun.name}", (label,), hint)
    return uu


def resolve(call: Call, value: Value, span: Span, noun: Noun = EVENTS) -> str | None:
    """The whole uu that a text or record names; None where no record of that kind has such a uu.

    Raises:
        EventError: it is no uu, or several records' uus begin with it.
    """
    text = value.get("uu") if isinstance(value, dict) else value
    if not isinstance(text, str):
        what = "a record without a uu" if isinstance(value, dict) else article(text)
        raise EventError(
            f"this is {what}, not a uu", "no_uu", (Label(span, f"names no {noun.name}"),), _hint(call, noun)
        )
    digits = text.strip().replace("-", "").lower()
    if not re.fullmatch(r"[0-9a-f]+", digits) or len(digits) > LENGTH:
        label = Label(span, f"hexadecimal digits are needed, {LENGTH} at most")
        raise EventError(f"`{_short(text)}` is no uu", "no_uu", (label,), _hint(call, noun))
    if len(digits) < SHORTEST:
        label = Label(span, f"{SHORTEST} digits at least are needed")
        raise EventError(f"`{text}` is too short for a uu", "no_uu", (label,), _hint(call, noun))
    return _dashed(digits) if len(digits) == LENGTH else _by_prefix(call, digits, span, noun)


def whole(value: Value) -> str | None:
    """The uu that a value is, in small letters and with hyphens; None if it is none, or the beginning of one."""
    digits = value.strip().replace("-", "").lower() if isinstance(value, str) else ""
    return _dashed(digits) if len(digits) == LENGTH and re.fullmatch(r"[0-9a-f]+", digits) else None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _dashed(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _by_prefix(call: Call, digits: str, span: Span, noun: Noun) -> str | None:
    found = call.session.store.matching(digits, COUNT_UP_TO, noun)
    if len(found) < 2:
        return str(found[0]["uu"]) if found else None
    candidates = ["  ".join(cell(each[name]) for name in ("uu", "name", "created")) for each in found[:CANDIDATES]]
    if len(found) > CANDIDATES:
        at_least = "at least " if len(found) == COUNT_UP_TO else ""
        candidates.append(f"and {at_least}{len(found) - CANDIDATES} more; more digits tell them apart")
    label = Label(span, "several begin with it")
    raise EventError(
        f"several {noun.plural} have a uu that begins with `{digits}`", "ambiguous", (label,), "\n".join(candidates)
    )
