"""The kinds of records that commands add, list and revoke: alike, each in a table of its own."""

from __future__ import annotations

from stk_shell.model.struct import Struct


class Noun(Struct):
    """A kind of records, by its name for one and for many. `has_end` says whether somebody marks them as processed."""

    name: str
    plural: str
    has_end: bool = False

    @property
    def table(self) -> str:
        """The view of the schema api, and the table of the schema private."""
        return f"stk_{self.name}"

    @property
    def one(self) -> str:
        """One of them, in a sentence."""
        return f"an {self.name}" if self.name[0] in "aeiou" else f"a {self.name}"


EVENTS = Noun("event", "events")
REQUESTS = Noun("request", "requests", has_end=True)
TAGS = Noun("tag", "tags")

OF_THE_STORE = ("event", "request", "tag", "entity", "actor", "store")
"""The families of commands that ask the store, which are categories of the help, too; the most used come first."""
