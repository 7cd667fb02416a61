"""With and without pushdown, a pipeline gives the same: results, their order, and errors."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import cycle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.model.errors import StkError
from stk_shell.model.settings import Settings
from stk_shell.model.values import Value
from stk_shell.store import open_store
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.shells import Shell

NAMES = ("login", "Login", "log", "note", "Ärger", "z\U0001f600", "a.b", "5", "")

ODD_NUMBERS = (
    *("0", "-0.0", "7", "7.0", "7.00", "70e-1", "6.9999999999999999", "7.0000000000000004", "8", "-3", "2.5", "0.1"),
    *("0.1000000000000000055", "0.30000000000000004", "9007199254740993", "9223372036854775807", "9223372036854775808"),
    *("123456789012345678901234567890", "1e-320", "1e300", "1e15", "999999999999999", "1e-301"),
)
OTHERS = (
    '"7"',
    '"login"',
    '"Ärger"',
    '""',
    '"line\\nbreak"',
    "true",
    "false",
    "null",
    "[1, 2]",
    '{"x": 7}',
    '[{"x": 1}]',
)
DOCUMENTS = (
    "{}",
    *(f'{{"n": {value}}}' for value in (*ODD_NUMBERS, *OTHERS)),
    *(f'{{"s": {value}}}' for value in OTHERS),
    *(f'{{"d": {value}}}' for value in ('{"x": 7}', '{"x": null}', '{"x": "7"}', "{}", "null", "7", '[{"x": 7}]')),
    '{"n": 1, "s": "log", "d": {"x": 2}}',
)
NO_RECORDS = ("7", '"text"', "[1, 2]", "null", '[{"n": 7}]')

FILL = """
insert into private.stk_event (uu, name, record_json, created, description, revoked, stk_entity_uu, type_uu,
  created_by_uu, updated_by_uu)
select gen_random_uuid(), %s, %s::jsonb, timestamptz '2026-01-01Z' + %s * interval '1 hour', %s,
  case when %s then now() end, e.uu, t.uu, a.uu, a.uu
from private.stk_entity e, private.stk_event_type t, private.stk_actor a
where e.name = '*' and t.name = 'NONE' and a.name = 'stk_login'
"""


class Pair:
    """Two sessions with the same store, one of which moves nothing into SQL."""

    def __init__(self, database: TestDatabase) -> None:
        self.database = database
        self.shells = [self._shell(database, pushdown=pushdown) for pushdown in (True, False)]

    def _shell(self, database: TestDatabase, *, pushdown: bool) -> Shell:
        chosen = Settings(dsn=database.dsn(), pushdown=pushdown)
        return Shell(lambda: open_store(chosen, None), chosen)

    def check(self, program: str) -> None:
        """The law."""
        pushed, plain = (_outcome(shell, program) for shell in self.shells)
        assert pushed == plain, program


def _outcome(shell: Shell, program: str) -> object:
    try:
        return _exact(shell.value(program))
    except StkError as error:
        labels = [(label.span.text, label.text) for label in error.labels]
        return type(error).__name__, error.headline, error.code, labels, error.help


def _exact(value: Value) -> object:
    """A value that is equal to another one only if its types are the same as well."""
    if isinstance(value, list):
        return [_exact(item) for item in value]
    if isinstance(value, dict):
        return [(name, _exact(item)) for name, item in value.items()]
    return type(value).__name__, repr(value)


def _filled(cluster: Cluster, documents: tuple[str, ...]) -> TestDatabase:
    database = TestDatabase(cluster, cluster.migrated())
    # Another number of each, so that all come together; and in batches that share the time.
    rows = zip(documents, cycle(NAMES), cycle((0, 0, 1, 5, 5, 2)), cycle((None, "seen", "", "log it")), cycle(range(7)))
    with database.connect() as connection:
        for document, name, hour, description, at in rows:
            connection.execute(FILL, (name, document, hour, description, at == 3))
    return database


@pytest.fixture(scope="module")
def records(cluster: Cluster) -> Iterator[Pair]:
    """A store of records with odd things in them."""
    pair = Pair(_filled(cluster, DOCUMENTS * 2))
    yield pair
    for shell in pair.shells:
        shell.session.close()


@pytest.fixture(scope="module")
def others(cluster: Cluster) -> Iterator[Pair]:
    """A store where some events hold something else than a record, as stk never records it."""
    pair = Pair(_filled(cluster, DOCUMENTS + NO_RECORDS))
    yield pair
    for shell in pair.shells:
        shell.session.close()


TEXT_CELLS = ("name", "uu", "type_enum", "type_name", "description")
TIME_CELLS = ("created", "updated")
SURE_CELLS = ("record_json.n?", "record_json.s?", "record_json.d?.x?", "record_json.n?", "table_name_uu_json.uu")
UNSURE_CELLS = (
    "record_json.n",
    "record_json.s",
    "record_json.d.x",
    "record_json.d.x?",
    "record_json?.n?",
    "missing",
    "missing?",
)
CELLS = st.one_of(
    st.sampled_from((*TEXT_CELLS, *TIME_CELLS, "is_revoked", "record_json", *SURE_CELLS)), st.sampled_from(UNSURE_CELLS)
)
COLUMNS = st.one_of(
    *(st.sampled_from((*TEXT_CELLS, *TIME_CELLS, "is_revoked", "record_json", *SURE_CELLS)) for _ in range(4)), CELLS
)
TEXTS = st.sampled_from(("login", "log", "Ärger", "", "7", "g", "z\U0001f600", "a.b", "null", "\n", "NONE")).map(
    lambda text: json.dumps(text, ensure_ascii=False)
)
NUMBERS = st.sampled_from(
    (
        "7",
        "7.0",
        "0",
        "-3",
        "2.5",
        "0.1",
        "0.3",
        "1000",
        "9007199254740993",
        "9223372036854775807",
        "1e15",
        "1e300",
        "8",
    )
)
TIMES = st.sampled_from(("2026-01-01T05:00:00Z", "2026-01-01", "((date now) - 7day)", "2026-01-01T00:30:00+01:00"))
OTHER_VALUES = st.sampled_from(("true", "null", "1day", "[]", "{x: 7}", "(3 + 4)", "$n"))
CONSTANTS = st.one_of(NUMBERS, TEXTS, TIMES, OTHER_VALUES)
PATTERNS = st.sampled_from(
    (
        "log",
        "^log",
        "in$",
        "^l.*n$",
        "o|z",
        "[a-f]+",
        "L",
        ".",
        "^.$",
        "x{2}",
        "(lo)+g",
        r"\.",
        "Ä",
        "^$",
        r"\d",
        "(?i)LOG",
    )
).map(lambda pattern: f"'{pattern}'")
LISTS = st.lists(st.one_of(NUMBERS, TEXTS, st.just("null")), max_size=3).map(lambda items: f"[{' '.join(items)}]")
SIGNS = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
WORDS = st.sampled_from(("starts-with", "ends-with", "not-starts-with", "not-ends-with", "has", "not-has"))


def _texts(cells: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Conditions on cells that may be texts."""
    return st.one_of(
        st.builds("$it.{} {} {}".format, cells, SIGNS, TEXTS),
        st.builds("$it.{} {} {}".format, cells, st.sampled_from(("=~", "!~")), PATTERNS),
        st.builds("$it.{} {} {}".format, cells, WORDS, TEXTS),
        st.builds("$it.{} {} {}".format, cells, st.sampled_from(("in", "not-in")), LISTS),
        st.builds("{} in $it.{}".format, TEXTS, cells),
    )


