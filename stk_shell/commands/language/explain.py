"""The command `explain`."""

from __future__ import annotations

from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.errors import Label, RunError
from stk_shell.model.nouns import OF_THE_STORE
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.struct import Struct
from stk_shell.model.syntax import Block, Call, ClosureNode, Stage
from stk_shell.model.values import Record


class Explain(Form):
    """Tells what a pipeline does where."""

    name = "explain"
    summary = "Tell where the stages of a pipeline run, without running them."
    description = """A stage runs in the store, or in memory; what runs in memory may still ask the store for
something, once or for each row. What a command of your own does is not looked at."""
    signature = Signature(
        types=(("any", "table"),),
        category="language",
        positionals=(Parameter("closure", CLOSURE, "The pipeline, in braces."),),
    )
    examples = (
        Example(
            "explain { event list --limit 0 | where name == login | length }",
            "What the store does, and what is left to do.",
            [
                {"stage": "event list --limit 0", "runs": "in the store"},
                {"stage": "where name == login", "runs": "in memory"},
                {"stage": "length", "runs": "in memory"},
            ],
        ),
    )
    see_also = ("timeit",)

    def build(self, parts: Parts) -> Step:
        """The table is made from the tree."""
        node = parts.node("closure")
        rows = _rows(node.function.body) if isinstance(node, ClosureNode) else None

        def step(frame: Frame, data: Data) -> Data:
            if rows is None:
                label = Label(parts.span if node is None else node.span, "this is not written down here")
                hint = "`explain { event list | length }`"
                raise RunError("`explain` needs the pipeline itself, in braces", "type_mismatch", (label,), hint)
            return [*rows]

        return step


def _rows(block: Block) -> list[Record]:
    """A row for each stage; where there are several pipelines, they are numbered."""
    pipelines = [pipeline for pipeline in block.pipelines if pipeline.stages]
    rows: list[Record] = []
    for number, pipeline in enumerate(pipelines):
        which: Record = {"pipeline": number} if len(pipelines) > 1 else {}
        rows += [{**which, "stage": stage.span.text, "runs": _where(stage)} for stage in pipeline.stages]
    return rows


def _where(stage: Stage) -> str:
    call = stage.expression
    if isinstance(call, Call) and call.slot is not None:
        return f"as `{call.command.name}` is defined"
    if isinstance(call, Call) and call.command.signature.category in OF_THE_STORE:
        return "in the store"
    return "in memory, asking the store" if _asks(call) else "in memory"


def _asks(node: object) -> bool:
    """Whether a command of the store stands somewhere inside."""
    if isinstance(node, Call) and node.command.signature.category in OF_THE_STORE:
        return True
    inside = node if isinstance(node, tuple) else vars(node).values() if isinstance(node, Struct) else ()
    return any(map(_asks, inside))


COMMAND = Explain()
