"""The command `event digest`."""

from __future__ import annotations

from stk_shell.commands.event._digests import signed_text
from stk_shell.commands.event._examples import TIMES
from stk_shell.commands.event._keys import sign
from stk_shell.model.columns import new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.proof.findings import Digest
from stk_shell.model.shape import PATH
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Record

HASH = "575133586226d32205d8a4e5762dff2849c581d019fa8ebf5128bd55e511aa02"
DIGEST: Record = {"block": 1, "hash": HASH, "sealed": TIMES[3], "pending": 0}


class EventDigest(Command):
    """Gives the head of the chain."""

    name = "event digest"
    summary = "Show the hash of the newest block, to be kept where no administrator of the store can change it."
    description = """The hash stands for every event and every change up to now: if any of them were different, it would
be another one. Whoever rules over the database can alter an event and make all blocks anew, so that they fit again; but
not the hash that you have sent to somebody, printed, or put into another system. `event verify --digest` compares.

What is new is sealed first. The record has the number of the block, its hash, when it was sealed, and how many facts
are pending because their transactions are open. With `--sign`, it also has a signature by your key, and the public key:
then it may be kept anywhere, and `event verify --digest head.json --key public.pem` shows that it is yours. The key is
a file of OpenSSL or OpenSSH, of the kind Ed25519, without a password."""
    signature = Signature(
        types=(("nothing", "record"),),
        category="event",
        flags=(Flag("sign", "The private key to sign with.", PATH, short="s"),),
    )
    examples = (
        Example("event digest", "The newest block.", DIGEST, ("hash", "sealed")),
        Example("event digest | save head.json\nopen head.json | get block", "Keep it in a file.", 1),
    )
    fails = """Fails in a store that has no chain, such as chuck-stack's own, and where the key cannot be used."""
    see_also = ("event verify", "event seal", "event proof", "save")
    columns = new_columns(("block", "hash", "sealed", "pending"))

    def run(self, call: Call, data: Data) -> Data:
        """The record, with a signature if there is a key."""
        record = call.session.store.digest()
        if call.has("sign"):
            digest = Digest(record["block"], record["hash"])  # type: ignore[arg-type]
            signature, public_key = sign(signed_text(digest), call.text("sign"), call.span("sign"))
            record |= {"signature": signature, "public_key": public_key}
        return record


COMMAND = EventDigest()
