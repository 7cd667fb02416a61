"""What a command takes and gives: the one description that parsing, help, completion and checks work from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.shape import Shape
    from stk_shell.model.values import Value


Completes: TypeAlias = "str | tuple[str, ...]"
"""What an argument names, as `model.offers` has it, or the few words that it can be."""


class Parameter(Struct):
    """A positional argument, or the rest of them. Optional ones may have a default, which help shows."""

    name: str
    shape: Shape
    sentence: str
    optional: bool = False
    default: Value = None
    completes: Completes = ""


class Flag(Struct):
    """A named argument: `--long value`, `-s value`, or a switch where the shape is None."""

    name: str
    sentence: str
    shape: Shape | None = None
    short: str = ""
    default: Value = None
    completes: Completes = ""


class Signature(Struct):
    """Everything that can follow a command's name, and the types that go in and come out.

    `types` holds pairs of input and output type; `nothing` as input means that nothing need be piped.
    """

    types: tuple[tuple[str, str], ...]
    category: str
    positionals: tuple[Parameter, ...] = ()
    rest: Parameter | None = None
    flags: tuple[Flag, ...] = ()

    def flag(self, name: str) -> Flag | None:
        """The flag of that long name."""
        return next((flag for flag in self.flags if flag.name == name), None)

    def short_flag(self, letter: str) -> Flag | None:
        """The flag of that letter."""
        return next((flag for flag in self.flags if flag.short == letter), None)

    def required(self) -> int:
        """How many positional arguments there must be."""
        return sum(not parameter.optional for parameter in self.positionals)


HELP_FLAG = Flag("help", "Show this page.", short="h")
"""Every command has it; no signature lists it."""
