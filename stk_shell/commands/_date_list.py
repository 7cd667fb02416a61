"""The list of what may stand in the format of a date."""

from __future__ import annotations

import datetime

from stk_shell.commands._strftime import formatter
from stk_shell.model.values import Record, Value

MEANINGS = {
    "%Y": "Year, four digits.",
    "%C": "Century: the year without its last two digits.",
    "%y": "The last two digits of the year.",
    "%m": "Month, two digits.",
    "%b": "Month, its first three letters.",
    "%B": "Month, its name.",
    "%h": "The same as %b.",
    "%d": "Day of the month, two digits.",
    "%e": "Day of the month, with a blank before a single digit.",
    "%a": "Day of the week, its first three letters.",
    "%A": "Day of the week, its name.",
    "%w": "Day of the week as a number, Sunday is 0.",
    "%u": "Day of the week as a number, Monday is 1, Sunday 7.",
    "%U": "Week of the year, beginning with the first Sunday.",
    "%W": "Week of the year, beginning with the first Monday.",
    "%G": "Year that the ISO week belongs to.",
    "%g": "The last two digits of the ISO week's year.",
    "%V": "ISO week, 01 to 53.",
    "%j": "Day of the year, three digits.",
    "%D": "Short for %m/%d/%y.",
    "%x": "Short for %m/%d/%Y.",
    "%F": "Short for %Y-%m-%d.",
    "%v": "Short for %e-%b-%Y.",
    "%H": "Hour, 00 to 23.",
    "%k": "Hour, with a blank before a single digit.",
    "%I": "Hour of half a day, 01 to 12.",
    "%l": "Hour of half a day, with a blank before a single digit.",
    "%P": "am or pm.",
    "%p": "AM or PM.",
    "%M": "Minute.",
    "%S": "Second.",
    "%f": "Fraction of the second, in nanoseconds.",
    "%.f": "Fraction of the second with its point, as many digits as it needs.",
    "%.3f": "Fraction of the second with its point, three digits.",
    "%.6f": "Fraction of the second with its point, six digits.",
    "%.9f": "Fraction of the second with its point, nine digits.",
    "%3f": "Fraction of the second, three digits.",
    "%6f": "Fraction of the second, six digits.",
    "%9f": "Fraction of the second, nine digits.",
    "%R": "Short for %H:%M.",
    "%T": "Short for %H:%M:%S.",
    "%X": "Short for %I:%M:%S %p.",
    "%r": "Short for %I:%M:%S %p.",
    "%Z": "Distance from UTC.",
    "%z": "Distance from UTC, without a colon.",
    "%:z": "Distance from UTC, with a colon.",
    "%c": "Day and time in full.",
    "%+": "Day, time and distance from UTC as ISO 8601 has them.",
    "%s": "Seconds since 1970.",
    "%J": "Short for %Y%m%d.",
    "%Q": "Short for %H%M%S.",
    "%t": "A tab.",
    "%n": "A new line.",
    "%%": "A percent sign.",
}
"""What each specifier stands for."""

ONLY_READ = {"%#z": "Distance from UTC, in hours alone or with minutes."}
"""What stands only in formats for reading."""


def specifiers(now: datetime.datetime) -> list[Value]:
    """The table of specifiers, with what each makes of the time."""
    return [_row(name, formatter(name)(now), meaning) for name, meaning in MEANINGS.items()]


def specifiers_to_read(now: datetime.datetime) -> list[Value]:
    """The table of specifiers for reading a date."""
    example = formatter("%:::z")(now)
    return [*specifiers(now), *(_row(name, example, meaning) for name, meaning in ONLY_READ.items())]


def _row(name: str, example: str, meaning: str) -> Record:
    return {"Specification": name, "Example": example, "Description": meaning}
