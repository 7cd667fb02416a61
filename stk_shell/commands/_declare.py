"""What `let`, `mut` and `const` share: putting a value into a new variable."""

from __future__ import annotations

from stk_shell.model.command import Form, Frame, Parts, Step
from stk_shell.model.conform import article, is_a
from stk_shell.model.errors import Label, RunError
from stk_shell.model.literals import number_like
from stk_shell.model.shape import PIPELINE, VARIABLE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, collect
from stk_shell.model.syntax import Declaration
from stk_shell.model.types import kind
from stk_shell.model.values import Value

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
        slot, shape = declaration.slot, declaration.shape

        def step(frame: Frame, data: Data) -> Data:
            content = collect(value(frame, data))
            if not is_a(content, shape):
                raise _wrong_type(declaration, node.span, content)
            frame[slot] = content
            return None

        return step


def _wrong_type(declaration: Declaration, span: Span, content: Value) -> RunError:
    """The error for a value of another type, with the line that declares this one, or that has the text as a value."""
    shape, place = declaration.shape, declaration.span
    labels = (Label(span, f"this is {article(content)}"), Label(place, f"declared as {shape}"))
    looks = number_like(content) if isinstance(content, str) and content else None
    fits = looks is not None and is_a(looks, shape)
    instead = span.replaced(str(content)) if fits else place.replaced(f"{declaration.name}: {kind(content)}")
    return RunError("the value does not have the declared type", "type_mismatch", labels, instead=instead)
