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
    """A value that cannot have the shape: what is needed, and what there is, each as a part of a sentence."""

    def __init__(self, needed: str, given: str) -> None:
        super().__init__(f"{needed} is needed, {given}")
        self.needed = needed
        self.given = given


def conform(value: Value, shape: Shape) -> Value:
    """The value as the shape wants it: an int becomes a float where one is asked for, a string a cell path.

    Raises:
        Misfit: it cannot have the shape.
    """
    if shape.choices:
        return _one_of(value, shape)
    if shape.fields:
        _check_fields(value, shape)
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
    raise Misfit(with_article(str(shape)), f"this is {article(value)}")


def is_a(value: Value, shape: Shape) -> bool:
    """Whether the value has the shape as it is: an int is no float."""
    if shape.choices:
        return any(is_a(value, choice) for choice in shape.choices)
    if shape.name == "table" or shape.fields:
        rows = value if shape.name == "table" else [value]
        return isinstance(rows, list) and all(_wrong_field(row, shape) is None for row in rows)
    classes = CLASSES.get(shape.name)
    if classes is not None and type(value) not in classes:
        return False
    return shape.item is None or not isinstance(value, list) or all(is_a(item, shape.item) for item in value)


def _wrong_field(row: Value, shape: Shape) -> str | None:
    """What is wrong with a row, or None; further fields may be there."""
    if not isinstance(row, dict):
        return f"this is {article(row)}"
    for name, field in shape.fields:
        if name not in row:
            return f"there is no `{name}`"
        if not is_a(row[name], field):
            return f"`{name}` is {article(row[name])}"
    return None


def _check_fields(value: Value, shape: Shape) -> None:
    rows = value if shape.name == "table" and isinstance(value, list) else [value]
    for row in rows:
        wrong = _wrong_field(row, shape)
        if wrong is not None:
            raise Misfit(with_article(str(shape)), wrong)


def _one_of(value: Value, shape: Shape) -> Value:
    for choice in shape.choices:
        try:
            return conform(value, choice)
        except Misfit:
            continue
    wanted = " or ".join(str(choice) for choice in shape.choices)
    raise Misfit(wanted, f"this is {article(value)}")


def to_path(value: Value) -> CellPath:
    """A string as the name of one column, an integer as the number of a row."""
    if isinstance(value, CellPath):
        return value
    if isinstance(value, str) or (type(value) is int and value >= 0):
        return CellPath((PathMember(value),))
    raise Misfit("a cell path", f"this is {article(value)}")


def article(value: Value) -> str:
    """The type of the value, as it stands in a sentence."""
    return "null" if value is None else with_article(kind(value))


def with_article(name: str) -> str:
    """The name with the article that it takes: `an int`, `a list`."""
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
