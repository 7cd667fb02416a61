"""Short ways to ask the parser."""

from __future__ import annotations

from stk_shell.model import syntax
from stk_shell.model.errors import Problem
from stk_shell.model.span import Source
from stk_shell.model.syntax import Program
from stk_shell.parse import parse
from stk_shell.parse.scope import Scope
from tests.fixtures.shells import REGISTRY


def parsed(text: str) -> Program:
    """The program, problems and all."""
    return parse(Source(text), Scope(), REGISTRY)


def problems(text: str) -> tuple[Problem, ...]:
    """What is wrong with a text."""
    return parsed(text).problems


def only(text: str) -> syntax.Node:
    """The one expression of a text without problems."""
    program = parsed(text)
    assert program.problems == ()
    (pipeline,) = program.block.pipelines
    (stage,) = pipeline.stages
    return stage.expression


def grouped(node: syntax.Node) -> str:
    """The operations of a node with all their parentheses."""
    if isinstance(node, syntax.Operation):
        return f"({grouped(node.left)} {node.sign} {grouped(node.right)})"
    if isinstance(node, syntax.Not):
        return f"(not {grouped(node.operand)})"
    return node.span.text
