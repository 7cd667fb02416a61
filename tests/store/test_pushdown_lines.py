"""Lines of JSON that the database puts together are, byte by byte, those that are made of the values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.model.errors import StkError
from stk_shell.render.json_text import to_json
from stk_shell.store.json_values import loaded_jsonb
from stk_shell.store.pushdown import relation
from stk_shell.store.pushdown.documents import compacted
from tests.fixtures.clusters import OWNER, Cluster, TestDatabase
from tests.fixtures.values import JSON_VALUES
from tests.store.test_pushdown_law import DOCUMENTS, NO_RECORDS, Pair

HOSTILE = (
    *(
        '": ',
        ", ",
        ': "',
        '", "',
        "\\",
        '\\": ',
        "{",
        "}",
        "[1, 2]",
        "\x01\x02\x03",
        "\u2028",
        "\x7f",
        "é🎉\u202e",
        "a. 1",
    ),
    *(
        "%s",
        "%(v0)s",
        "';--",
        "$1",
        "</script>",
        "=1+1",
        "2026-11-25 20:18:02.1+00",
        " : , ",
        '"',
        "null",
        "1.50",
        "\t\n\r\b\f",
    ),
)
NUMBERS = (
    *("1.10", "-0.0", "1e5", "1E400", "-1e400", "1e-7", "0.0001", "0.00001", "123456789.123456789", "100.0", "5e-324"),
    *(
        "999999999999999999",
        "1000000000000000000",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
    ),
    *("12345678901234567890.5", "0.1000000000000000055511151231257827", "1234567890123456.5", "3.0000000000000000001"),
)
TIMES = (
    *("2026-01-01 00:00:00+00", "2026-01-01 00:00:00.1+00", "2026-01-01 00:00:00.12+00", "2026-01-01 00:00:00.123+00"),
    *("2026-01-01 00:00:00.1234+00", "2026-01-01 00:00:00.12345+00", "2026-01-01 00:00:00.123456+00"),
    *("0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00", "2026-01-01 00:00:00.00001+00"),
)
FILL = """
insert into private.stk_event (uu, name, record_json, created, description, stk_entity_uu, type_uu,
  created_by_uu, updated_by_uu, table_name_uu_json)
