"""What to write instead of a value that does not fit: parts of the lines that errors suggest."""

from __future__ import annotations

from stk_shell.model.values import CellPath, PathMember, Value


def as_condition(text: str, value: Value) -> str | None:
    """A condition in the place of a value that is none; `text` is how the program writes it."""
    if value is None:
        return f"({piped(text)} | default false)"
    if isinstance(value, (list, dict)):
        return f"({piped(text)} | is-not-empty)"
    if isinstance(value, str):
        return f'{text} != ""'
    return f"{text} != 0" if type(value) in (int, float) else None


def piped(text: str) -> str:
    """The text of an operand as it can begin a pipeline: a bare word is a column of the row."""
    if text[:1] == "(" and text.find(")") == len(text) - 1:
        return text[1:-1]
    return f"$it.{text}" if text[:1].isalpha() or text[:1] == "_" else text


def column_text(name: str) -> str:
    """The name of a column as it stands in a cell path, in quotes where it needs them."""
    return str(CellPath((PathMember(name),)))
