"""The command `par-each`."""

from __future__ import annotations

from stk_shell.commands.filters.each import COMMAND as EACH
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.shape import CLOSURE, INT
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data


class ParEach(Command):
    """`each` for programs that were written for several threads."""

    name = "par-each"
    summary = "Run a closure for each row, as `each` does."
    description = """Programs that were written for several threads run unchanged. Rows are worked on one after
another, because Python gains nothing from threads here, so that the order is always kept and the flags change
nothing."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "list<any>"), ("range", "list<any>"), ("any", "any")),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What to do with each row."),),
        flags=(
            Flag("threads", "How many threads there should be.", INT, short="t"),
            Flag("keep-order", "Keep the order of the rows.", short="k"),
        ),
    )
    examples = (Example("[1 2 3] | par-each --keep-order {|n| $n * 2 }", "Calculate with each number.", [2, 4, 6]),)
    see_also = ("each",)

    def gives(self, given: Given) -> Columns:
        """Those of what the closure gives."""
        return given.inside("closure")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the results; a single value gives a single result."""
        at_least_zero(call, "threads")
        return EACH.run(call, data)


COMMAND = ParEach()
