"""Which names are offered, for each kind of place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.document import Document

from stk_shell.model.settings import SETTINGS, Settings
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.parse.expressions import PRECEDENCE
from stk_shell.parse.live import Live
from stk_shell.repl.completion.catalog import Catalog
from stk_shell.repl.completion.finder import Finder
from stk_shell.repl.completion.matching import Suggestion
from stk_shell.repl.completion.operators import COMPARING, COMPUTING, JOINING
from tests.fixtures.shells import REGISTRY, Shell
from tests.fixtures.stores import OVERVIEW, LateStore
from tests.parse.test_calls import LINES

Ask = Callable[[str], list[Suggestion]]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks for what can stand at the end of a text; what the store has is known already."""
    monkeypatch.chdir(tmp_path)
    shell = Shell(lambda: LateStore(0), Settings())
    shell.run('let rows = [{a: 1, b: {c: x}} {a: 2, "my col": null}]; let limit = 20')
    shell.run("# Say hello.\ndef greet [name: string, file: path, --loud (-l)] { $name }")
    shell.run("alias recent = event list --limit 3")
    catalog = Catalog(shell.session, lambda: None)
    catalog.known = OVERVIEW
    finder = Finder(shell.session, Live(shell.session.scope, REGISTRY), catalog)

    def names(text: str) -> list[Suggestion]:
        find, _ = finder.finding(Document(text), demanded=True)
        return find().names

    return names


def labels(found: list[Suggestion]) -> list[str]:
    """What the menu shows of them."""
    return [each.label for each in found]


def put_in(text: str, found: list[Suggestion]) -> list[str]:
    """The text with each of them put in."""
    return [text[: each.start] + each.text for each in found]


def test_an_empty_entry_offers_every_command(ask: Ask) -> None:
    assert {*REGISTRY.names(), "greet", "recent"} == {*labels(ask(""))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ev", ["event"]),
        ("event l", ["event list"]),
        ("event a", [".append event"]),
        (".a", [".append event"]),
        ("evlst", ["event list"]),
        ("gre", ["greet"]),
        ("rec", ["recent"]),
        ("config s", ["config set"]),
        ("do { event ge", ["event get"]),
        ("let x = event ge", ["event get"]),
        ("nosuch ", []),
        ("nosuch x", []),
    ],
)
def test_commands_are_found_by_their_name_or_the_letters_of_it(ask: Ask, text: str, expected: list[str]) -> None:
    found = labels(ask(text))
    assert found[: len(expected)] == expected
    assert expected or not found


def test_the_commands_that_go_on_come_before_those_that_end_so(ask: Ask) -> None:
    found = labels(ask("event "))
    family = [name for name in REGISTRY.names() if name.startswith("event ")]
    assert {*found[: len(family)]} == {*family}
    assert ".append event" in found[len(family) :]


def test_a_command_of_several_words_is_completed_where_it_is_begun(ask: Ask) -> None:
    assert put_in("event li", ask("event li")) == ["event list"]
    assert put_in("1; event a", ask("1; event a")) == ["1; .append event"]


def test_commands_that_take_what_is_piped_in_come_first_behind_a_pipe(ask: Ask) -> None:
    found = labels(ask("event list | ev"))
    assert found.index("every") < found.index("event list")
    assert labels(ask("ev")).index("event list") < labels(ask("ev")).index("every")


def test_beside_a_command_stands_its_sentence(ask: Ask) -> None:
    assert ask("event list")[0].about == "List events, the newest first."
    assert ask("greet")[0].about == "Say hello."
    assert ask("recent")[0].about == "short for `event list`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("event list --na", ["--name, -n"]),
        ("event list --limit 3 --li", []),
        ("event list -n", ["-n, --name"]),
        ("greet Ana --", ["--loud, -l", "--help, -h"]),
        ("recent --sin", ["--since, -s"]),
    ],
)
def test_flags_are_offered_but_for_those_that_are_given(ask: Ask, text: str, expected: list[str]) -> None:
    assert labels(ask(text)) == expected


