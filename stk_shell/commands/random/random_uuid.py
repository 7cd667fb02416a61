"""The command `random uuid`."""

from __future__ import annotations

import re
import time
import uuid

from stk_shell.commands.random._chance import CHANCE
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT, STRING
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data

NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}

NEEDS = {1: ("mac",), 3: ("namespace", "name"), 4: (), 5: ("namespace", "name"), 7: ()}
"""The flags that each version is made from."""

MAC = re.compile(r"[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")


class RandomUuid(Command):
    """Makes uuids."""

    name = "random uuid"
    summary = "Make a uuid."
    description = """Version 4, which it is if none is named, is all chance. Version 7 begins with the time, so that
later ones sort behind earlier ones. Versions 3 and 5 are made from a name, and the same each time; version 1 from the
time and the number of a network card."""
    signature = Signature(
        types=(("nothing", "string"),),
        category="random",
        flags=(
            Flag("version", "The version: 1, 3, 4, 5 or 7.", INT, "v", 4),
            Flag(
                "namespace",
                "For 3 and 5: dns, url, oid, x500, or a uuid.",
                STRING,
                "n",
                completes=("dns", "url", "oid", "x500"),
            ),
            Flag("name", "For 3 and 5: the name.", STRING, "s"),
            Flag("mac", "For 1: six bytes, as `00:1b:63:84:45:e6`.", STRING, "m"),
        ),
    )
    examples = (
        Example("random uuid | str length", "A random one.", 36),
        Example("random uuid --version 7 | str substring 14..14", "One that begins with the time.", "7"),
        Example("random uuid -v 5 -n dns -s example.com", "From a name.", "cfbff0d1-9375-5685-968c-48ce8b15ae17"),
    )
    fails = "A version that there is not, or flags that do not go with it, are an error."
    see_also = ("random chars", "random int")

    def run(self, call: Call, data: Data) -> Data:
        """The uuid, as a text."""
        version = call.integer("version")
        _check(call, version)
        if version == 1:
            return str(uuid.uuid1(node=_node(call)))
        if version == 7:
            return str(_of_now())
        if version == 4:
            return str(uuid.uuid4())
        make = uuid.uuid3 if version == 3 else uuid.uuid5
        return str(make(_namespace(call), call.text("name")))


def _check(call: Call, version: int) -> None:
    if version not in NEEDS:
        label = Label(call.span("version"), "1, 3, 4, 5 or 7")
        raise RunError(f"there is no version {version}", "incorrect_value", (label,))
    for flag in ("namespace", "name", "mac"):
        if call.given(flag) and flag not in NEEDS[version]:
            label = Label(call.span(flag), f"`--{flag}` goes with another one")
            raise RunError(f"version {version} is not made from this", "incompatible_parameters", (label,))
        if flag in NEEDS[version] and not call.given(flag):
            label = Label(call.span("version"), f"`--{flag}` is missing")
            raise RunError(f"version {version} is made from a `{flag}`", "missing_parameter", (label,))


def _node(call: Call) -> int:
    text = call.text("mac")
    if MAC.fullmatch(text):
        return int(text.replace(":", ""), 16)
    label = Label(call.span("mac"), "it has the form `00:1b:63:84:45:e6`")
    raise RunError(f"`{text}` is no number of a network card", "incorrect_value", (label,))


def _namespace(call: Call) -> uuid.UUID:
    text = call.text("namespace")
    try:
        return NAMESPACES.get(text.lower()) or uuid.UUID(text)
    except ValueError:
        label = Label(call.span("namespace"), "dns, url, oid, x500, or a uuid")
        raise RunError(f"`{text}` is no namespace", "incorrect_value", (label,)) from None


def _of_now() -> uuid.UUID:
    """A version 7: milliseconds, the fraction of one in twelve bits, chance."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | CHANCE.getrandbits(62))


COMMAND = RandomUuid()
