"""The command `store stop`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class StoreStop(Command):
    """Stops the embedded server."""

    name = "store stop"
    summary = "Stop the embedded server."
    description = """If another stk is using it, the server stops when the last of them leaves: nobody is cut off. The
next command that needs the store starts it again, and nothing is lost."""
    signature = Signature(types=(("nothing", "record"),), category="store")
    fails = "Fails where the store is not embedded: the server of a DSN is not stk's to stop."
    see_also = ("store start", "store status")

    def run(self, call: Call, data: Data) -> Data:
        """Where the store is, and whether its server has stopped."""
        return call.session.store.stop()


COMMAND = StoreStop()
