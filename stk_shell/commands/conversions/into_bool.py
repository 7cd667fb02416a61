"""The command `into bool`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from stk_shell.commands._cells import CELLS
from stk_shell.commands.conversions._convert import cannot_convert, converted, floating, unchanged
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value

WORDS = {"true": True, "false": False}


class IntoBool(Command):
    """Makes bools."""

    name = "into bool"
    summary = "Make a bool of a text or a number."
    description = "Of texts, `true` and `false` count, in capital or small letters, and numbers. Only 0 is false."
    signature = Signature(
        types=(
            *(("int", "bool"), ("number", "bool"), ("string", "bool"), ("bool", "bool"), ("nothing", "bool")),
            *(("list<any>", "list<bool>"), ("table", "table"), ("record", "record")),
        ),
        category="conversions",
        rest=CELLS,
        flags=(Flag("relaxed", "Take any text: only the empty one, `0` and `false` are false. So is null."),),
    )
    examples = (
        Example("'true' | into bool", "A text.", True),
        Example("[0 1 'false'] | into bool", "Each item of a list.", [False, True, False]),
        Example("'yes' | into bool --relaxed", "Any other word.", True),
    )
    fails = "Without `--relaxed`, a text that is neither a bool nor a number is an error."
    see_also = ("into int", "into string")

    def run(self, call: Call, data: Data) -> Data:
        """The bools."""
        relaxed = call.switch("relaxed")
        actions: dict[type, Callable[..., Value]] = {
            bool: unchanged,
            int: bool,
            float: bool,
            str: _of_any_text if relaxed else partial(_of_text, call),
        }
        if relaxed:
            actions[type(None)] = bool
        return converted(call, data, actions, "bools, numbers and texts")


def _of_text(call: Call, text: str) -> bool:
    word = text.strip().lower()
    number = floating(word)
    if word not in WORDS and number is None:
        hint = "`true` and `false` are bools, and numbers; `--relaxed` takes any text."
        raise cannot_convert(call, text, "bool", hint)
    return WORDS[word] if word in WORDS else bool(number)


def _of_any_text(text: str) -> bool:
    return text.strip().lower() not in ("", "0", "false")


COMMAND = IntoBool()
