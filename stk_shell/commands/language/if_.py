"""The command `if`."""

from __future__ import annotations

from stk_shell.model.columns import Columns, Given, together
from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.remedies import as_condition
from stk_shell.model.shape import BLOCK, BRANCH, EXPRESSION, keyword
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class If(Form):
    """Chooses between blocks."""

    name = "if"
    summary = "Run a block if a condition is true, else another."
    description = "It gives the result of the block that ran, or null if none did. What is piped in goes to that block."
    signature = Signature(
        types=(("any", "any"),),
        category="language",
        positionals=(
            Parameter("condition", EXPRESSION, "What has to be true."),
            Parameter("then", BLOCK, "The block to run then."),
            Parameter("otherwise", keyword("else", BRANCH), "The block, or the next `if`, to run else.", optional=True),
        ),
    )
    examples = (
        Example('if 2 > 1 { "yes" } else { "no" }', "Choose between two.", "yes"),
        Example(
            'let n = 7; if $n > 90 { "high" } else if $n > 5 { "mid" } else { "low" }', "Choose among more.", "mid"
        ),
        Example('{is_revoked: true} | if $in.is_revoked { "revoked" }', "Ask what is piped in.", "revoked"),
    )
    fails = "A condition that is neither true nor false is an error."
    see_also = ("where",)

    def gives(self, given: Given) -> Columns:
        """Those of either block."""
        return together(given.inside("then"), given.inside("otherwise"))

    def build(self, parts: Parts) -> Step:
        """The condition decides which of the two steps runs."""
        condition, then, otherwise = parts.evaluate("condition"), parts.block("then"), parts.block("otherwise")
        node = parts.node("condition")
        if condition is None or then is None or node is None:
            raise TypeError("`if` without its arguments")
        span = node.span

        def step(frame: Frame, data: Data) -> Data:
            value = condition(frame)
            if value is True:
                return then(frame, data)
            if value is False:
                return None if otherwise is None else otherwise(frame, data)
            label, meant = Label(span, f"this is {article(value)}"), as_condition(span.text, value)
            raise RunError(
                "the condition of `if` has to be true or false",
                "cant_convert",
                (label,),
                "`== null`, `is-empty` and the comparisons give a bool.",
                instead=span.replaced(meant) if meant else None,
            )

        return step


COMMAND = If()
