"""The colours of all roles, as prompt_toolkit has them."""

from __future__ import annotations

from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import BaseStyle, Style

from stk_shell.render.palette import Palette
from stk_shell.render.sgr import INDEXED, OWN, TRUE

PLAIN = "fg:default bg:default noreverse"
MENU = (
    ("completion-menu", PLAIN),
    ("completion-menu.completion", PLAIN),
    ("completion-menu.completion.current", "fg:default bg:default reverse"),
    ("completion-menu.meta.completion", f"{PLAIN} dim"),
    ("completion-menu.meta.completion.current", "fg:default bg:default reverse dim"),
    ("scrollbar.background", "bg:default"),
    ("scrollbar.button", "bg:default reverse dim"),
)
"""The menu of names in the terminal's own colours, turned round where a name is chosen."""

DEPTHS = {OWN: ColorDepth.DEPTH_4_BIT, INDEXED: ColorDepth.DEPTH_8_BIT, TRUE: ColorDepth.DEPTH_24_BIT}


def class_of(role: str) -> str:
    """What a fragment of text is given as its style, to look like a role."""
    return f"class:stk.{role}"


def style_of(palette: Palette) -> BaseStyle:
    """The styles of all roles."""
    roles = [(f"stk.{role}", style) for role, style in palette.theme.styles.items()]
    suggestion = ("auto-suggestion", f"fg:default {palette.theme.styles['note']}")
    return Style([*roles, *MENU, suggestion, ("bottom-toolbar", "noreverse"), ("bottom-toolbar.text", "noreverse")])


def depth_of(palette: Palette) -> ColorDepth:
    """How many colours may be used."""
    return DEPTHS[palette.theme.colors] if palette.color else ColorDepth.DEPTH_1_BIT
