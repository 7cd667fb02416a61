"""Reading and saving files."""

from __future__ import annotations

import datetime
import os
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from stk_shell.model.stream import Stream, TextStream
from stk_shell.model.values import Duration, Record, Value
from tests.fixtures.shells import Shell

TABLE: list[Value] = [{"a": 1, "b": 'x,\n"y" é🎉'}, {"a": 2.5, "b": ""}]

NOON = datetime.datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a folder of its own to work in."""
    monkeypatch.chdir(tmp_path)


def files() -> list[str]:
    """The names of all files here, hidden ones too."""
    return sorted(path.name for path in Path().iterdir())


def as_list(value: Value) -> list[Value]:
    """A value that is a list."""
    assert isinstance(value, list)
    return value


def as_record(value: Value) -> Record:
    """A value that is a record."""
    assert isinstance(value, dict)
    return value


def failing(rows: int) -> Stream:
    """A stream that ends with an error, or otherwise than any program may."""

    def values() -> Iterator[Value]:
        for number in range(rows):
            yield {"a": number}
        raise KeyboardInterrupt

    return Stream(values())


@pytest.mark.parametrize("ending", ["json", "jsonl", "ndjson", "csv", "tsv", "nuon", "yaml", "yml", "JSON", "Csv"])
def test_a_table_comes_back_from_a_file(pure: Shell, ending: str) -> None:
    assert pure.value(f"save rows.{ending}", TABLE) is None
    assert pure.value(f"open rows.{ending}") == TABLE


def test_a_record_comes_back_from_toml(pure: Shell) -> None:
    record: Value = {"name": "x\n", "limits": {"n": [1, 2.5, True]}}
    pure.value("save settings.toml", record)
    assert pure.value("open settings.toml") == record
    assert pure.error("[1] | save list.toml").code == "stk::run::cant_convert"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("a.txt", "no end", "no end"),
        ("a.json", "no JSON", "no JSON"),
        ("a.csv", "", ""),
        ("a.txt", ["one", 2, None], "one\n2\n\n"),
        ("a.txt", 5, "5\n"),
        ("a.json", None, "null\n"),
        ("a.json", {"a": [1]}, '{\n  "a": [\n    1\n  ]\n}\n'),
        ("a.jsonl", {"a": [1]}, '{"a":[1]}\n'),
        ("a.jsonl", [], ""),
        ("a.csv", [{"a": {"x": 1}}], 'a\n"{""x"":1}"\n'),
        ("a.nuon", [1, "x y"], '[1, "x y"]\n'),
        ("a.yaml", {"a": ["x"]}, "a:\n- x\n"),
        ("a.md", [{"a": 1}], "| a |\n| --- |\n| 1 |\n"),
        ("a.bin", b"\x00\xff", None),
        ("a.csv", b"\x00\xff", None),
        ("a.json", b"\x01", "[\n  1\n]\n"),
    ],
)
def test_the_name_says_how_it_is_written(pure: Shell, name: str, value: Value, text: str | None) -> None:
    pure.value(f"save {name}", value)
    assert Path(name).read_bytes() == (value if text is None else text.encode())


def test_html_is_a_page(pure: Shell) -> None:
    pure.value("[[a]; ['<1>']] | save page.html")
    assert "<td>&lt;1&gt;</td>" in Path("page.html").read_text()


def test_raw_is_text_whatever_the_name(pure: Shell) -> None:
    pure.value("[{a: 1} {a: 2}] | save --raw rows.json")
    assert Path("rows.json").read_text() == "a: 1\na: 2\n"
    assert pure.value("open --raw rows.json") == "a: 1\na: 2\n"


@pytest.mark.parametrize("name", ["a.xyz", "a.txt", "a"])
@pytest.mark.parametrize("value", [{"a": 1}, [{"a": 1}], [1, [2]]])
def test_records_are_not_written_under_a_name_that_does_not_say_how(pure: Shell, name: str, value: Value) -> None:
    error = pure.error(f"save {name}", value)
    assert error.code == "stk::run::cant_convert"
    assert error.instead == f"to json | save {name}"
    assert pure.error(f"save {name}", Stream([1, {"a": 1}])).code == "stk::run::cant_convert"
    assert files() == []
    pure.value(f"save --raw {name}", value)
    assert files() == [name]


def test_a_file_that_is_not_there_is_answered_with_those_that_are(pure: Shell) -> None:
    assert pure.error("open events.csv").help == "There are no files here."
    pure.value("'x' | save events.jsonl; 'x' | save logins.csv; 'x' | save .hidden.csv")
    assert pure.error("open users.csv").help == "There is `logins.csv` here."
    assert pure.error("open users").help == "There is `events.jsonl`, `logins.csv` here."
    error = pure.error("open 'event.jsonl' | length")
    assert (error.help, error.instead) == ("Did you mean `events.jsonl`?", "open events.jsonl | length")


def test_null_is_no_text(pure: Shell) -> None:
    assert pure.error("null | save a.txt").code == "stk::run::cant_convert"
    assert files() == []


def test_a_file_that_is_there_stays_unless_told(pure: Shell) -> None:
    Path("a.txt").write_text("old")
    error = pure.error("'new' | save a.txt")
    assert error.code == "stk::run::already_exists"
    assert error.help is not None
    assert "--force" in error.help
    assert Path("a.txt").read_text() == "old"
    pure.value("'new' | save --force a.txt")
    assert Path("a.txt").read_text() == "new"
    pure.value("'er' | save --append a.txt")
    assert Path("a.txt").read_text() == "newer"
    pure.value("'first' | save --append b.txt")
    assert Path("b.txt").read_text() == "first"


@pytest.mark.parametrize("flag", ["", "--force", "--append"])
def test_nothing_is_half_done(pure: Shell, flag: str) -> None:
    if flag:
        Path("a.csv").write_text("a\n1\n")
    before = files()
    assert pure.error(f"[2 1 0] | each {{|n| {{a: (1 // $n)}} }} | save {flag} a.csv").code.endswith("zero")
    with pytest.raises(KeyboardInterrupt):
        pure.value(f"save {flag} a.csv", failing(5000))
    assert files() == before
    assert not flag or Path("a.csv").read_text() == "a\n1\n"


def test_what_cannot_be_written_leaves_nothing(pure: Shell) -> None:
    assert pure.error("save a.json", {"a": "\ud800"}).code == "stk::run::non_utf8"
    assert pure.error("{a: {|x| $x}} | save a.json").code == "stk::run::unsupported_input"
    assert files() == []


def test_a_file_can_be_read_and_replaced_at_once(pure: Shell) -> None:
    Path("n.csv").write_text("n\n" + "".join(f"{number}\n" for number in range(50_000)))
    pure.value("open n.csv | where n mod 2 == 0 | save --force n.csv")
    assert pure.value("open n.csv | length") == 25_000


def test_rights_and_links_stay(pure: Shell) -> None:
    Path("a.txt").write_text("old")
    Path("a.txt").chmod(0o640)
    Path("link.txt").symlink_to("a.txt")
    pure.value("'new' | save --force link.txt")
    assert Path("link.txt").is_symlink()
    assert Path("a.txt").read_text() == "new"
    assert Path("a.txt").stat().st_mode & 0o777 == 0o640


def test_a_link_to_nowhere_is_followed(pure: Shell) -> None:
    Path("link.txt").symlink_to("a.txt")
    assert pure.error("'new' | save link.txt").code == "stk::run::already_exists"
    pure.value("'new' | save --force link.txt")
    assert Path("a.txt").read_text() == "new"


def test_new_files_have_the_usual_rights(pure: Shell) -> None:
    before = os.umask(0o027)
    try:
        pure.value("'new' | save a.txt")
    finally:
        os.umask(before)
    assert Path("a.txt").stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_not_replaced(pure: Shell) -> None:
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    pure.value("'text' | save --force pipe")
    assert os.read(reader, 100) == b"text"
    os.close(reader)
    assert files() == ["pipe"]


def test_rows_are_appended_under_the_header_that_is_there(pure: Shell) -> None:
    Path("a.csv").write_text('b,"a a"\n1,2')
    pure.value("[{'a a': 4, b: 3}] | save --append a.csv")
    assert Path("a.csv").read_text() == 'b,"a a"\n1,2\n3,4\n'
    error = pure.error("[{b: 3, c: 4}] | save --append a.csv")
    assert "`c`" in error.headline
    assert Path("a.csv").read_text() == 'b,"a a"\n1,2\n3,4\n'


def test_appending_begins_files_too(pure: Shell) -> None:
    Path("a.csv").write_text("")
    for name in ("a.csv", "b.csv", "a.jsonl"):
        pure.value(f"[{{n: 1}}] | save --append {name}; [{{n: 2}}] | save --append {name}")
        assert pure.value(f"open {name}") == [{"n": 1}, {"n": 2}]


def test_what_came_in_as_no_utf8_leaves_as_it_came(pure: Shell) -> None:
    pure.value("save a.txt", TextStream(["caf\udce9 ", "\r\nend"]))
    assert Path("a.txt").read_bytes() == b"caf\xe9 \r\nend"


def test_a_missing_file_is_named_with_the_nearest(pure: Shell) -> None:
    Path("events.json").write_text("1")
    error = pure.error("open event.json")
    assert (error.code, error.help) == ("stk::run::file_not_found", "Did you mean `events.json`?")
    assert pure.error("open other/event.json").code == "stk::run::directory_not_found"
    assert pure.error("1 | save other/event.json").code == "stk::run::directory_not_found"
    assert pure.error("open events.json/x").code == "stk::run::directory_not_found"
    assert pure.error("1 | save events.json/x").code == "stk::run::directory_not_found"


@pytest.mark.parametrize("program", ["open .", "open --raw .", "1 | save .", "1 | save -f ."])
def test_a_folder_is_no_file(pure: Shell, program: str) -> None:
    assert pure.error(program).code == "stk::run::is_a_directory"


@pytest.mark.parametrize("name", ["''", '"a\\u{0}b"', f"'{'x' * 5000}'"])
@pytest.mark.parametrize("command", ["open", "1 | save"])
def test_names_that_no_file_can_have_are_errors(pure: Shell, command: str, name: str) -> None:
    assert pure.error(f"{command} {name}").code in ("stk::run::file_not_found", "stk::run::io")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error(pure: Shell) -> None:
    Path("a.txt").write_text("secret")
    Path("a.txt").chmod(0)
    assert pure.error("open a.txt").code == "stk::run::permission_denied"


def test_open_needs_a_name(pure: Shell) -> None:
    assert pure.error("open").code == "stk::run::missing_parameter"


@pytest.mark.parametrize("ending", ["txt", "csv", "jsonl", "json", "yaml", ""])
def test_what_is_no_utf8_is_an_error_that_says_where(pure: Shell, ending: str) -> None:
    Path(f"a.{ending}").write_bytes(b"\xef\xbb\xbfab\xe9\n")
    error = pure.error(f"open a.{ending} | collect")
    assert error.code == "stk::run::non_utf8"
    assert error.labels[0].text == "byte 0xe9 at position 5"
    assert error.help is not None


@pytest.mark.parametrize("at", [(1 << 16) - 1, 1 << 16, 200_000])
def test_bytes_that_are_no_text_are_found_wherever_they_are(pure: Shell, at: int) -> None:
    text = "\u00e9".encode() * (at // 2) + b"x" * (at % 2)
    Path("a.txt").write_bytes(text + b"\xff")
    assert pure.error("open a.txt | str length").labels[0].text == f"byte 0xff at position {at}"
    Path("b.txt").write_bytes(text + b"\xc3")
    assert pure.error("open b.txt | str length").labels[0].text == f"byte 0xc3 at position {at}"


def test_raw_gives_the_bytes_of_what_is_no_text(pure: Shell) -> None:
    data = b"\x89PNG\r\n" + b"x" * 100_000
    Path("a.png").write_bytes(data)
    assert pure.value("open --raw a.png") == data
    assert pure.error("open a.png").help == "`open --raw` gives its bytes."


def test_a_mark_of_byte_order_is_no_text(pure: Shell) -> None:
    for name in ("a.txt", "a.json", "a.csv", "a.toml", "a.yaml", "a.nuon"):
        Path(name).write_bytes(b"\xef\xbb\xbf" + {"a.json": b'{"a": 1}', "a.csv": b"a\n1"}.get(name, b""))
    assert pure.value("open a.txt") == ""
    assert pure.value("open a.json") == {"a": 1}
    assert pure.value("open a.csv") == [{"a": 1}]
    assert pure.value("open a.toml") == {}
    assert pure.value("open a.yaml | describe") == "nothing"
    assert pure.value("open a.nuon | describe") == "nothing"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.json", "{bad", "json"),
        ("a.jsonl", '{"a": 1}\n{"a"\n', "json"),
        ("a.csv", "a,b\n1", "delimiter_error"),
        ("a.nuon", "{a: $x}", "nuon"),
        ("a.yaml", "a: [1", "unsupported_input"),
        ("a.toml", "= 1", "cant_convert"),
    ],
)
def test_an_error_in_a_file_points_at_its_name(pure: Shell, name: str, text: str, code: str) -> None:
    Path(name).write_text(text)
    error = pure.error(f"open {name} | to json")
    assert error.code == f"stk::run::{code}"
    assert error.labels[0].span.text == name
    assert "line" in error.labels[0].text


def test_files_are_read_as_they_are_needed(pure: Shell) -> None:
    for name, line in (("a.jsonl", '{"a": "%s"}\n'), ("a.csv", "a\n%s\n"), ("a.txt", "%s\n")):
        Path(name).write_text(line % ("x" * 2000) * 5000)
        for program in (
            f"open {name} | {'lines | ' if name == 'a.txt' else ''}length",
            f"open {name} | save -rf b.txt",
        ):
            tracemalloc.start()
            pure.value(program)
            assert tracemalloc.get_traced_memory()[1] < 4_000_000, program
            tracemalloc.stop()


def test_rows_are_saved_as_they_come(pure: Shell) -> None:
    for ending in ("jsonl", "csv", "tsv", "txt"):
        rows: Iterator[Value] = ({"a": number, "b": "x" * 2000} for number in range(5000))
        tracemalloc.start()
        pure.value(f"save {'--raw ' if ending == 'txt' else ''}rows.{ending}", Stream(rows))
        assert tracemalloc.get_traced_memory()[1] < 4_000_000, ending
        tracemalloc.stop()
        assert Path(f"rows.{ending}").stat().st_size > 10_000_000


def test_several_files_are_one_table(pure: Shell) -> None:
    for name, number in (("a.csv", 1), ("b.csv", 2), ("c.json", 3)):
        pure.value(f"[{{n: {number}}}] | save {name}")
    assert pure.value("open a.csv c.json | get n") == [1, 3]
    assert pure.value("open *.csv | get n") == [1, 2]
    assert pure.value("open '[ac].*' | get n") == [1, 3]
    assert pure.value("'a.csv' | open | get n") == [1]
    assert pure.error("open *.tsv").code == "stk::run::file_not_found"
    Path("[a].csv").write_text("n\n4")
    assert pure.value("open '[a].csv' | get n") == [4]


def test_the_home_folder_has_a_short_name(pure: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    Path("home").mkdir()
    pure.value("[{n: 1}] | save ~/a.json")
    assert Path("home/a.json").exists()
    assert pure.value("open ~/a.json") == [{"n": 1}]


def test_saving_a_listing_that_was_cut_is_said(shell: Shell) -> None:
    shell.run("1..11 | each {|n| {n: $n} } | .append event login")
    shell.run("event list | save some.jsonl")
    assert len(shell.output.notes) == 1
    shell.run("event list --limit 0 | save all.jsonl")
    assert len(shell.output.notes) == 1
    assert shell.value("open all.jsonl | length") == 11


KINDS: list[Value] = [
    {
        "t": "x\n🎉",
        "n": 1,
        "f": 1,
        "b": True,
        "at": NOON,
        "long": Duration(90),
        "raw": b"\xff",
        "r": {"a": [1.5, None]},
    },
    {"t": None, "n": None, "f": 2.5, "b": None, "at": None, "long": None, "raw": None, "r": None},
]


def test_parquet_keeps_the_types_of_columns(pure: Shell) -> None:
    pure.value("save a.parquet", KINDS)
    first, last = as_list(pure.value("open a.parquet"))
    assert first == {**as_record(KINDS[0]), "f": 1.0, "r": '{"a":[1.5,null]}'}
    assert isinstance(as_record(first)["long"], Duration)
    assert last == KINDS[1]
    assert pure.value("open a.parquet | get at.0 | format date '%H:%M %z'") == "12:00 +0000"


@pytest.mark.parametrize("rows", [1, 999, 1000, 1001, 5000])
def test_parquet_has_all_rows_in_their_order(pure: Shell, rows: int) -> None:
    pure.value(f"1..{rows} | each {{|n| {{n: $n, text: $'row ($n)'}} }} | save a.parquet")
    assert pure.value("open a.parquet | get n") == list(range(1, rows + 1))
    assert pure.value("open a.parquet | last | get text") == f"row {rows}"


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("1..1200 | each {|n| if $n < 1100 {{n: $n}} else {{n: 1.5}} }", "cant_convert"),
        ("1..1200 | each {|n| if $n < 1100 {{n: $n}} else {{m: 1}} }", "unsupported_input"),
        ("[{n: 1} 2]", "only_supports_this_input_type"),
        ("5", "only_supports_this_input_type"),
    ],
)
def test_what_makes_no_table_of_parquet_leaves_nothing(pure: Shell, program: str, code: str) -> None:
    error = pure.error(f"{program} | save a.parquet")
    assert error.code == f"stk::run::{code}"
    assert files() == []


def test_cells_of_parquet_that_come_late_are_texts_where_nothing_was_before(pure: Shell) -> None:
    pure.value("1..1200 | each {|n| {n: (if $n > 1100 { [$n] })} } | save a.parquet")
    assert pure.value("open a.parquet | last | get n") == "[1200]"


@pytest.mark.parametrize("rows", [[], [{}]])
def test_a_table_without_columns_is_parquet_without_rows(pure: Shell, rows: list[Value]) -> None:
    pure.value("save a.parquet", rows)
    assert pure.value("open a.parquet") == []


def test_what_is_no_parquet_is_an_error(pure: Shell) -> None:
    Path("a.parquet").write_bytes(b"PAR1 this is none")
    assert pure.error("open a.parquet").code == "stk::run::cant_convert"
    assert pure.error("open b.parquet").code == "stk::run::file_not_found"


def test_parquet_needs_pyarrow(pure: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    error = pure.error("[{a: 1}] | save a.parquet")
    assert error.code == "stk::run::missing_extra"
    assert error.help == "pip install 'stk-shell[parquet]'"
    assert files() == []


@pytest.mark.parametrize("ending", ["jsonl", "csv", "tsv", "json"])
@pytest.mark.parametrize("packing", ["gz", "zst", "GZ"])
def test_a_compressed_table_comes_back(pure: Shell, ending: str, packing: str) -> None:
    pure.value(f"save rows.{ending}", TABLE)
    pure.value(f"save rows.{ending}.{packing}", TABLE)
    assert pure.value(f"open rows.{ending}.{packing}") == TABLE
    assert Path(f"rows.{ending}.{packing}").read_bytes() != Path(f"rows.{ending}").read_bytes()


def test_text_is_compressed_and_bytes_are_not(pure: Shell) -> None:
    pure.value("save a.txt.gz", "text")
    pure.value("open --raw a.txt.gz | save b.txt.gz")
    assert pure.value("open b.txt.gz") == "text"


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl.gz", "a.csv.zst"])
def test_nothing_goes_behind_the_end_of_what_is_written_at_once(pure: Shell, name: str) -> None:
    pure.value(f"save {name}", TABLE)
    before = Path(name).read_bytes()
    assert pure.error(f"[{{a: 1}}] | save --append {name}").code == "stk::run::cant_append"
    assert Path(name).read_bytes() == before


@pytest.mark.parametrize("name", ["a.json", "a.parquet", "a.jsonl.gz", "a.jsonl.zst"])
def test_nothing_is_left_of_what_was_interrupted(pure: Shell, name: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        pure.value(f"save {name}", failing(3000))
    assert files() == []


def test_a_stream_is_the_same_json_as_a_list(pure: Shell) -> None:
    values: list[Value] = [{"a": 'x\n"', "b": [1, {}]}, [], "a\nb", None, float("nan")]
    for rows in ([], values):
        pure.value("save -f a.json", rows)
        pure.value("save -f b.json", Stream(rows))
        assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


def test_an_unknown_ending_is_answered_with_those_that_there_are(pure: Shell) -> None:
    error = pure.error("[{a: 1}] | save a.xlsx")
    assert "`.parquet`" in str(error.labels[0].text)


HOSTILE = (
    "=1+1",
    "\x1b[31m",
    "\0",
    "\x01",
    '", "',
    "': ",
    "a\\",
    "\u202e",
    "\u2028",
    "\r\n",
    "<b>",
    "' or 1=1 --",
    "",
    "💥" * 9,
)


@pytest.mark.parametrize("ending", ["jsonl", "json", "parquet", "jsonl.gz", "jsonl.zst", "nuon"])
def test_hostile_texts_come_back_as_they_were(pure: Shell, ending: str) -> None:
    rows: list[Value] = [
        {"text": text, text or "empty": 1} if ending != "parquet" else {"text": text} for text in HOSTILE
    ]
    pure.value(f"save a.{ending}", rows)
    assert pure.value(f"open a.{ending}") == rows


@pytest.mark.parametrize("ending", ["jsonl", "parquet", "csv.gz"])
def test_what_is_no_character_is_written_to_no_file(pure: Shell, ending: str) -> None:
    assert pure.error(f"save a.{ending}", [{"text": "\ud800"}]).code == "stk::run::non_utf8"
    assert files() == []


def test_hostile_names_of_columns_come_back_from_parquet(pure: Shell) -> None:
    rows: list[Value] = [dict.fromkeys((text or "empty" for text in HOSTILE if "\0" not in text), 1)]
    pure.value("save a.parquet", rows)
    assert pure.value("open a.parquet") == rows
