"""Digests of the chain that are kept in files: written by `event digest`, compared with by what checks."""

from __future__ import annotations

import re

from stk_shell.commands.event._keys import is_signed
from stk_shell.commands.files._paths import expanded
from stk_shell.commands.files._reading import content
from stk_shell.model.command import Call
from stk_shell.model.errors import EventError, Label
from stk_shell.model.proof.findings import Digest
from stk_shell.model.shape import PATH
from stk_shell.model.signature import Flag
from stk_shell.model.stream import Data, collect
from stk_shell.model.values import Record

DIGEST_FLAG = Flag(
    "digest",
    "A file with a digest that was kept elsewhere, from `event digest | save head.json`; of several, the last counts.",
    PATH,
    short="d",
)
KEY_FLAG = Flag("key", "The public key that the digest has to be signed with.", PATH, short="k")

HASH = re.compile("[0-9a-f]{64}")


def signed_text(digest: Digest) -> str:
    """What is signed of a digest."""
    return f"stk digest {digest.block} {digest.hash}"


def kept_digest(call: Call) -> Digest | None:
    """The digest of the file that a call names, with the right signature if it names a key; None without a file.

    Raises:
        EventError: the file holds no digest, or one that is not signed with the key.
        RunError: a file cannot be read.
    """
    if not call.has("digest"):
        if call.has("key"):
            label = Label(call.span("key"), "there is nothing to be signed with it")
            raise EventError("`--key` needs the digest that was signed", "no_digest", (label,), "--digest head.json")
        return None
    record = _record(call)
    digest = Digest(record["block"], record["hash"])  # type: ignore[arg-type]
    if call.has("key") and not is_signed(
        signed_text(digest), str(record.get("signature", "")), call.text("key"), call.span("key")
    ):
        label = Label(call.span("digest"), "its signature is missing, or another's")
        raise EventError("the digest is not signed with that key", "signature", (label,), "Do not trust this file.")
    return digest


def content_of(call: Call, argument: str) -> Data:
    """What is in the file that an argument names, as `open` reads it."""
    place = call.span(argument)
    return content(expanded(call.text(argument), place), call, place)


def _record(call: Call) -> Record:
    value = collect(content_of(call, "digest"))
    if isinstance(value, list) and value:
        value = value[-1]
    if isinstance(value, dict) and type(value.get("block")) is int and HASH.fullmatch(str(value.get("hash"))):
        return value
    label = Label(call.span("digest"), "this has no block and hash")
    help = "`event digest | save head.json` writes one; the name has to end in .json, or say what else it is."
    raise EventError("the file holds no digest", "no_digest", (label,), help)
