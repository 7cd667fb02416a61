"""What `event`, `request` and `tag` share: a page about the commands of their name."""

from __future__ import annotations

from stk_shell.model.command import Call, Command
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


def overview_signature(category: str) -> Signature:
    """The signature of such a command."""
    return Signature(types=(("nothing", "string"),), category=category)


class OverviewPage(Command):
    """Introduces the commands of a name."""

    page: str

    def run(self, call: Call, data: Data) -> Data:
        """The page as a text."""
        return self.page
