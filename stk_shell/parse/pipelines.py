"""Blocks, pipelines and their stages: the third pass, from the outside in."""

from __future__ import annotations

from stk_shell.model.span import Span
from stk_shell.model.syntax import Block, DefinitionNode, Node, Pipeline, Stage, Subexpression
from stk_shell.parse import calls, definitions, strings
from stk_shell.parse.assignments import is_assignment
from stk_shell.parse.brackets import inner_end
from stk_shell.parse.delimiters import MAX_DEPTH, TOO_DEEP
from stk_shell.parse.lex import COMMAND, PARENTHESES, Kind, Mode, Token
from stk_shell.parse.paths import access
from stk_shell.parse.scope import Input
from stk_shell.parse.stages import LitePipeline, LiteStage, group
from stk_shell.parse.state import State


def read_block(state: State, start: int, end: int, mode: Mode = COMMAND) -> Block:
    """The pipelines between two offsets, in the current scope. Definitions count from the block's beginning."""
    around = None if state.watch is None else state.watch.enter_block()
    lite = group(state.tokens(start, end, mode))
    definitions.announce(state, lite)
    pipelines = []
    bound: list[DefinitionNode] = []
    for each in lite:
        pipeline = read_pipeline(state, each)
        for stage in pipeline.stages:
            if isinstance(stage.expression, DefinitionNode):
                bound.append(stage.expression)
        pipelines.append(pipeline)
    if state.watch is not None and around is not None:
        state.watch.leave_block(around)
    return Block(state.span(start, end), tuple(pipelines), tuple(bound))


def read_braced_block(state: State, span: Span) -> Block:
    """The block in braces, in a scope of its own but in the same function."""
    with state.inner_scope():
        return read_block(state, span.start + 1, inner_end(state, span))


def read_pipeline(state: State, lite: LitePipeline) -> Pipeline:
    """The stages. One that takes the rest of the pipeline, such as `let x = ...`, leaves none."""
    if lite.dangling is not None:
        _dangling(state, lite)
    stages: list[Stage] = []
    for index, stage in enumerate(lite.stages):
        rest = lite.stages[index + 1 :]
        takes_rest = index == 0 and bool(rest) and _takes_pipeline(state, stage)
        if state.watch is not None:
            state.watch.enter_stage(stages)
        stages.append(_read_stage(state, stage, rest if takes_rest else [], first=index == 0))
        if takes_rest:
            break
    if not stages:
        return Pipeline(state.span(0, 0), (), lite.shown)
    return Pipeline(stages[0].span.to(stages[-1].span), tuple(stages), lite.shown)


def _takes_pipeline(state: State, stage: LiteStage) -> bool:
    words = _spans(state, stage)
    return definitions.takes_pipeline(words) or is_assignment(words)


def _spans(state: State, stage: LiteStage) -> list[Span]:
    return [state.span(token.start, token.end) for token in stage.words]


def _read_stage(state: State, lite: LiteStage, rest: list[LiteStage], *, first: bool) -> Stage:
    words = _spans(state, lite)
    span = words[0].to(words[-1])
    if first:
        return Stage(span, calls.read_stage(state, words, lite, rest, first=True))
    misplaced = definitions.misplaced(state, words)
    if misplaced is not None:
        return Stage(span, misplaced)
    outer = state.scope.input
    state.scope.input = Input(state.scope.function)
    try:
        expression = calls.read_stage(state, words, lite, rest, first=False)
        return Stage(span, expression, state.scope.input.slot)
    finally:
        state.scope.input = outer


def read_rest_of_pipeline(state: State, words: list[Span], rest: list[LiteStage]) -> Node:
    """A pipeline whose first stage is some of the words of a stage: the right side of `let x = a | b`."""
    if sum(word.text == "=" for word in words) > MAX_DEPTH:
        return state.problem("this is nested too deeply", TOO_DEEP, words[0], "assigned again and again")
    lite = LitePipeline()
    stage = LiteStage([])
    stage.words = [Token(Kind.WORD, word.start, word.end) for word in words]
    lite.stages = [stage, *rest]
    pipeline = read_pipeline(state, lite)
    return Subexpression(pipeline.span, Block(pipeline.span, (pipeline,)))


def read_parenthesized(state: State, span: Span) -> Subexpression:
    """`( ... )`: newlines inside are blanks."""
    with state.inner_scope():
        return Subexpression(span, read_block(state, span.start + 1, inner_end(state, span), PARENTHESES))


def read_parenthesized_access(state: State, span: Span) -> Node:
    """`( ... )` with an optional cell path, or a bare word that only begins with it."""
    end = state.delimiters.ends.get(span.start, span.end)
    if end < span.end and state.text[end] != ".":
        return strings.read_bare_interpolation(state, span)
    return access(state, read_parenthesized(state, state.span(span.start, end)), span, end)


def _dangling(state: State, lite: LitePipeline) -> None:
    """Note a pipe that joins nothing, or `||`."""
    token = lite.dangling
    if token is None:
        return
    span = state.span(token.start, token.end)
    before, after = state.text[: span.start].rstrip(" \t"), state.text[span.end :].lstrip(" \t")
    without = state.span(len(before), len(state.text) - len(after)).replaced(" " if before and after else "")
    follower = after.split(maxsplit=1)[:1]
    if span.text == "||":
        label = "`or` joins two conditions, `|` two commands"
        instead = span.replaced("|" if state.commands.find("".join(follower)) else "or")
        state.problem("`||` is no operator", "shell_or", span, label, instead=instead)
    elif before.endswith("|"):
        state.problem("nothing stands between two pipes", "unexpected_pipe", span, "one is enough", instead=without)
    elif lite.stages and lite.stages[0].words[0].start < token.start:
        headline, label = "a pipeline does not end with `|`", "a command goes behind it"
        state.problem(headline, "unexpected_eof", span, label, incomplete=True, instead=without)
    else:
        headline, label = "a pipeline does not begin with `|`", "nothing stands before it"
        state.problem(headline, "unexpected_pipe", span, label, instead=span.replaced("event list |"))
