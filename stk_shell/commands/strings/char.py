"""The command `char`."""

from __future__ import annotations

import sys

from stk_shell.commands.strings._characters import NAMES, UNSHOWN
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT, STRING, one_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.suggest import nearest
from stk_shell.model.values import Value

CHARACTER = one_of(INT, STRING)

SURROGATES = range(0xD800, 0xE000)
"""Numbers of halves of characters."""


class Char(Command):
    """Gives characters that are hard to type."""

    name = "char"
    summary = "Give a character by its name or number."
    signature = Signature(
        types=(("nothing", "any"),),
        category="strings",
        positionals=(Parameter("character", CHARACTER, "The name, or the number with `-u` or `-i`.", True),),
        rest=Parameter("more", CHARACTER, "Further numbers."),
        flags=(
            Flag("list", "List all names.", short="l"),
            Flag("unicode", "Take numbers as hexadecimal code points.", short="u"),
            Flag("integer", "Take numbers as decimal code points.", short="i"),
        ),
    )
    examples = (
        Example("char tab", "By its name.", "\t"),
        Example("char --unicode 00eb", "By its code point.", "ë"),
        Example("char --integer 65 66", "By decimal numbers.", "AB"),
        Example("char --list | first | get name", "The names there are.", "nul"),
    )
    fails = "An unknown name is an error with the nearest one."
    see_also = ("str replace", "split row")

    def run(self, call: Call, data: Data) -> Data:
        """The characters, or the table of names."""
        if call.switch("list"):
            return [_listed(name, characters) for name, characters in NAMES.items()]
        if not call.given("character"):
            label = Label(call.head, "a name goes behind this")
            raise RunError("`char` needs a name", "missing_parameter", (label,), "`char --list` shows the names.")
        if call.switch("unicode") or call.switch("integer"):
            base = 16 if call.switch("unicode") else 10
            return "".join(_numbered(value, base, call) for value in (call.value("character"), *call.rest("more")))
        return _named(call)


def _listed(name: str, characters: str) -> Value:
    shown = "" if UNSHOWN.issuperset(characters) else characters
    return {"name": name, "character": shown, "unicode": " ".join(f"{ord(each):x}" for each in characters)}


def _numbered(value: Value, base: int, call: Call) -> str:
    written = str(value)
    try:
        code = int(written, base)
    except ValueError:
        code = -1
    if 0 <= code <= sys.maxunicode and code not in SURROGATES:
        return chr(code)
    label = Label(call.span("character"), "this is no number of a character")
    raise RunError(f"`{written}` is no code point", "cant_convert", (label,))


def _named(call: Call) -> str:
    name = str(call.value("character"))
    if name in NAMES:
        return NAMES[name]
    near = nearest(name, NAMES)
    label = Label(call.span("character"), f"did you mean `{near}`?" if near else "not a name")
    hint = "`char --list` shows the names."
    raise RunError(f"there is no character named `{name}`", "type_mismatch", (label,), hint)


COMMAND = Char()
