"""A text that is being typed, read anew at each key: only the pipelines that changed, and those they matter to.

What is too much to read between two keys waits, and looks as it did, until somebody reads it while nobody types.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from stk_shell.model.command import CommandTable
from stk_shell.model.piece import Piece
from stk_shell.model.span import Span
from stk_shell.parse import BEYOND_MENDING
from stk_shell.parse.chunks import Chunk, Reading, cut
from stk_shell.parse.edits import Edit, edit_between, is_within_word, moved, moved_brackets
from stk_shell.parse.scope import Scope
from stk_shell.parse.unfinished import is_unfinished

AT_ONCE = 1500
"""The characters that can be read between two keys without anybody feeling it."""

NOTHING = re.compile(r"(?:\s|#[^\n]*+)*+")
"""A text without any pipeline."""

JOINS = re.compile(r"(?:\s|#[^\n]*+\n)*+\|")
"""The beginning of a text that goes on with the pipeline before it."""


class Live:
    """The pipelines of a text, and what is known of them so far."""

    def __init__(self, scope: Scope, commands: CommandTable) -> None:
        """`scope` has the names of the session; it is not changed."""
        self.session = scope
        self.commands = commands
        self.text = ""
        self.chunks: list[Chunk] = []
        self.starts: list[int] = []
        self.accepted = 0
        """How often a reading has been accepted: each may change what is known of the same text."""
        self._begin()

    def _begin(self) -> None:
        """Know nothing but the names of the session."""
        self.scope = self.session.copy()
        self.seen = _content(self.session)
        self.text, self.chunks, self.starts = "", [], []

    def update(self, text: str) -> None:
        """Take the text as it is now."""
        if self.seen != _content(self.session):
            self._begin()
        if text == self.text:
            return
        edit = edit_between(self.text, text)
        head, tail, new = self._changed_word(text, edit) or self._cut_around(text, edit)
        old = self.chunks[head : len(self.chunks) - tail]
        self._reuse(old, new)
        self.text = text
        self.chunks[head : head + len(old)] = new
        self.starts = [0, *accumulate(len(chunk.text) for chunk in self.chunks)][:-1]
        self._catch_up(head, old, new)

    # Cutting the text

    def _changed_word(self, text: str, edit: Edit) -> tuple[int, int, list[Chunk]] | None:
        """The one chunk that an edit within a word changes, between how many others; None for any other edit."""
        at = self._index(edit.start)
        if not self.chunks or edit.end > self._start(at + 1) or not is_within_word(self.text, text, edit):
            return None
        start, brackets = self.starts[at], self.chunks[at].brackets
        if brackets is not None:
            brackets = moved_brackets(brackets, Edit(edit.start - start, edit.end - start, edit.new_end - start))
        chunk = Chunk(text[start : self._start(at + 1) + edit.shift], brackets)
        return at, len(self.chunks) - at - 1, [chunk]

    def _cut_around(self, text: str, edit: Edit) -> tuple[int, int, list[Chunk]]:
        """How many chunks stay before and behind an edit, and the new ones between: an opened bracket may take in many.

        The chunk before the changed one is cut again as well, because what follows may go on with it.
        """
        head = max(self._index(edit.start) - 1, 0)
        if head and NOTHING.fullmatch(self.chunks[head].text):
            head -= 1
        tail, more = len(self.chunks) - bisect_left(self.starts, edit.end), 1
        while True:
            end = len(self.chunks) - tail
            new, ended = cut(text[self._start(head) : self._start(end) + edit.shift])
            if not tail or (ended and not JOINS.match(self.chunks[end].text)):
                return head, tail, new
            tail, more = max(tail - more, 0), more * 2

    def _index(self, offset: int) -> int:
        """The chunk that holds an offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _start(self, index: int) -> int:
        """Where a chunk begins; that behind the last does at the end of the text."""
        return self.starts[index] if index < len(self.starts) else len(self.text)

    # Reading the pipelines

    @staticmethod
    def _reuse(old: list[Chunk], new: list[Chunk]) -> None:
        """Keep what is known of the first and the last chunks where they are the same, and of the one that changed."""
        last = min(len(old), len(new)) - 1
        head = next((at for at in range(last + 1) if old[at].text != new[at].text), last + 1)
        tail = next((at for at in range(last + 1 - head) if old[-1 - at].text != new[-1 - at].text), last + 1 - head)
        new[:head] = old[:head]
        new[len(new) - tail :] = old[len(old) - tail :]
        if len(old) == len(new) == head + tail + 1:
            was, now = old[head], new[head]
            now.reading, now.pieces = was.reading, moved(was.pieces, edit_between(was.text, now.text), now.text)

    def _catch_up(self, head: int, old: list[Chunk], new: list[Chunk]) -> None:
        """Read what can be read at once; where more has changed, cutting has taken long enough."""
        fresh = [chunk for chunk in new if chunk.waits]
        before, fits = _names(old), sum(len(chunk.text) for chunk in fresh) <= AT_ONCE
        room = self._read_some(fresh, AT_ONCE) if fits else 0
        after = _names(new)
        changed = _difference(before, after)
        if len(fresh) > 1:
            # Some were read before others that define what they use.
            changed |= frozenset(name for name in after if not fits or name[:1] != "$")
        self._read_some(self._doubt(changed, head, head + len(new)), room)

    def _read_some(self, chunks: Iterable[Chunk], room: int) -> int:
        """Read those that wait and for which there is room; gives the room that is left."""
        for chunk in chunks:
            if chunk.waits and len(chunk.text) <= room:
                room -= len(chunk.text)
                chunk.take(self.reader(chunk)())
        return room

    def _doubt(self, names: frozenset[str], start: int, end: int) -> list[Chunk]:
        """Let what mentions one of the names wait to be read again, because of a change in the chunks of a range.

        A variable matters to what is behind it, up to the next of the same name; a command matters everywhere.
        """
        commands = frozenset(name for name in names if name[:1] != "$")
        doubted = []
        for at, chunk in enumerate(self.chunks):
            concerned = names if at >= start else commands
            if concerned and not chunk.waits and _mention(concerned).search(chunk.text):
                chunk.waits = True
                doubted.append(chunk)
            if at >= end:
                names = names.difference(chunk.names) | commands
        return doubted

    def waiting(self) -> Chunk | None:
        """The first pipeline that has still to be read."""
        return next((chunk for chunk in self.chunks if chunk.waits), None)

    def waiting_between(self, start: int, end: int) -> list[Chunk]:
        """The pipelines between two offsets that have still to be read, and that this does not take long for."""
        chunks = self.chunks[self._index(start) : self._index(end) + 1]
        return [chunk for chunk in chunks if chunk.waits and len(chunk.text) <= AT_ONCE]

    def reader(self, chunk: Chunk) -> Callable[[], Reading]:
        """The reading of a pipeline, which may be done in any thread."""
        scope = Scope(self._surroundings(chunk))
        return lambda: Reading(chunk.text, scope, self.commands)

    def accept(self, chunk: Chunk, reading: Reading) -> None:
        """Take what a reader has found."""
        changed = _difference(chunk.names, reading.names)
        if changed and chunk in self.chunks:
            at = self.chunks.index(chunk)
            self._doubt(changed, at, at + 1)
        chunk.take(reading)
        self.accepted += 1

    def _surroundings(self, chunk: Chunk) -> Scope:
        """The names that a pipeline may use: those defined before it, and commands also behind it."""
        scope, before = Scope(self.scope), True
        for other in self.chunks:
            if other is chunk:
                before = False
            elif other.reading is not None and other.names:
                if before:
                    scope.adopt(other.reading.scope)
                else:
                    scope.commands = {**other.reading.scope.commands, **scope.commands}
        return scope

    # What is known

    def around(self, cursor: int) -> tuple[int, Scope]:
        """Where the pipeline at the cursor begins, and a scope with the names that it may use."""
        at = bisect_right(self.starts, cursor) - 1
        if at < 0:
            return 0, Scope(self.scope)
        return self.starts[at], Scope(self._surroundings(self.chunks[at]))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The stretches that have a colour between two offsets."""
        for at in range(self._index(start), bisect_left(self.starts, end)):
            offset, pieces = self.starts[at], self.chunks[at].pieces
            first = max(bisect_right(pieces, (start - offset, len(self.text), "")) - 1, 0)
            for piece in pieces[first:]:
                if piece.start >= end - offset:
                    break
                if piece.end > start - offset:
                    yield Piece(max(piece.start + offset, start), min(piece.end + offset, end), piece.kind)

    def partner(self, at: int) -> int | None:
        """Where the bracket stands that belongs to the one at an offset; None where there is none."""
        if not 0 <= at < len(self.text):
            return None
        index = self._index(at)
        found = self.chunks[index].partner(at - self.starts[index])
        return None if found is None else found + self.starts[index]

    def first_problem(self, cursor: int) -> tuple[int, int] | None:
        """The place of the first thing that is wrong, and not only unfinished at the cursor."""
        if self.waiting() is not None or not any(self.commands.names()):
            # Nobody can tell what may still become a command before all of them are known.
            return None
        last = self._last()
        for start, chunk in zip(self.starts, self.chunks, strict=True):
            if chunk.problems and (span := self._mistake(chunk, cursor - start, last=chunk is last)):
                return span.start + start, max(span.end, span.start + 1) + start
        return None

    def is_incomplete(self) -> bool:
        """Whether more text could mend what is wrong. What waits is read for that, if it matters."""
        last = self._last()
        if last is not None and last.waits:
            self.accept(last, self.reader(last)())
        problems = [problem for chunk in self.chunks for problem in chunk.problems]
        incomplete = last is not None and any(problem.incomplete for problem in last.problems)
        return incomplete and not any(problem.code in BEYOND_MENDING for problem in problems)

    def _last(self) -> Chunk | None:
        """The last pipeline."""
        return next((chunk for chunk in reversed(self.chunks) if not NOTHING.fullmatch(chunk.text)), None)

    def _mistake(self, chunk: Chunk, cursor: int, *, last: bool) -> Span | None:
        in_string = any(problem.code == "unexpected_eof" for problem in chunk.problems)
        for problem in chunk.problems:
            open_ = last and problem.incomplete
            if not open_ and not is_unfinished(problem, chunk.text, cursor, self.known, in_string=in_string):
                return problem.labels[0].span
        return None

    def known(self) -> list[str]:
        """The names of all commands, and of all variables with their sign."""
        scope = self.scope
        defined = [name for chunk in self.chunks for name in chunk.names]
        return [*self.commands.names(), *scope.command_names(), *(f"${name}" for name in scope.variables), *defined]


def _content(scope: Scope) -> tuple[dict[str, object], ...]:
    return dict(scope.variables), dict(scope.commands), dict(scope.aliases)


@lru_cache(maxsize=16)
def _mention(names: frozenset[str]) -> re.Pattern[str]:
    """What finds one of the names in a program, or the first word of it."""
    words = "|".join(re.escape(name.partition(" ")[0]) for name in names)
    return re.compile(rf"(?<![\w$])(?:{words})(?![\w-])")


def _names(chunks: Iterable[Chunk]) -> dict[str, object]:
    return {name: content for chunk in chunks for name, content in chunk.names.items()}


def _difference(one: dict[str, object], other: dict[str, object]) -> frozenset[str]:
    """The names that only one of them has, or that mean something else in the other."""
    missing = object()
    return frozenset(name for name in one.keys() | other.keys() if one.get(name, missing) != other.get(name, missing))
