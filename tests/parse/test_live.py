"""Reading while somebody types: the same as reading all of it anew, but only what has changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stk_shell.model.span import Source
from stk_shell.parse import is_incomplete, parse
from stk_shell.parse.chunks import Chunk, Reading
from stk_shell.parse.highlight import stretches
from stk_shell.parse.live import AT_ONCE, Live
from stk_shell.parse.scope import Scope
from tests.fixtures.shells import REGISTRY
from tests.parse.test_calls import LINES

PARTS = st.sampled_from(
    [
        *("let x = 1", "$x + 1", "mut y = 2", "$y = 3", "def f [a] { $a }", "f 3", "alias g = f", "g 2"),
        *("event list | where name == 'a'", "| length", "nosuch", "$zz ", "# c", "[1 2]", " "),
        *("\n", "\n", "\n", ";", "|", "{", "}", "(", ")", "'", '"', '$"'),
    ]
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), st.lists(PARTS, max_size=4)), min_size=1, max_size=12)
"""Where something is typed, how much is deleted there, and what is typed."""


class Counting(Live):
    """Counts what is read."""

    read = 0

    def take_readings(self) -> int:
        """How many pipelines were read since it was last asked."""
        count, self.read = self.read, 0
        return count

    def reader(self, chunk: Chunk) -> Callable[[], Reading]:
        """The reading, counted."""
        self.read += 1
        return super().reader(chunk)


def live(text: str, scope: Scope | None = None) -> Counting:
    """A text of which everything is read."""
    found = Counting(scope or Scope(), REGISTRY)
    found.update(text)
    finish(found)
    return found


def finish(found: Live) -> None:
    """Read what waits."""
    while (chunk := found.waiting()) is not None:
        found.accept(chunk, found.reader(chunk)())


def kinds(found: Live) -> list[str]:
    """The kind of each character."""
    every = [""] * len(found.text)
    for start, end, kind in found.pieces(0, len(found.text)):
        every[start:end] = [kind] * (end - start)
    return every


@settings(deadline=None)
@given(EDITS)
def test_after_any_edits_it_knows_what_a_new_reading_finds(edits: list[tuple[float, int, list[str]]]) -> None:
    found, text = live(""), ""
    for place, deleted, typed in edits:
        at = int(place * len(text))
        text = text[:at] + "".join(typed) + text[at + deleted :]
        found.update(text)
        finish(found)
        new = live(text)
        assert [chunk.text for chunk in found.chunks] == [chunk.text for chunk in new.chunks]
        assert kinds(found) == kinds(new), text
        assert found.first_problem(-1) == new.first_problem(-1), text
        assert is_incomplete(parse(Source(text), Scope(), REGISTRY)) or not found.is_incomplete(), text


@pytest.mark.parametrize("line", LINES)
def test_it_finds_what_reading_the_whole_finds(line: str) -> None:
    source = Source(line)
    every = [""] * len(line)
    for start, end, kind in stretches(source, parse(source, Scope(), REGISTRY)):
        every[start:end] = [kind] * (end - start)
    assert kinds(live(line)) == every


def test_a_key_reads_one_pipeline_of_a_thousand() -> None:
    block = "\n".join(f"let x{at} = [1 2 3] | where $it > {at}" for at in range(1000))
    found = live(block)
    assert found.take_readings() == 1000
    for typed in ("\n", "\ne", "\nev"):
        found.update(block + typed)
        assert found.take_readings() <= 1
    found.update(block)
    found.take_readings()
    middle = block.index("let x500")
    for typed in (" ", " #", " # c"):
        found.update(block[: middle - 1] + typed + block[middle - 1 :])
        assert found.take_readings() == 1
        assert found.waiting() is None


def test_where_a_name_changes_what_uses_it_is_read_again_and_nothing_else() -> None:
    found = live("let a = 1\nlet b = 2\n$a\n$b\ndef c [] { 1 }\nc")
    assert found.first_problem(-1) is None
    found.take_readings()
    text = "let a = 1\nlet bb = 2\n$a\n$b\ndef c [] { 1 }\nc"
    found.update(text)
    assert found.take_readings() == 2
    assert found.first_problem(-1) == (text.index("$b"), text.index("$b") + 2)
    found.update(text + " | first")
    assert found.take_readings() == 1


def test_a_command_is_known_before_the_line_that_defines_it() -> None:
    assert live("f 1\nlet x = 1\ndef f [a] { $a }").first_problem(-1) is None
    found = live("f 1\n")
    assert found.first_problem(-1) == (0, 1)
    found.update("f 1\ndef f [a] { $a }")
    assert found.first_problem(-1) is None


def test_a_bracket_that_is_opened_takes_in_what_follows() -> None:
    found = live("1\n2\n3\n")
    assert len(found.chunks) == 3
    found.update("1\n[2\n3\n")
    assert [chunk.text for chunk in found.chunks] == ["1\n", "[2\n3\n"]
    found.update("1\n[2\n3]\n")
    assert [chunk.text for chunk in found.chunks] == ["1\n", "[2\n3]\n"]


def test_what_is_too_long_waits_and_looks_as_it_did() -> None:
    table = "[\n" + '{name: "a", n: 1}\n' * (AT_ONCE // 15) + "]"
    found = live(table)
    at = table.index("name", 1000)
    found.update(table[:at] + "sur" + table[at:])
    assert found.waiting() is not None
    changed = kinds(found)
    assert changed[at + 3 : at + 7] == ["string"] * 4
    assert changed[-5:] == kinds(live(table))[-5:]
    assert found.first_problem(-1) is None
    finish(found)
    assert kinds(found) == kinds(live(found.text))


def test_what_is_too_much_is_only_cut_and_can_be_read_first_where_it_is_seen() -> None:
    block = "\n".join(["let x = 1"] * (AT_ONCE // 3)) + "\n$x + 1"
    found = Counting(Scope(), REGISTRY)
    found.update(block)
    assert found.take_readings() == 0
    seen = found.waiting_between(len(block) - 20, len(block))
    assert [chunk.text for chunk in seen] == ["let x = 1\n", "let x = 1\n", "$x + 1"]
    for chunk in seen:
        found.accept(chunk, found.reader(chunk)())
    assert found.chunks[-1].pieces
    assert not found.chunks[0].pieces
    assert found.waiting() is found.chunks[0]
    finish(found)
    assert found.first_problem(-1) is None


def test_what_takes_long_to_read_is_not_read_first() -> None:
    long = "[\n" + "1\n" * AT_ONCE + "]\n"
    found = Live(Scope(), REGISTRY)
    found.update(f"1\n{long}2")
    assert [chunk.text for chunk in found.waiting_between(0, len(found.text))] == ["1\n", "2"]


@pytest.mark.parametrize("text", ["#" * 5000, "# " * 5000, "\n#" * 3000, "\n" * 5000, ";" * 500, '""' * 1000])
def test_what_holds_no_pipelines_takes_no_time(text: str) -> None:
    found = live(text)
    for typed in ("\n", "\nfirst", "\nfirst\n|"):
        found.update(text + typed)
        found.update(typed + text)
    assert "".join(chunk.text for chunk in found.chunks) == "\nfirst\n|" + text


@pytest.mark.parametrize("name", ['""', '" "', "'?'", '"a b c d e"', '"$"'])
def test_any_name_may_be_defined(name: str) -> None:
    found = live(f"alias {name} = first\n1")
    found.update(f"alias {name} = last\n1")
    finish(found)
    assert len(found.chunks) == 2


def test_what_is_typed_leaves_no_trace_in_the_session() -> None:
    scope = Scope()
    parse(Source("let a = 1; mut m = 2"), scope, REGISTRY)
    size = scope.function.size
    found = live("let b = $a; $m = 3; def f [] { $a }; [1] | each { $a }", scope)
    assert found.first_problem(-1) is None
    assert (scope.function.size, [*scope.variables], [*scope.commands]) == (size, ["a", "m"], [])
    assert scope.function.captures == {}


def test_what_the_session_learns_counts_at_once() -> None:
    scope = Scope()
    found = live("$a", scope)
    assert found.first_problem(-1) == (0, 2)
    parse(Source("let a = 1"), scope, REGISTRY)
    found.update("$a")
    assert found.first_problem(-1) is None


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("[1 (2)]", {0: 6, 3: 5}),
        ("1\n{a: [2]} | get a", {2: 9, 6: 8}),
        ('"(" + ")"', {}),
        ("[1 # ]\n]", {0: 7}),
        ('$"a (1 + 1)"', {4: 10}),
        ("$'a' + ($\"(1)\")", {7: 14, 10: 12}),
        ("[1 2", {}),
        ("1 ]", {}),
        ("[(1]", {0: 3}),
    ],
)
def test_brackets_find_their_partners_but_not_in_strings_and_comments(text: str, pairs: dict[int, int]) -> None:
    found = live(text)
    partners = {at: partner for at in range(-1, len(text) + 1) if (partner := found.partner(at)) is not None}
    assert partners == pairs | {end: start for start, end in pairs.items()}


def test_around_a_cursor_the_names_before_it_are_known() -> None:
    found = live("let a = 1; let b = 2; ls\nlet c = 3")
    places = [found.around(at) for at in (0, 9, 11, 23, 30)]
    starts = [start for start, _ in places]
    assert [found.text[start:].split(";")[0].split("\n")[0].strip() for start in starts] == [
        "let a = 1",
        "let a = 1",
        "let b = 2",
        "ls",
        "let c = 3",
    ]
    known = [[name for name in "abc" if scope.variable(name)] for _, scope in places]
    assert known == [[], [], ["a"], ["a", "b"], ["a", "b"]]
