"""The command `try`."""

from __future__ import annotations

from stk_shell.commands.language._error_record import error_record
from stk_shell.model.command import Evaluate, Example, Form, Frame, Parts, Step
from stk_shell.model.errors import StkError
from stk_shell.model.shape import BLOCK, HANDLER, keyword
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, collect
from stk_shell.model.syntax import Handler
from stk_shell.model.values import Closure


class Try(Form):
    """Goes on after an error."""

    name = "try"
    summary = "Run a block, and go on with another if it fails."
    description = """The closure behind `catch` is given the error, as its parameter and as `$in`: a record with `msg`
(the message), `rendered` (as it would have been shown), `json` (with the places), `debug` and `raw`. Without `catch`,
an error gives null. Nothing that the block has done is undone: events that it recorded stay recorded."""
    signature = Signature(
        types=(("any", "any"),),
        category="language",
        positionals=(
            Parameter("block", BLOCK, "What may fail."),
            Parameter("handler", keyword("catch", HANDLER), "What to do then.", optional=True),
        ),
    )
    examples = (
        Example('try { {a: 1} | get b } catch { "none" }', "A value instead of an error.", "none"),
        Example("try { 1 / 0 } catch {|error| $error.msg }", "The message.", "Division by zero."),
        Example(
            "let uu = '00000000-0000-0000-0000-000000000000'\ntry { event revoke $uu } catch { 'unknown' }",
            "Go on when an event is not there.",
            "unknown",
        ),
    )
    see_also = ("error make", "if")

    def build(self, parts: Parts) -> Step:
        """The block runs to its end in here, so that nothing fails later."""
        block, handler = parts.block("block"), _handler(parts)
        if block is None:
            raise TypeError("`try` without its block")

        def step(frame: Frame, data: Data) -> Data:
            try:
                return collect(block(frame, data))
            except StkError as error:
                failure = error
            return None if handler is None else handler(frame, error_record(failure))

        return step


def _handler(parts: Parts) -> Step | None:
    """What is done with the error record."""
    if isinstance(parts.node("handler"), Handler):
        return parts.block("handler")
    closure = parts.evaluate("handler")
    return None if closure is None else _calling(closure)


def _calling(evaluate: Evaluate) -> Step:
    def step(frame: Frame, data: Data) -> Data:
        closure, record = evaluate(frame), collect(data)
        return closure.run((record,), record) if isinstance(closure, Closure) else None

    return step


COMMAND = Try()
