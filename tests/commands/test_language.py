"""Commands that show, wait and measure: what their examples do not show."""

from __future__ import annotations

import time

import pytest

from stk_shell.model.values import Duration
from tests.fixtures.shells import Shell


def test_inspect_shows_and_passes_on(pure: Shell) -> None:
    assert pure.run("1..3 | each {|n| $n * 2 } | inspect | last") == [[2, 4, 6], 6]


def test_sleep_takes_its_time(pure: Shell) -> None:
    before = time.perf_counter()
    pure.run("sleep 20ms 10ms; sleep (0sec - 1hr)")
    assert 0.03 <= time.perf_counter() - before < 5


def test_timeit_measures_to_the_last_row(pure: Shell) -> None:
    taken = pure.value("1..3 | timeit { each { sleep 5ms } }")
    assert isinstance(taken, Duration)
    assert taken >= 15_000_000
    assert pure.error("timeit { error make {msg: x} }").headline == "x"


def test_debug_writes_what_is_inside(pure: Shell) -> None:
    assert pure.value("{a: [1 null {b: 2min}]} | debug") == "{a: [1, , {b: 2min}]}"
    assert pure.value(r'"a\nb" | debug --raw-value') == r'"a\nb"'


def test_the_size_of_a_terminal_is_two_numbers(pure: Shell) -> None:
    assert pure.value("term size | describe") == "record<columns: int, rows: int>"


def test_the_parts_of_the_version_are_numbers(pure: Shell) -> None:
    assert pure.value('version | $"($in.major).($in.minor).($in.patch)" == $in.version') is True


def test_input_asks_with_the_prompt_and_takes_the_default_for_an_empty_line(pure: Shell) -> None:
    pure.host.answers = ["", "Bo", "", "secret"]
    program = '[(input "Name: " -d Ana) (input "Name: " -d Ana) (input) (input "Password: " -s)]'
    assert pure.value(program) == ["Ana", "Bo", "", "secret"]
    assert pure.host.asked == [
        *[("Name: (default: Ana) ", False)] * 2,
        ("", False),
        ("Password: ", True),
    ]


def test_an_ended_input_is_an_error_without_a_default(pure: Shell) -> None:
    pure.host.answers = []
    assert pure.value("input --default none") == "none"
    assert pure.error("input").code == "stk::run::end_of_input"


def test_explain_runs_nothing(pure: Shell) -> None:
    program = "explain { print 1; event list | each {|e| event get $e.uu } | first }"
    (explanation,) = pure.run(program)
    assert explanation == {
        "stages": [
            {"pipeline": 0, "stage": "print 1", "runs": "in memory"},
            {"pipeline": 1, "stage": "event list", "runs": "in the store"},
            {"pipeline": 1, "stage": "each {|e| event get $e.uu }", "runs": "in memory, asking the store"},
            {"pipeline": 1, "stage": "first", "runs": "in memory"},
        ]
    }


@pytest.mark.parametrize(
    "line", ["event list", "request list", "tag list", "entity list", "actor list", "store status"]
)
def test_explain_knows_what_asks_the_store(pure: Shell, line: str) -> None:
    assert pure.value(f"explain {{ {line} }}") == {"stages": [{"stage": line, "runs": "in the store"}]}


def test_explain_says_what_the_store_is_asked(example_shell: Shell) -> None:
    line = 'event list --limit 0 | where name == "note" and record_json.n? > 2 | each { get uu } | length'
    explanation = example_shell.value(f"explain {{ {line} }}")
    assert isinstance(explanation, dict)
    assert [row["runs"] for row in explanation["stages"]] == ["in the store"] * 2 + ["in memory"] * 2  # type: ignore[index, union-attr, call-overload]
    assert "order by e.created desc, e.uu desc" in str(explanation["sql"])
    assert list(explanation["parameters"].values())[:2] == ["note", "n"]  # type: ignore[union-attr]
    assert "Index Scan" in str(explanation["plan"])


def test_explain_knows_its_limits(pure: Shell) -> None:
    assert pure.value("def mine [] { event list }; explain { mine } | get stages") == [
        {"stage": "mine", "runs": "as `mine` is defined"}
    ]
    error = pure.error("let c = { length }; explain $c")
    assert (error.code, error.labels[0].span.text) == ("stk::run::type_mismatch", "$c")
