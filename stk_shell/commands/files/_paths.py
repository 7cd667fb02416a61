"""Names of files: what they stand for, and what is wrong with them."""

from __future__ import annotations

import errno
import os
import re
from glob import glob
from itertools import islice

from stk_shell.model.errors import Label, RunError
from stk_shell.model.span import Span
from stk_shell.model.suggest import nearest

FORMATS = {
    **{name: name for name in ("json", "ndjson", "csv", "tsv", "nuon", "yaml", "toml", "html", "md", "parquet")},
    "jsonl": "ndjson",
    "yml": "yaml",
    "htm": "html",
}
"""The format of a file by the ending of its name; any other is text."""

MOST_NAMES = 2000
"""The names that are compared with one that is missing: nobody should wait for a suggestion."""

MOST_SHOWN = 5
"""The names that are listed where none is near."""

WILD = frozenset("*?[")

CODES = {
    errno.ENOENT: "file_not_found",
    errno.ENOTDIR: "directory_not_found",
    errno.EISDIR: "is_a_directory",
    errno.EACCES: "permission_denied",
    errno.EPERM: "permission_denied",
}


def format_of(path: str) -> str:
    """The format of the file, by its name."""
    return FORMATS.get(os.path.splitext(path)[1][1:].lower(), "text")


def expanded(name: str, place: Span) -> str:
    """The path that a name stands for: `~` is the user's home.

    Raises:
        RunError: no file can have that name.
    """
    if not name or "\0" in name:
        raise RunError("a file has to have a name", "file_not_found", (Label(place, "this is none"),))
    return os.path.expanduser(name)


def matching(name: str, place: Span) -> list[str]:
    """The paths that a name stands for: the file itself, or those that its `*`, `?` and `[...]` match.

    Raises:
        RunError: there is none.
    """
    path = expanded(name, place)
    if not WILD.intersection(path) or os.path.lexists(path):
        return [path]
    found = sorted(glob(path, recursive=True))
    if not found:
        raise RunError("there is no such file", "file_not_found", (Label(place, "no file matches this"),))
    return found


def failure(error: OSError, path: str, place: Span) -> RunError:
    """What went wrong with a file, in our words; where there is none, the name of the nearest is suggested."""
    code = CODES.get(error.errno or 0, "io")
    folder, name = os.path.split(path)
    hint = meant = None
    if code == "file_not_found" and not os.path.isdir(folder or "."):
        code = "directory_not_found"
    if code == "directory_not_found":
        headline, label = f"there is no folder `{folder}`", "in this path"
    elif code == "file_not_found":
        headline, label = f"there is no file `{path}`", "not found"
        meant, hint = _nearest_file(folder, name)
    elif code == "is_a_directory":
        headline, label = f"`{path}` is a folder", "a file is needed here"
    else:
        headline, label = f"`{path}` cannot be used: {(error.strerror or str(error)).lower()}", "this file"
    instead = place.replaced(_as_word(meant)) if meant and place.text.strip("\"'`") == path else None
    return RunError(headline, code, (Label(place, label),), hint, instead=instead)


def _nearest_file(folder: str, name: str) -> tuple[str | None, str | None]:
    """The file in a folder that was probably meant by a name, and what to say: that, or what there is to be read."""
    names = sorted(name for name in _names(folder or ".") if not name.startswith("."))
    near = nearest(name, names)
    if near:
        path = os.path.join(folder, near)
        return path, f"Did you mean `{path}`?"
    ending = os.path.splitext(name)[1]
    alike = [each for each in names if ending and each.endswith(ending)] or names
    more = ", …" if len(alike) > MOST_SHOWN else ""
    shown = ", ".join(f"`{each}`" for each in alike[:MOST_SHOWN])
    where = f"in `{folder}`" if folder else "here"
    return None, f"There is {shown}{more} {where}." if alike else f"There are no files {where}."


def _as_word(path: str) -> str:
    return path if re.fullmatch(r"[\w./-]+", path) else f"'{path}'"


def _names(folder: str) -> list[str]:
    """The names in a folder, or the first of very many; none where it may not be looked into."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in islice(entries, MOST_NAMES)]
    except OSError:
        return []