COMPARISONS = st.one_of(
    _texts(st.sampled_from(TEXT_CELLS)),
    _texts(st.sampled_from(SURE_CELLS)),
    _texts(CELLS),
    st.builds("$it.{} {} {}".format, st.sampled_from(TIME_CELLS), SIGNS, TIMES),
    st.builds("$it.{} {} {}".format, st.sampled_from(SURE_CELLS), SIGNS, NUMBERS),
    st.builds("$it.{} {} {}".format, st.sampled_from(SURE_CELLS), st.sampled_from(("==", "!=")), CONSTANTS),
    st.builds("{} > $it.{}".format, NUMBERS, st.sampled_from(SURE_CELLS)),
    st.builds("$it.{} {} {}".format, CELLS, SIGNS, CONSTANTS),
    st.sampled_from(("$it.is_revoked", "not $it.is_revoked", "$it.record_json.n?", "$it.is_revoked == true")),
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.builds("({}) {} ({})".format, inner, st.sampled_from(("and", "or")), inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=3,
)
COUNTS = st.integers(0, 12)
STAGES = st.one_of(
    *(CONDITIONS.map("where {}".format) for _ in range(4)),
    COMPARISONS.map(lambda text: f"where {text.removeprefix('$it.')}"),
    st.lists(COLUMNS, min_size=1, max_size=4).map(lambda cells: f"select {' '.join(cells)}"),
    st.lists(COLUMNS, min_size=1, max_size=2).map(lambda cells: f"reject {' '.join(cells)}"),
    st.sampled_from(("rename who what", "rename --column {name: who}", "rename name", "rename --column {n: m}")),
    COLUMNS.map("get {}".format),
    st.builds(
        "sort-by {} {}".format,
        st.lists(COLUMNS, min_size=1, max_size=2).map(" ".join),
        st.sampled_from(("", "--reverse")),
    ),
    st.just("reverse"),
    st.builds("{} {}".format, st.sampled_from(("first", "last", "take", "skip", "drop")), COUNTS),
    st.sampled_from(("each {|row| $row }", "collect")),
)
ENDS = st.sampled_from(
    ("", "", "| length", "| is-empty", "| is-not-empty", "| first", "| last", "| get name", "| get 2")
)
PROGRAMS = st.builds(
    "let n = 7; event list{} --limit {} | {} {}".format,
    st.sampled_from(("", " --all", " --detail", " --name login")),
    st.sampled_from(("0", "0", "1001")),
    st.lists(STAGES, max_size=4).map(" | ".join).map(lambda text: text or "collect"),
    ENDS,
)

LAWFUL = settings(
    max_examples=int(os.environ.get("STK_LAW_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@LAWFUL
@given(program=PROGRAMS)
def test_a_pipeline_gives_the_same_in_sql_as_in_memory(records: Pair, program: str) -> None:
    records.check(program)


@LAWFUL
@given(program=PROGRAMS)
def test_content_that_is_no_record_is_the_same_in_sql_as_in_memory(others: Pair, program: str) -> None:
    others.check(program)


@pytest.mark.parametrize("pattern", ["(", "[", "*a", "a{2,1}", r"\\p{Foo}"])
def test_what_is_no_pattern_is_an_error_in_sql_as_in_memory(records: Pair, pattern: str) -> None:
    for end in ("", " | length"):
        records.check(f"event list --limit 0 | where name =~ '{pattern}'{end}")
