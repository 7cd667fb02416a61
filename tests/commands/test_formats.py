"""Reading and writing texts, beyond what the examples show."""

from __future__ import annotations

import datetime
import math
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.model.compare import equal
from stk_shell.model.settings import Settings
from stk_shell.model.stream import Stream, TextStream
from stk_shell.model.values import Value
from tests.fixtures.programs import RunStk
from tests.fixtures.shells import Shell, no_store
from tests.fixtures.values import JSON_VALUES, TEXTS, TOML_VALUES, VALUES


def pieces_of(text: str, size: int) -> TextStream:
    """The text in pieces of a size."""
    return TextStream(text[at : at + size] for at in range(0, len(text), size))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("007", 7),
        ("+5", 5),
        ("-0", 0),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-inf", -math.inf),
        ("9223372036854775808", 2.0**63),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        (" 1", " 1"),
        ("٣", "٣"),
        ("true", "true"),
        ("2025-03-01", "2025-03-01"),
        ("5min", "5min"),
        ('""', ""),
    ],
)
def test_a_cell_of_csv_is_a_number_or_a_text(pure: Shell, cell: str, value: Value) -> None:
    found = pure.value("$in | from csv", f"a,b\n{cell},x")
    assert found == [{"a": value, "b": "x"}]
    assert isinstance(found, list)
    assert isinstance(found[0], dict)
    assert type(found[0]["a"]) is type(value)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_csv_is_the_same_in_whatever_pieces_it_comes(pure: Shell, size: int) -> None:
    text = '\ufeffa,b\r\n"x\r\ny","q""q"\r\n\r\n1,\r\n"#",2'
    expected = [{"a": "x\r\ny", "b": 'q"q'}, {"a": 1, "b": ""}, {"a": "#", "b": 2}]
    assert pure.value("from csv", pieces_of(text, size)) == expected


def test_csv_of_old_macs_has_lines_too(pure: Shell) -> None:
    assert pure.value("from csv", "a,b\r1,2\r3,4") == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


def test_a_comment_of_csv_stands_at_the_beginning_of_a_row(pure: Shell) -> None:
    text = '#1\na,b\n1,#2\n#3\n"x\n#y",3'
    assert pure.value("from csv --comment '#'", text) == [{"a": 1, "b": "#2"}, {"a": "x\n#y", "b": 3}]


def test_ragged_rows_of_csv_need_to_be_allowed(pure: Shell) -> None:
    assert pure.value("from csv --flexible", "a,b\n1,2,3\n4") == [{"a": 1, "b": 2, "column2": 3}, {"a": 4}]
    error = pure.error("from csv", 'a,b\n"x\ny",2\n1')
    assert error.code == "stk::run::delimiter_error"
    assert error.labels[0].text == "line 4 of the text"


def test_rows_before_a_ragged_one_are_given(pure: Shell) -> None:
    assert pure.value("from csv | first 2", "a,b\n1,2\n3,4\n5") == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


def test_a_quote_of_csv_that_is_never_closed_is_noted(pure: Shell) -> None:
    text = 'a,b\n1,"x\ny"\n3,"x\n5,6'
    assert pure.run("from csv", text) == [[{"a": 1, "b": "x\ny"}, {"a": 3, "b": "x\n5,6"}]]
    note = "a quote in line 4 that is never closed: all that comes behind it is one cell"
    assert pure.output.notes == [f"there is {note}"]
    assert pure.error("from csv", 'a,b\n1,2\n3,4\n"x').help == f"There is {note}."


def test_what_is_nested_in_csv_is_told_with_a_way_out_that_works(pure: Shell) -> None:
    row = "{a: 1, b: {c: 2}, 'd e': [3]}"
    error = pure.error(f"[{row}] | to csv")
    assert error.headline == "a cell of CSV cannot hold a record: column `b`"
    meant = 'update cells --columns [b "d e"] { to json --raw }'
    assert str(error.help).startswith(f"`{meant}` makes texts of all such cells")
    assert pure.value(f"[{row}] | {meant} | to csv") == 'a,b,d e\n1,"{""c"":2}",[3]\n'
    assert "`update b { to json --raw }`" in str(pure.error("[{a: 1, b: {c: 2}}] | to csv").help)


def test_csv_is_read_no_further_than_needed(pure: Shell) -> None:
    def pieces() -> Iterator[str]:
        yield "a,b\n1,2\n3,"
        pytest.fail("nobody asked for the second row")

    assert pure.value("from csv | first", TextStream(pieces())) == {"a": 1, "b": 2}


def test_cells_of_csv_can_be_long(pure: Shell) -> None:
    text = "x" * 300_000
    assert pure.value("from csv", f"a\n{text}\n") == [{"a": text}]


