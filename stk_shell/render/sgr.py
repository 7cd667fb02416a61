"""Styles as the codes of a terminal, in as many colours as it has.

A style is words, as prompt_toolkit reads them: `bold ansired`, `italic #75715e`.
"""

from __future__ import annotations

from collections.abc import Mapping

ATTRIBUTES = {"bold": "1", "dim": "2", "italic": "3", "underline": "4"}

NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "gray")
BRIGHT = ("brightblack", *(f"bright{name}" for name in NAMES[1:7]), "white")
CODES = {
    f"ansi{name}": str(start + at) for start, names in ((30, NAMES), (90, BRIGHT)) for at, name in enumerate(names)
}
"""The terminal's own colours, by the names that pygments and prompt_toolkit have for them."""

HUES = ("ansired", "ansiyellow", "ansigreen", "ansicyan", "ansiblue", "ansimagenta")
"""Those of them that have a hue, once around the circle."""

GREYISH = 40
"""How far the parts of a colour may be apart, of 255, while it is a grey."""

DARK, LIGHT = 60, 190
"""Where greys begin that are neither nearly black nor nearly white."""

STEPS = (0, 95, 135, 175, 215, 255)
"""The levels of red, green and blue in the cube of the 256 colours, which begins at number 16; greys follow at 232."""

OWN, INDEXED, TRUE = 16, 256, 1 << 24
"""How many colours a terminal has: its own, numbered ones, or any."""


def color_count(environment: Mapping[str, str]) -> int:
    """How many colours the terminal has, by what it says of itself."""
    term = environment.get("TERM", "")
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit") or term.endswith("-direct"):
        return TRUE
    return INDEXED if "256color" in term else OWN


def fitted(style: str, colors: int) -> str:
    """The style; where the terminal has only its own colours, in the nearest of these."""
    return style if colors > OWN else " ".join(_own(word) if word[0] == "#" else word for word in style.split())


def _own(color: str) -> str:
    """The terminal's colour of the same hue. A grey is its plain text, or that text dimmed: both can always be read."""
    parts = _rgb(color)
    if max(parts) - min(parts) < GREYISH:
        return "dim" if DARK < max(parts) < LIGHT else ""
    from colorsys import rgb_to_hsv

    hue, _, _ = rgb_to_hsv(*parts)
    return HUES[round(hue * len(HUES)) % len(HUES)]


def sgr_code(style: str, colors: int) -> str:
    """What stands between `ESC[` and `m` for the style; nothing for none."""
    return ";".join(_word_code(word, colors) for word in fitted(style, colors).split())


def _word_code(word: str, colors: int) -> str:
    if word[0] != "#":
        return ATTRIBUTES.get(word) or CODES[word]
    red, green, blue = _rgb(word)
    return f"38;2;{red};{green};{blue}" if colors == TRUE else f"38;5;{_index(red, green, blue)}"


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _index(red: int, green: int, blue: int) -> int:
    """The nearest of the 256 colours, of the cube or of the greys."""
    red_at, green_at, blue_at = (min(range(6), key=lambda at: abs(STEPS[at] - part)) for part in (red, green, blue))
    grey_at = min(max(round((red + green + blue) / 3 - 8) // 10, 0), 23)
    grey = 8 + 10 * grey_at
    in_cube = (STEPS[red_at], STEPS[green_at], STEPS[blue_at])

    def distance(other: tuple[int, int, int]) -> int:
        return sum((one - two) ** 2 for one, two in zip((red, green, blue), other, strict=True))

    if distance((grey, grey, grey)) < distance(in_cube):
        return 232 + grey_at
    return 16 + 36 * red_at + 6 * green_at + blue_at
