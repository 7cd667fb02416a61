"""Statements of SQL that somebody has written himself."""

from __future__ import annotations

import datetime

import pytest

from stk_shell.model.values import Duration
from tests.fixtures.shells import Shell


def _exec(statement: str) -> str:
    return f"psql exec r#'{statement}'#"


def test_rows_are_values_of_the_language(shell: Shell) -> None:
    columns = (
        "1 as a, 2 as a, 1.5 as c, 12345678901234567890 as big, interval '1 day 1 second' as e, null as n,"
        " date '2026-01-01' as d, array[1, null] as l, '{\"x\": [1.0]}'::json as j, true as t, '\\x00ff'::bytea as b,"
        " timestamp '2026-01-01 10:00' as plain, 'NaN'::numeric <> 0 as nan, 'a%b' as text"
    )
    assert shell.value(_exec(f"select {columns} -- 100%")) == [
        {
            "a": 1,
            "a_2": 2,
            "c": 1.5,
            "big": 12345678901234567890.0,
            "e": Duration(86_401 * 10**9),
            "n": None,
            "d": "2026-01-01",
            "l": [1, None],
            "j": {"x": [1.0]},
            "t": True,
            "b": b"\x00\xff",
            "plain": datetime.datetime(2026, 1, 1, 10, tzinfo=datetime.UTC),
            "nan": True,
            "text": "a%b",
        }
    ]


def test_a_question_is_asked_with_what_stands_behind_it(shell: Shell) -> None:
    line = f"{_exec('select n, n % 7 as m from generate_series(1, 1000) as n')} | where m == 3 and n < 500"
    assert shell.value(f"{line} | length") == 71
    sql = shell.value(f"explain {{ {line} | length }} | get sql")
    assert str(sql).startswith("select count(*)")


def test_the_order_of_a_question_is_kept(shell: Shell) -> None:
    line = _exec("select n from generate_series(1, 50) as n order by n desc")
    assert shell.value(f"{line} | first 2 | get n") == [50, 49]
    assert shell.value(f"{line} | last 2 | get n") == [2, 1]
    assert shell.value(f"{line} | sort-by n | first | get n") == 1


def test_other_statements_run_at_once_and_once(shell: Shell) -> None:
    insert = "insert into api.stk_event (name) values ('100%') returning name, type_uu is not null as typed"
    assert shell.value(_exec(insert)) == [{"name": "100%", "typed": True}]
    with_ = "with n as (insert into api.stk_event (name) values ('b') returning name) select * from n"
    assert shell.value(_exec(with_)) == [{"name": "b"}]
    assert shell.value("event list | get name") == ["b", "100%"]
    assert shell.value(_exec("set work_mem = 1000")) is None


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("", "stk::event::no_statement"),
        ("selekt 1", "stk::store::syntax"),
        ("select 1; insert into api.stk_event (name) values ('x')", "stk::store::syntax"),
        ("select nme from api.stk_event", "stk::store::undefined"),
        ("delete from api.stk_event where name = 'kept'", "stk::event::no_delete"),
        ("select * from private.stk_actor", "stk::store::permission"),
        pytest.param("begin", "stk::store::transaction", marks=pytest.mark.not_for("pooler")),
        ("copy (select 1) to stdout", "stk::store::copy"),
    ],
)
def test_what_cannot_be_run_is_underlined_and_changes_nothing(shell: Shell, statement: str, code: str) -> None:
    shell.value(".append event kept")
    error = shell.error(_exec(statement))
    assert error.code == code
    assert error.labels[0].span.text == f"r#'{statement}'#"
    assert shell.value("event list | get name") == ["kept"]


def test_the_first_of_each_of_a_question_come_in_its_order(shell: Shell) -> None:
    line = _exec("select n % 2 as m, n from generate_series(1, 4) as n order by n desc")
    assert shell.value(f"{line} | uniq-by m | get n") == [4, 3]


def test_values_of_other_types_are_those_of_the_language_also_behind_stages(shell: Shell) -> None:
    line = _exec("select n * 0.5 as c, date '2026-01-01' + n as d, n from generate_series(1, 3) as n")
    assert shell.value(f"{line} | where n > 1 | get c") == [1, 1.5]
    assert shell.value(f"{line} | where n > 1 | select d c | first") == {"d": "2026-01-03", "c": 1}
    for stages in (
        "get c | math sum",
        "get c | math max",
        "get d | uniq",
        "uniq-by d",
        "get c | histogram | get value",
    ):
        shell.session.settings = shell.session.settings.replace(pushdown=True)
        pushed = shell.value(f"{line} | {stages}")
        shell.session.settings = shell.session.settings.replace(pushdown=False)
        assert pushed == shell.value(f"{line} | {stages}"), stages


def test_groups_of_values_of_other_types_are_named_as_in_memory(shell: Shell) -> None:
    line = _exec("select n * 0.5 as c from generate_series(1, 3) as n") + " | group-by c --to-table"
    pushed = shell.value(f"{line} | update items {{ length }}")
    shell.session.settings = shell.session.settings.replace(pushdown=False)
    assert pushed == shell.value(f"{line} | update items {{ length }}")
