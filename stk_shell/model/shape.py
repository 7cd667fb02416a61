"""How the text of an argument is read, as opposed to what a value is (`types`)."""

from __future__ import annotations

from stk_shell.model.struct import Struct


class Shape(Struct):
    """The form of one argument. `name` is what help and errors call it; a record or table may have `fields`."""

    name: str
    item: Shape | None = None
    choices: tuple[Shape, ...] = ()
    word: str = ""
    fields: tuple[tuple[str, Shape], ...] = ()

    def __str__(self) -> str:
        if self.fields:
            return f"{self.name}<{', '.join(f'{name}: {shape}' for name, shape in self.fields)}>"
        if self.choices and self.name == "oneof":
            return f"oneof<{', '.join(map(str, self.choices))}>"
        return f"{self.name}<{self.item}>" if self.item and self.name != "keyword" else self.name


ANY = Shape("any")
NOTHING = Shape("nothing")
INT = Shape("int")
FLOAT = Shape("float")
NUMBER = Shape("number")
BOOL = Shape("bool")
STRING = Shape("string")
DATETIME = Shape("datetime")
DURATION = Shape("duration")
FILESIZE = Shape("filesize")
RANGE = Shape("range")
BINARY = Shape("binary")
RECORD = Shape("record")
TABLE = Shape("table")
LIST = Shape("list")
CELL_PATH = Shape("cell-path")
CLOSURE = Shape("closure")
CONDITION = Shape("condition")
"""A row condition: `name == "x"` is short for `$it.name == "x"`; a closure will do as well."""
PATH = Shape("path")
"""The name of a file."""
UU = Shape("uu")
"""What names a record: its uu or the beginning of it, which may look like a number; or a record with a uu."""

BLOCK = Shape("block")
"""Braces that run where they stand, without a scope for parameters."""
LOOP_BLOCK = Shape("block", word="loop")
"""The same, where `break` and `continue` may stand."""
EXPRESSION = Shape("expression")
"""An expression with operators, up to the next keyword or the end of the stage."""
BRANCH = Shape("expression", word="branch")
"""The same; braces that hold no record are a block."""
PIPELINE = Shape("pipeline")
"""The rest of the pipeline, with all its stages: what `let` takes."""
VARIABLE = Shape("variable")
"""The name of a new variable, with an optional type."""
PARAMETERS = Shape("parameters")
"""The parameter list of a definition."""
HANDLER = Shape("closure", word="handler")
"""A closure that runs where it stands, so that `return`, `break` and `continue` in it mean what is around it."""
MATCH_ARMS = Shape("match-arms")
"""The braces of a `match`: patterns and what they lead to."""


def list_of(item: Shape) -> Shape:
    """A list whose items have the given shape."""
    return Shape("list", item)


def one_of(*choices: Shape, name: str = "oneof") -> Shape:
    """Any of several shapes, tried in order; help shows the name instead of them, if it has one."""
    return Shape(name, choices=choices)


def keyword(word: str, shape: Shape) -> Shape:
    """A fixed word followed by an argument, such as `else { ... }`."""
    return Shape("keyword", shape, word=word)