select gen_random_uuid(), %s, %s::jsonb, %s, %s, e.uu, t.uu, a.uu, a.uu, %s::jsonb
from private.stk_entity e, private.stk_event_type t, private.stk_actor a
where e.name = '*' and t.name = 'NONE' and a.name = 'stk_login'
"""
RECORDS = (
    *DOCUMENTS,
    *(json.dumps({text: [text, {text: text}]}) for text in HOSTILE),
    *(f'{{"a": {number}, "b": [{number}, {number}], "c": {{"d": {number}}}}}' for number in NUMBERS),
)


def put(connection: psycopg.Connection[tuple[object, ...]], document: str, **other: str | None) -> None:
    values = {
        "name": "x",
        "created": "2026-01-01Z",
        "description": None,
        "attached": '{"uu": "", "table_name": ""}',
        **other,
    }
    connection.execute(FILL, (values["name"], document, values["created"], values["description"], values["attached"]))


def filled(cluster: Cluster, documents: tuple[str, ...]) -> Iterator[Pair]:
    """Two sessions with a store of these documents and odd texts and times beside them."""
    database = TestDatabase(cluster, cluster.migrated())
    with database.connect(OWNER) as connection:
        rows = zip(documents, cycle(HOSTILE), cycle(TIMES), cycle((None, *reversed(HOSTILE))), strict=False)
        for at, (document, name, created, description) in enumerate(rows):
            attached = document if at % 5 == 0 else '{"uu": "", "table_name": ""}'
            put(connection, document, name=name, created=created, description=description, attached=attached)
    pair = Pair(database)
    yield pair
    for shell in pair.shells:
        shell.session.close()


@pytest.fixture(scope="module")
def records(cluster: Cluster) -> Iterator[Pair]:
    """A store of records."""
    yield from filled(cluster, RECORDS)


@pytest.fixture(scope="module")
def others(cluster: Cluster) -> Iterator[Pair]:
    """A store where some events hold something else than a record."""
    yield from filled(cluster, RECORDS + NO_RECORDS)


def written(pair: Pair, program: str, path: Path) -> list[bytes | str]:
    """What comes of `save`, of each session: the content of the file, or the error."""
    found: list[bytes | str] = []
    for shell in pair.shells:
        try:
            shell.value(f"{program} | save -f {path}")
            found.append(path.read_bytes())
        except StkError as error:
            found.append(f"{error.code} {error.headline}")
    return found


STAGES = (
    *(
        "",
        " --detail",
        " --all",
        " | get name",
        " | get record_json",
        " | get created",
        " | get uu",
        " | get description",
    ),
    *(
        " | select name record_json.a?",
        " | where name =~ a",
        " | where record_json.n? == 7",
        " | where record_json.n == 7",
    ),
    *(" | reject created", " | sort-by name", " | skip 3", " | drop 3", " | reverse", " | where name == absent"),
    *(
        ' | rename "\\"odd\\": , %s\\n\\\\"',
        " | rename 'é' 'b, c'",
        " | get record_json.d?",
        " | get record_json.a",
        " | first 2000",
    ),
    *(" | sort-by record_json.n? | select name", " | where is_revoked | get revoked?", " | select updated is_revoked"),
)


@pytest.mark.parametrize("stages", STAGES)
@pytest.mark.parametrize("kind", ["records", "others"])
def test_files_are_alike_byte_by_byte(request: pytest.FixtureRequest, kind: str, stages: str, tmp_path: Path) -> None:
    pushed, plain = written(request.getfixturevalue(kind), f"event list --limit 0{stages}", tmp_path / "a.jsonl")
    assert pushed == plain


def test_no_values_are_made_of_the_rows(records: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relation, "record_maker", lambda names: pytest.fail("values were made"))
    records.shells[0].value(f"event list --limit 0 | where name != '' | save {tmp_path}/a.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes().count(b"\n") == len(RECORDS)


@pytest.mark.parametrize(
    "time", ["infinity", "-infinity", "10000-01-01 00:00:00.12345+00", "0044-03-15 00:00:00+00 BC"]
)
def test_a_time_that_no_value_can_be_is_the_same_error(cluster: Cluster, time: str, tmp_path: Path) -> None:
    for pair in filled(cluster, ("{}",)):
        with pair.database.connect(OWNER) as connection:
            put(connection, "{}", created=time)
        pushed, plain = written(pair, "event list --limit 0", tmp_path / "a.jsonl")
        assert pushed == plain
        assert str(pushed).startswith("stk::")
        assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def connection(cluster: Cluster) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Any connection to a server."""
    with TestDatabase(cluster, cluster.migrated()).connect(OWNER) as made:
        yield made


def check(connection: psycopg.Connection[tuple[object, ...]], document: str) -> None:
    """The law, of one document."""
    text = str(connection.execute("select %s::jsonb::text", (document,)).fetchone()[0])  # type: ignore[index]
    ours = to_json(loaded_jsonb(text.encode()))
    assert compacted([text, '{"a": 1.50}', text], to_json) == [ours, '{"a":1.5}', ours]


@given(JSON_VALUES.map(json.dumps).filter(lambda text: "\\u0000" not in text and "\\ud" not in text))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_document_is_written_as_its_value(
    connection: psycopg.Connection[tuple[object, ...]], document: str
) -> None:
    check(connection, document)


@given(
    st.recursive(
        st.sampled_from(NUMBERS + tuple(map(json.dumps, HOSTILE))),
        lambda inner: st.lists(inner).map(lambda items: f"[{','.join(items)}]"),
    )
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_odd_numbers_and_texts_are_written_as_their_values(
    connection: psycopg.Connection[tuple[object, ...]], document: str
) -> None:
    check(connection, document)


def test_deep_documents_are_written_as_their_values(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    check(connection, "[" * 400 + "]" * 400)
    check(connection, json.dumps([{"a": [1.5, {}]}] * 400))
