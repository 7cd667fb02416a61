"""Whether a value may stand where a shape is asked for, and what it becomes there."""

from __future__ import annotations

import datetime

from stk_shell.model.shape import Shape
from stk_shell.model.types import kind
from stk_shell.model.values import CellPath, Closure, Duration, Filesize, PathMember, Range, Value

CLASSES: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (float,),
    "number": (int, float),
    "bool": (bool,),
    "string": (str,),
    "path": (str,),
    "datetime": (datetime.datetime,),
    "duration": (Duration,),
    "filesize": (Filesize,),
    "range": (Range,),
    "binary": (bytes,),
    "record": (dict,),
    "closure": (Closure,),
    "condition": (Closure,),
    "nothing": (type(None),),
    "list": (list,),
}
"""The Python types that go into each shape as they are."""


class Misfit(Exception):
    """A value that cannot have the shape."""


def conform(value: Value, shape: Shape) -> Value:
    """The value as the shape wants it: an int becomes a float where one is asked for, a string a cell path.

    Raises:
        Misfit: it cannot have the shape.
    """
    if shape.choices:
        return _one_of(value, shape)
    classes = CLASSES.get(shape.name)
    if classes is not None and type(value) in classes:
        return [conform(item, shape.item) for item in value] if isinstance(value, list) and shape.item else value
    return _converted(value, shape)


def _converted(value: Value, shape: Shape) -> Value:
    name = shape.name
    if name == "float" and type(value) is int:
        return float(value)
    if name == "cell-path":
        return to_path(value)
    if name == "list" and isinstance(value, Range) and value.end is not None:
        return [conform(item, shape.item) if shape.item else item for item in value]
    if name == "table" and isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    if name not in CLASSES and name not in ("table", "cell-path"):
        return value
    raise Misfit(f"{with_article(str(shape))} is needed, this is {article(value)}")


def _one_of(value: Value, shape: Shape) -> Value:
    for choice in shape.choices:
        try:
            return conform(value, choice)
        except Misfit:
            continue
    wanted = " or ".join(str(choice) for choice in shape.choices)
    raise Misfit(f"{wanted} is needed, this is {article(value)}")


def to_path(value: Value) -> CellPath:
    """A string as the name of one column, an integer as the number of a row."""
    if isinstance(value, CellPath):
        return value
    if isinstance(value, str) or (type(value) is int and value >= 0):
        return CellPath((PathMember(value),))
    raise Misfit(f"a cell path is needed, this is {article(value)}")


def article(value: Value) -> str:
    """The type of the value, as it stands in a sentence."""
    return "null" if value is None else with_article(kind(value))


def with_article(name: str) -> str:
    """The name with the article that it takes: `an int`, `a list`."""
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
