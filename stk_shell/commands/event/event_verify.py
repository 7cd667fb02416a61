"""The command `event verify`."""

from __future__ import annotations

from stk_shell.commands.event._digests import DIGEST_FLAG, KEY_FLAG, kept_digest
from stk_shell.model.columns import new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import EventError
from stk_shell.model.proof.findings import Digest, Finding, Verification
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Record

NAMED = 10
"""How many findings the error names."""


class EventVerify(Command):
    """Compares everything with the chain."""

    name = "event verify"
    summary = "Compute all hashes anew, and name every event that is not as it was sealed."
    description = """Reads every event, change and block, and compares them with each other. An event that was altered,
removed, put in behind, or given another date is named, as is a revocation that was undone, given another date or made
up, and each block that was changed or is missing; so is an event that was recorded with the date of a time long sealed.
It does not matter that somebody turned off triggers, worked as a superuser, or wrote into the files of the database:
what is computed are hashes over the contents as they are.

Only a digest that was kept elsewhere shows that nobody has made the whole chain anew: give its file with `--digest`,
and with `--key` the public key, if it was signed.

The command fails where anything is found, and names the first ten findings, so a timer has to look at the exit status
alone. With `--report` it does not fail: the record has all findings as a table, with what it is, the block, the table,
the uu, the time as it was sealed, and the detail.

It takes the role stk_auditor, which reads every entity and changes nothing. For an embedded store you have it. A login
with that role and no actor can list and get events too, and take digests and proofs."""
    signature = Signature(
        types=(("nothing", "record"),),
        category="event",
        flags=(
            DIGEST_FLAG,
            KEY_FLAG,
            Flag("report", "Give all findings in the record, instead of failing.", short="r"),
        ),
    )
    examples = (
        Example("event verify | get is_intact", "Whether everything is as it was sealed.", True),
        Example("event verify | select events pending", "How much was compared.", {"events": 3, "pending": 0}),
        Example("event digest | save head.json\nevent verify -d head.json | get compared_with", "With a digest.", 1),
        Example("event verify --report | get findings | where what == removed | length", "What was removed.", 0),
    )
    fails = """Fails where something is found, unless `--report` is given; in a store that has no chain; and for a login
that may not take the role stk_auditor. Where the server only reads, nothing is sealed first, and what is new is
pending."""
    see_also = ("event digest", "event proof", "event seal")
    columns = new_columns(
        ("is_intact", "blocks", "events", "changes", "pending", "block", "hash", "compared_with", "findings")
    )

    def run(self, call: Call, data: Data) -> Data:
        """What was compared, and what was found."""
        kept = kept_digest(call)
        with call.session.progress("facts") as progress:
            result = call.session.store.verify(kept, progress)
        if result.findings and not call.switch("report"):
            raise _tampered(result.findings)
        return _record(result, kept)


def _record(result: Verification, kept: Digest | None) -> Record:
    return {
        "is_intact": not result.findings,
        "blocks": result.blocks,
        "events": result.events,
        "changes": result.changes,
        "pending": result.pending,
        "block": result.head.block if result.head else None,
        "hash": result.head.hash if result.head else None,
        "compared_with": kept.block if kept else None,
        "findings": [finding.as_record() for finding in result.findings],
    }


def _tampered(findings: tuple[Finding, ...]) -> EventError:
    lines = [_line(finding) for finding in findings[:NAMED]]
    if len(findings) > NAMED:
        lines.append(f"and {len(findings) - NAMED} more")
    lines.append("`event verify --report | get findings` gives the whole table.")
    count = "something is" if len(findings) == 1 else f"{len(findings)} things are"
    return EventError(f"{count} not as sealed", "tampered", help="\n".join(lines))


def _line(finding: Finding) -> str:
    subject = finding.uu or (f"block {finding.block}" if finding.block else finding.table)
    return ": ".join(filter(None, [f"{finding.what}  {subject}", finding.detail]))


COMMAND = EventVerify()
