"""Tables: fitted to the width, nothing hidden unsaid, wide characters counted as two."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from stk_shell.model.values import Duration, Filesize, Record, Value
from stk_shell.render.cells import cell, harmless
from stk_shell.render.palette import Palette
from stk_shell.render.table import Tables
from stk_shell.render.width import clip, display_width, wrap

GOLDEN = Path(__file__).parent / "tables.txt"
UU = "01a20569-11c4-7e01-9d20-1c2d3e4f5a6b"
TIME = datetime.datetime(2026, 11, 22, 22, 39, 50, 123456, tzinfo=datetime.UTC)


def event(number: int, name: str, record: Record) -> Record:
    """A row as `event list` has them."""
    return {
        "name": name,
        "record_json": record,
        "created": TIME,
        "updated": TIME,
        "is_revoked": False,
        "uu": f"01a2056{number}-11c4-7e01-9d20-1c2d3e4f5a6b",
        "type_enum": "NONE",
        "type_name": "NONE",
        "description": None,
        "table_name_uu_json": {"uu": "", "table_name": ""},
    }


EVENTS: list[Value] = [
    event(9, "authentication", {"text": "Login failed", "user_id": 7, "ip": "::1"}),
    event(7, "order-error", {"text": "Error processing order 42 because the warehouse did not answer in time"}),
    event(3, "マイルストーン", {"text": "ユーザーが登録を完了しました 🎉"}),
]

VALUES: dict[str, Value] = {
    "events": EVENTS,
    "one event": EVENTS[0],
    "numbers, sizes, times": [
        {"n": 1, "x": 2.5, "size": Filesize(1500), "took": Duration(90 * 10**9), "at": TIME, "ok": True},
        {"n": 1000, "x": -0.25, "size": Filesize(12), "took": Duration(5), "at": TIME, "ok": False},
    ],
    "missing cells and null": [{"a": 1}, {"b": None, "a": 22}, {"c": "x"}],
    "a list of scalars": ["a", 1, None, [1, 2], {"k": "v"}],
    "numbers alone": [1, 20, 300],
    "a long text": "word " * 40,
    "a record with a long text": {"key": "first line\nsecond line " + "word " * 30, "n": 1},
    "a record of tables": {"order-error": EVENTS[:1] * 12, "note": EVENTS[:1], "login": [{"n": 1}, {"n": 2}]},
    "what would move the cursor": [{"text": "a\nb\tc\x1b[31mred\x07 \u202eabc"}],
    "many columns": [{f"column_{number}": "x" * number for number in range(1, 15)}],
    "an empty list": [],
    "an empty record": {},
    "null": None,
    "emoji": [{"who": "👨‍👩‍👧 family", "flag": "🇩🇪"}, {"who": "e\u0301te\u0301", "flag": "❤️"}],
}


def golden() -> str:
    """Every value at every width."""
    parts = []
    for width in (40, 80, 120, 200):
        for title, value in VALUES.items():
            parts.append(f"== {title}, {width} columns\n{Tables(width).render(value)}\n")
    return "\n".join(parts)


def test_every_value_looks_as_it_did() -> None:
    """The file is for people to read; UPDATE_GOLDEN=1 writes it anew."""
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(golden(), encoding="utf-8")
    assert golden() == GOLDEN.read_text(encoding="utf-8")


TEXTS = st.text(max_size=60) | st.sampled_from(
    ["日本語テキスト", "👨‍👩‍👧", "a\nb", "\x1b[2J", "\u202e", "e\u0301" * 20]
)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | TEXTS | st.just(TIME)
CELLS = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
ROWS = st.lists(
    st.dictionaries(st.text(min_size=1, max_size=12), CELLS, min_size=1, max_size=8), min_size=1, max_size=5
)
WIDTHS = st.integers(10, 200)


def widths(text: str) -> list[int]:
    """The columns that each line takes."""
    return [wcswidth(line) for line in text.split("\n")]


@example([{"0000000000 ": None}], 10)
@example([{"0": None, "00": [None, None, {"": "\u1067"}]}], 29)
@given(ROWS, WIDTHS)
def test_no_line_is_wider_than_the_screen_and_all_borders_meet(rows: list[Record], width: int) -> None:
    text = Tables(width).render([*rows])
    box = [line for line in text.split("\n") if line[:1] in "╭├│╰"]
    assert max(widths(text)) <= width
    assert len({wcswidth(line) for line in box}) == 1


@given(ROWS, WIDTHS)
def test_a_column_that_has_no_room_is_named(rows: list[Record], width: int) -> None:
    text = Tables(width).render([*rows])
    heads = text.split("\n")[1].split("│")[2:-1]
    names = list(dict.fromkeys(name for row in rows for name in row))
    footer = "".join(line for line in text.split("\n") if line[:1] not in "╭├│╰").replace(" ", "")
    shown = len(heads)
    hidden = footer.count(",") + 1 if "hidden" in footer else 0
    if not any("," in name or "│" in name for name in names):
        assert shown + hidden == len(names)


@given(CELLS, WIDTHS)
def test_any_value_can_be_shown(value: Value, width: int) -> None:
    text = Tables(width).render(value)
    assert "\x1b" not in text


@given(CELLS)
def test_a_cell_is_one_line_and_moves_nothing(value: Value) -> None:
    text = cell(value)
    assert "\n" not in text
    assert wcswidth(text) >= 0


@given(TEXTS, st.integers(1, 30))
def test_a_clipped_text_fits_and_is_a_beginning(text: str, width: int) -> None:
    text = cell(text)
    clipped = clip(text, width)
    assert display_width(clipped) <= max(width, 1)
    assert text.startswith(clipped.removesuffix("…"))
    assert clipped == text or clipped.endswith("…")


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=200), st.integers(4, 40))
def test_a_wrapped_text_loses_nothing_but_blanks_at_line_ends(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(display_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_what_is_no_character_has_a_sign_of_its_own() -> None:
    assert cell("a\r\nb") == "a␍⏎b"
    assert cell("\0é") == "␀é"
    assert cell("caf\udce9 \ud800") == "caf\\xe9 \\u{d800}"
    assert harmless("a\r\n\tb\x9b\udc9b") == "a␍\n\tb\\u{9b}\\x9b"


def test_a_text_is_wrapped_between_words() -> None:
    assert wrap("a wonderfully long word", 12) == ["a", "wonderfully", "long word"]
    assert wrap("  indented by two", 10) == ["  indented", "by two"]
    assert wrap("unbreakable", 5) == ["unbre", "akabl", "e"]


def test_groups_of_tables_are_counted_and_fields_that_tell_something_else_are_shown() -> None:
    table: list[Value] = [{"text": "x" * 60}]
    assert "│ {login: [table 1 row], note: [table 1 row]} │" in Tables(60).render(
        {"day": {"login": table, "note": table}}
    )
    assert "x" * 30 in Tables(60).render({"order": {"id": 1, "items": table}})


def test_a_narrow_table_in_a_record_is_written_out() -> None:
    table: list[Value] = [{"name": "login 東京", "count": 1000}, {"name": "x", "count": 7}]
    assert Tables(40).render({"n": 1, "by_name": table}).split("\n") == [
        "╭─────────┬───────────────────╮",
        "│ n       │ 1                 │",
        "│ by_name │ name        count │",
        "│         │ login 東京   1000 │",
        "│         │ x               7 │",
        "╰─────────┴───────────────────╯",
    ]


def test_of_a_long_table_in_a_record_the_beginning_and_the_end_are_shown() -> None:
    shown = Tables(30).render({"of": [{"n": number, "text": "x"} for number in range(1000)]})
    assert [line.strip("│ ") for line in shown.split("\n")[1:-1]] == [
        *("of │   n  text", "0  x", "1  x", "2  x", "… 995 more rows", "998  x", "999  x"),
    ]
    assert "more" not in Tables(30).render({"of": [{"n": number, "text": "x"} for number in range(6)]})


def test_a_table_in_a_record_is_counted_where_its_columns_have_no_room() -> None:
    assert "[table 2 rows]" in Tables(30).render({"of": [{"a": "x" * 10, "b": "y" * 15}] * 2})
    assert "[table 2 rows]" not in Tables(31).render({"of": [{"a": "x" * 10, "b": "y" * 10}] * 2})


@pytest.mark.parametrize("mark", ["\u0301", "\u0903", "\U000113b8"])
def test_a_mark_without_a_letter_does_not_join_the_border(mark: str) -> None:
    lines = Tables(20).render([{mark: mark}]).split("\n")
    assert len({wcswidth(line) for line in lines}) == 1
    assert f"│ ◌{mark}" in lines[1]


def test_a_uu_is_cut_to_a_beginning_that_tells_it_apart() -> None:
    alike: list[Value] = [{"uu": f"01a20569-11c4-7e01-9d20-1c2d3e4f5a{end}", "text": "x" * 60} for end in ("6b", "7b")]
    shown = Tables(60).render(alike)
    assert "01a20569-11c4-7e01-9d20-1c2d3e4f5a6" in shown
    assert "01a20569-11c4-7e01-9d20-1c2d3e4f5a7" in shown
    different: list[Value] = [{"uu": f"01a2056{end}-11c4-7e01-9d20-1c2d3e4f5a6b", "text": "x" * 60} for end in "89"]
    assert "│ 01a20568-11c4 │" in Tables(60).render(different)


@pytest.mark.parametrize(
    "row",
    [
        {"what": "altered", "block": 3, "table": "stk_event", "uu": UU, "sealed_as_of": TIME, "detail": "x" * 60},
        {
            "name": "note",
            "record_json": {"a": "x" * 60},
            "logged": TIME,
            "state": "refused",
            "reason": "x" * 60,
            "uu": UU,
        },
    ],
    ids=["a finding", "a spooled event"],
)
def test_in_a_narrow_table_a_date_is_hidden_rather_than_what_names_the_event(row: Record) -> None:
    shown = Tables(80).render([row])
    assert f"│ {UU[:13]}" in shown
    assert shown.endswith(f"hidden at this width: {'logged' if 'logged' in row else 'sealed_as_of'}")


def test_colours_do_not_change_the_layout() -> None:
    import re

    plain, painted = Tables(60).render(EVENTS), Tables(60, Palette(True)).render(EVENTS)
    assert painted != plain
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain


@pytest.mark.parametrize("count", [1, 25])
def test_a_long_table_says_how_many_rows_it_has(count: int) -> None:
    rows: list[Value] = [{"a": 1}] * count
    text = Tables(40).render(rows)
    assert text.endswith("25 rows") == (count == 25)


@pytest.mark.parametrize(
    ("revoked", "told"),
    [
        ([], "3 events · hidden at this width: updated"),
        ([0, 2], "3 events · revoked: 0, 2 · hidden at this width: updated"),
        (range(12), "12 events · revoked: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … · hidden"),
    ],
)
def test_revoked_events_are_told_apart_also_where_their_column_has_no_room(revoked: Sequence[int], told: str) -> None:
    count = max(len(revoked), 3)
    rows: list[Value] = [{**event(at % 10, "x" * 20, {}), "is_revoked": at in revoked} for at in range(count)]
    narrow, wide = (Tables(width).render(rows) for width in (75, 200))
    assert told in narrow
    assert "is_revoked │" in wide
    assert "revoked:" not in wide


@pytest.mark.parametrize("width", [80, 60, 40])
def test_a_column_that_was_added_to_records_of_the_store_is_hidden_last(width: int) -> None:
    request: Record = {"name": "fix-it", "created": TIME}
    rows: list[Value] = [{**row, "requests": [request]} for row in EVENTS if isinstance(row, dict)]
    head = Tables(width).render(rows).split("\n")[1]
    assert [name for name in ("name", "requests") if f"│ {name} " in head] == ["name", "requests"]


def test_what_a_search_has_matched_has_more_room_than_the_record() -> None:
    match = "Error with «order» 42"
    rows = [{"name": "order-error", "match": match, **row, "rank": 0.5} for row in EVENTS if isinstance(row, dict)]
    assert f"│ {match} │" in Tables(80).render([*rows])


def test_a_column_of_nulls_takes_no_more_room_than_a_text() -> None:
    rows: list[Value] = [{"name": "a", "table_name_uu_json_resolved": None, "text": "a text of some length"}]
    assert "hidden" not in Tables(50).render(rows)


def test_a_time_that_has_no_local_date_is_shown_as_it_is(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    request.addfinalizer(time.tzset)
    request.addfinalizer(monkeypatch.undo)
    assert cell(datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)) == "1-01-01 00:00:00"
