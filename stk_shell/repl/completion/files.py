"""Names of files, from the folder that is typed so far."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

from stk_shell.model.text import scalar
from stk_shell.model.values import Filesize
from stk_shell.repl.completion.matching import Candidate, Suggestion
from stk_shell.repl.completion.texts import path_written

LOOKED_AT = 2000
"""How many files of a folder are looked at."""


def files(typed: str, start: int, quote: str, endings: tuple[str, ...] = ()) -> Iterator[Candidate]:
    """The files and folders in the folder that is typed; those with certain endings, if there are any.

    Hidden ones come only where a dot is typed.
    """
    folder, _, begin = typed.rpartition("/")
    prefix = typed[: len(typed) - len(begin)]
    for entry in _entries(os.path.expanduser(prefix) if folder or prefix else "."):
        is_folder = _is_folder(entry)
        hidden = entry.name.startswith(".") and not begin.startswith(".")
        if hidden or not (is_folder or not endings or entry.name.endswith(endings)):
            continue
        name = entry.name + ("/" if is_folder else "")
        text = path_written(prefix + name, quote)
        about = "folder" if is_folder else _size(entry)
        yield Candidate(Suggestion(text, start, about, name, goes_on=is_folder), prefix + name)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(islice(found, LOOKED_AT), key=lambda entry: entry.name.lower())
    except (OSError, ValueError):
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _size(entry: os.DirEntry[str]) -> str:
    try:
        return scalar(Filesize(entry.stat().st_size))
    except OSError:
        return ""
