"""The index of events: that what is found by it is what is there, whenever, wherever and by whomever it was recorded."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable

import psycopg
import pytest

from stk_shell.store.search import WORDS
from tests.fixtures.clusters import Cluster, TestDatabase

CLIENT = "stk_login", "stk_api_role"
ALL = "select count(*) from api.stk_event_search('event', null)"


@pytest.fixture(params=[15, 16, 18])
def versioned(request: pytest.FixtureRequest, cluster_of: Callable[[int], Cluster]) -> TestDatabase:
    """A database with every migration, on each version in turn."""
    cluster = cluster_of(request.param)
    return TestDatabase(cluster, cluster.migrated())


def record(database: TestDatabase, *documents: object, name: str = "note") -> list[str]:
    """Record events in one transaction; gives their uus."""
    with database.connect(*CLIENT) as connection:
        rows = connection.execute(
            "insert into api.stk_event (name, record_json) select %s, d from jsonb_array_elements(%s::jsonb) as d"
            " returning uu::text",
            (name, json.dumps(documents)),
        )
        return [str(row[0]) for row in rows.fetchall()]


def index(database: TestDatabase, seconds: float = 60) -> bool:
    """Bring the index up to date; tells whether all is in it."""
    return bool(database.rows(f"select is_complete from api.stk_event_index({seconds})", *CLIENT)[0][0])


def found(database: TestDatabase, words: str, more: str = "") -> list[str]:
    """The uus that a search finds, the newest first."""
    with database.connect(*CLIENT) as connection:
        rows = connection.execute(f"select uu::text from api.stk_event_search(%s, null{more})".encode(), (words,))
        return [str(row[0]) for row in rows.fetchall()]


def having(database: TestDatabase, document: object, at_most: str = "null", more: str = "") -> list[str]:
    """The uus of the events that have a document, the newest first."""
    with database.connect(*CLIENT) as connection:
        statement = f"select stk_event_find::text from api.stk_event_find(%s::jsonb, {at_most}{more})"
        rows = connection.execute(statement.encode(), (None if document is None else json.dumps(document),))
        return [str(row[0]) for row in rows.fetchall()]


def refused(database: TestDatabase, statement: str) -> str | None:
    """The SQLSTATE with which the database refuses a client's statement."""
    with database.connect(*CLIENT) as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    return caught.value.sqlstate


def test_events_are_found_before_and_after_they_are_in_the_index(versioned: TestDatabase) -> None:
    order, login = record(versioned, {"text": "Error processing order 42"}, {"deep": [{"er": "Login failed"}]})
    for _ in range(2):
        assert found(versioned, "ORDER") == [order]
        assert found(versioned, "failed login") == [login]
        assert found(versioned, "order or login") == [login, order]
        assert found(versioned, "order -error") == []
        assert found(versioned, '"processing order"') == [order]
        assert found(versioned, '"order processing"') == []
        assert found(versioned, "note") == [login, order]
        assert found(versioned, "absent") == []
        assert having(versioned, {"deep": [{"er": "Login failed"}]}) == [login]
        assert index(versioned)
    assert versioned.rows("select events from private.event_index_state") == [(2,)]
    assert versioned.rows("select api.stk_event_unindexed(10)", *CLIENT) == [(0,)]


def test_the_name_and_the_description_have_words_too(database: TestDatabase) -> None:
    with database.connect(*CLIENT) as connection:
        connection.execute("insert into api.stk_event (name, description) values ('order.error/late', 'Why it was')")
    for _ in range(2):
        assert [len(found(database, word)) for word in ("order.error/late", "error", "late", "why", "it")] == [1] * 5
        index(database)