@pytest.mark.parametrize("flag", ["--separator ''", "--separator ab", "--quote ''", "--escape ab", "--comment '//'"])
def test_separators_are_one_character(pure: Shell, flag: str) -> None:
    assert pure.error(f"'a' | from csv {flag}").code == "stk::run::type_mismatch"


def test_the_separator_is_no_quote(pure: Shell) -> None:
    assert pure.error("""'a' | from csv --separator '"'""").code == "stk::run::type_mismatch"
    assert pure.error("'a' | from tsv --quote \"\\t\"").code == "stk::run::type_mismatch"


def test_what_csv_cannot_hold_is_refused_with_the_column(pure: Shell) -> None:
    for cell in ("[1 2]", "{x: 1}", "1..3", "{|x| $x}"):
        error = pure.error(f"[['a b']; [{cell}]] | to csv")
        assert error.code == "stk::run::cant_convert"
        assert error.help is not None
        assert 'update "a b"' in error.help
    assert pure.error("[1 2] | each {|n| $n} | to csv").code == "stk::run::only_supports_this_input_type"


def test_to_csv_needs_no_memory_for_long_tables(pure: Shell) -> None:
    rows: Iterator[Value] = ({"a": number, "b": "x" * 2000} for number in range(5000))
    tracemalloc.start()
    assert pure.value("to csv | lines | length", Stream(rows)) == 5001
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_an_empty_table_has_an_empty_header(pure: Shell) -> None:
    assert pure.value("[] | to csv") == '""\n'
    assert pure.value("[] | to csv --noheaders") == ""


def test_tables_come_back_from_csv(pure: Shell) -> None:
    rows: Value = [{"a": 'x,"y"\r\nz', "b": 1}, {"a": "", "b": 2.5}, {"a": "é🎉\t", "b": -3}]
    assert pure.value("to csv | from csv", rows) == rows
    assert pure.value("to tsv | from tsv", rows) == rows
    assert pure.value("to csv -s ';' | from csv -s ';'", rows) == rows


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{unquoted: 1, b: 2,}", {"unquoted": 1, "b": 2}),
        ("{a: b c\n d: 1}", {"a": "b c", "d": 1}),
        ("{\n# one\na: 1 // two\n/* three */ b: 2}", {"a": 1, "b": 2}),
        ("{a: 1 # one\n}", {"a": 1}),
        ("{a: b # no comment\n}", {"a": "b # no comment"}),
        ("{a: '''\n    one\n      two\n    '''}", {"a": "one\n  two"}),
        ("{a: 'x' \n}", {"a": "'x'"}),
        ("{a.b: true, c: null}", {"a.b": True, "c": None}),
        ("[1, 2.5, -3e2,]", [1, 2.5, -300.0]),
        ("[1 /* one */, 2]", [1, 2]),
        ("[[], {}, ]", [[], {}]),
        ('"two\nlines"', "two\nlines"),
        ("hello world", "hello world"),
        ("007", "007"),
        ("", None),
        ('\ufeff{"a": 1}', {"a": 1}),
    ],
)
def test_json_may_be_as_people_write_it(pure: Shell, text: str, value: Value) -> None:
    assert pure.value("from json", text) == value
    if text and not text.startswith("\ufeff"):
        assert pure.error("from json --strict", text).code == "stk::run::json"


@pytest.mark.parametrize(
    "text",
    [
        *(" ", "{", "[1", "{a}", "{a b: 1}", "{: 1}", "{a: }", "[,]", "[1,,2]", "{a: b, c: d}", "{} x", "]"),
        *("a: 1\nb: 2", "{a: '''x}", '{"a": "\\q"}', "/* x", "# x", "[" * 100_000, "{a:" * 100_000),
    ],
)
def test_what_is_no_json_is_an_error(pure: Shell, text: str) -> None:
    assert pure.error("from json", text).code == "stk::run::json"


def test_long_texts_without_quotes_are_read_in_linear_time(pure: Shell) -> None:
    text = "x, y / z, " * 200_000
    assert pure.value("from json", text) == text.strip()


def test_json_lines_are_read_as_they_come(pure: Shell) -> None:
    def pieces() -> Iterator[str]:
        yield '{"a": 1}\r\n\n{"a"'
        yield ": 2}\n"
        pytest.fail("nobody asked for more")

    assert pure.value("from json --objects | first 2", TextStream(pieces())) == [{"a": 1}, {"a": 2}]


