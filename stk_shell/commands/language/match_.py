"""The command `match`."""

from __future__ import annotations

from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.shape import EXPRESSION, MATCH_ARMS
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.syntax import MatchArms


class Match(Form):
    """Chooses by patterns."""

    name = "match"
    summary = "Choose by what a value looks like."
    description = """The arms are tried in order; the first whose pattern fits gives the result, and null comes out
where none does. A pattern is a value, a range, a list or record of patterns, `$name` (fits anything and names it), `_`
(fits anything), or several with `|` between them. `..` in a list stands for the rest, `..$rest` names it. A condition
may follow: `$n if $n > 3 => ...`."""
    signature = Signature(
        types=(("any", "any"),),
        category="language",
        positionals=(
            Parameter("value", EXPRESSION, "What to look at."),
            Parameter("arms", MATCH_ARMS, "The patterns: `{ PATTERN => RESULT, ... }`."),
        ),
    )
    examples = (
        Example('match 4 { 1 | 2 => "low", 3..5 => "middle", _ => "high" }', "Values and ranges.", "middle"),
        Example(
            "match {kind: note, by: {id: 4}} { {kind: note, by: {id: $id}} => $id }",
            "Take a record apart.",
            4,
        ),
        Example("match [1 2 3] { [$first, ..$rest] => $rest }", "Take a list apart.", [2, 3]),
        Example('match 7 { $n if $n > 5 => "many", _ => "few" }', "With a condition.", "many"),
    )
    see_also = ("if", "where")

    def build(self, parts: Parts) -> Step:
        """The value is put where the arms look for it."""
        value, arms, node = parts.evaluate("value"), parts.block("arms"), parts.node("arms")
        if value is None or arms is None or not isinstance(node, MatchArms):
            raise TypeError("`match` without its arguments")
        slot = node.slot

        def step(frame: Frame, data: Data) -> Data:
            frame[slot] = value(frame)
            return arms(frame, data)

        return step


COMMAND = Match()
