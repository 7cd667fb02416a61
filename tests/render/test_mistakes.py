"""The mistakes that are likely: each is named, its place underlined, and the line to type instead is given and runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stk_shell.model.errors import StkError
from stk_shell.model.span import Source
from stk_shell.render.diagnostic import render_diagnostic
from tests.fixtures.shells import Shell

GOLDEN = Path(__file__).parent / "diagnostics.txt"

MISTAKES: dict[str, tuple[str, ...]] = {
    "Names": (
        'event list | were name == "authentication"',
        "evnet list",
        "event lst",
        "event list --limt 5",
        "event list -x",
        "event list authentication",
        "event list 2026-11-01",
        '"User logged in" | .append "login"',
        "event list | where nmae == login",
        "event list | select name text",
        "event list | get 9",
        'event list --name authentication | get record_json["user_id"]',
        """event list --name authentication | where record_json->>'user_id' == 7""",
        "let names = [a b]; $names[0]",
        "[1, 2, 3].length",
        '"abc".toUpperCase()',
        "let total = {a: 1}; $total.keys",
        "event list | each {|row| $row.record_json.text | str upper }",
        "let total = 5; $totl + 1",
        "def greet [who: text] { $who }",
        "$env.HOMES",
        "source setup.stk",
        "use tools",
    ),
    "Words from elsewhere": (
        "event list | count",
        "event list | head 2",
        "event list | map {|row| $row.name }",
        "event list | order-by name",
        "[[n]; [1] [2]] | sum n",
        "event list | grep Error",
        '" a " | trim',
        "ls -la",
        "ls | where size > 1kb",
        '"a" | str repeat 3',
        "date now | date to-record",
        '"7" | str pad 3',
        "[2 3] | math pow 2",
        "event count",
        "event find Login",
        "event update 01a20563",
        "delete 01a20563",
        "SELECT * FROM events",
        "event list | order by created desc",
        "event list | sort-by created desc",
        "event list | group by name",
        "event list | head -n 2",
        "echo $HOME",
        'export STAGE="test"',
        "print $(date now)",
        "for i in 1 2 3; do print $i; done",
        "if [ 1 -eq 1 ]; then print yes; else print no; fi",
        "while false; do print x; done",
        "event list | jq '.[0].name'",
        "git status",
        'print("hello")',
        "var total = 5",
        "if true { 1 } elif false { 2 }",
        "if 2 > 1 then 5 else 6",
        "// what happened",
        "stk -c 'event list'",
        "> event list",
        "append event note",
    ),
    "Operators": (
        "event list | where name = authentication",
        "event list | where name == authentication && is_revoked == false",
        "event list | where name == authentication || is_revoked == false",
        "event list | where name == authentication or is_revoked",
        "event list | where (name == authentication) and is_revoked == false",
        "event list | where !($in.is_revoked)",
        "event list | where name is authentication",
        'event list | where name contains "auth"',
        'event list | where "auth" in name',
        "event list | where name in authentication, order-error",
        'event list | where name =~ "("',
        'event list | where name =~ "^auth("',
        'event list | where name =~ "*error"',
        '"x" > .append event "note"',
        "event list => length",
        "event list | where created BETWEEN 2026-01-01 AND 2026-02-01",
        'event list | where name == authentication or "order-error"',
        "event list | where not name == authentication",
        "event list | where name ==authentication",
        "1+1",
        "7 % 2",
        "let n = 5; -$n",
        '"a" . "b"',
        "event list > events.json",
        "event list 2>/dev/null",
    ),
    "Quotes and brackets": (
        '"User completed onboarding | .append event note',
        "print 'it's done'",
        "'it''s done'",
        '"a ""text"" inside"',
        '"a"$env.HOME',
        "print “hello”",
        "event list | where name in [authentication order-error",
        "[1 2 3",
        "[1 2)",
        "event list | each {|row| $row.name",
        "{name: note, tags: [a b}",
        '$"total: (1 + 2"',
        "{name note}",
    ),
    "Pipes and arguments": (
        "event list where name == authentication",
        "event list && event types",
        "event list | | length",
        "| length",
        "event list |",
        "event list | first 2 3",
        "event list | first two",
        "event list | where",
        "[1 2 3] | where > 2",
        '"x" | .append event my note',
        "date now + 1day",
        "event list --limit",
        ".append event",
        "event list | sort name",
        "event list | each name",
        "event list | each $row.name",
        "event list | each |row| { $row.name }",
        "event list | filter name == authentication",
        "def greet(who) { $who }",
        "def greet [who] { $who }; greet",
        "def greet [loud = false, who] { $who }",
        "let n = 5; alias top = event list --limit $n",
        "for n in 1..3 print $n",
        "break",
    ),
    "Variables": (
        "x = 5",
        "let x=5",
        "let x = 5; $x = 6",
        "mut n = 0; event list | each {|row| $n += 1 }",
        "event list | each { it.name }",
        "event list | each {|row| row.name }",
        'let n: int = "5"',
        "let $env = 5",
    ),
    "Types and values": (
        'event list | where created > "2026-11-21"',
        "event list | where created > yesterday",
        "event list | where created > -1day",
        'event list | where created > "1 hour"',
        '(date now) + "1day"',
        "[1 2 3] | where it > 2",
        "event list | where created > 2026-02-30",
        '1 + "2"',
        'let n = 5; "n is " + $n',
        "[1] + [2]",
        "10min > 5",
        "3 days",
        "let since = 1 hour 30 minutes ago",
        "(date now) - 3days",
        "2026-11-25 - 30",
        "let n = 30; (date now) - $n",
        "1,5 + 2",
        "2 + 1,5",
        '"2026-11-02" - "2026-11-01"',
        '"5" * "3"',
        '"90 minutes" | into duration',
        '"yesterday" | into datetime',
        "[[rate]; [7] ['']] | update rate { into int }",
        "[[rate]; [7]] | save rates.xyz",
        "[[n]; [1] [null]] | each {|row| $row.n + 1 }",
        "event list | where record_json.user_id > 5",
        "event list | where name",
        "if (event list) { 1 }",
        "event list | str upcase",
        '"text" | length',
        "9223372036854775807 + 1",
        "1 / 0",
        "[] | first",
        "[] | math avg",
        "0..2..-10",
        "[1 2].5",
        "event get 01zz",
        "event revoke",
        '"2026-13-01" | into datetime',
        "'{\"a\": }' | from json",
    ),
}
"""Lines as they are typed, by what is wrong with them."""

LINES = [line for lines in MISTAKES.values() for line in lines]

WITHOUT_A_LINE = [
    "source setup.stk",
    "use tools",
    "ls | where size > 1kb",
    '"a" | str repeat 3',
    "[2 3] | math pow 2",
    "event update 01a20563",
    "event list | jq '.[0].name'",
    "git status",
    "def greet [loud = false, who] { $who }",
    "break",
    "let $env = 5",
    "[] | first",
    "[] | math avg",
    "event get 01zz",
    "event revoke",
    '"2026-13-01" | into datetime',
    "'{\"a\": }' | from json",
]
"""Where nobody can know what was meant: these say what can be done."""


def failure(shell: Shell, line: str) -> StkError:
    """The error that a line ends with."""
    try:
        shell.session.run(Source(line))
    except StkError as error:
        return error
    raise AssertionError(f"no mistake: {line}")


def golden(shell: Shell) -> str:
    """Every line with what is said of it, at 80 columns."""
    parts = []
    for title, lines in MISTAKES.items():
        parts.append(f"== {title}\n")
        parts += [f"> {line}\n{render_diagnostic(failure(shell, line), 80)}\n" for line in lines]
    return "\n".join(parts)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working directory, for what the lines write."""
    monkeypatch.chdir(tmp_path)


def test_every_mistake_is_answered_as_it_was(example_shell: Shell) -> None:
    """The file is for people to read; UPDATE_GOLDEN=1 writes it anew."""
    text = golden(example_shell)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_every_mistake_is_pointed_at(example_shell: Shell) -> None:
    assert [line for line in LINES if not failure(example_shell, line).labels] == []


def test_the_line_to_type_instead_runs(example_shell: Shell) -> None:
    for line in LINES:
        instead = failure(example_shell, line).instead
        if instead is not None:
            assert instead != line
            example_shell.session.run(Source(instead))


def test_almost_every_mistake_has_a_line_to_type_instead(example_shell: Shell) -> None:
    without = [line for line in LINES if failure(example_shell, line).instead is None]
    assert without == WITHOUT_A_LINE
