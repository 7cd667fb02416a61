"""Groups, counts and sums: with and without pushdown, a pipeline gives the same results, order and errors."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.store.pushdown.relation import PushedRows
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.store.test_pushdown_law import LAWFUL, Pair

NAMES = ("login", "Login", "note", "Ärger", "z\U0001f600", "5", "", "login", "login")
KINDS = ('"a"', '"b"', '"a"', '"B"', '"1"', "1", "1.0", "1.50", "1.5", "true", '"true"', "null", '"null"', "2", "[1]")
ODD_KINDS = ('{"x": 1}', '{"x": 1.0}', '"{x: 1}"', '"[1]"', "[1.0]", "9223372036854775808", '"1.5"', "-0.0", "12e2")
AMOUNTS = (
    *("1", "2", "-3", "0", "9223372036854775807", "9223372036854775806", "-9223372036854775808", "9223372036854775808"),
    *("1.5", "0.1", "0.2", "0.30000000000000004", "1e300", "-0.0", "2.0", "1e16", "123456789012345678901234567890"),
    *('"3"', '"x"', "null", "true", "[4]", '{"y": 1}'),
)
WHOLE = ("1", "2", "3", "-4", "1000000000000", "0")
PRICES = ("0.1", "0.2", "2.50", "1e-7", "0.30000000000000004", "-7.25")

FILL = """
insert into private.stk_{table} (uu, name, record_json, created, description, revoked, stk_entity_uu, type_uu,
  created_by_uu, updated_by_uu)
select gen_random_uuid(), %s, %s::jsonb, timestamptz '2026-01-01Z' + %s * interval '1 hour', %s,
  case when %s then now() end, e.uu, t.uu, a.uu, a.uu
