"""What is found to stand at the cursor, at the end of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.model.span import Source
from stk_shell.parse import parse
from stk_shell.parse.cursor import Cursor, look
from stk_shell.parse.places import (
    ArgumentPlace,
    ColumnPlace,
    CommandPlace,
    ComparedPlace,
    Flow,
    MemberPlace,
    OperatorPlace,
    Place,
    VariablePlace,
    WordPlace,
)
from stk_shell.parse.scope import Scope
from tests.fixtures.shells import REGISTRY
from tests.parse.test_calls import LINES


def at(text: str, before: str = "") -> Cursor:
    """What stands at the end of a text, after another that was read before."""
    scope = Scope()
    parse(Source(before), scope, REGISTRY)
    return look(text, Scope(scope), REGISTRY)


def last(text: str) -> Place:
    """The most special thing that can stand there."""
    return at(text).places[-1]


def flow(place: Place) -> list[str]:
    """The stages that a place is behind, from the inside out: one text for each block."""
    found: list[str] = []
    around: Flow | None = place.flow
    while around is not None:
        found.append(" | ".join(stage.span.text for stage in around.stages))
        around = around.outer
    return [each for each in found if each]


@pytest.mark.parametrize(
    ("text", "name", "first"),
    [
        ("", "", True),
        ("ev", "ev", True),
        ("event   li", "event li", True),
        ("event list | wh", "wh", False),
        ("event list |", "", False),
        ("let x = ev", "ev", True),
        ("$env.X = ev", "ev", True),
        ("alias e = event l", "event l", True),
        ("open (ev", "ev", True),
        ('$"there are (ev', "ev", True),
        ("{a: (ev", "ev", True),
        ("[1] | each { ev", "ev", True),
        ("if true { ev", "ev", True),
        ("def f [] { ev", "ev", True),
        ("try { ev", "ev", True),
        ("match 1 { 1 => { ev", "ev", True),
        ("1 + 1; ev", "ev", True),
        ("1 + 1\nev", "ev", True),
        ("event list\n| wh", "wh", False),
    ],
)
def test_a_stage_begins_with_the_name_of_a_command(text: str, name: str, *, first: bool) -> None:
    place = at(text).places[0]
    assert isinstance(place, CommandPlace)
    assert (place.text, place.first) == (name, first)
    assert " ".join(text[place.start :].split()) == name.strip()


@pytest.mark.parametrize(
    ("text", "command", "target", "typed"),
    [
        ("event get ", "event get", "event", ""),
        ("event get 01a", "event get", "event", "01a"),
        ('.append event "au', ".append event", "name", "au"),
        ("event list ", "event list", None, ""),
        ("event list --na", "event list", None, "--na"),
        ("event list -", "event list", None, "-"),
        ("event list --name au", "event list", "name", "au"),
        ("event list --name=au", "event list", "name", "au"),
        ("event list -n ", "event list", "name", ""),
        ("event list --name 'a b", "event list", "name", "a b"),
        ("do { event get ", "event get", "event", ""),
        ("use mo", "use", "module", "mo"),
        ("source a", "source", "file", "a"),
        ("config set theme ", "config set", "value", ""),
        ("help event l", "help", "command", "l"),
    ],
)
def test_an_argument_is_known_by_its_place(text: str, command: str, target: str | None, typed: str) -> None:
    place = last(text)
    assert isinstance(place, ArgumentPlace)
    found = place.target.name if place.target is not None else None
    assert (place.command.name, found, place.text) == (command, target, typed)


@pytest.mark.parametrize(("text", "word"), [("try { } ", "catch"), ("if true { } el", "else"), ("for x ", "in")])
def test_a_keyword_is_expected_where_it_goes(text: str, word: str) -> None:
    place = last(text)
    assert isinstance(place, ArgumentPlace)
    assert place.keywords == (word,)


@pytest.mark.parametrize(
    ("text", "path", "typed", "behind"),
    [
        ("event list | where ", (), "", ["event list"]),
        ("event list | where na", (), "na", ["event list"]),
        ("event list | where record_json.user.na", ("record_json", "user"), "na", ["event list"]),
        ("event list | where name == a and ty", (), "ty", ["event list"]),
        ("event list | where not is_", (), "is_", ["event list"]),
        ("event list | first 3 | select name ", (), "", ["event list | first 3"]),
        ("event list | select [name ", (), "", ["event list"]),
        ('event list | get "my c', (), "my c", ["event list"]),
        ("event list | each { get ", (), "", ["event list"]),
        ("event list | each { [1] | where ", (), "", ["[1]", "event list"]),
    ],
)
def test_a_column_is_of_what_flows_in(text: str, path: tuple[str, ...], typed: str, behind: list[str]) -> None:
    place = last(text)
    assert isinstance(place, ColumnPlace)
    assert (place.path, place.text, flow(place)) == (path, typed, behind)


@pytest.mark.parametrize(
    ("text", "head", "path", "typed"),
    [
        ("event list | each {|r| $r.", "$r", (), ""),
        ("event list | each {|r| $r.record_json.te", "$r", ("record_json",), "te"),
        ('event list | each {|r| $"a ($r.na', "$r", (), "na"),
        ("event list | where $it.na", "$it", (), "na"),
        ("let x = {a: 1}; $x.", "$x", (), ""),
        ("if $in.a == $in.b", "$in", (), "b"),
        ("$env.PA", "$env", (), "PA"),
        ("(event list).0.", "(event list)", (0,), ""),
        ("{a: 1}.", "{a: 1}", (), ""),
        ("print $in.", "$in", (), ""),
    ],
)
def test_a_member_is_of_a_value(text: str, head: str, path: tuple[str | int, ...], typed: str) -> None:
    place = last(text)
    assert isinstance(place, MemberPlace)
    assert (place.head.span.text, place.path, place.text) == (head, path, typed)


@pytest.mark.parametrize("text", ["$", "$na", "echo $na", "[$na", "event list | where name == $na", "$'(1 + $na"])
def test_a_variable_begins_with_its_sign(text: str) -> None:
    place = last(text)
    assert isinstance(place, VariablePlace)
    assert text[place.start] == "$"


def test_the_variables_of_inner_blocks_are_known_at_the_cursor_the_last_first() -> None:
    place = last("let a = 1; let z = 2; [1] | each {|b| let c = 2; let d = $")
    assert isinstance(place, VariablePlace)
    assert place.names == ("c", "b", "z", "a")


def test_the_closures_around_the_cursor_tell_their_parameters() -> None:
    place = last("event list | each {|row| $row.")
    assert place.flow.parameters == ("row",)
    assert place.flow.outer is not None
    assert [stage.span.text for stage in place.flow.outer.stages] == ["event list"]


def test_what_a_variable_was_given_is_known() -> None:
    assert {name: node.span.text for name, node in at("let a = event list | first; mut b = 1; $").bound.items()} == {
        "a": "event list | first",
        "b": "1",
    }
    assert at("for x in [1 2] { $").bound["x"].span.text == "[1 2]"


@pytest.mark.parametrize(("text", "before"), [("event list | where name ", ""), ("1 + 2 ", "+"), ("$in ", "")])
def test_an_operator_goes_behind_an_operand(text: str, before: str) -> None:
    place = last(text)
    assert isinstance(place, OperatorPlace)
    assert place.before == before


@pytest.mark.parametrize(
    ("text", "typed"),
    [("where name == ", ""), ("where name == 'a", "a"), ("where name in [a ", ""), ("where name =~ b", "b")],
)
def test_what_is_compared_is_known(text: str, typed: str) -> None:
    place = last(f"event list | {text}")
    assert isinstance(place, ComparedPlace)
    assert (place.left.span.text, place.text) == ("name", typed)


def test_the_members_of_a_module_are_offered() -> None:
    place = last("use modules/stk_event ")
    assert isinstance(place, WordPlace)
    assert place.words == ("*",)


@pytest.mark.parametrize("text", ["# ev", "event list # wh", '$"ev', "[1] | each { # ev", 'let x = $"a (1) b'])
def test_nothing_can_stand_in_a_comment_or_a_text_with_expressions(text: str) -> None:
    assert at(text).places == ()


def test_the_calls_around_the_cursor_are_known_from_the_inside_out() -> None:
    found = at("event list | each {|row| do { event list --since 1day --na")
    assert [(each.command.name, each.target and each.target.name) for each in found.calls] == [
        ("event list", None),
        ("do", "closure"),
        ("each", "closure"),
    ]
    assert at("event list | where name ==").calls[0].command.name == "where"
    flag = at("event list --name").calls[0].target
    assert flag is not None
    assert flag.name == "name"


@pytest.mark.parametrize(
    ("text", "command", "target"),
    [
        ("let ", "let", "name"),
        ("mut x = ", "mut", "value"),
        ("let x = 5 + ", "let", "value"),
        ("def --env f [a", "def", "parameters"),
        ("export def f [] { ", "def", "body"),
        ("alias e = ", "alias", "value"),
        ("let x = event get ", "event get", "event"),
    ],
)
def test_a_definition_is_a_call_as_well(text: str, command: str, target: str) -> None:
    call = at(text).calls[0]
    assert (call.command.name, call.target and call.target.name) == (command, target)


@given(st.sampled_from(LINES), st.floats(0, 1))
def test_every_beginning_of_a_program_can_be_looked_at(line: str, share: float) -> None:
    text = line[: round(len(line) * share)]
    for place in at(text).places:
        typed = text[place.start :]
        assert place.quote + place.text == (" ".join(typed.split(" ")) if isinstance(place, CommandPlace) else typed)
