"""What the database itself lets through for types that ask for something, whoever the client is."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from stk_shell.model.errors import EventError
from stk_shell.store.schemas import Schema, check_schema
from tests.fixtures.clusters import TestDatabase
from tests.store.test_schema import EVERYBODY, refused, versioned

__all__ = ["versioned"]

SHEET = "(select uu from private.stk_event_type where name = 'TIMESHEET')"


def insert(content: str, type_: str) -> str:
    """The statement that records an event of a type."""
    return f"insert into api.stk_event (name, record_json, type_uu) values ('x', '{content}', '{type_}')"


def uu_of(database: TestDatabase, name: str) -> str:
    """The uu of a type."""
    return str(database.rows(f"select uu from private.stk_event_type where name = '{name}'")[0][0])


@pytest.mark.parametrize(
    "content",
    [
        *('{"minutes": 5}', '{"start_date": "x", "minutes": 1441}', '{"start_date": "x", "minutes": 1.5}'),
        *('{"start_date": 5, "minutes": 5}', '{"start_date": "x", "minutes": 5, "more": 1}', "[]", "{}"),
    ],
)
def test_a_foreign_client_cannot_get_round_what_a_type_asks_for(versioned: TestDatabase, content: str) -> None:
    for user, role in (("stk_login", "stk_api_role"), ("postgres", None)):
        statement = insert(content, uu_of(versioned, "TIMESHEET"))
        assert refused(versioned, statement, user, role) == "STK10"
    assert versioned.rows("select count(*) from private.stk_event") == [(0,)]


def test_the_error_has_the_path_and_the_type(versioned: TestDatabase) -> None:
    statement = insert('{"start_date": "x", "minutes": 2000}', uu_of(versioned, "TIMESHEET"))
    with versioned.connect("stk_login", "stk_api_role") as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    assert caught.value.diag.message_primary == "minutes: 2000 is more than the maximum of 1440"
    assert caught.value.diag.message_hint == "The type TIMESHEET asks for something else."


def test_what_fits_is_taken_and_one_bad_row_undoes_a_statement(versioned: TestDatabase) -> None:
    uu = uu_of(versioned, "TIMESHEET")
    versioned.rows(insert('{"start_date": "2026-11-25T09:00:00Z", "minutes": 5}', uu), "stk_login", "stk_api_role")
    many = (
        "insert into api.stk_event (name, record_json, type_uu)"
        f" select 'x', jsonb_build_object('start_date', 'x', 'minutes', n), '{uu}' from generate_series(1400, 1441) n"
    )
    assert refused(versioned, many, "stk_login", "stk_api_role") == "STK10"
    assert versioned.rows("select count(*) from private.stk_event") == [(1,)]


@pytest.mark.parametrize("noun", ["request", "tag"])
def test_requests_and_tags_are_checked_when_they_are_made_and_changed(versioned: TestDatabase, noun: str) -> None:
    versioned.rows(
        f'update private.stk_{noun}_type set record_json = \'{{"json_schema": {{"required": ["n"]}}}}\' where is_default'
    )
    add = f"insert into api.stk_{noun} (name, record_json) values ('x', '{{}}')"
    assert refused(versioned, add, "stk_login", "stk_api_role") == "STK10"
    versioned.rows(add.replace("{}", '{"n": 1}'), "stk_login", "stk_api_role")
    change = f"update api.stk_{noun} set record_json = '{{}}'"
    assert refused(versioned, change, "stk_login", "stk_api_role") == "STK10"
    versioned.rows(f"update private.stk_{noun}_type set revoked = now() where not is_default")
    versioned.rows(f"update api.stk_{noun} set revoked = now()", "stk_login", "stk_api_role")


@pytest.mark.parametrize(("user", "role"), EVERYBODY)
@pytest.mark.parametrize("noun", ["event", "request", "tag"])
def test_the_default_type_is_not_revoked(database: TestDatabase, user: str, role: str | None, noun: str) -> None:
    schema = "api" if role == "stk_api_role" else "private"
    code = refused(database, f"update {schema}.stk_{noun}_type set revoked = now() where is_default", user, role)
    assert code in ("STK11", "STK09", "42501")
    if user == "postgres":
        assert code == "STK11"


# The database and the client agree

WORDS = st.sampled_from(["integer", "number", "string", "boolean", "object", "array", "null"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 6),
    st.sampled_from([0.5, 1.0, 2.5, 1e300, -0.0]),
    st.text("ab1 é🎉\n", max_size=4),
)
NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
PATTERNS = st.sampled_from(["^[a-b]+$", "a", "^a?b{1,2}$", "[ab1 ]*", r"a\.b", "^(a|b)$", r"\d", "a.b", "(?=a)", "b$"])


def schemas() -> st.SearchStrategy[object]:
    """Schemas of what the database understands, and of some of what it leaves to the client."""

    def objects(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        return st.fixed_dictionaries(
            {},
            optional={
                "type": WORDS | st.lists(WORDS, min_size=1, max_size=2, unique=True),
                "enum": st.lists(SCALARS, min_size=1, max_size=3),
                "const": SCALARS,
                "minimum": st.integers(-3, 6),
                "maximum": st.integers(-3, 6) | st.sampled_from([1.5]),
                "exclusiveMinimum": st.integers(-3, 6),
                "exclusiveMaximum": st.integers(-3, 6),
                "minLength": st.integers(0, 3),
                "maxLength": st.integers(0, 3),
                "pattern": PATTERNS,
                "minItems": st.integers(0, 2),
                "maxItems": st.integers(0, 2),
                "required": st.lists(NAMES, max_size=2, unique=True),
                "properties": st.dictionaries(NAMES, inner, max_size=3),
                "patternProperties": st.just({"^b": {}}),
                "additionalProperties": st.booleans() | inner,
                "items": inner,
                "not": inner,
                "anyOf": st.lists(inner, min_size=1, max_size=2),
            },
        )

    return st.recursive(st.booleans() | st.just({}), objects, max_leaves=6)


@pytest.fixture
def checking(database: TestDatabase) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection to ask the database's own check."""
    with database.connect() as connection:
        yield connection


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
@given(schemas().filter(lambda schema: isinstance(schema, dict)), VALUES)
@example({"$schema": "https://json-schema.org/draft/2020-12/schema", "prefixItems": [{}], "items": False}, [1])
@example({"$ref": "#/definitions/x", "type": "string", "definitions": {"x": {}}}, 1)
@example({"properties": {"a": {"enum": [1.0]}}}, {"a": 1})
@example({"items": [{"type": "string"}], "additionalItems": False}, ["a"])
def test_the_database_refuses_nothing_that_the_client_lets_through(
    checking: psycopg.Connection[tuple[object, ...]], schema: object, value: object
) -> None:
    check_schema(schema)  # type: ignore[arg-type]
    row = checking.execute("select private.stk_schema_fault(%s, %s)", (Jsonb(schema), Jsonb(value))).fetchone()
    assert row is not None
    if row[0] is not None:
        with pytest.raises(EventError):
            Schema("X", schema).check(value)  # type: ignore[arg-type]


