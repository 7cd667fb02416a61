"""What is known at the cursor: the session and its variables, the text before, the store."""

from __future__ import annotations

from stk_shell.engine.environment import facts
from stk_shell.engine.session import ShellSession
from stk_shell.model.columns import Column, Columns, columns_of
from stk_shell.model.overview import Overview, SeenField
from stk_shell.model.struct import Struct
from stk_shell.model.syntax import Call, Declaration, Node, Program
from stk_shell.model.values import Value
from stk_shell.parse.columns import Knowledge, Outside
from stk_shell.parse.cursor import Cursor
from stk_shell.parse.live import Live
from stk_shell.parse.places import Place
from stk_shell.repl.completion.catalog import Catalog


class Look(Struct):
    """Where somebody looks: the cursor, where the pipeline begins that it is in, whether a key has asked for names."""

    position: int
    base: int
    demanded: bool


class Context:
    """One look at the cursor."""

    def __init__(self, session: ShellSession, live: Live, catalog: Catalog, cursor: Cursor, look: Look) -> None:
        """What was found at the cursor, and where."""
        self.session = session
        self.live = live
        self.cursor = cursor
        self.look = look
        self.needs_store = False
        """Whether anybody asked what there is in the store."""
        self._catalog = catalog
        self._knowledge: Knowledge | None = None

    def start(self, place: Place) -> int:
        """Where the text of a place begins in the entry."""
        return self.look.base + place.start

    @property
    def overview(self) -> Overview:
        """What is known of the store."""
        self.needs_store = True
        return self._catalog.overview(demanded=self.look.demanded)

    @property
    def knowledge(self) -> Knowledge:
        """What is known of columns."""
        if self._knowledge is None:
            self._knowledge = Knowledge(
                Outside(
                    self.bound,
                    lambda name: columns_of(self.value(name)),
                    self.session.environment,
                    lambda: columns_of(facts()),
                    lambda: _recorded(self.overview.fields),
                )
            )
        return self._knowledge

    def bound(self, name: str) -> Node | None:
        """What the entry gives a variable before the cursor."""
        if name in self.cursor.bound:
            return self.cursor.bound[name]
        for start, chunk in zip(reversed(self.live.starts), reversed(self.live.chunks), strict=True):
            if start < self.look.base and chunk.reading is not None and f"${name}" in chunk.names:
                return _given(chunk.reading.program, name)
        return None

    def value(self, name: str) -> Value:
        """What a variable of the session holds; null where there is none."""
        info = self.session.scope.variables.get(name)
        frame = self.session.frame
        return frame[info.slot] if info is not None and info.slot < len(frame) else None


def _given(program: Program, name: str) -> Node | None:
    """What a program last gives a variable."""
    for pipeline in reversed(program.block.pipelines):
        call = pipeline.stages[0].expression if pipeline.stages else None
        declared, value = (call.argument("name"), call.argument("value")) if isinstance(call, Call) else (None, None)
        if declared and value and isinstance(declared.value, Declaration) and declared.value.name == name:
            return value.value
    return None


def _recorded(fields: tuple[SeenField, ...], depth: int = 0) -> Columns:
    """The fields by their paths, those that have the same beginning inside each other."""
    inner: dict[str, list[SeenField]] = {}
    for field in fields:
        inner.setdefault(field.path[depth], []).append(field)
    columns = []
    for name, group in inner.items():
        own = next((field for field in group if len(field.path) == depth + 1), None)
        below = tuple(field for field in group if len(field.path) > depth + 1)
        example = own.example if own and not below else None
        kind = own.kind if own else "object"
        columns.append(
            Column(
                name,
                kind=KINDS.get(kind, kind),
                example=example,
                columns=_recorded(below, depth + 1),
                everywhere=own is None or own.everywhere,
            )
        )
    return tuple(columns)


KINDS = {"object": "record", "array": "list", "boolean": "bool", "null": "nothing"}
"""What is called otherwise in JSON."""
