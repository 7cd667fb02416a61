"""Values as JSON, NUON, CSV, Markdown, text."""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import math
import tomllib
from collections.abc import Callable, Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.model.compare import equal
from stk_shell.model.errors import RunError
from stk_shell.model.settings import Settings
from stk_shell.model.stream import Data, Stream
from stk_shell.model.values import Duration, Filesize, Value
from stk_shell.render.delimited import csv_lines, tsv_lines
from stk_shell.render.formats import renderer
from stk_shell.render.json_text import lines, to_json
from stk_shell.render.markdown import Markdown
from stk_shell.render.nuon import to_nuon
from stk_shell.render.palette import PLAIN
from tests.fixtures.shells import Shell, no_store
from tests.fixtures.values import JSON_VALUES, TEXTS, VALUES


@given(JSON_VALUES, st.sampled_from([None, 2, "\t"]))
def test_json_comes_back_as_it_went_in(value: Value, indent: int | str | None) -> None:
    assert json.loads(to_json(value, indent)) == value


def test_json_has_a_form_for_every_value() -> None:
    value: Value = [
        Duration(5),
        Filesize(6),
        datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC),
        b"\x01",
        math.inf,
        math.nan,
    ]
    assert to_json(value) == '[5,6,"2025-03-01 00:00:00 +00:00",[1],null,null]'


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("9223372036854775808", 2.0**63),
        ("-9223372036854775809", -(2.0**63)),
        ("1" + "0" * 5000, math.inf),
        ("1e400", math.inf),
    ],
)
def test_whole_numbers_of_json_are_ints_of_64_bits_or_floats(pure: Shell, digits: str, number: float) -> None:
    value = pure.value(f"'{digits}' | from json")
    assert (value, type(value)) == (number, type(number))


@given(VALUES)
def test_what_is_written_in_nuon_is_read_as_the_same_value(value: Value) -> None:
    shell = Shell(no_store, Settings())
    again = shell.value(f"let value = {to_nuon(value)}; $value")
    assert equal(again, value), to_nuon(value)


@given(VALUES)
def test_indented_nuon_is_the_same_value(value: Value) -> None:
    shell = Shell(no_store, Settings())
    assert equal(shell.value(f"let value = ({to_nuon(value, '  ')}); $value"), value)


@given(
    st.lists(
        st.lists(TEXTS.map(lambda text: text.replace("\0", "")), min_size=2, max_size=2),
        min_size=1,
        max_size=4,
    )
)
def test_csv_is_read_back_by_anybody(cells: list[list[str]]) -> None:
    rows: list[Value] = [{"a": first, "b": second} for first, second in cells]
    text = "\n".join(csv_lines(Stream(iter(rows))))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], *cells]


def test_nested_cells_are_json_in_csv() -> None:
    assert list(csv_lines([{"a": {"x": 1}, "b": None}])) == ["a,b", '"{""x"":1}",']
    assert list(tsv_lines({"a": 1, "b": "x"})) == ["a\tb", "1\tx"]


def test_a_carriage_return_is_quoted_like_a_line_end() -> None:
    assert list(csv_lines([{"a": "x\ry"}])) == ["a", '"x\ry"']
    assert list(tsv_lines([{"a": "x\r\ny"}])) == ["a", '"x\r\ny"']


@pytest.mark.parametrize(
    ("rows", "item"),
    [([{"a": 1}, 2], 1), ([None, {"a": 1}], 0), ([{"a": 1}, [2]], 1), ([[1, 2], [3, 4]], 0), ([1, [2]], 1)],
)
@pytest.mark.parametrize(("write", "name"), [(csv_lines, "CSV"), (tsv_lines, "TSV")])
def test_what_is_no_table_is_refused_before_anything_is_written(
    rows: list[Value], item: int, write: Callable[[Data], Iterator[str]], name: str
) -> None:
    for data in (rows, Stream(rows)):
        with pytest.raises(RunError) as caught:
            next(write(data))
        assert caught.value.headline.startswith(f"{name} is for tables: item {item} of the list is ")


def test_of_a_list_all_rows_are_looked_at_first() -> None:
    rows: list[Value] = [{"a": 1} for _ in range(1500)]
    assert next(csv_lines([*rows, {"b": 2}])) == "a,b"
    with pytest.raises(RunError):
        next(csv_lines([*rows, 2]))
    late = csv_lines(Stream([*rows, 2]))
    assert next(late) == "a"
    with pytest.raises(RunError, match="item 1500 of the list is an int"):
        list(late)


def test_values_alone_are_a_line_each() -> None:
    assert list(csv_lines(5)) == ["5"]
    assert list(csv_lines(["a,b", None, 1.5])) == ['"a,b"', '""', "1.5"]
    assert list(csv_lines([])) == []


def test_a_late_column_is_not_dropped_in_silence() -> None:
    rows: list[Value] = [{"a": 1} for _ in range(1000)]
    rows.append({"a": 1, "b": 2})
    with pytest.raises(RunError) as caught:
        list(csv_lines(Stream(rows)))
    assert "`b`" in caught.value.headline


def test_ndjson_is_a_line_for_each_item_as_they_come() -> None:
    def rows() -> Iterator[Value]:
        yield {"a": 1}
        pytest.fail("nobody asked for the second row")

    assert next(lines(Stream(rows()))) == '{"a":1}'
    assert list(lines("x")) == ['"x"']


def test_markdown_has_tables_for_records() -> None:
    assert Markdown().render([{"a": 1, "b": "x|y"}, {"a": None}]) == "| a | b |\n| --- | --- |\n| 1 | x\\|y |\n|  |  |"
    assert Markdown(pretty=True).render([{"a": "日本", "b": 1}]) == "| a    | b   |\n| ---- | --- |\n| 日本 | 1   |"
    assert Markdown().render(["a", "b"]) == "a\nb"


def test_a_cell_of_markdown_is_one_line() -> None:
    text = Markdown().render([{"a\nb": "one\ntwo\r\nthree\rfour"}])
    assert text == "| a<br>b |\n| --- |\n| one<br>two<br>three<br>four |"


def test_markdown_keeps_what_is_no_record() -> None:
    assert Markdown().render([{"a": 1, "b": 2}, 3]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 |  |"


HIDDEN = "a\u202eb \x7f\x85 \u2066c\\\u200b\x1b[1m\r\nd\te"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("json", json.loads),
        ("ndjson", json.loads),
        ("yaml", yaml.safe_load),
        ("toml", tomllib.loads),
    ],
)
def test_what_a_terminal_is_shown_can_be_read_back(name: str, read: Callable[[str], object]) -> None:
    value: Value = {"text": HIDDEN, "k\u202e": "x"}
    shown = "".join(renderer(name, 80, PLAIN, exact=False)(value))
    assert not [char for char in shown if not char.isprintable() and char not in "\n\t"]
    assert read(shown) == value


def test_nuon_on_a_terminal_can_be_read_back(pure: Shell) -> None:
    shown = "".join(renderer("nuon", 80, PLAIN, exact=False)({"text": HIDDEN, "k\u202e": "x"}))
    assert not [char for char in shown if not char.isprintable() and char not in "\n\t"]
    assert pure.value(shown.strip()) == {"text": HIDDEN, "k\u202e": "x"}


@pytest.mark.parametrize("name", ["md", "html"])
def test_markup_on_a_terminal_names_characters_as_it_does(name: str) -> None:
    shown = "".join(renderer(name, 80, PLAIN, exact=False)([{"text": "a\u202eb"}]))
    assert html.unescape(shown).count("a\u202eb") == 1
    assert "\u202e" not in shown