from private.stk_entity e, private.stk_{table}_type t, private.stk_actor a
where e.name = %s and t.is_default and a.name = 'stk_login'
limit 1
"""


def _documents() -> Iterator[str]:
    """What is recorded: some have all fields, some lack one."""
    amounts, wholes, prices = cycle(AMOUNTS), cycle(WHOLE), cycle(PRICES)
    for at, kind in enumerate((*KINDS, *ODD_KINDS) * 4):
        fields = {"kind": kind, "amount": next(amounts), "whole": next(wholes), "price": next(prices)}
        if at % 7 == 5:
            del fields["amount"], fields["kind"]
        fields |= {"deep": f'{{"kind": {kind}}}'} if at % 3 else {}
        yield "{" + ", ".join(f'"{name}": {value}' for name, value in fields.items()) + "}"


def _filled(cluster: Cluster, *more: str) -> TestDatabase:
    database = TestDatabase(cluster, cluster.migrated())
    database.entity("shop", "stk_login")
    documents = (*_documents(), *more)
    hours, entities, descriptions = (
        cycle((0, 0, 1, 5, 5, 2, 0)),
        cycle(("*", "shop", "*")),
        cycle((None, "seen", "x", "")),
    )
    with database.connect() as connection:
        for table in ("event", "request", "tag"):
            of_table = documents if table == "event" else documents[:40]
            rows = zip(of_table, cycle(NAMES), hours, descriptions, entities, strict=False)
            for at, (document, name, hour, description, entity) in enumerate(rows):
                given = (name, document, hour, description, at % 8 == 3, entity)
                connection.execute(FILL.format(table=table), given)
    return database


@pytest.fixture(scope="module")
def records(cluster: Cluster) -> Iterator[Pair]:
    """A store of records of two entities with odd things in them."""
    pair = Pair(_filled(cluster))
    yield pair
    for shell in pair.shells:
        shell.session.close()


@pytest.fixture(scope="module")
def others(cluster: Cluster) -> Iterator[Pair]:
    """A store where some events hold something else than a record, as stk never records it."""
    pair = Pair(_filled(cluster, "7", "null", '"text"', '[{"kind": "a"}]'))
    yield pair
    for shell in pair.shells:
        shell.session.close()


PLAIN = ("name", "name", "name", "type_enum", "description", "created", "is_revoked", "uu")
SURE = ("record_json.kind?", "record_json.deep?.kind?", "record_json.whole", "record_json.amount?", "record_json.price")
UNSURE = ("record_json.kind", "record_json.deep.kind", "record_json.deep?.kind", "record_json", "missing", "missing?")
COLUMNS = st.sampled_from((*PLAIN, *SURE, *SURE, *UNSURE))
NUMBERS = st.sampled_from(
    ("record_json.whole", "record_json.whole", "record_json.price", "record_json.amount?", *PLAIN)
)
REDUCTIONS = st.sampled_from(("math sum", "math avg", "math min", "math max"))


def _about(rows: str) -> st.SearchStrategy[str]:
    """Something that is told of the rows of a group."""
    return st.one_of(
        st.just(f"{rows} | length"),
        st.builds("{} | get {} | {}".format, st.just(rows), st.one_of(NUMBERS, COLUMNS), REDUCTIONS),
        st.builds("{}.{} | {}".format, st.just(rows), NUMBERS, REDUCTIONS),
        st.builds("{} | {}".format, st.just(rows), st.sampled_from(("first | get name", "get name", "math sum"))),
    )


OF_ROW = _about("$g.items")
OF_INPUT = _about("$in.items")
OF_TABLE = st.one_of(
    st.just("update items { length }"),
    st.builds("update items {{ get {} | {} }}".format, NUMBERS, REDUCTIONS),
    OF_ROW.map("update items {{|g| {} }}".format),
    OF_ROW.map("insert n {{|g| {} }}".format),
    OF_INPUT.map("insert n {{ {} }}".format),
    st.builds("insert m {{ {} }} | insert k {{ {} }} | reject items".format, OF_INPUT, OF_INPUT),
    st.builds("each {{|g| {{n: ({}), m: ({}), name: $g.name?}} }}".format, OF_ROW, OF_ROW),
    OF_ROW.map('each {{|g| $"($g | columns) ({})" }}'.format),
    OF_ROW.map("each {{|g| ({}) + 1 }}".format),
    OF_ROW.map("each {{|g| if $g.name? == note {{ null }} else {{ {} }} }}".format),
    st.sampled_from(
        (
            "length",
            "reject items",
            "select name",
            "columns",
            "update name { str upcase }",
            "first | get items | length",
            "each {|g| $g.items.0.name }",
            "each { get items | length }",
            "insert items { 1 }",
            "update missing { length }",
        )
    ),
)
OF_FIELDS = st.one_of(
    st.sampled_from(
        ("columns", "values", "transpose a b", "get login?", "length", "items {|name| $name }", "describe")
    ),
    _about("$rows").map("items {{|name, rows| {{name: $name, n: ({})}} }}".format),
    _about("$rows").map('items {{|name, rows| $"($name) ({})" }}'.format),
)
ENDS = st.sampled_from(("", "", "| length", "| sort-by n", "| first 2", "| sort-by items", "| last", "| get name"))
GATHERED = st.one_of(
    st.builds("group-by {} --to-table | {} {}".format, COLUMNS, OF_TABLE, ENDS),
    st.builds("group-by {} {} --to-table | {} {}".format, COLUMNS, COLUMNS, OF_TABLE, ENDS),
    st.builds("group-by {} | {} {}".format, COLUMNS, OF_FIELDS, ENDS),
    st.builds("group-by {}".format, COLUMNS),
)
TALLIED = st.sampled_from(("", " --count", " --repeated", " --unique", " --count --repeated", " --ignore-case"))
COUNTED = st.one_of(
    st.builds("get {} | uniq{} {}".format, COLUMNS, TALLIED, ENDS),
    st.builds("select {} | uniq{}".format, st.lists(COLUMNS, min_size=1, max_size=3).map(" ".join), TALLIED),
    st.builds("uniq-by {} {}".format, COLUMNS, ENDS),
    st.builds("uniq-by {} --count".format, COLUMNS),
    st.builds("histogram {} {}".format, st.sampled_from((*PLAIN, "record_json", "missing")), ENDS),
    st.builds("select {} | histogram record_json.kind".format, COLUMNS),
    st.builds("get {} | histogram {}".format, COLUMNS, ENDS),
    st.builds("histogram {} freq --percentage-type {}".format, st.just("name"), st.sampled_from(("relative", "other"))),
    st.sampled_from(("uniq --count | length", "columns", "select name record_json.kind | columns | length")),
)
REDUCED = st.one_of(
    st.builds("get {} | {}".format, st.one_of(NUMBERS, COLUMNS), REDUCTIONS),
    st.builds("where {} | get {} | {}".format, st.just("record_json.amount? != null"), NUMBERS, REDUCTIONS),
    st.builds("get {} | compact | {}".format, COLUMNS, REDUCTIONS),
    st.builds("select name | {}".format, REDUCTIONS),
)
BEFORE = st.sampled_from(
    (
        "",
        "",
        "",
        "where name == login | ",
        "where record_json.kind? == a | ",
        "where record_json.whole > 2 | ",
        "where record_json.amount? > 1 | ",
        "where name == nothing | ",
        "sort-by description | ",
        "sort-by name --reverse | ",
        "reverse | ",
        "first 30 | ",
        "skip 20 | ",
        "last 30 | ",
        "first 0 | ",
        "select name created record_json | ",
        "rename who | ",
    )
)
PROGRAMS = st.builds(
    "{} list{} --limit {} | {}{}".format,
    st.sampled_from(("event", "event", "event", "request", "tag")),
    st.sampled_from(("", " --all", " --detail", " --name login")),
    st.sampled_from(("0", "0", "1001")),
    BEFORE,
    st.one_of(GATHERED, GATHERED, COUNTED, REDUCED),
)


@LAWFUL
@given(program=PROGRAMS)
def test_groups_are_the_same_in_sql_as_in_memory(records: Pair, program: str) -> None:
    records.check(program)


@LAWFUL
@given(program=PROGRAMS)
def test_groups_of_content_that_is_no_record_are_the_same(others: Pair, program: str) -> None:
    others.check(program)


TAKEN_OVER = (
    "group-by name --to-table | update items { length }",
    "group-by name --to-table | update items {|g| $g.items | get record_json.whole | math sum }",
    "group-by name --to-table | update items {|g| $g.items | get record_json.price | math sum }",
    "group-by name --to-table | insert n { $in.items | length } | reject items",
    "group-by name --to-table | each {|g| {name: $g.name, n: ($g.items.record_json.whole | math avg)} }",
    "group-by name type_enum --to-table | each {|g| $g.items | get created | math max }",
    "group-by name | items {|name, rows| {name: $name, n: ($rows | length)} }",
    "group-by record_json.kind? --to-table | update items { length }",
    "group-by name | columns",
    "columns",
    "group-by name --to-table | length",
    "get name | uniq --count",
    "select name type_enum | uniq",
    "uniq-by name",
    "histogram name",
    "get record_json.whole | math sum",
    "get created | math max",
    "sort-by description | group-by name --to-table | update items { length }",
    "first 20 | group-by name --to-table | update items { length }",
)


@pytest.mark.parametrize("stages", TAKEN_OVER)
def test_what_is_only_counted_does_not_leave_the_database(
    records: Pair, stages: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_memory(relation: PushedRows, read: object = None) -> None:
        raise AssertionError(f"the rows are read: {relation.statement()}")

    monkeypatch.setattr(PushedRows, "in_memory", in_memory)
    monkeypatch.setattr(PushedRows, "read", in_memory)
    assert records.shells[0].value(f"event list --limit 0 | {stages}")


def test_a_closure_that_does_something_else_runs_once_for_each_group(records: Pair) -> None:
    shell = records.shells[0]
    names = shell.value("event list --limit 0 | get name | uniq")
    shown = shell.run("event list --limit 0 | group-by name --to-table | each {|g| print $g.name; 1 } | length")
    assert isinstance(names, list)
    assert shown == [*names, len(names)]


@pytest.mark.parametrize(
    ("stages", "in_store"),
    [
        ("group-by name --to-table | update items { length } | sort-by items", 3),
        ("group-by name | items {|name, rows| $rows | length } | math sum", 3),
        ("get record_json.whole | math sum", 3),
        ("group-by name | values", 1),
        ("group-by name --to-table | insert n { $in.items | length } | sort-by n", 1),
        ("histogram name", 2),
    ],
)
def test_explain_counts_groups_to_the_store_if_nobody_wants_their_rows(
    records: Pair, stages: str, in_store: int
) -> None:
    shell, explanation = records.shells[0], f"explain {{ event list --limit 0 | {stages} }}"
    assert shell.value(f'{explanation} | get stages | where runs == "in the store" | length') == in_store
    assert shell.value(f"{explanation} | get sql | str contains select")