UNDERSTOOD = {"not", "anyOf", "pattern", "patternProperties"}


def is_understood(schema: object) -> bool:
    """Whether the database understands all of a schema."""
    if isinstance(schema, list):
        return all(map(is_understood, schema))
    if isinstance(schema, dict):
        return not UNDERSTOOD & set(schema) and all(map(is_understood, schema.values()))
    return True


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(schemas().filter(lambda schema: isinstance(schema, dict) and is_understood(schema)), VALUES)
def test_of_what_the_database_understands_it_refuses_all_that_the_client_refuses(
    checking: psycopg.Connection[tuple[object, ...]], schema: object, value: object
) -> None:
    row = checking.execute("select private.stk_schema_fault(%s, %s)", (Jsonb(schema), Jsonb(value))).fetchone()
    assert row is not None
    if row[0] is None:
        Schema("X", schema).check(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "schema", ["5", '"x"', "[]", "null", '{"type": 5, "required": "a", "properties": [], "minimum": "x"}']
)
def test_a_schema_that_is_none_stops_nobody(checking: psycopg.Connection[tuple[object, ...]], schema: str) -> None:
    row = checking.execute(
        'select private.stk_schema_fault(%s, \'{"a": [1, "x"]}\')', (Jsonb(json.loads(schema)),)
    ).fetchone()
    assert row == (None,)
