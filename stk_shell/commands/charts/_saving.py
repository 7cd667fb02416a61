"""Charts as files."""

from __future__ import annotations

import os

from stk_shell.commands.files._paths import expanded, failure
from stk_shell.commands.files._writing import refuse, writing
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.series import Series
from stk_shell.model.shape import PATH
from stk_shell.model.signature import Flag

FORMATS = ("svg", "png")

SAVE_FLAGS = (
    Flag("save", "Write the chart to a file, whose name ends with .svg or .png, instead of drawing it here.", PATH),
    Flag("force", "With `--save`: take the place of a file that is there.", short="f"),
)


def target_of(call: Call) -> str | None:
    """The file to write to; None where the chart is drawn here.

    Raises:
        RunError: the file is there already, or its name does not say how to write it.
    """
    if not call.has("save"):
        return None
    place = call.span("save")
    path = expanded(call.text("save"), place)
    if _format_of(path) not in FORMATS:
        ending = os.path.splitext(path)[1]
        label = Label(place, f"`{ending}` is neither" if ending else "this has no ending")
        hint = "For example `--save chart.svg`, which stays sharp at any size, or `--save chart.png`."
        raise RunError("the name of a chart ends with .svg or .png", "unknown_format", (label,), hint)
    refuse(path, place, allowed=call.switch("force"), hint="`--force` takes its place.")
    return path


def _format_of(path: str) -> str:
    return os.path.splitext(path)[1][1:].lower()


def save(call: Call, series: Series, path: str, *, bars: bool) -> None:
    """Write a chart with bars or with a line to a file.

    Raises:
        RunError: it cannot be written, or what draws it is not installed.
    """
    from stk_shell.commands.charts._picture import picture

    place = call.span("save")
    content = picture(series, _format_of(path), place, bars=bars)
    try:
        with writing(path, append=False) as file:
            file.write(content)
    except OSError as error:
        raise failure(error, path, place) from None