def test_flags_stand_behind_what_else_a_command_takes(ask: Ask) -> None:
    found = labels(ask("event get "))
    assert found == [*(event.uu for event in OVERVIEW.events), "--uu"]
    assert labels(ask("event list "))[0] == "--limit, -l"


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("event list --name ", ["authentication", '"order error"']),
        ("event list --name=au", ["authentication"]),
        ("event list -n 'or", ["'order error'"]),
        ('.append event "or', ['"order error"']),
        ("event list --type A", ["ACTION"]),
        (".append event a --type ", ["NONE", "ACTION"]),
        ("event list | where name == au", ["authentication"]),
        ("event list | where name in [authentication or", ['"order error"']),
        ("event list | where type_name == ", ["NONE", "ACTION"]),
        ("event list | where is_revoked == t", ["true"]),
        ("event get 01a20569", ["01a20569-11c4-7d0a-8a4e-5b1f6f0d9c21"]),
        ("event get auth", ["01a20569-11c4-7d0a-8a4e-5b1f6f0d9c21"]),
        (".append event a --attach auth", ["01a20569-11c4-7d0a-8a4e-5b1f6f0d9c21"]),
        ("event revoke ", ["01a20569-11c4-7d0a-8a4e-5b1f6f0d9c21", "--uu"]),
        ("config set entity sh", ["shop"]),
        ("entity use s", ["shop"]),
        ("entity new x --parent s", ["shop"]),
        ("entity grant A", ["Ana"]),
        ("entity grant Ana --entity s", ["shop"]),
        ("entity revoke-member st", ["stk_login"]),
        ("store logins --create-in s", ["shop"]),
        ("actor list | where name == A", ["Ana"]),
        ("entity list | where name == s", ["shop"]),
        ("event type revoke ", ["NONE", "ACTION"]),
        ("event type new X --enum A", ["ACTION"]),
        ("tag list --name ", ["urgent"]),
        (".append tag u", ["urgent"]),
        (".append tag urgent --type ", ["ADDRESS"]),
        ("tag revoke 01a2", ["01a2056a-9c42-7a15-8b73-2f1e0d9c8b7a"]),
        ("tag list | where name == ", ["urgent"]),
        ("request list --name ", []),
        ("event list | get name | where $it == ", []),
    ],
)
def test_what_the_store_has_is_offered_where_an_argument_names_it(ask: Ask, text: str, results: list[str]) -> None:
    assert [each.text for each in ask(text)] == results


def test_beside_a_uu_stand_time_and_name(ask: Ask) -> None:
    first, second, _ = ask("event get ")
    assert first.about.endswith("  authentication")
    assert second.about.endswith("  order error  revoked")


def test_an_argument_is_completed_by_what_it_says_and_not_by_the_name_of_its_command(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = REGISTRY.find("event list")
    assert command is not None
    flag = command.signature.flag("name")
    assert flag is not None
    renamed = flag.replace(name="called", short="")
    signature = command.signature.replace(flags=(renamed,), positionals=(Parameter("x", STRING, "X."),))
    assert isinstance(signature, Signature)
    monkeypatch.setattr(type(command), "signature", signature)
    assert labels(ask("event list --called au")) == ["authentication"]


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("event list | where record_json.", ["text", "user", "tags?"]),
        ("event list | where record_json.ta", ["tags?"]),
        ("event list | where record_json.tags?.", ["key"]),
        ("event list | where record_json.user.", ["id"]),
        ("event list | select name record_json.te", ["text"]),
        ("event list | where na", ["name", "type_name", "table_name_uu_json"]),
        ("$rows | where ", ["a", "b", '"my col"']),
        ("$rows | move my", ['"my col"']),
        ("$rows | each {|r| $r.b.", ["c"]),
        ("$rows.0.b.", ["c"]),
        ("let z = {q: {w: 1}}\n$z.q.", ["w"]),
        ("let z = {q: 1}; $z.", ["q"]),
        ("$rows | group-by ", ["a", "b", '"my col"', "--to-table"]),
        ("$rows | histogram ", ["a", "b", '"my col"', "--percentage-type"]),
        ("event stats | get b", ["by_name", "by_type", "by_day"]),
        ("event stats | get by_day | where ", ["day", "count"]),
        ("event stats | get by_name | chart bar --x ", ["name", "count", "percentage"]),
        ("event stats | get by_name | where name == au", ["authentication"]),
        ("event list | chart line --x cr", ["created"]),
        ("$rows | chart bar --y ", ["a", "b", '"my col"']),
        ("$rows | histogram a | chart bar -x ", ["a", "count", "quantile", "percentage", "frequency"]),
        ("$env.HO", ["HOME"]),
        ("$nu.os-info.na", ["name"]),
    ],
)
def test_columns_and_members_are_those_of_what_is_there(ask: Ask, text: str, results: list[str]) -> None:
    assert [each.text for each in ask(text)] == results


def test_beside_a_column_stands_what_is_known_of_it(ask: Ask) -> None:
    assert ask("event list | where name")[0].about == "What kind of thing happened."
    assert ask("event list | where record_json.text")[0].about == "string, such as Login failed"
    assert ask("event list | where record_json.user")[0].about == "record of id"
    assert ask("$rows | get a")[0].about == "int, such as 1"


