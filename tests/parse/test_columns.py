"""Which columns are known before anything runs."""

from __future__ import annotations

import pytest

from stk_shell.commands._record_columns import detailed, listed, types
from stk_shell.model.columns import Column, Columns, columns_at, columns_of
from stk_shell.model.nouns import EVENTS
from stk_shell.model.syntax import Pipeline
from stk_shell.model.values import Value
from stk_shell.parse.columns import Knowledge, Outside
from stk_shell.parse.cursor import look
from stk_shell.parse.places import ColumnPlace, MemberPlace
from stk_shell.parse.scope import Scope
from tests.fixtures.shells import REGISTRY, Shell
from tests.parse.helpers import parsed

HELD: dict[str, Value] = {"rows": [{"a": 1, "b": {"c": "x"}}, {"a": 2, "d": None}], "row": {"n": 1}}
RECORDED = (Column("text"), Column("user", columns=(Column("id"), Column("name"))))


def known(text: str) -> Columns:
    """The columns that can stand at the end of a text."""
    scope = Scope()
    for name in HELD:
        scope.declare(name)
    found = look(text, Scope(scope), REGISTRY)
    knowledge = Knowledge(
        Outside(found.bound.get, lambda name: columns_of(HELD.get(name)), {"HOME": "/"}, lambda: (), lambda: RECORDED)
    )
    place = found.places[-1]
    if isinstance(place, MemberPlace):
        columns, path = knowledge.of(place.head, place.flow), place.path
    else:
        assert isinstance(place, ColumnPlace)
        columns, path = knowledge.flowing(place.flow), place.path
    return columns_at(columns, path)


def names(text: str) -> str:
    """The names of those columns."""
    return " ".join(column.name for column in known(text))


LIST = " ".join(column.name for column in listed(EVENTS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[a b]; [1 2]] | where ", "a b"),
        ("[{a: 1} {b: 2} 3] | where ", "a b"),
        ("[{a: {b: 1}} {a: {c: 2}}] | where a.", "b c"),
        ("{a: {b: 1, c: 2}} | get a.", "b c"),
        ("{a: {b: 1}, ...{c: 2}}.", "a c"),
        ("event list | where ", LIST),
        ("event list | where is_revoked | sort-by name | first 3 | where ", LIST),
        ("event list | where record_json.", "text user"),
        ("event list | get record_json | where ", "text user"),
        ("event list | get record_json.user | where ", "id name"),
        ("event list | select name record_json.user created? | where ", "name record_json.user created"),
        ("event list | select name record_json | get record_json.user.", "id name"),
        ("event list | select [name created] | where ", "name created"),
        ("event list | select 0 2 | where ", LIST),
        ("event list | reject record_json uu | first | get ", LIST.replace("record_json ", "").replace("uu ", "", 1)),
        ("event list | select name created | rename what | where ", "what created"),
        ("[[a]; [1]] | insert b {c: 1} | get b.", "c"),
        ("[[a]; [1]] | enumerate | where item.", "a"),
        ("[[a]; [1]] | wrap rows | get rows.", "a"),
        ("event list | select record_json name | flatten | where ", "name text user"),
        ("event list | each {|row| {who: $row.record_json.user, n: 1} } | get who.", "id name"),
        ("event list | each { select name } | where ", "name"),
        ("event list | group-by name --to-table | where ", "name items"),
        ("event list | histogram name | where ", "name count quantile percentage frequency"),
        ("[[a]; [1]] | join [[a z]; [1 2]] a | where ", "a z"),
        ("{a: 1} | merge {b: 2} | get ", "a b"),
        ("'a 1' | parse '{key} {value}' | where ", "key value"),
        ("'a 1' | parse --regex '(?<key>.) (?P<n>.)' | where ", "key n"),
        ("'a 1' | split column ' ' key n | where ", "key n"),
        ("if true { {a: 1} } else { {b: 2} } | get ", "a b"),
        ("do { {a: 1} } | get ", "a"),
        ("event list | length | where ", ""),
        ("event list | to json | where ", ""),
        ("open x.json | where ", ""),
        ("$rows | where ", "a b d"),
        ("$rows | where b.", "c"),
        ("$rows.0.", "a b d"),
        ("$row.", "n"),
        ("let x = event list | first; $x.record_json.", "text user"),
        ("let x = {a: 1}; let y = $x; $y.", "a"),
        ("for r in $rows { $r.", "a b d"),
        ("$rows | each {|r| $r.b.", "c"),
        ("$rows | each {|r| $in.b.", "c"),
        ("$rows | each { get b.", "c"),
        ("$rows | where $it.b.", "c"),
        ("$rows | each {|r| [[z]; [1]] | each {|s| $r.", "a b d"),
        ("$rows | each {|r| [[z]; [1]] | each {|s| $s.", "z"),
        ("$rows | each {|rows| $rows.b.", "c"),
        ("$env.", "HOME"),
        ("let x = $x; $x.", ""),
    ],
)
def test_columns_are_those_of_what_flows_there(text: str, expected: str) -> None:
    assert names(text) == expected


def test_a_column_tells_what_is_known_of_its_values() -> None:
    assert known("[[n]; [7]] | where ")[0] == Column("n", kind="int", example=7)
    assert known("$rows | where ")[0] == Column("a", kind="int", example=1)
    assert known("event list | where ")[0].sentence == "What kind of thing happened."


def test_something_that_calls_itself_forever_is_given_up() -> None:
    text = "let x = {a: 1}" + "".join(f"; let x{n} = $x{n - 1 if n else ''}" for n in range(200)) + "; $x199."
    assert known(text) == ()


@pytest.mark.parametrize(
    ("program", "columns"),
    [
        ("event list", listed(EVENTS)),
        ("event list --detail", detailed(EVENTS)),
        ("event types", types(EVENTS)),
        *((name, None) for name in ("version", "term size", "date list-timezone", "config", "history")),
        ("help commands", "help"),
    ],
)
def test_the_columns_that_commands_tell_are_those_they_give(
    example_shell: Shell, program: str, columns: Columns | str | None
) -> None:
    if not isinstance(columns, tuple):
        command = REGISTRY.find(columns or program)
        assert command is not None
        columns = command.columns
    assert example_shell.value(f"{program} | columns") == [column.name for column in columns]


def test_the_store_tells_no_more_of_itself_than_is_said_before(example_shell: Shell) -> None:
    command = REGISTRY.find("store status")
    status = example_shell.value("store status")
    assert command is not None
    assert isinstance(status, dict)
    assert status.keys() <= {column.name for column in command.columns}


def test_no_example_gives_a_column_that_its_command_does_not_tell() -> None:
    told = [command for command in REGISTRY.all() if command.columns]
    assert told
    for command in told:
        for example in command.examples:
            pipelines: tuple[Pipeline, ...] = parsed(example.line).block.pipelines
            if pipelines[-1].stages[-1].expression.span.text.startswith(command.name):
                given = {column.name for column in columns_of(example.result)}
                assert given <= {column.name for column in known(f"{example.line} | get ")}, example.line