def test_json_lines_before_a_wrong_one_are_given(pure: Shell) -> None:
    text = '{"a": 1}\n\n{"a": 2}\n{"a"\n'
    assert pure.value("from json -o | first 2", text) == [{"a": 1}, {"a": 2}]
    assert pure.error("from json -o", text).labels[0].text.startswith("line 4, column ")
    assert pure.error("from json -o", TextStream(text)).labels[0].text.startswith("line 4, column ")


def test_several_values_of_json_ask_for_objects(pure: Shell) -> None:
    assert "--objects" in str(pure.error("from json", '{"a": 1}\n{"a": 2}').help)


@given(VALUES, st.sampled_from(["", "--raw", "--indent 2", "--tabs 1", "--indent 0"]))
def test_values_come_back_from_nuon(value: Value, flags: str) -> None:
    shell = Shell(no_store, Settings())
    text = shell.value(f"to nuon {flags}", value)
    assert equal(shell.value("from nuon", text), value), text


@pytest.mark.parametrize(
    "text",
    [
        *("x", "x y", "1 + 1", "ls", "$env.PWD", "(1 + 1)", "[(1)]", "$'a'", '$"a(1)"', "{|x| $x}", "{ ls }", "{a 1}"),
        *("[1 2", "{a: ", "]", "1; 2", "1\n2", "1 | 2", "[...[1] 2]", "{...{a: 1}}", "{a: 1, a: 2}", "[[a a]; [1 2]]"),
        *("[[a b]; [1]]", "[[a]; 1]", "[[a]; [1]; [2]]", "{a: {|x| 1}}", "{$x: 1}", "[$x]", "let x = 5", "def x [] {}"),
        *("{ a: 1 }.a", "[1 2].0", "[[1 2].0]", "'''", "0x[zz]", "{|}", "1..$x", "[1..(2)]", '"\\q"', "5 5", "{: 1}"),
        *("1..1..5", "[" * 500, "2025-13-01", "[1 | 2]", "“a”"),
    ],
)
def test_what_is_more_than_a_value_is_no_nuon(pure: Shell, text: str) -> None:
    error = pure.error("from nuon", text)
    assert error.code in ("stk::run::nuon", "stk::run::range_step_zero")
    assert error.labels


def test_nuon_may_have_comments_and_gaps(pure: Shell) -> None:
    text = "# one\n{a: 1 # two\n  b: [1,, 2,],\n\n 'c d': r#'x'#, e: `f g`, h: a.b:c} # three\n"
    assert pure.value("from nuon", text) == {"a": 1, "b": [1, 2], "c d": "x", "e": "f g", "h": "a.b:c"}
    assert pure.value("from nuon", " \n# nothing\n") is None


def test_an_error_of_nuon_names_the_place(pure: Shell) -> None:
    error = pure.error("from nuon", "{a: 1\n b: $x}")
    assert error.labels[0].text == "line 2, column 5: near `$x}`"


@pytest.mark.parametrize("command", ["to json", "to nuon"])
def test_closures_are_written_only_if_that_is_wanted(pure: Shell, command: str) -> None:
    assert pure.error(f"{{a: {{|x| $x}}}} | {command}").code == "stk::run::unsupported_input"
    assert "{|x| $x}" in str(pure.value(f"[{{a: {{|x| $x}}}}] | {command} --serialize"))
    assert pure.error(f"1 | {command} --indent (-1)").code == "stk::run::needs_positive_value"


@given(JSON_VALUES)
def test_values_come_back_from_yaml(value: Value) -> None:
    shell = Shell(no_store, Settings())
    text = shell.value("to yaml", value)
    assert equal(shell.value("from yaml", text), value), text


@given(st.dictionaries(TEXTS, TOML_VALUES, max_size=4))
def test_records_come_back_from_toml(record: dict[str, Value]) -> None:
    shell = Shell(no_store, Settings())
    text = shell.value("to toml", record)
    assert equal(shell.value("from toml", text), record), text


def test_what_yaml_and_toml_lack_is_written_as_nushell_does(pure: Shell) -> None:
    program = "{d: 2025-03-01T10:00:00Z, t: 5min, s: 1kb, b: 0x[01 ff], r: 1..3, p: $.a.0, i: inf, n: null}"
    assert pure.value(f"{program} | to yaml | from yaml") == {
        "d": "2025-03-01 10:00:00 +00:00",
        "t": "300000000000",
        "s": 1000,
        "b": [1, 255],
        "r": [1, 2, 3],
        "p": ["a", 0],
        "i": math.inf,
        "n": None,
    }
    assert pure.value(f"{program} | to toml | from toml") == {
        "d": datetime.datetime(2025, 3, 1, 10, tzinfo=datetime.UTC),
        "t": "300000000000",
        "s": 1000,
        "b": [1, 255],
        "r": [1, 2, 3],
        "p": ["a", 0],
        "i": math.inf,
        "n": "<Nothing>",
    }


