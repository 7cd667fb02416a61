"""Text to tree: three passes that collect problems instead of stopping at the first.

`delimiters` finds strings and brackets, `lex` cuts words, `stages` groups them, and the rest reads each word as the
signature of its command says. What cannot be read becomes `Garbage` in the tree and a `Problem` beside it, so running,
highlighting, completion and 'is this input complete?' all use this one parser.
"""

from __future__ import annotations

import os

from stk_shell.model.command import CommandTable
from stk_shell.model.errors import Problem
from stk_shell.model.span import Source
from stk_shell.model.syntax import Block, Program
from stk_shell.parse.delimiters import TOO_DEEP, scan
from stk_shell.parse.pipelines import read_block
from stk_shell.parse.scope import Scope
from stk_shell.parse.state import State

BEYOND_MENDING = frozenset({"pasted_prompt", "smart_quote"})
"""Problems that no further line can mend, and that bring others with them which say less."""


def parse(source: Source, scope: Scope, commands: CommandTable) -> Program:
    """Read a program. The names it defines are put into the scope; give an inner one to be able to drop them."""
    files = (os.path.realpath(source.name),) if os.path.isfile(source.name) else ()
    state = State(source, scan(source), scope, commands, files)
    try:
        # What is nested too deeply has no end, so that the rest would be taken for something else.
        too_deep = any(problem.code == TOO_DEEP for problem in state.problems)
        block = Block(state.span(0, 0), ()) if too_deep else read_block(state, 0, len(source.text))
    except RecursionError:
        whole = state.span(0, len(source.text))
        hint = "Give a part of it a name with `let`, or make a command of it with `def`."
        state.problem("this is nested too deeply", TOO_DEEP, whole, help=hint)
        block = Block(whole, ())
    problems = sorted(state.problems, key=lambda problem: _weight(problem, source))
    return Program(block, tuple(problems), scope.function.size, scope.input.used)


def _weight(problem: Problem, source: Source) -> tuple[bool, bool, int]:
    """The order of problems: those of a file that the source reads bring others with them, as it lacks their names."""
    span = problem.labels[0].span
    return problem.code not in BEYOND_MENDING, span.source is source, span.start


def is_incomplete(program: Program) -> bool:
    """Whether more text could mend what is wrong with it."""
    problems = program.problems
    return any(problem.incomplete for problem in problems) and problems[0].code not in BEYOND_MENDING
