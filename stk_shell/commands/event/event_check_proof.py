"""The command `event check-proof`."""

from __future__ import annotations

from stk_shell.commands.event._digests import DIGEST_FLAG, KEY_FLAG, content_of, kept_digest
from stk_shell.model.columns import new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import EventError
from stk_shell.model.proof.checking import check
from stk_shell.model.shape import PATH
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, collect
from stk_shell.model.values import Value


class EventCheckProof(Command):
    """Checks the proof of an event."""

    name = "event check-proof"
    summary = "Check the proof of an event; this takes no store and no connection."
    description = """Name the file of what `event proof` has made, or pipe the proof in. The hash of the event is
computed from its content, the hash of the block from that, and so on to the newest block of the proof.

That shows no more than that the proof fits together, which anybody can bring about. It is worth something once the
hash it leads to is known from elsewhere: give the file of a digest with `--digest`, and with `--key` the public key if
it is signed. The digest has to be at least as new as the event, and no newer than the proof."""
    signature = Signature(
        types=(("nothing", "record"), ("record", "record"), ("table", "table"), ("list<any>", "table")),
        category="event",
        positionals=(Parameter("file", PATH, "The file of the proof. Left out, the proof is piped in.", True),),
        flags=(DIGEST_FLAG, KEY_FLAG),
    )
    examples = (
        Example(
            "event digest | save head.json\nevent proof 01a20569 | save proof.json\n"
            "event check-proof proof.json -d head.json | get is_kept_elsewhere",
            "A proof, and a digest from elsewhere.",
            True,
        ),
        Example(
            "event proof 01a20569 | update event.name forged\n| try { event check-proof } catch {|e| $e.msg }",
            "A proof of something else.",
            "the event is not the one that was sealed",
        ),
    )
    fails = "Fails where the proof does not fit together, is about another event, or does not lead to the digest."
    see_also = ("event proof", "event digest", "open")
    columns = new_columns(("uu", "name", "created", "block", "sealed", "proved_by", "is_kept_elsewhere"))

    def run(self, call: Call, data: Data) -> Data:
        """What the proof shows, or each of them."""
        kept = kept_digest(call)
        value = collect(content_of(call, "file") if call.has("file") else data)
        try:
            if isinstance(value, list):
                return [check(_record(each), kept) for each in value]
            return check(_record(value), kept)
        except EventError as error:
            raise error.at(call.head) from None


def _record(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


COMMAND = EventCheckProof()
