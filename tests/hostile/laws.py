"""What has to hold for every text.

It comes back as it went in, or is refused by an error of ours before anything is kept, and nothing of it reaches a
terminal raw.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

from wcwidth import wcswidth

from stk_shell.model.errors import Break, Continue, Exit, Return, StkError
from stk_shell.model.settings import OUTPUTS
from stk_shell.model.span import Source
from stk_shell.model.stream import collect
from stk_shell.model.values import Record, Value
from stk_shell.output import note_text
from stk_shell.render.delimited import NUMBER
from stk_shell.render.diagnostic import render_diagnostic
from stk_shell.render.formats import renderer
from stk_shell.render.palette import PLAIN
from tests.fixtures.shells import REGISTRY, Shell

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What no terminal may get: control characters but newline and tab, what turns direction, and what hides."""

EXCEPT = re.compile(
    r"\b(?:exit|sleep|input|tutorial|explore|loop|while|generate|source|use|config edit|store stop|store spool|open|save)\b"
)
"""Commands that would end the run, wait for somebody, never end, or leave the folder of the test."""

Law = Callable[[str, Shell], None]

LITERAL = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")

ENDLESS = ("..", "exit", "sleep", "loop", "input", "explore", "tutorial", "source", "open", "while")
"""What a program may not have in it here: some would end the run, others never do."""

SURROGATE = re.compile("[\ud800-\udfff]")

FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def quoted(text: str) -> str:
    """The text as a string of the language."""
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else _escaped(text)


def _escaped(text: str) -> str:
    return (
        '"'
        + "".join(char if char.isprintable() and char not in '"\\' else f"\\u{{{ord(char):x}}}" for char in text)
        + '"'
    )


def assert_harmless(shown: str) -> None:
    """Nothing that a terminal obeys is in what it gets."""
    found = RAW.search(shown)
    assert found is None, f"{found[0]!r} in {shown[:200]!r}"


def assert_even(shown: str) -> None:
    """The lines of a table are equally wide, each with its borders."""
    lines = shown.split("\n")
    box = [line for line in lines if line[:1] in "╭├╰│"]
    # A joiner before a blank joins nothing, though wcswidth takes the blank for a part of what is joined.
    assert len({wcswidth(line.replace("\u200d ", " ")) for line in box}) <= 1, shown[:400]


def see(value: Value) -> None:
    """Show a value on a terminal, in each format; what a format cannot hold is an error of ours."""
    for name in OUTPUTS:
        for width in (80, 24) if name == "table" else (80,):
            try:
                shown = "".join(renderer(name, width, PLAIN, exact=False)(value))
            except StkError as error:
                see_error(error)
            else:
                assert_harmless(shown)
                if name == "table" and not isinstance(value, str):
                    assert_even(shown)


def see_error(error: StkError) -> None:
    """Show an error on a terminal."""
    for width in (80, 40):
        assert_harmless(render_diagnostic(error, width))


def run(shell: Shell, program: str, data: Value = None) -> Value:
    """The value of a program, or its error as it is shown; anything else that it ends with is a fault."""
    shell.output.notes.clear()
    try:
        return collect(shell.session.evaluate(Source(program), data))
    except StkError as error:
        see_error(error)
        return None
    except (Break, Continue, Return, Exit):
        return None


def is_shown(text: str, shell: Shell) -> None:
    """In a cell, a name of a column, a record, a list, and by itself."""
    places: tuple[Value, ...] = (
        text,
        [text],
        {text: text},
        [{text: text, "n": 1}, {text: {text: [text]}}],
        {"a": {"b": [text, text]}},
    )
    for value in places:
        see(value)


def comes_back(text: str, shell: Shell) -> None:
    """From the formats that can hold it."""
    row: Record = {"a": text, "b": text}
    is_unicode = not SURROGATE.search(text)
    assert run(shell, quoted(text)) == (text if is_unicode else None)
    for name in ("json", "nuon"):
        assert run(shell, f"to {name} | from {name}", [row]) == [row], name
    if is_unicode:
        for name in ("yaml", "toml"):
            assert run(shell, f"to {name} | from {name}", {"rows": [row]}) == {"rows": [row]}, name
    lines = list(renderer("ndjson", 80, PLAIN, exact=True)([row, row]))
    assert not any("\n" in line.removesuffix("\n") for line in lines)
    assert [json.loads(line) for line in lines] == [row, row]


