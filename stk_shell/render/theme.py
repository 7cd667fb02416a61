"""Colours: what every stretch of a program and every part of an output is painted with. Nothing else says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from stk_shell.model.errors import UsageError
from stk_shell.model.struct import Struct
from stk_shell.render.sgr import OWN, fitted, sgr_code

if TYPE_CHECKING:
    from pygments.style import StyleMeta


class Role(Struct):
    """What something is: the pygments token whose colour it has in a theme, and its style in ours."""

    token: str
    style: str


ROLES = {
    # Stretches of a program, by the kinds of the parser.
    "command": Role("Name.Function", "ansicyan"),
    "keyword": Role("Keyword", "bold ansibrightblue"),
    "flag": Role("Name.Tag", "ansibrightblue"),
    "string": Role("Literal.String", "ansigreen"),
    "number": Role("Literal.Number", "ansimagenta"),
    "constant": Role("Keyword.Constant", "ansimagenta"),
    "variable": Role("Name.Variable", "ansimagenta"),
    "column": Role("Name.Attribute", "ansigreen"),
    "operator": Role("Operator", "bold"),
    "comment": Role("Comment", "dim"),
    "problem": Role("Error", "ansired"),
    # What the prompt adds.
    "prompt": Role("Generic.Prompt", "bold"),
    "continuation": Role("Comment", "dim"),
    "bracket": Role("Name.Function", "ansicyan"),
    # Parts of outputs.
    "title": Role("Generic.Strong", "bold"),
    "header": Role("Name.Class", "bold ansigreen"),
    "index": Role("Literal.Number", "bold ansigreen"),
    "bar": Role("Name.Function", "ansicyan"),
    "note": Role("Comment", "dim"),
    "place": Role("Comment", "dim"),
    "error": Role("Generic.Error", "bold ansired"),
    "second": Role("Name.Function", "ansicyan"),
    "label": Role("Keyword.Constant", "ansimagenta"),
    "help": Role("Name.Function", "ansicyan"),
}
"""Everything that has a colour. Ours are the terminal's own, without those that vanish on white or on black in one of
the usual palettes: yellow, blue, black, white, and the bright ones of black, green and cyan."""

BOXED = frozenset({"Error", "Generic.Error"})
"""What many themes mark by its ground or by a box, where a terminal has to have a colour."""

DEFAULT = "default"
"""The name of our own theme."""


class Theme(Struct):
    """The colours of a run by role: as styles for prompt_toolkit, and as SGR codes. Either is empty for plain text."""

    colors: int
    styles: Mapping[str, str]
    codes: Mapping[str, str]


def load_theme(name: str = DEFAULT, colors: int = OWN) -> Theme:
    """Our own theme or the pygments style of that name, in as many colours as the terminal has.

    Raises:
        UsageError: there is none.
    """
    styles = {role: each.style for role, each in ROLES.items()}
    if name != DEFAULT:
        check_theme("the theme", name)
        # Only who chooses another theme pays for these imports.
        from pygments.styles import get_style_by_name

        style = get_style_by_name(name)
        styles = {role: _style_of(style, each, colors) for role, each in ROLES.items()}
    return Theme(colors, styles, {role: sgr_code(words, colors) for role, words in styles.items()})


def check_theme(place: str, name: str) -> None:
    """See that there is a theme of that name; the place is what the user knows the setting by.

    Raises:
        UsageError: there is none.
    """
    if name in theme_names():
        return
    from stk_shell.model.suggest import nearest

    names = list(theme_names())
    near = nearest(name, names) or next((each for each in names if name and each.startswith(name)), None)
    hint = f"Did you mean `{near}`?" if near else f"It can be {', '.join(names)}."
    raise UsageError(f"{place} cannot be `{name}`", hint)


def theme_names() -> Iterator[str]:
    """Ours, and the styles of pygments and of the packages that add some."""
    yield DEFAULT
    from pygments.styles import get_all_styles

    yield from sorted(name for name in get_all_styles() if name != DEFAULT)


def _style_of(style: StyleMeta, role: Role, colors: int) -> str:
    """The words for a role. What looks like plain text in the theme is the terminal's own: the ground is, too."""
    from pygments.token import Text, Token, string_to_tokentype

    parts = style.style_for_token(string_to_tokentype(role.token))
    plain = [style.style_for_token(token)["color"] for token in (Token, Text)]
    color = "" if parts["color"] in plain else parts["ansicolor"] or f"#{parts['color']}"
    words = [word for word in ("bold", "italic", "underline") if parts[word]]
    found = fitted(" ".join([*words, color]), colors)
    return role.style if role.token in BOXED and not fitted(color, colors) else found