def test_a_blank_follows_a_column_unless_there_is_more_in_it(ask: Ask) -> None:
    assert [each.goes_on for each in ask("$rows | where ")][:2] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$ro", ["$rows"]),
        ("$li", ["$limit"]),
        ("[1] | each {|number| $nu", ["$number", "$nu"]),
        ("let value = 1\n$va", ["$value"]),
        ("event list | where $i", ["$it", "$in"]),
    ],
)
def test_variables_are_those_that_are_known_there(ask: Ask, text: str, expected: list[str]) -> None:
    assert labels(ask(text))[: len(expected)] == expected


def test_beside_a_variable_stands_what_it_holds(ask: Ask) -> None:
    assert ask("$limit")[0].about == "int, 20"
    assert ask("let value = 40 + 2\n$value")[0].about == "40 + 2"
    assert ask("$in")[0].about == "what is piped in"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("event list | where name =", ["==", "=~"]),
        ("event list | where name == a ", ["and", "or", "xor"]),
        ("5 mo", ["mod"]),
        ("try { } ", ["catch"]),
        ("if true { } el", ["else"]),
        ("use modules ", ["*"]),
    ],
)
def test_operators_and_keywords_are_offered_where_they_go(ask: Ask, text: str, expected: list[str]) -> None:
    assert labels(ask(text))[: len(expected)] == expected


def test_every_operator_is_explained() -> None:
    assert {**COMPARING, **JOINING, **COMPUTING}.keys() == PRECEDENCE.keys()


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("open ", ["a.json", '"b c.csv"', "modules/", "tool.nu"]),
        ("open b", ['"b c.csv"']),
        ("open 'b", ["'b c.csv'"]),
        ("open .h", [".hidden"]),
        ("open modules/", ["modules/one.stk"]),
        ('open "modules/', ['"modules/one.stk"']),
        ("save a", ["a.json"]),
        ("source to", ["tool.nu"]),
        ("use ", ["modules", "modules/stk_event", "modules/", "tool.nu"]),
        ("greet Ana a", ["a.json"]),
        ("open ~/no", ["~/notes.txt"]),
        ("open nosuch/", []),
    ],
)
def test_files_are_offered_where_a_path_is_asked_for(
    ask: Ask, text: str, results: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "modules" / "home"
    (tmp_path / "modules").mkdir()
    for name in ("a.json", "b c.csv", "tool.nu", ".hidden", "modules/one.stk"):
        (tmp_path / name).write_text("x")
    other = tmp_path.parent / f"{tmp_path.name}-home"
    other.mkdir()
    (other / "notes.txt").write_text("x")
    monkeypatch.setenv("HOME", str(other))
    assert not home.exists()
    assert [each.text for each in ask(text)][: len(results)] == results
    assert results or not ask(text)


def test_a_file_has_its_size_beside_it(ask: Ask) -> None:
    Path("a.json").write_text("x" * 2500)
    os.mkdir("folder")
    assert [(each.label, each.about) for each in ask("open ")][:2] == [("a.json", "2.5 kB"), ("folder/", "folder")]


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("help event l", ["help event list"]),
        ("help gre", ["help greet"]),
        ("config set th", ["config set theme"]),
        ("config set color al", ["config set color always"]),
        ("config set toolbar ", ["config set toolbar true", "config set toolbar false"]),
        ("config set theme defau", ["config set theme default"]),
        ("config reset ent", ["config reset entity"]),
        ("hide-env HO", ["hide-env HOME"]),
        ("fill --alignment r", ["fill --alignment right"]),
        ("90min | format duration h", ["90min | format duration hr"]),
    ],
)
def test_what_else_arguments_name_is_offered(ask: Ask, text: str, results: list[str]) -> None:
    assert put_in(text, ask(text)) == results


def test_every_setting_with_choices_offers_them(ask: Ask) -> None:
    for setting in SETTINGS:
        found = [each.text for each in ask(f"config set {setting.name} ")]
        assert {*setting.choices} <= {*found}


@pytest.mark.parametrize(
    "text", ["# ev", '"ev', '$"ev', "event list # wh", "5", "'a' | str replace ev", "[1 2", "{a: ", "let x"]
)
def test_nothing_is_offered_where_nobody_knows_what_comes(ask: Ask, text: str) -> None:
    assert ask(text) == []


@given(st.sampled_from(LINES), st.floats(0, 1), st.text("$.{[(|\"'- \n\ue000é#=", max_size=3))
def test_whatever_is_typed_something_or_nothing_is_offered(line: str, share: float, more: str) -> None:
    shell = Shell(lambda: LateStore(0), Settings())
    catalog = Catalog(shell.session, lambda: None)
    catalog.known = OVERVIEW
    text = line[: round(len(line) * share)] + more
    finder = Finder(shell.session, Live(shell.session.scope, REGISTRY), catalog)
    find, _ = finder.finding(Document(text), demanded=False)
    for each in find().names:
        assert 0 <= each.start <= len(text)
        assert each.text
        assert each.label.isprintable()
