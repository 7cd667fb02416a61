"""The command `version`."""

from __future__ import annotations

import sys

from stk_shell import __version__
from stk_shell.model.columns import new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class Version(Command):
    """Tells what is running."""

    name = "version"
    summary = "Tell the versions of stk and of Python, and the operating system."
    description = "The version of PostgreSQL is in `store status`."
    signature = Signature(types=(("nothing", "record"),), category="language")
    examples = (Example("version | get version | describe", "The version of stk.", "string"),)
    see_also = ("store status",)
    columns = new_columns(("version", "major", "minor", "patch", "python", "build_os"))

    def run(self, call: Call, data: Data) -> Data:
        """A record; the parts of the version are there as numbers, too."""
        major, minor, patch = (int(part) for part in __version__.split(".")[:3])
        python = ".".join(map(str, sys.version_info[:3]))
        numbers = {"major": major, "minor": minor, "patch": patch}
        return {"version": __version__, **numbers, "python": python, "build_os": sys.platform}


COMMAND = Version()
