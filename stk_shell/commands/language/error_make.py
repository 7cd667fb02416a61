"""The command `error make`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import RECORD
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data
from stk_shell.model.values import Record, Value


class ErrorMake(Command):
    """Fails on purpose."""

    name = "error make"
    summary = "Fail with an error of your own."
    description = """The record has `msg`, and may have `help` (what to do about it) and `label`: a record with `text`,
what to say at the place of the error, and `span`, a record with `start` and `end`, to point elsewhere."""
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(Parameter("error", RECORD, "The error, such as `{msg: ..., help: ...}`."),),
        flags=(Flag("unspanned", "Do not point at a place.", short="u"),),
    )
    examples = (
        Example(
            'try { error make {msg: "no name given"} } catch {|error| $error.msg }',
            "Fail, and see what it says.",
            "no name given",
        ),
        Example(
            'def check [n] { if $n < 0 { error make {msg: "below zero"} }; $n }; check 3',
            "Refuse a wrong argument.",
            3,
        ),
    )
    fails = "Always: that is what it is for."
    see_also = ("try",)

    def run(self, call: Call, data: Data) -> Data:
        """Nothing comes back."""
        record = call.value("error")
        fields = record if isinstance(record, dict) else {}
        message = fields.get("msg")
        if not isinstance(message, str):
            where = (Label(call.span("error"), "`msg` is missing" if message is None else "`msg` has to be a string"),)
            raise RunError("an error needs a message", "error", where, 'error make {msg: "what went wrong"}')
        hint = fields.get("help")
        labels = () if call.switch("unspanned") else _labels(fields, call)
        raise RunError(message, "error", labels, hint if isinstance(hint, str) else None)


def _labels(fields: Record, call: Call) -> tuple[Label, ...]:
    given = fields.get("labels", fields.get("label"))
    labels = [_label(each, call) for each in (given if isinstance(given, list) else [given]) if isinstance(each, dict)]
    return tuple(labels) or (Label(call.head, "it comes from here"),)


def _label(fields: Record, call: Call) -> Label:
    text, span = fields.get("text"), fields.get("span")
    place = _place(span, call) if isinstance(span, dict) else call.head
    return Label(place, text if isinstance(text, str) else "")


def _place(span: dict[str, Value], call: Call) -> Span:
    start, end, source = span.get("start"), span.get("end"), call.head.source
    if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(source.text):
        return source.span(start, end)
    return call.head


COMMAND = ErrorMake()
