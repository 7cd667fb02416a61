"""Standard input, output and error as they may be: exact bytes, full disks, closed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.fixtures.programs import PROGRAM

ODD = b"caf\xe9 \x1b[31m\r\n\ttwo\x00\x7f \xc2\x9b \xf0\x9f\x8e\x89\rend"


def bash(command: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What a line of bash gives; `stk` is ours, and crash files of ours are an error."""
    line = f'stk() {{ {PROGRAM} -n "$@"; }}; {command}'
    done = subprocess.run(["bash", "-c", line], input=input, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"has a bug" not in done.stderr
    return done


@pytest.mark.parametrize("options", ["", "-o text"])
def test_a_text_leaves_as_it_came(options: str) -> None:
    assert bash(f"stk {options} -c '$in'", ODD).stdout == ODD + b"\n"
    assert bash(f"stk {options} -c '$in'", ODD + b"\n").stdout == ODD + b"\n"


def test_lines_leave_as_they_came() -> None:
    assert bash("stk -o text -c 'lines'", b"caf\xe9 \x1b[31m\n\ttwo\n").stdout == b"caf\xe9 \x1b[31m\n\ttwo\n"


def test_half_a_surrogate_pair_is_written_as_an_escape() -> None:
    assert bash("stk -c 'from json'", rb'"a\ud800b"').stdout == b"a\\ud800b\n"


def test_frames_are_plain_where_the_encoding_has_no_others() -> None:
    done = bash("PYTHONIOENCODING=ascii stk --width 40 -c '[[a b]; [1 é] [2 ☃]]'")
    assert done.stdout.decode().splitlines() == [
        "+---+---+---+",
        "| # | a | b |",
        "+---+---+---+",
        "| 0 | 1 | \\xe9 |",
        "| 1 | 2 | \\u2603 |",
        "+---+---+---+",
    ]


def test_charts_are_plain_where_the_encoding_has_nothing_else() -> None:
    done = bash("PYTHONIOENCODING=ascii stk --width 20 -c '{a: 1, b: -2} | chart bar\n[1 5 2] | sparkline'")
    assert done.stdout.decode().splitlines() == ["a   1          |####", "b  -2  ########|", ".#="]
    done = bash("PYTHONIOENCODING=ascii stk --width 20 -c '[0 4] | chart line --height 2'")
    assert done.stdout.decode().splitlines()[0] == "5 +          *******"


def test_print_goes_on_in_the_line_and_beside_the_results() -> None:
    done = bash("stk -c 'for n in 1..3 { print -n $n }; print -e half; print --stderr -n done; 5'")
    assert done.stdout == b"1235\n"
    assert done.stderr == b"half\ndone"


def test_a_note_is_one_clean_line_in_a_file_as_well() -> None:
    name = '"a\x1b[31m\x9b\u202e\r\n\tb"'.encode()
    done = bash("stk -c 'from csv | ignore'", name + b"," + name + b"\n1,2\n")
    assert done.stderr.startswith("note: several columns have the name `a␛[31m\\u{9b}\\u{202e}␍⏎ b`: the last".encode())
    assert (done.stderr.count(b"\n"), done.stderr[-1:]) == (1, b"\n")


@pytest.mark.parametrize("program", ["1", "1..100000", '"text"', "print hi", "[[a]; [1]]"])
def test_a_full_disk_is_an_error_of_its_own(program: str) -> None:
    done = bash(f"stk -c '{program}' > /dev/full")
    assert (done.returncode, done.stderr.count(b"Error:")) == (1, 1)
    assert b"cannot write the result: No space left on device" in done.stderr


def test_a_full_disk_is_told_for_the_help_too() -> None:
    assert b"No space left" in bash("stk --version > /dev/full").stderr
    assert bash("stk --help > /dev/full").returncode == 1


def test_a_closed_output_is_an_error_where_there_is_something_to_write() -> None:
    done = bash("stk -c '1' >&-")
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 3)
    assert b"cannot write the result: standard output is closed" in done.stderr
    assert bash("stk -c 'let x = 1' >&-").returncode == 0


@pytest.mark.parametrize("where", ["2>&-", "2> /dev/full"])
def test_an_error_that_nobody_can_see_is_an_exit_code(where: str) -> None:
    assert bash(f"stk -c 'nosuch' {where}").returncode == 1
    assert bash(f"stk -c '1' {where}").stdout == b"1\n"
    assert bash(f"stk --nosuch {where}").returncode == 2


def test_without_any_output_the_exit_code_is_left() -> None:
    assert bash("stk -c '1' >&- 2>&-").returncode == 1
    assert bash("stk -c '1' > /dev/full 2> /dev/full").returncode == 1
    assert bash("stk -c '1' <&- >&- 2>&-").returncode == 1


def test_a_closed_input_is_no_input() -> None:
    assert bash("stk -c '1' <&-").stdout == b"1\n"
    assert bash("stk -c '$in | describe' <&-").stdout == b"nothing\n"


def test_a_closed_input_is_no_program() -> None:
    done = bash("stk <&-")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"cannot read the program: standard input is closed" in done.stderr


def test_an_input_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    done = bash(f"stk -c 'lines' 0> {tmp_path / 'write-only'}")
    assert done.returncode == 1
    assert b"cannot read standard input: Bad file descriptor" in done.stderr
    assert b"Bad file descriptor" in bash(f"stk 0> {tmp_path / 'write-only'}").stderr


def test_a_program_that_is_no_utf8_is_an_error() -> None:
    done = bash("stk", b"1 + \xe9")
    assert done.returncode == 2
    assert b"it is no UTF-8 text" in done.stderr


def test_an_empty_standard_input_is_nothing_to_work_on() -> None:
    done = bash("stk -c 'columns' < /dev/null")
    assert b"`columns` needs something to work on" in done.stderr
    assert b"does not take a string" in bash("echo text | stk -c 'columns'").stderr
