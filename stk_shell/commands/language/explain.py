"""The command `explain`."""

from __future__ import annotations

from itertools import takewhile
from typing import TypeAlias

from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.errors import Label, RunError
from stk_shell.model.nouns import OF_THE_STORE
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.source import Declined, Source
from stk_shell.model.stream import Data
from stk_shell.model.struct import Struct
from stk_shell.model.syntax import Block, Call, ClosureNode, Pipeline, Stage
from stk_shell.model.values import Record, Value


class Explain(Form):
    """Tells what a pipeline does where."""

    name = "explain"
    summary = "Tell where the stages of a pipeline run, without running them."
    description = """A stage runs in the store, or in memory; what runs in memory may still ask the store for
something, once or for each row. What a command of your own does is not looked at.

The stages behind a list of events with `--limit 0` move into one SQL statement, as far as that gives exactly what they
give in memory: `sql` is the statement, `parameters` are its values, and `plan` is how PostgreSQL would go about it.
Everything from the first stage that stays in memory on works on the rows that the statement gives, as they come. `stk
--no-pushdown` and the setting `pushdown` keep all stages in memory."""
    signature = Signature(
        types=(("any", "record"),),
        category="language",
        positionals=(Parameter("closure", CLOSURE, "The pipeline, in braces."),),
    )
    examples = (
        Example(
            "explain { event list --limit 0 | where name == login | each { get uu } }\n| get stages",
            "What the store does, and what is left to do.",
            [
                {"stage": "event list --limit 0", "runs": "in the store"},
                {"stage": "where name == login", "runs": "in the store"},
                {"stage": "each { get uu }", "runs": "in memory"},
            ],
        ),
        Example(
            "explain { event list --limit 0 | where name == login | length }\n| get parameters",
            "The values that go into the statement.",
            {"v0": "login"},
        ),
        Example("explain { event list --limit 0 | length } | print $in.plan", "How PostgreSQL goes about it."),
    )
    see_also = ("timeit",)

    def build(self, parts: Parts) -> Step:
        """The record is made from the tree, and from what the source says that it would ask."""
        node = parts.node("closure")
        function = node.function if isinstance(node, ClosureNode) else None
        steps = [] if function is None else [_steps(parts, pipeline) for pipeline in function.body.pipelines]

        def step(frame: Frame, data: Data) -> Data:
            if function is None:
                label = Label(parts.span if node is None else node.span, "this is not written down here")
                hint = "`explain { event list | length }`"
                raise RunError("`explain` needs the pipeline itself, in braces", "type_mismatch", (label,), hint)
            inside: Frame = [None] * function.size
            for outside, slot in function.captures:
                inside[slot] = frame[outside]
            return _explanation(function.body, [_taken(each, inside) for each in steps])

        return step


Taken: TypeAlias = "tuple[int, Source | None]"
"""How many stages of a pipeline the store takes over, and what it would ask then."""


def _steps(parts: Parts, pipeline: Pipeline) -> list[Step]:
    """The stages that may move into the store, ready to be offered."""
    first = pipeline.stages[0].expression if pipeline.stages else None
    if not (isinstance(first, Call) and first.slot is None and first.command.gives_source(first)):
        return []
    free = takewhile(lambda stage: stage.input_slot is None, pipeline.stages)
    return [parts.step(stage.expression) for stage in free]


def _taken(steps: list[Step], frame: Frame) -> Taken:
    source = steps[0](frame, None) if steps else None
    if not isinstance(source, Source):
        return 0, None
    asked, count = Source(source.relation, explained=True), 1
    taken: Data = asked
    for at, step in enumerate(steps[1:], 2):
        try:
            taken = step(frame, taken)
        except Declined:
            break
        if not isinstance(taken, Source):
            break
        count, asked = (count, asked) if taken.relation.is_open else (at, taken)
    return count, asked


def _explanation(block: Block, taken: list[Taken]) -> Record:
    """The stages of all pipelines, and what is asked for the last one that asks."""
    stages: list[Value] = [*_rows(block, [count for count, _ in taken])]
    asked = [source.relation.explanation() for _, source in taken if source is not None]
    return {"stages": stages, **(asked[-1] if asked else {})}


def _rows(block: Block, taken: list[int]) -> list[Record]:
    """A row for each stage; where there are several pipelines, they are numbered."""
    rows: list[Record] = []
    for number, (pipeline, count) in enumerate(zip(block.pipelines, taken, strict=True)):
        which: Record = {"pipeline": number} if len(block.pipelines) > 1 else {}
        places = ("in the store" if at < count else _where(stage) for at, stage in enumerate(pipeline.stages))
        rows += [
            {**which, "stage": stage.span.text, "runs": place}
            for stage, place in zip(pipeline.stages, places, strict=True)
        ]
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
