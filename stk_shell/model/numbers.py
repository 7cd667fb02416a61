"""What can be told of many numbers at once."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stk_shell.model.values import Value

HEAD, SIZE, MARK = 5, 5, b"i"
"""In the format of `marshal`: the bytes before the items of a list, those of an integer of 32 bits, and its first."""


def are_small_integers(values: list[Value]) -> bool:
    """Whether all values are integers of 32 bits, and no booleans; looking at each takes half as long again."""
    if values and type(values[0]) is not int:
        return False
    try:
        written = marshal.dumps(values, 2)
    except ValueError:
        return False
    return len(written) == HEAD + SIZE * len(values) and written[HEAD::SIZE] == MARK * len(values)