def test_what_commits_late_is_found_and_indexed_once(versioned: TestDatabase) -> None:
    with versioned.connect(*CLIENT) as early:
        early.execute("begin")
        early.execute("insert into api.stk_event (name, record_json) values ('late', '{\"text\": \"event\"}')")
        record(versioned, {"text": "event"})
        index(versioned)
        assert versioned.rows(ALL, *CLIENT) == [(1,)]
        early.execute("commit")
    assert versioned.rows(ALL, *CLIENT) == [(2,)]
    assert index(versioned)
    assert index(versioned)
    assert versioned.rows(ALL, *CLIENT) == [(2,)]
    assert versioned.rows("select count(*) from private.event_index") == [(2,)]


def test_many_events_are_indexed_in_parts_and_found_meanwhile(versioned: TestDatabase) -> None:
    record(versioned, {"text": "event first"})
    index(versioned)
    record(versioned, *({"text": f"event {number}", "n": number} for number in range(4500)))
    steps = 0
    while not index(versioned, 0.000001):
        steps += 1
        assert versioned.rows(ALL, *CLIENT) == [(4501,)]
        assert len(having(versioned, {"n": 3711})) == 1
        if steps == 2:
            record(versioned, {"text": "event meanwhile"})
            versioned.rows("update api.stk_event set revoked = now() where record_json @> '{\"n\": 4499}'", *CLIENT)
            versioned.rows("insert into api.stk_event (name) values ('event')", *CLIENT)
            versioned.rows("update api.stk_event set revoked = now() where name = 'event'", *CLIENT)
    assert steps > 2
    assert versioned.rows(ALL, *CLIENT) == [(4501,)]
    assert versioned.rows("select count(*), count(distinct uu), count(distinct id) from private.event_index") == [
        (4503, 4503, 4503)
    ]


def test_the_ids_of_several_parts_are_looked_through(database: TestDatabase) -> None:
    index(database)
    database.rows("update private.event_index_state set events = (1 << 18) - 1000")
    first, *_ = record(database, {"text": "event rare", "n": 1})
    record(database, *({"text": "event", "n": number % 7} for number in range(6000)))
    while not index(database):
        pass
    *_, last = record(database, {"text": "event rare", "n": 9})
    assert index(database)
    assert database.rows(ALL, *CLIENT) == [(6002,)]
    assert found(database, "rare") == [last, first]
    assert found(database, "event rare") == [last, first]
    assert len(having(database, {"n": 1})) == 858
    assert having(database, {"n": 1})[-1] == first
    assert having(database, {"n": 1}, "5") == having(database, {"n": 1})[:5]


VALUES: tuple[object, ...] = (
    *(None, True, False, 0, 7, 7.0, 7.5, -1, 1e300, "", "7", "true", "null", "x", "é", "\n", [], {}, [7], [[7]]),
    *([7, "x"], {"a": 7}, {"a": [7]}, {"a": {"b": 7}}, [{"a": 7}], [{"a": 7, "b": 8}, {"a": 9}], {"a b": {"": 7}}),
)


def test_documents_are_found_exactly_as_by_containment(versioned: TestDatabase) -> None:
    chance = random.Random(5)
    events = [
        {chance.choice("abc"): chance.choice(VALUES) for _ in range(3)} | ({"n": n} if n % 3 else {})
        for n in range(300)
    ]
    events.append({"a": [[[[[[[[[[[[[[[[[[[[7]]]]]]]]]]]]]]]]]]]], "b": "deep"})
    events.append({"b": "long", "a": list(range(3000))})
    documents = [{chance.choice("abc"): value} for value in VALUES]
    documents += [{"b": "deep"}, {"a": [2999]}, {"n": 7.00}, {"n": 8, "a": None}, *({"a": 7, "b": v} for v in VALUES)]
    record(versioned, *events[:150])
    index(versioned)
    record(versioned, *events[150:])
    with versioned.connect(*CLIENT) as connection:
        for document in documents * 2:
            if is_empty(document):
                continue
            by_index, by_reading = (
                connection.execute(statement, (json.dumps(document),)).fetchall()
                for statement in (
                    "select api.stk_event_find(%s, null)",
                    "select uu from api.stk_event where record_json @> %s order by created desc, uu desc",
                )
            )
            assert by_index == by_reading, document
            if document == documents[-1]:
                index(versioned)


