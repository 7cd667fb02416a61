"""What the engine gives to commands that decide themselves what is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model import syntax
from stk_shell.model.command import Evaluate, Step
from stk_shell.model.session import Session
from stk_shell.model.span import Span

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler


class CompiledParts:
    """The arguments of one call of a form; `model.command.Parts` says what each member does."""

    def __init__(self, compiler: Compiler, call: syntax.Call) -> None:
        self.compiler = compiler
        self.call = call
        self.span: Span = call.span
        self.head: Span = call.head
        self.session: Session = compiler.session

    def node(self, name: str) -> syntax.Node | None:
        """The argument as it stands in the tree."""
        argument = self.call.argument(name)
        return argument.value if argument else None

    def evaluate(self, name: str) -> Evaluate | None:
        """An argument that is an expression, compiled."""
        node = self.node(name)
        return None if node is None else self.compiler.expression(node)

    def block(self, name: str) -> Step | None:
        """An argument that is a block, compiled."""
        node = self.node(name)
        return None if node is None else self.compiler.step(node)

    def step(self, node: syntax.Node) -> Step:
        """Any node of the tree, compiled."""
        return self.compiler.step(node)

    def slot(self, name: str) -> int:
        """The slot of an argument that declares a variable."""
        node = self.node(name)
        if not isinstance(node, syntax.Declaration):
            raise TypeError(f"{name} declares no variable")
        return node.slot
