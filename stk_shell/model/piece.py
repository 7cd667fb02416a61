"""A stretch of a program that has a colour, for those who find them and those who paint them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias


class Piece(NamedTuple):
    """From start up to, not including, end.

    Kinds are command, keyword, flag, string, number, constant, variable, column, operator, comment and problem.
    """

    start: int
    end: int
    kind: str


ReadPieces: TypeAlias = Callable[[str], list[Piece]]
"""Gives the pieces of a program, in order and without overlaps."""