def comes_back_from_tables(text: str, shell: Shell) -> None:
    """As others read CSV and TSV; a line is a row, whatever is in it."""
    row: Record = {"a": text, "b": text}
    for name, separator in (("csv", ","), ("tsv", "\t")):
        lines = "".join(f"{piece}\n" for piece in renderer(name, 80, PLAIN, exact=True)([row]))
        if "\0" not in text:
            reader = csv.reader(io.StringIO(lines, newline=""), delimiter=separator)
            assert list(reader) == [["a", "b"], [text, text]], lines[:200]
            guarded = run(shell, f"to {name} --guard", [row])
            assert isinstance(guarded, str)
            for cells in csv.reader(io.StringIO(guarded, newline=""), delimiter=separator):
                assert not any(cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) for cell in cells), guarded[:200]


def is_no_markup(text: str, shell: Shell) -> None:
    """In HTML it is text; in Markdown it stays in its cell."""
    page = run(shell, "to html", [{"a": text}])
    assert isinstance(page, str)
    body = page[page.find("<body") :]
    assert not re.search("<(?:script|img|!--)", body), body[:300]
    table = run(shell, "to md", [{"a": text, "b": 1}])
    assert isinstance(table, str)
    rows = [line for line in table.split("\n") if line]
    assert len(rows) == 3, table[:300]
    escaped = run(shell, "to md --escape-all", [{"a": text}])
    assert isinstance(escaped, str)
    assert not re.search("<(?!br>)", escaped), escaped[:300]


def argument_of(line: str) -> Law:
    """The law for texts in the places of those of an example."""

    def is_an_argument(text: str, shell: Shell) -> None:
        see(run(shell, LITERAL.sub(lambda found: quoted(text), line)))
        for note in shell.output.notes:
            assert_harmless(note_text(note))

    return is_an_argument


def is_a_program(text: str, shell: Shell) -> None:
    """Typed as it is, as a program and as the end of one."""
    for program in (text, f"[1] | {text}", f"help {text}"):
        if not any(word in program for word in ENDLESS):
            see(run(shell, program))


def is_recorded(text: str, shell: Shell) -> None:
    """As name, description, and in what is recorded: all of it comes back, or nothing is kept."""
    before = run(shell, "event list -l 0 | length")
    program = f"$in | .append event {quoted(text)} --description {quoted(text)} | get uu"
    record: Record = {text or "empty": text, "nested": [text, {"k": text}]}
    uu = run(shell, program, record)
    if not isinstance(uu, str):
        assert run(shell, "event list -l 0 | length") == before, "something of what was refused is there"
        return
    event = run(shell, f'event get "{uu}"')
    assert isinstance(event, dict)
    assert (event["name"], event["description"], event["record_json"]) == (text, text, record)
    found = run(shell, f"event list --name {quoted(text)} | where uu == '{uu}' | length")
    assert found == 1
    see(event)
    see([event])
    run(shell, f"'{uu}' | event revoke")


def piped_into(tail: str) -> Law:
    """The law for texts that come to the end of an example by themselves, in a list, a record or a table."""

    def is_piped(text: str, shell: Shell) -> None:
        shapes: tuple[Value, ...] = (text, [text, text], {text: text}, [{text: text, "n": 1}, {text: text, "n": 2}])
        for value in shapes:
            see(run(shell, f"$in {tail}", value))

    return is_piped


COMMANDS = sorted(REGISTRY.all(), key=lambda command: command.name)

HARMLESS = [(command, each.line) for command in COMMANDS for each in command.examples if not EXCEPT.search(each.line)]

EXAMPLES = [line for _, line in HARMLESS if LITERAL.search(line)]
"""The examples with a text in quotes."""

TAILS = [line[line.index(f"| {command.name}") :] for command, line in HARMLESS if f"| {command.name}" in line]
"""The examples of commands that take input, from the command on."""

PURE: tuple[Law, ...] = (is_shown, comes_back, comes_back_from_tables, is_no_markup, is_a_program)
"""Laws that need no store."""
