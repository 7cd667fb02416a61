"""What `let`, `mut` and `const` share: putting a value into a new variable."""

from __future__ import annotations

from stk_shell.model.command import Form, Frame, Parts, Step
from stk_shell.model.conform import article, is_a
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import PIPELINE, VARIABLE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, collect
from stk_shell.model.syntax import Declaration

DECLARING = Signature(
    types=(("nothing", "nothing"),),
    category="language",
    positionals=(
        Parameter("name", VARIABLE, "The name, with an optional type: `total: int`."),
        Parameter("value", PIPELINE, "`=` and the value: a whole pipeline."),
    ),
)
"""What follows the three words."""


class DeclaringForm(Form):
    """A word that makes a variable."""

    signature = DECLARING

    def build(self, parts: Parts) -> Step:
        """The value is evaluated, checked against the declared type, and kept."""
        value, declaration = parts.block("value"), parts.node("name")
        node = parts.node("value")
        if value is None or node is None or not isinstance(declaration, Declaration):
            raise TypeError(f"`{self.name}` without its arguments")
        slot, shape, place = declaration.slot, declaration.shape, declaration.span

        def step(frame: Frame, data: Data) -> Data:
            content = collect(value(frame, data))
            if not is_a(content, shape):
                labels = (Label(node.span, f"this is {article(content)}"), Label(place, f"declared as {shape}"))
                raise RunError("the value does not have the declared type", "type_mismatch", labels)
            frame[slot] = content
            return None

        return step
