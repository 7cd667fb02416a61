"""The command `store start`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class StoreStart(Command):
    """Keeps the embedded server running."""

    name = "store start"
    summary = "Start the embedded server, and keep it running until `store stop`."
    description = """Otherwise the server is started by the first stk that needs it, and stopped by the last one that
leaves. While it is kept running, every `stk -c` finds it ready, which saves it a good part of its time."""
    signature = Signature(types=(("nothing", "record"),), category="store")
    fails = "Fails where the store is not embedded: the server of a DSN is not stk's to start."
    see_also = ("store stop", "store status")

    def run(self, call: Call, data: Data) -> Data:
        """Where the store is, and that its server runs."""
        return call.session.store.start()


COMMAND = StoreStart()
