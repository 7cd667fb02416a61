"""The syntax tree: what the parser makes and the compiler reads. Every node knows its span.

Variables are slots of a frame. Each function (a closure, a definition, the program itself) has its own frame; the
parser gives out the slots, and lists which slots of the surrounding frame a function needs copies of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model.shape import ANY
from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.command import Command, UserCommand
    from stk_shell.model.errors import Problem
    from stk_shell.model.shape import Shape
    from stk_shell.model.span import Span
    from stk_shell.model.values import CellPath, Value

INPUT_SLOT = 0
"""The slot of every frame that holds what was piped into its function: `$in`."""


class Node(Struct):
    """Anything that stands in the program."""

    span: Span


class Garbage(Node):
    """What could not be read; a problem tells why."""


class Literal(Node):
    """A value that is written down."""

    value: Value


class Interpolation(Node):
    """A string with expressions in it: `$"hello ($name)"`."""

    parts: tuple[Node, ...]


class Variable(Node):
    """A variable, `$in` among them. `shape` is what `let` or `mut` made sure of."""

    name: str
    slot: int
    shape: Shape = ANY


class Environment(Node):
    """`$env`."""


class Facts(Node):
    """`$nu`."""


class Access(Node):
    """A value with a cell path behind it: `$row.name`, `(date now).year`."""

    head: Node
    path: CellPath


class Spread(Node):
    """`...$list` inside a list, a record or arguments."""

    value: Node


class ListNode(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


class Entry(Node):
    """A key and its value."""

    key: Node
    value: Node


class RecordNode(Node):
    """`{a: 1}`; entries are `Entry` and `Spread`."""

    entries: tuple[Node, ...]


class TableNode(Node):
    """`[[a b]; [1 2]]`."""

    columns: tuple[Node, ...]
    rows: tuple[tuple[Node, ...], ...]


class RangeNode(Node):
    """`1..5`, `0..2..10`, `..<3`, `1..`."""

    start: Node | None
    step: Node | None
    end: Node | None
    inclusive: bool


class Not(Node):
    """`not`."""

    operand: Node


class Operation(Node):
    """Two operands and the operator between them; `kind` is the type of the result, where it is certain."""

    sign: str
    sign_span: Span
    left: Node
    right: Node
    kind: str | None = None


class Stage(Node):
    """One part of a pipeline. `input_slot` is set where the stage mentions `$in`: then its input is kept there."""

    expression: Node
    input_slot: int | None = None


class Pipeline(Node):
    """Stages, each taking what the one before gives. `shown` unless a semicolon drops the result."""

    stages: tuple[Stage, ...]
    shown: bool = True


class Block(Node):
    """Pipelines in order. `definitions` are bound before the first of them runs."""

    pipelines: tuple[Pipeline, ...]
    definitions: tuple[DefinitionNode, ...] = ()


class Subexpression(Node):
    """A block whose value is used: `( ... )`, braces that run in place, the right side of `let`."""

    block: Block


class ParameterNode(Node):
    """A parameter of a closure or definition. `default` is evaluated where the caller gives nothing."""

    name: str
    slot: int
    shape: Shape
    kind: str = "required"
    """One of required, optional, rest, flag, switch."""
    default: Node | None = None


class Function(Node):
    """Parameters and a body with a frame of its own: `size` slots, some filled from the frame around it.

    `captures` holds pairs (slot outside, slot inside). `uses_input` says that it mentions `$in`, `sets_environment`
    that something in it changes `$env`.
    """

    parameters: tuple[ParameterNode, ...]
    body: Block
    captures: tuple[tuple[int, int], ...]
    size: int
    uses_input: bool = False
    sets_environment: bool = False


class ClosureNode(Node):
    """`{|x| ... }`, or a row condition."""

    function: Function


class DefinitionNode(Node):
    """A `def`: the slot that will hold the command's closure."""

    command: UserCommand
    slot: int
    function: Function


class Argument(Node):
    """A value for one parameter; a switch has no value. `spread` for `...$list` among the rest."""

    name: str
    value: Node | None = None
    spread: bool = False


class Call(Node):
    """A command with its arguments. `slot` holds the closure where the command is the user's own."""

    head: Span
    command: Command
    arguments: tuple[Argument, ...] = ()
    slot: int | None = None

    def argument(self, name: str) -> Argument | None:
        """The (first) argument for the parameter of that name."""
        return next((argument for argument in self.arguments if argument.name == name), None)


class Declaration(Node):
    """The name of a new variable, in `let x = ...`."""

    name: str
    slot: int
    shape: Shape


class Assignment(Node):
    """`$x = ...`, `$x.a += ...`, `$env.X = ...` (no slot). The value is a whole pipeline; `shape` is the variable's."""

    sign: str
    sign_span: Span
    slot: int | None
    path: CellPath
    value: Node
    shape: Shape


class Pattern(Node):
    """One side of a `match` arm."""


class Anything(Pattern):
    """`_`."""


class ValuePattern(Pattern):
    """A value to be equal to, or a range to be in."""

    value: Node


class VariablePattern(Pattern):
    """`$x` takes whatever is there."""

    slot: int


class ListPattern(Pattern):
    """`[$first, ..$rest]`; `rest_slot` is None where the rest has no name, and `open` says whether there may be one."""

    items: tuple[Pattern, ...]
    open: bool = False
    rest_slot: int | None = None


class RecordPattern(Pattern):
    """`{name: note, n: $n}`."""

    fields: tuple[tuple[str, Pattern], ...]


class Alternatives(Pattern):
    """`1 | 2 | 3`."""

    patterns: tuple[Pattern, ...]


class Arm(Node):
    """A pattern, an optional condition, and the result."""

    pattern: Pattern
    guard: Node | None
    result: Node


class MatchArms(Node):
    """The braces of a `match`. The slot holds the value that is looked at."""

    arms: tuple[Arm, ...]
    slot: int


class Handler(Node):
    """What runs where something else has failed, in the same frame: slots for its parameter and its `$in`, if any."""

    slot: int | None
    input_slot: int | None
    block: Block


class Program(Struct):
    """A parsed text: the tree, as far as it could be read, and what is wrong with it. `size` is the frame's."""

    block: Block
    problems: tuple[Problem, ...]
    size: int
    uses_input: bool = False