def is_empty(document: object) -> bool:
    """Whether the document has no value that it could be found by."""
    if isinstance(document, dict):
        return all(map(is_empty, document.values()))
    return all(map(is_empty, document)) if isinstance(document, list) else False


@pytest.mark.parametrize("document", ["{}", '{"a": []}', '{"a": {"b": {}}}', "[7]", "7", '"x"', "null"])
def test_a_document_without_a_value_is_refused(database: TestDatabase, document: str) -> None:
    assert refused(database, f"select api.stk_event_find('{document}', 10)") == "STK20"


@pytest.mark.parametrize("words", ["", " ", "!?", "-login", "login or -x", '-"a b"', "&|!()<->:*", "''", "\\"])
def test_words_that_are_none_are_refused(database: TestDatabase, words: str) -> None:
    with database.connect(*CLIENT) as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute("select api.stk_event_search(%s)", (words,))
    assert caught.value.sqlstate == "STK21"


@pytest.mark.parametrize("word", ["it's", "a\\b", "x'y''z", "h.example", "50%", "a|b", "(x)", "é", "日本"])
def test_words_with_signs_are_found_in_what_has_them(database: TestDatabase, word: str) -> None:
    (uu,) = record(database, {"text": f"before {word} after"})
    assert found(database, word) == [uu]
    index(database)
    assert found(database, word) == [uu]
    assert found(database, f"before -{word}") == [] or " " in word


def test_newest_first_is_by_time_wherever_events_come_from(database: TestDatabase) -> None:
    imported = (
        "insert into private.stk_event (name, created, record_json, created_by_uu, type_uu)"
        " select 'old', now() - make_interval(days => (i * 7919) % 1000), jsonb_build_object('n', i % 3), a.uu, t.uu"
        " from generate_series({}) as i, private.stk_actor a, private.stk_event_type t"
        " where a.name = 'stk_login' and t.name = '{}'"
    )
    for series, type_ in (("1, 2000", "NONE"), ("2001, 5000", "ACTION"), ("5001, 6000", "NONE")):
        database.rows(imported.format(series, type_))
        record(database, {"n": 1})
        while not index(database):
            pass
    expected = database.rows(
        "select uu::text from api.stk_event where record_json @> '{\"n\": 1}' order by created desc, uu desc", *CLIENT
    )
    assert having(database, {"n": 1}) == [row[0] for row in expected]
    for count in (1, 10, 200):
        assert having(database, {"n": 1}, str(count)) == [row[0] for row in expected[:count]]
    types = ", types_p => array(select uu from api.stk_event_type where name = 'ACTION')"
    expected = database.rows(
        "select e.uu::text from api.stk_event e join api.stk_event_type t on t.uu = e.type_uu where t.name = 'ACTION'"
        " order by e.created desc, e.uu desc limit 7",
        *CLIENT,
    )
    assert having(database, None, "7", types) == [row[0] for row in expected]
    assert having(database, None, "7", types.replace("ACTION", "TIMESHEET")) == []
    since = ", since_p => now() - interval '100 days', until_p => now() - interval '50 days'"
    assert len(having(database, None, "null", since)) == 300


def test_a_search_is_narrowed(versioned: TestDatabase) -> None:
    first, second = record(versioned, {"text": "event 1"}, {"text": "event 2"})
    (other,) = record(versioned, {"text": "event 3"}, name="other")
    versioned.rows(f"update api.stk_event set revoked = now() where uu = '{first}'", *CLIENT)
    for _ in range(2):
        assert found(versioned, "event") == [other, second]
        assert found(versioned, "event", ", revoked_p => true") == [other, second, first]
        assert found(versioned, "event", ", name_p => 'other'") == [other]
        assert found(versioned, "event", ", name_p => 'absent'") == []
        assert found(versioned, "event", ", types_p => '{}'") == []
        assert found(versioned, "event", ", since_p => now() + interval '1 day'") == []
        assert found(versioned, "event", ", until_p => now() - interval '1 day'") == []
        assert len(found(versioned, "event", ", since_p => now() - interval '1 day'")) == 2
        index(versioned)


