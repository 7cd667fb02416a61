"""What a chart draws: numbers, and what each of them is of."""

from __future__ import annotations

import datetime
import math
from typing import TypeAlias

from stk_shell.model.struct import Struct
from stk_shell.model.values import Duration, Filesize, Value

Number: TypeAlias = "int | float"

NUMBERS = (int, float, Filesize, Duration)
"""The types of what can be drawn."""


class Series(Struct):
    """Numbers with their labels, which are times, numbers or anything else; null is a number that is missing.

    `labels_name` and `numbers_name` are what heads them. Each remark is a sentence to say below the chart.
    """

    labels: tuple[Value, ...]
    numbers: tuple[Number | None, ...]
    labels_name: str = ""
    numbers_name: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def has_times(self) -> bool:
        """Whether the labels are times."""
        return bool(self.labels) and all(isinstance(label, datetime.datetime) for label in self.labels)

    @property
    def has_positions(self) -> bool:
        """Whether the labels say where the numbers stand: as times, or as numbers."""
        return self.has_times or (bool(self.labels) and all(is_finite(label) for label in self.labels))


def is_finite(value: Value) -> bool:
    """Whether the value is a number that has a place on a scale."""
    return type(value) in NUMBERS and isinstance(value, (int, float)) and math.isfinite(value)
