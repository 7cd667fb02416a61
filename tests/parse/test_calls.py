"""Commands and their arguments, and definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.model import syntax
from stk_shell.model.command import Example
from stk_shell.model.values import CellPath
from stk_shell.parse import is_incomplete
from stk_shell.parse.highlight import highlight
from stk_shell.parse.scope import Scope
from tests.fixtures.shells import REGISTRY
from tests.parse.helpers import only, parsed, problems

LINES = [example.line for command in REGISTRY.all() for example in command.examples if isinstance(example, Example)]


def arguments(text: str) -> list[tuple[str, object]]:
    """The arguments of the last command of a text, with what is written down of them."""
    program = parsed(text)
    assert program.problems == ()
    call = program.block.pipelines[-1].stages[-1].expression
    assert isinstance(call, syntax.Call)
    return [
        (each.name, each.value.value if isinstance(each.value, syntax.Literal) else None) for each in call.arguments
    ]


@pytest.mark.parametrize(
    ("text", "given_"),
    [
        ("event list --limit 5 --all", [("limit", 5), ("all", None)]),
        ("event list -l 5", [("limit", 5)]),
        ("event list --limit=5", [("limit", 5)]),
        ("event list -ad", [("all", None), ("detail", None)]),
        ("event list -al 5", [("all", None), ("limit", 5)]),
        ("[1] | first", []),
        ("[1] | first -1", [("rows", -1)]),
        ("event list --since 7day", [("since", 7 * 86_400 * 10**9)]),
        ('"x" | .append event note -d "a b"', [("name", "note"), ("description", "a b")]),
        ('"x" | .append event note --description 5', [("name", "note"), ("description", "5")]),
        (".append event 2025-03-01", [("name", "2025-03-01")]),
        ("event list --since 2026", [("since", "2026")]),
        ("event get 0192", [("event", "0192")]),
        ("event get true", [("event", "true")]),
    ],
)
def test_arguments_are_read_by_the_signature(text: str, given_: list[tuple[str, object]]) -> None:
    assert arguments(text) == given_


def test_a_cell_path_is_read_where_one_is_asked_for() -> None:
    ((name, path),) = arguments("{a: 1} | get a.0.'b c'?")
    assert name == "path"
    assert isinstance(path, CellPath)
    assert str(path) == 'a.0."b c"?'


def test_what_has_a_key_and_no_command_is_answered_with_the_key() -> None:
    assert problems("clear")[0].help == "Ctrl-L clears the screen."


@pytest.mark.parametrize("text", ["store --help", "store", ".append -h", ".append", "1; store", "if true { store }"])
def test_the_beginning_of_several_commands_asks_for_help_on_them(text: str) -> None:
    program = parsed(text)
    assert program.problems == ()
    call = program.block.pipelines[-1].stages[-1].expression
    assert isinstance(call, syntax.Call)
    assert call.command.name in ("help", "if")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[[a]; [5]] | where a==5", "a == 5"),
        ("[[a]; [5]] | where a>=5 and true", "a >= 5"),
        ("let a = 5; $a==5", "$a == 5"),
        ("let a = 5; if $a!=5 { 1 }", "$a != 5"),
        ("let a = {b: 5}; $a.b==5", "b == 5"),
        ("let a = 5; $a+1", "$a + 1"),
        ("1+1", "1 + 1"),
        ("let x = 2*3", "2 * 3"),
    ],
)
def test_an_operator_without_blanks_is_told_to_have_them(text: str, meant: str) -> None:
    (problem,) = problems(text)
    assert problem.code == "missing_blanks"
    assert problem.labels[0].text == f"write `{meant}`"


@pytest.mark.parametrize("text", ["{'a==5': 1} | get 'a==5'", "{a: 1} | get a-b?", "'a' | .append event x=y"])
def test_a_word_with_a_sign_in_it_is_no_operation_everywhere(text: str) -> None:
    assert problems(text) == ()


@pytest.mark.parametrize("text", ['$"($', "$in | each { $", "1; $"])
def test_what_looks_like_a_prompt_is_one_only_at_the_beginning_of_a_line(text: str) -> None:
    assert "pasted_prompt" not in [problem.code for problem in problems(text)]


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("> event list", "> "),
        ("1 + 1\n> 2 + 'a", "> "),
        ("$ stk -c '1 + 1'", "$ "),
        ("stk> event list", "stk> "),
        ("· | length", "· "),
    ],
)
def test_a_line_that_was_pasted_with_its_prompt_is_told_so(text: str, prompt: str) -> None:
    first = problems(text)[0]
    assert first.headline == "this begins with a prompt"
    assert first.labels[0].text == f"leave out the `{prompt}`"
    assert not is_incomplete(parsed(text))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“it's done” | .append event x", '"'),
        ("'a' | .append event “x”", '"'),
        ("let x = 5; $“($x)”", '"'),
        ("[‘a b’]", "'"),
        ("do { “a", '"'),
    ],
)
def test_quotes_of_word_processors_are_told_from_plain_ones(text: str, quote: str) -> None:
    first = problems(text)[0]
    assert first.code == "smart_quote"
    assert first.labels[0].text == f"type a plain quote here: {quote}"
    assert not is_incomplete(parsed(text))


@pytest.mark.parametrize("text", ["'“a”'", '"it’s"', "[it’s]", "1 # “so”", "$'“(1)”'", "`‘a’`", "r#'“'#"])
def test_quotes_of_word_processors_may_stand_in_texts(text: str) -> None:
    assert problems(text) == ()


@pytest.mark.parametrize("text", ["event revoke --help", "event revoke -h", "where --help", "let --help", "if -h"])
def test_asking_for_help_is_never_wrong(text: str) -> None:
    call = only(text)
    assert isinstance(call, syntax.Call)
    assert call.command.name == "help"


def test_the_longest_name_is_the_command() -> None:
    call = only("event list")
    assert isinstance(call, syntax.Call)
    assert (call.command.name, call.head.text) == ("event list", "event list")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("event lst", "did you mean `event list`?"),
        ("[1] | were $it > 1", "did you mean `where`?"),
        ("event list --limt 3", "did you mean `--limit`?"),
        ("[1] | store", "one word more is needed"),
        ("store stat", "did you mean `store start`?"),
        ("event foo", "none of the commands of `event`"),
        ("event rm 01a2", "did you mean `event revoke`?"),
        ("event add x", "did you mean `.append event`?"),
        ("event append x", "did you mean `.append event`?"),
        ("'x' | event create a", "did you mean `.append event`?"),
        ("event show 01a2", "did you mean `event get`?"),
        ("event find word", "did you mean `event search`?"),
        ('.append "x"', "did you mean `.append event`?"),
        ("def 'dev up' [] { 1 }; dev upp", "did you mean `dev up`?"),
        ("ls", "did you mean `event list`?"),
        ("delete 01a2", "did you mean `event revoke`?"),
        ("remove", "did you mean `event revoke`?"),
        ("rm", "did you mean `event revoke`?"),
        ("undo", "did you mean `event revoke`?"),
        ("[1] | count", "did you mean `length`?"),
        ("list", "did you mean `event list`?"),
        ("log", "did you mean `.append event`?"),
        ("add x", "did you mean `.append event`?"),
        ("insert-event", "did you mean `.append event`?"),
        ("show 01a2", "did you mean `event get`?"),
        ("quit", "did you mean `exit`?"),
        ("man event", "did you mean `help`?"),
        ("project list", "no family of commands has that name"),
        ("contact new 'Bob'", "no family of commands has that name"),
        ("[{list: 1}] | project list", "did you mean `get`?"),
        ("show list", "did you mean `event get`?"),
        ("evnet list", "did you mean `event list`?"),
        ("x = 5", "`let x = ...` makes a variable"),
        ("let total = 1; $totl", "did you mean `$total`?"),
    ],
)
def test_a_mistake_is_answered_with_what_was_meant(text: str, label: str) -> None:
    assert label in [label.text for problem in problems(text) for label in problem.labels]


def test_a_definition_has_a_signature_and_help() -> None:
    program = parsed("# Say hello.\n# To one person.\ndef greet [\n  name: string  # Whom.\n  --loud (-l)\n] { $name }")
    definition = program.block.definitions[0]
    command, signature = definition.command, definition.command.signature
    assert program.problems == ()
    assert (command.name, command.summary, command.description) == ("greet", "Say hello.", "To one person.")
    assert [(each.name, each.shape.name, each.sentence) for each in signature.positionals] == [
        ("name", "string", "Whom.")
    ]
    assert [(flag.name, flag.short, flag.shape) for flag in signature.flags] == [("loud", "l", None)]


def test_a_command_may_be_used_before_it_is_defined() -> None:
    assert problems("f 1\ndef f [x] { $x }") == ()
    assert [problem.code for problem in problems("f\ndef f [x] { $x }")] == ["missing_positional"]


def test_a_program_may_define_what_is_called_like_a_command_of_ours() -> None:
    call = parsed('def "event list" [] { 1 }\nevent list').block.pipelines[1].stages[0].expression
    assert isinstance(call, syntax.Call)
    assert call.slot is not None


PIECES = st.sampled_from(
    [*"(){}[]|;:,\"'`$#.\n \\=<>+-*/?!_&%@~^", *"ab1é😀", "..", "r#'", '$"', "let ", "where ", "def f [", "|x|"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_without_failing(text: str) -> None:
    found = highlight(text, Scope(), REGISTRY)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in found)
    for problem in problems(text):
        for label in problem.labels:
            assert 0 <= label.span.start <= label.span.end <= len(text)


@given(st.sampled_from(LINES), st.data())
def test_a_line_with_a_hole_is_read_without_failing(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    inserted = data.draw(PIECES)
    parsed(line[:start] + inserted + line[end:])
