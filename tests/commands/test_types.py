"""The types of events: made, revoked, and what their schemas let through."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from stk_shell.model.text import plain
from stk_shell.model.values import Record, Value
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell

SHEET = ".append event work --type TIMESHEET"
GOOD = "{start_date: 2026-11-25T09:00:00Z, minutes: 90}"


def record(value: Value) -> Record:
    """The value, which has to be a record."""
    assert isinstance(value, dict)
    return value


def count(shell: Shell) -> Value:
    """How many events there are."""
    return shell.value("event list --all --limit 0 | length")


def test_a_time_sheet_is_as_the_conventions_say(shell: Shell) -> None:
    shell.run(f"{GOOD} | {SHEET}")
    assert shell.value("event list | get 0.record_json") == {"minutes": 90, "start_date": "2026-11-25T09:00:00+00:00"}
    shell.run(f"{{start_date: '2026-11-25T09:00:00.5+01:00', minutes: 0, description: 'Nothing'}} | {SHEET}")
    shell.run(f"[{GOOD}] | {SHEET}; {GOOD} | {SHEET} --json {{minutes: 1440}}")
    assert shell.value("event list --type timesheet | get record_json.minutes") == [1440, 90, 0, 90]


FAULTS = [
    ("{start_date: 2026-11-25T09:00:00Z, minutes: 2000}", "minutes: 2000 is more than the maximum of 1440"),
    ("{start_date: 2026-11-25T09:00:00Z, minutes: -1}", "minutes: -1 is less than the minimum of 0"),
    ("{start_date: 2026-11-25T09:00:00Z, minutes: 1.5}", "minutes: 1.5 is no integer"),
    ("{start_date: 2026-11-25T09:00:00Z, minutes: '90'}", 'minutes: "90" is no integer'),
    ("{start_date: 2026-11-25T09:00:00Z, minutes: true}", "minutes: true is no integer"),
    ("{start_date: 2026-11-25T09:00:00Z, minutes: null}", "minutes: null is no integer"),
    ("{start_date: 2026-11-25T09:00:00Z}", "minutes: this is missing"),
    ("{minutes: 5}", "start_date: this is missing"),
    ("{start_date: '25 November', minutes: 5}", 'start_date: "25 November" is no date-time'),
    ("{start_date: '2026-13-25T09:00:00Z', minutes: 5}", 'start_date: "2026-13-25T09:00:00Z" is no date-time'),
    ("{start_date: '2026-11-25 09:00:00+00:00', minutes: 5}", "start_date: "),
    ("{start_date: 5min, minutes: 5}", "start_date: 300000000000 is no string"),
    (
        "{start_date: 2026-11-25T09:00:00Z, minutes: 5, minuts: 5}",
        "minuts: there is no such field; did you mean `minutes`?",
    ),
    ("{start_date: 2026-11-25T09:00:00Z, minutes: 5, zzz: 5}", "zzz: there is no such field"),
    ("'ninety minutes'", "text: there is no such field"),
    ("null", "start_date: this is missing"),
]


@pytest.mark.parametrize(("content", "fault"), FAULTS)
def test_what_does_not_fit_is_refused_with_the_path_to_it(shell: Shell, content: str, fault: str) -> None:
    error = shell.error(f"{content} | {SHEET}")
    assert error.code == "stk::event::schema"
    assert error.headline.startswith(fault) or fault in (error.help or "")
    assert error.labels[0].text == "this does not fit the type TIMESHEET"
    assert count(shell) == 0


@pytest.mark.parametrize(("content", "fault"), FAULTS)
def test_in_a_list_the_item_is_named_and_nothing_is_stored(shell: Shell, content: str, fault: str) -> None:
    error = shell.error(f"[{GOOD} {GOOD} ({content})] | {SHEET}")
    assert error.code == "stk::event::schema"
    assert error.headline.startswith("item 2 of the list: ")
    assert fault in f"{error.headline} {error.help or ''}"
    assert count(shell) == 0


def test_a_bad_item_far_behind_undoes_all(shell: Shell) -> None:
    rows = "1..2500 | each {|n| {start_date: 2026-11-25T09:00:00Z, minutes: (if $n == 2100 { 1441 } else { 5 })} }"
    assert (
        shell.error(f"{rows} | {SHEET}").headline
        == "item 2099 of the list: minutes: 1441 is more than the maximum of 1440"
    )
    assert count(shell) == 0


def test_several_faults_are_told_at_once(shell: Shell) -> None:
    error = shell.error(f"{{minutes: 2000, x: 1}} | {SHEET}")
    told = f"{error.headline}; {error.help}"
    assert all(fault in told for fault in ("minutes: 2000", "x: there is no such field", "start_date: this is missing"))


# Types of one's own


def make(shell: Shell, schema: object, flags: str = "") -> None:
    """Make a type OWN with a schema."""
    shell.session.environment["SCHEMA"] = json.dumps(schema)
    shell.run(f"event type new OWN --schema $env.SCHEMA {flags} | ignore")


def test_a_type_is_made_and_used(shell: Shell) -> None:
    made = record(shell.value('event type new DEPLOY --enum action --description "In use."'))
    assert list(made) == ["name", "type_enum", "is_default", "description", "search_key", "uu"]
    assert (made["name"], made["type_enum"], made["is_default"], made["description"]) == (
        *("DEPLOY", "ACTION", False, "In use."),
    )
    shell.run("'x' | .append event a --type deploy")
    assert shell.value("event list | get 0 | select type_enum type_name") == {
        "type_enum": "ACTION",
        "type_name": "DEPLOY",
    }
    assert shell.value("event types | get name") == ["NONE", "ACTION", "DEPLOY", "TIMESHEET"]
    assert shell.value("event type new PLAIN | get type_enum") == "NONE"


@pytest.mark.parametrize("form", ["record", "json", "file"])
def test_a_schema_is_given_as_a_record_as_json_or_in_a_file(shell: Shell, form: str, tmp_path: Path) -> None:
    schema = '{"type": "object", "required": ["n"]}'
    (tmp_path / "s.json").write_text(schema)
    given = {"record": "{type: object, required: [n]}", "json": f"'{schema}'", "file": str(tmp_path / "s.json")}[form]
    shell.run(f"event type new OWN --schema {given} | ignore")
    assert shell.error("{m: 1} | .append event a --type OWN").headline == "n: this is missing"
    assert shell.value("event types --detail | where name == OWN | get 0.json_schema") == json.loads(schema)


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ("{type: int}", "at type, `int` is no type"),
        ("{properties: {n: {minimum: '5'}}}", "at properties.n.minimum, '5' is not of type 'number'"),
        ("{properties: {n: {pattern: '('}}}", "at properties.n.pattern, '(' is not a 'regex'"),
        ("'[1]'", "a JSON Schema is an object, and this is list"),
        ("{'$ref': '#/definitions/n'}", "the schema refers to `#/definitions/n`, which is not there"),
        (
            "{'$ref': 'http://127.0.0.1:1/x.json'}",
            "the schema refers to `http://127.0.0.1:1/x.json`, which is not there",
        ),
        ("{'$schema': 'http://json-schema.org/draft-99/schema#'}", "is no draft of JSON Schema that is known"),
    ],
)
def test_what_is_no_schema_makes_no_type(shell: Shell, schema: str, fault: str) -> None:
    error = shell.error(f"event type new OWN --schema {schema}")
    assert error.code == "stk::event::json_schema"
    assert fault in error.headline
    assert shell.value("event types | length") == 3


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("event type new OWN --schema nosuch.json", "stk::run::file_not_found"),
        ("event type new OWN --schema '{'", "stk::run::json"),
        ("event type new OWN --enum NOSUCH", "stk::event::unknown_enum"),
        ("event type new ''", "stk::event::no_name"),
        ("event type new Action", "stk::event::duplicate_type"),
        (r'event type new "a\u{0}"', "stk::event::text"),
        ("event type revoke NOSUCH", "stk::event::unknown_type"),
        ("event type revoke NONE", "stk::event::default_type"),
    ],
)
def test_what_cannot_be_made_or_revoked_is_refused(shell: Shell, program: str, code: str) -> None:
    error = shell.error(program)
    assert error.code == code
    assert error.labels
    assert shell.value("event types | length") == 3


@pytest.mark.parametrize("flags", ["", "--default"])
@pytest.mark.parametrize("many", ["", "[{n: 1}] ++ "])
def test_the_schema_of_the_default_type_holds_for_all_that_say_nothing(shell: Shell, flags: str, many: str) -> None:
    make(shell, {"required": ["n"], "properties": {"n": {"not": {"const": 5}}}}, flags)
    shell.run("{n: 1} | .append event fits")
    program = f"{many or '1 | each '}{'[{n: 5}]' if many else '{ {n: 5} }'} | .append event a"
    if flags:
        assert "n: " in shell.error(program).headline
        assert shell.value("event list --limit 0 | get type_name") == ["OWN"]
        shell.run("event type new FREE --default | ignore")
    shell.run(f"{program} | ignore")
    assert shell.value("event list | get 0.type_name") == ("FREE" if flags else "NONE")


def test_the_default_type_is_that_of_the_entity_of_new_events(shell: Shell, database: TestDatabase) -> None:
    database.rows(
        "insert into private.stk_entity (name, search_key, type_uu)"
        " select 'shop', 'shop', uu from private.stk_entity_type where is_default"
    )
    database.rows(
        "insert into private.stk_entity_member (actor_uu, stk_entity_uu, can_write)"
        " select a.uu, e.uu, true from private.stk_actor a, private.stk_entity e"
        " where a.name = 'stk_login' and e.name = 'shop'"
    )
    shell.run("entity use shop | ignore; event type new SALE --schema {required: [price]} --default | ignore")
    assert shell.error("{n: 1} | .append event a").headline == "price: this is missing"
    shell.run("entity use '*' | ignore; {n: 1} | .append event b")
    assert shell.error("entity use shop | ignore; {n: 1} | .append event c").headline == "price: this is missing"
    shell.run("{price: 1} | .append event d")
    assert shell.value("event list --detail | select name entity type_name") == [
        {"name": "d", "entity": "shop", "type_name": "SALE"},
        {"name": "b", "entity": "*", "type_name": "NONE"},
    ]


def test_entities_can_have_types_of_one_name(shell: Shell, database: TestDatabase) -> None:
    for name in ("shop", "bank"):
        database.rows(
            "insert into private.stk_entity (name, search_key, type_uu)"
            f" select '{name}', '{name}', uu from private.stk_entity_type where is_default"
        )
        database.rows(
            "insert into private.stk_entity_member (actor_uu, stk_entity_uu, can_write)"
            f" select a.uu, e.uu, true from private.stk_actor a, private.stk_entity e"
            f" where a.name = 'stk_login' and e.name = '{name}'"
        )
        shell.run(f"entity use {name} | ignore; event type new SALE --schema {{required: [{name}]}} | ignore")
    error = shell.error("event type new SALE")
    assert error.code == "stk::event::duplicate_type"
    assert "`event type revoke SALE`" in (error.help or "")
    assert shell.error("event type new action").code == "stk::event::duplicate_type"
    for name in ("shop", "bank"):
        shell.run(f"entity use {name} | ignore; {{{name}: 1}} | .append event {name} --type SALE")
        assert shell.error("{n: 1} | .append event a --type SALE").headline == f"{name}: this is missing"
    assert shell.value("event list --type SALE | get name") == ["bank", "shop"]
    shell.run("event type revoke SALE | ignore; entity use shop | ignore")
    shell.run("{shop: 1} | .append event shop --type SALE")
    shell.run("entity use '*' | ignore")
    assert shell.error("{n: 1} | .append event a --type SALE").code in ("stk::event::schema", "stk::store::reference")


def test_what_is_known_of_the_default_type_is_soon_old(shell: Shell, database: TestDatabase) -> None:
    shell.run("{n: 1} | .append event a")
    database.rows(
        'update private.stk_event_type set record_json = \'{"json_schema": {"not": {"required": ["n"]}}}\' where is_default'
    )
    time.sleep(1.1)
    assert shell.error("{n: 1} | .append event a").code == "stk::event::schema"
    database.rows("update private.stk_event_type set record_json = '{\"json_schema\": null}' where is_default")
    time.sleep(1.1)
    shell.run("{n: 1} | .append event a")


def test_a_revoked_type_is_not_offered_and_its_events_stay(shell: Shell) -> None:
    shell.run("event type new OWN | ignore; 'x' | .append event a --type OWN")
    assert record(shell.value("event type revoke own"))["is_revoked"] is True
    assert "OWN" not in plain(shell.value("event types | get name"))
    assert shell.value("event list --type OWN | get name") == ["a"]
    for line in ("'x' | .append event b --type OWN", "event type revoke OWN", ".append event b -t own"):
        error = shell.error(line)
        assert (error.code, "is revoked" in error.headline) == ("stk::event::revoked_type", True)
        assert "`event type new" in (error.help or "")
        assert line[error.labels[0].span.start :].lower() == "own"
    shell.run("event type new OWN --enum ACTION | ignore; 'x' | .append event c --type OWN")
    assert shell.value("event list --name c | get 0.type_enum") == "ACTION"


def test_a_type_that_others_change_is_not_taken_for_what_it_was(shell: Shell, database: TestDatabase) -> None:
    make(shell, {"required": ["n"]})
    shell.run("{n: 1} | .append event a --type OWN")
    database.rows(
        'update private.stk_event_type set record_json = \'{"json_schema": {"required": ["m"]}}\' where name = \'OWN\''
    )
    assert shell.error("{n: 1} | .append event a --type OWN").headline == "m: this is missing"
    database.rows("update private.stk_event_type set record_json = '{}' where name = 'OWN'")
    shell.run("{n: 1} | .append event a --type OWN")
    database.rows("update private.stk_event_type set revoked = now() where name = 'OWN'")
    assert shell.error("{n: 1} | .append event a --type OWN").code == "stk::event::revoked_type"


def test_a_schema_in_the_database_that_is_none_is_named(shell: Shell, database: TestDatabase) -> None:
    for schema in ('"x"', '{"$ref": "#/nosuch"}', '{"$ref": "#"}'):
        database.rows(
            f"update private.stk_event_type set record_json = '{{\"json_schema\": {schema}}}' where name = 'ACTION'"
        )
        assert shell.error("{n: 1} | .append event a --type ACTION").code == "stk::event::json_schema"


# What schemas can say


@pytest.mark.parametrize(
    ("schema", "good", "bad", "fault"),
    [
        ({"properties": {"a": {"enum": ["x", 1, None]}}}, {"a": 1}, {"a": 2}, 'a: 2 is none of "x", 1, null'),
        ({"properties": {"a": {"const": 1}}}, {"a": 1.0}, {"a": "1"}, 'a: "1" is not 1'),
        ({"properties": {"a": {"type": ["string", "null"]}}}, {"a": None}, {"a": 1}, "a: 1 is no string or null"),
        ({"properties": {"a": {"minLength": 2}}}, {"a": "üü"}, {"a": "🎉"}, "a: 1 characters, 2 at least are needed"),
        (
            {"properties": {"a": {"maxLength": 2}}},
            {"a": "🎉🎉"},
            {"a": "abc"},
            "a: 3 characters, 2 at most are allowed",
        ),
        (
            {"properties": {"a": {"pattern": "^[a-z]+$"}}},
            {"a": "abc"},
            {"a": "Abc"},
            'a: "Abc" does not match `^[a-z]+$`',
        ),
        ({"properties": {"a": {"exclusiveMinimum": 0}}}, {"a": 0.1}, {"a": 0}, "a: 0 is not more than 0"),
        ({"properties": {"a": {"minItems": 1}}}, {"a": [1]}, {"a": []}, "a: 0 items, 1 at least are needed"),
        (
            {"properties": {"lines": {"items": {"properties": {"qty": {"type": "integer"}}, "required": ["qty"]}}}},
            {"lines": [{"qty": 1}]},
            {"lines": [{"qty": 1}, {"qty": "x"}]},
            'lines.1.qty: "x" is no integer',
        ),
        (
            {"properties": {"a": {"properties": {"b": {"required": ["c"]}}}}},
            {"a": {"b": {"c": 1}}},
            {"a": {"b": {}}},
            "a.b.c: this is missing",
        ),
        (
            {"definitions": {"n": {"minimum": 5}}, "properties": {"a": {"$ref": "#/definitions/n"}}},
            {"a": 5},
            {"a": 4},
            "a: 4 is less than the minimum of 5",
        ),
        (
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "dependentRequired": {"a": ["b"]}},
            {"a": 1, "b": 2},
            {"a": 1},
            "'b' is a dependency of 'a'",
        ),
        ({"properties": {"a": False}}, {"b": 1}, {"a": 1}, "the document: 1 may not be here"),
        ({"additionalProperties": {"type": "string"}}, {"a": "x"}, {"a": 1}, "a: 1 is no string"),
        (
            {"properties": {"a": {}}, "patternProperties": {"^x": {}}, "additionalProperties": False},
            {"a": 1, "xy": 1},
            {"b": 1},
            "b: there is no such field",
        ),
    ],
)
def test_the_words_of_schemas(shell: Shell, schema: Record, good: Record, bad: Record, fault: str) -> None:
    make(shell, schema)
    shell.session.environment |= {"GOOD": good, "BAD": bad}
    shell.run("$env.GOOD | .append event a --type OWN")
    error = shell.error("$env.BAD | .append event a --type OWN")
    assert error.headline.startswith(fault)
    assert count(shell) == 1
