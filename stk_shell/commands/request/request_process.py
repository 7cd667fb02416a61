"""The command `request process`."""

from __future__ import annotations

from collections.abc import Sequence

from stk_shell.commands._single import MarkRecords
from stk_shell.commands._uu import named_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import REQUESTS
from stk_shell.model.progress import Progress
from stk_shell.model.store import Store
from stk_shell.model.values import Record


class RequestProcess(MarkRecords):
    """Marks a request as done."""

    noun = REQUESTS
    mark = "processed"
    name = "request process"
    summary = "Mark a request as done."
    description = """A request is processed once, and that cannot be undone; who did it, and when, is recorded. It still
shows in `request list`, with is_processed true, but not in `request list --open`.

Name the request as for `request get`. Of a list or table every request is marked, in one transaction: all of them,
or none. What comes back is a record with uu, name, processed and is_processed, or a table of such records."""
    signature = named_signature(REQUESTS, is_open=True)
    examples = (
        Example("request process 01a2056a | get is_processed", "By the beginning of its uu.", True),
        Example(
            "request list --open --name follow-up | request process | get name", "Several, or none.", ["follow-up"]
        ),
    )
    fails = """Fails, changing nothing, when a request is unknown, revoked, or done already; the error names the
first such request."""
    see_also = ("request list", "request revoke", ".append request")

    def change(self, store: Store, uus: Sequence[str], progress: Progress) -> list[Record]:
        """Mark them as processed."""
        return store.process(uus, progress, self.noun)


COMMAND = RequestProcess()