@pytest.mark.parametrize("command", ["to yaml", "to toml"])
def test_closures_go_into_no_document_unless_that_is_wanted(pure: Shell, command: str) -> None:
    assert pure.error(f"{{a: {{|x| $x}}}} | {command}").code == "stk::run::unsupported_input"
    assert "{|x| $x}" in str(pure.value(f"{{a: {{|x| $x}}}} | {command} --serialize"))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a: [1", "line 2, column 1"),
        ("a: 1\nb: *x", "line 2, column 4"),
        ("a: 1\nb: 2\na: 3", "line 3, column 1"),
        ("? [1]\n: x", "line 1, column 3"),
        ("a: &a [*a]", "line 1, column 8"),
        ("a: \x01", ""),
        ("a: \ud800", ""),
        ("[" * 20_000, "line 1, column 1001"),
    ],
)
def test_what_is_no_yaml_is_an_error(pure: Shell, text: str, where: str) -> None:
    error = pure.error("from yaml", text)
    assert error.code == "stk::run::unsupported_input"
    assert error.labels[0].text == where


def test_aliases_of_yaml_do_not_fill_the_memory(pure: Shell) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert pure.error("from yaml", "\n".join(lines)).code == "stk::run::unsupported_input"
    assert pure.value("from yaml | get b.k", "a: &x {k: [1]}\nb: *x") == [1]


@pytest.mark.parametrize("text", ["a = ", "a = 1\na = 2", "a = 9223372036854775808", f"a = 1{'0' * 5000}", "[[a"])
def test_what_is_no_toml_is_an_error(pure: Shell, text: str) -> None:
    assert pure.error("from toml", text).code == "stk::run::cant_convert"


def test_an_error_of_toml_names_the_place(pure: Shell) -> None:
    assert pure.error("from toml", "a = 1\nb = x").labels[0].text == "line 2, column 5"


def test_carriage_returns_survive_toml(pure: Shell) -> None:
    assert pure.value('{a: "x\\r\\ny"} | to toml | from toml | get a') == "x\r\ny"


def test_elements_of_markdown_stand_apart(pure: Shell) -> None:
    program = "[{h1: T} {a: 1} {a: 2} {b: 3} x [1 2]] | to md --per-element"
    assert pure.value(program) == "# T\n| a |\n| --- |\n| 1 |\n| 2 |\n\n| b |\n| --- |\n| 3 |\n\nx\n1\n2"


def test_both_kinds_of_signs_can_be_escaped_in_markdown(pure: Shell) -> None:
    assert str(pure.value("[[a]; ['<b> *x* |']] | to md --escape-all")).endswith("| &lt;b&gt; \\*x\\* \\| |")
    assert pure.value("['<b> *x*'] | to md --escape-md") == "\\<b\\> \\*x\\*"


def test_what_is_nested_is_seen_in_html(pure: Shell) -> None:
    text = pure.value('[[text rec]; ["a\\n<b>" {x: [1 2]}]] | to html --partial')
    assert "<td>a<br>&lt;b&gt;</td><td>{x: [1, 2]}</td>" in str(text)
    assert "<b>" in str(pure.value("'<b>' | to html --raw"))
    assert "background-color:black" in str(pure.value("1 | to html --dark"))


def test_a_guarded_table_has_no_formulas_and_the_numbers_that_it_had(pure: Shell) -> None:
    table = "[[a '=b']; ['=1+1' -2] ['@x' -1.5] ['-3' (-1 * 1sec)] ['＝1' 'x=1']] | to csv --guard"
    assert pure.value(table) == "a,'=b\n'=1+1,-2\n'@x,-1.5\n-3,'-1sec\n'＝1,x=1\n"


def test_results_can_be_guarded_too(stk: RunStk) -> None:
    program = "[{a: '=1+1', b: [x]} {a: '-x', b: -1}]"
    assert stk("-o", "csv-guarded", "-c", program).stdout == 'a,b\n\'=1+1,"[""x""]"\n\'-x,-1\n'
    assert stk("-o", "tsv-guarded", "-c", program).stdout.startswith("a\tb\n'=1+1\t")


def test_columns_that_share_a_name_are_told(pure: Shell) -> None:
    assert pure.value('"a,a,b\n1,2,3" | from csv') == [{"a": 2, "b": 3}]
    assert "`a`" in pure.output.notes[0]
    pure.output.notes.clear()
    assert pure.value('"a,b,c\n1,2,3" | from csv | get 0.b') == 2
    assert pure.output.notes == []
