"""Reading files that are compressed."""

from __future__ import annotations

import gzip
import sys
import tracemalloc
from pathlib import Path

import pytest

from tests.fixtures.shells import Shell

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LINES = b'{"n": 1}\n{"n": 2}\n'
PACKED = {".gz": gzip.compress(LINES), ".zst": zstd.compress(LINES)}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a folder of its own to work in."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("ending", PACKED)
def test_the_name_of_what_was_packed_says_what_is_in_it(pure: Shell, ending: str) -> None:
    Path(f"a.jsonl{ending}").write_bytes(PACKED[ending])
    Path(f"a.log{ending.upper()}").write_bytes(PACKED[ending])
    assert pure.value(f"open a.jsonl{ending} | get n") == [1, 2]
    assert pure.value(f"open a.log{ending.upper()} | lines | length") == 2


@pytest.mark.parametrize("ending", PACKED)
def test_an_old_log_is_known_by_its_first_bytes(pure: Shell, ending: str) -> None:
    Path("app.log.1").write_bytes(PACKED[ending])
    assert pure.value("open app.log.1") == LINES.decode()


@pytest.mark.parametrize("ending", PACKED)
def test_archives_may_follow_each_other(pure: Shell, ending: str) -> None:
    Path(f"a.jsonl{ending}").write_bytes(PACKED[ending] * 3)
    assert pure.value(f"open a.jsonl{ending} | get n") == [1, 2] * 3


def test_zeros_behind_an_archive_are_nothing(pure: Shell) -> None:
    Path("a.jsonl.gz").write_bytes(PACKED[".gz"] + bytes(512))
    assert pure.value("open a.jsonl.gz | get n") == [1, 2]


@pytest.mark.parametrize("ending", PACKED)
def test_raw_gives_the_bytes_of_the_archive(pure: Shell, ending: str) -> None:
    Path(f"a.jsonl{ending}").write_bytes(PACKED[ending])
    assert pure.value(f"open --raw a.jsonl{ending}") == PACKED[ending]


@pytest.mark.parametrize("ending", PACKED)
def test_what_is_cut_off_is_an_error_at_every_place(pure: Shell, ending: str) -> None:
    for end in range(len(PACKED[ending])):
        Path(f"a.jsonl{ending}").write_bytes(PACKED[ending][:end])
        error = pure.error(f"open a.jsonl{ending} | length")
        assert (error.code, f"a.jsonl{ending}" in error.headline) == ("stk::run::truncated", True)
        assert f"{end} bytes" in (error.labels[0].text or "")


@pytest.mark.parametrize("ending", PACKED)
def test_no_damage_is_taken_for_what_was_packed(pure: Shell, ending: str) -> None:
    text = b"".join(b'{"n": %d}\n' % number for number in range(2000))
    packed = bytearray(gzip.compress(text) if ending == ".gz" else zstd.compress(text, options=CHECKED))
    for at in range(0, len(packed), 331):
        Path(f"a.txt{ending}").write_bytes(packed[:at] + bytes([packed[at] ^ 0x55]) + packed[at + 1 :])
        found = pure.value(f"try {{ open a.txt{ending} }} catch {{|error| $error.json | from json | get code }}")
        # Some bytes of the header say nothing of the content.
        assert found in (text.decode(), "stk::run::damaged", "stk::run::truncated", "stk::run::non_utf8")


CHECKED: dict[int, int] = {zstd.CompressionParameter.checksum_flag: 1}


@pytest.mark.parametrize("ending", PACKED)
def test_what_is_no_archive_says_so(pure: Shell, ending: str) -> None:
    Path(f"a.jsonl{ending}").write_bytes(LINES)
    error = pure.error(f"open a.jsonl{ending}")
    assert error.code == "stk::run::damaged"
    assert "no " in error.headline


@pytest.mark.parametrize("ending", PACKED)
def test_a_small_archive_of_a_large_text_is_read_as_it_is_needed(pure: Shell, ending: str) -> None:
    large = (b'{"n": 1}\n' * 100_000) * 50
    Path(f"a.jsonl{ending}").write_bytes(gzip.compress(large, 9) if ending == ".gz" else zstd.compress(large))
    pure.value(f"open a.jsonl{ending} | first 1")
    tracemalloc.start()
    try:
        assert pure.value(f"open a.jsonl{ending} | skip 300000 | first 2") == [{"n": 1}] * 2
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_lines_of_several_files_that_are_no_json_name_file_and_line(pure: Shell) -> None:
    Path("a.jsonl").write_bytes(LINES)
    Path("b.jsonl.gz").write_bytes(gzip.compress(LINES + b'{"n": }\n'))
    error = pure.error("open *.jsonl* | get n")
    assert "`b.jsonl.gz`" in error.headline
    assert "line 3, column 7" in (error.labels[0].text or "")