@pytest.mark.parametrize(
    "change",
    [
        "update private.event_index_state set server = 1",
        "update private.event_index_state set xact_to = 1000000000, server = 1",
        "delete from private.event_index_state; delete from private.event_index; delete from private.event_index_range",
    ],
)
def test_an_index_of_another_server_is_not_asked_and_made_anew(database: TestDatabase, change: str) -> None:
    record(database, {"text": "event 1"})
    index(database)
    database.rows(change)
    record(database, {"text": "event 2"})
    assert database.rows(ALL, *CLIENT) == [(2,)]
    assert database.rows("select api.stk_event_unindexed(10)", *CLIENT) == [(10,)]
    while not index(database):
        pass
    assert database.rows(ALL, *CLIENT) == [(2,)]
    assert database.rows("select count(*) from private.event_index") == [(2,)]


def test_one_session_at_a_time_fills_the_index(database: TestDatabase) -> None:
    record(database, {"text": "event"})
    with database.connect(*CLIENT) as first:
        first.execute("begin")
        first.execute("select api.stk_event_index(1)")
        assert not index(database)
        first.execute("rollback")
    assert index(database)


def test_a_few_new_events_are_left_for_later_if_it_is_asked_so(database: TestDatabase) -> None:
    index(database)
    record(database, {"text": "event"})
    assert database.rows("select is_complete from api.stk_event_index(1, 5)", *CLIENT) == [(True,)]
    assert database.rows("select count(*) from private.event_index") == [(0,)]
    assert database.rows(ALL, *CLIENT) == [(1,)]


LONG = (
    {"text": "early " + "word " * 9000 + "late"},
    {"text": " ".join(f"w{n}" for n in range(60000))},
    {"text": "x" * 10**6},
)


def test_very_long_texts_are_indexed(versioned: TestDatabase) -> None:
    record(versioned, *LONG, {"many": [f"w{n}" for n in range(20000)]}, {f"k{n}": "v" for n in range(5000)})
    for _ in range(2):
        assert len(found(versioned, "early late")) == 1
        assert len(found(versioned, "w77")) == 2
        assert having(versioned, {"k4711": "v"}) != []
        assert index(versioned)


def test_without_the_index_the_words_of_an_event_are_the_same(versioned: TestDatabase) -> None:
    record(versioned, *LONG, {"a": ["Ünï it's a-b", {"b": "c@d.ee http://x.y/z?a=b"}], "n": 7}, {}, name="a.b/c:d@e")
    versioned.rows(
        "insert into api.stk_event (name, description) values ('-', 'Why? ' || repeat('y ', 60000))", *CLIENT
    )
    different = (
        f"select count(*) from private.stk_event e where {WORDS} <> private.event_words(name, description, record_json)"
    )
    assert versioned.rows(different) == [(0,)]


@pytest.mark.parametrize(
    "statement",
    ["select * from private.event_index", "select private.event_index_add('{}')", "select private.event_index_clean()"],
)
def test_clients_have_no_rights_on_the_index_itself(database: TestDatabase, statement: str) -> None:
    assert refused(database, statement) == "42501"


def test_a_standby_is_searched_with_what_its_index_lacks(target: TestDatabase, standby: TestDatabase) -> None:
    (first,) = record(target, {"text": "event first", "n": 1})
    index(target)
    (second,) = record(target, {"text": "event second", "n": 2})
    deadline = time.monotonic() + 20
    while len(found(standby, "event")) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found(standby, "event") == [second, first]
    assert having(standby, {"n": 2}) == [second]
    assert refused(standby, "select api.stk_event_index(1)") == "25006"
