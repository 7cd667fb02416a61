"""The name of each record from a cell of what is piped in."""

from __future__ import annotations

import json

import pytest

from stk_shell.model.stream import TextStream
from tests.fixtures.shells import Shell

JOURNAL = (
    {"SYSLOG_IDENTIFIER": "sshd", "MESSAGE": "Accepted publickey"},
    {"SYSLOG_IDENTIFIER": None, "MESSAGE": [82, 101, 255]},
    {"MESSAGE": "no identifier", "_CMDLINE": None},
    {"SYSLOG_IDENTIFIER": "kernel", "MESSAGE": None},
)
"""As journald gives entries: arrays of bytes for what is no text, null for what is too long."""


def test_the_name_comes_from_a_cell_or_else_is_the_one_given(shell: Shell) -> None:
    text = TextStream(json.dumps(entry) + "\n" for entry in JOURNAL)
    program = 'from json --objects | .append event "journal" --name-from SYSLOG_IDENTIFIER | get name'
    assert shell.value(program, text) == ["sshd", "journal", "journal", "kernel"]
    assert shell.value("event list | get record_json.MESSAGE") == [
        *(None, "no identifier"),
        *([82, 101, 255], "Accepted publickey"),
    ]


@pytest.mark.parametrize(
    ("items", "path", "names"),
    [
        ("[{a: {b: x}} {a: {}} {a: 1} {c: 1} y 7]", "a.b", ["x", "n", "n", "n", "n", "n"]),
        ("[{a: 7} {a: 2.5} {a: true}]", "a", ["7", "2.5", "true"]),
        ("[{a: [x y]}]", "a.1", ["y"]),
        ("[{A: x}]", "a!", ["x"]),
        ('[{"a b": x}]', '"a b"', ["x"]),
        ("[]", "a", []),
    ],
)
def test_cells_are_names_wherever_they_are(shell: Shell, items: str, path: str, names: list[str]) -> None:
    assert shell.value(f"{items} | .append event n --name-from {path} | get name") == names


@pytest.mark.parametrize("noun", ["event", "request", "tag"])
def test_every_kind_can_be_named_so(shell: Shell, noun: str) -> None:
    assert shell.value(f"{{a: x}} | .append {noun} n --name-from a | get name") == "x"


@pytest.mark.parametrize("cell", ['""', '"  "', "[1]", "{b: 1}", "2026-11-25", "0x[ff]", "5min"])
def test_what_is_no_name_is_an_error_that_names_its_place(shell: Shell, cell: str) -> None:
    error = shell.error(f"[{{a: x}} {{a: {cell}}}] | .append event n --name-from a")
    assert (error.code, error.headline[:6]) == ("stk::event::no_name", "item 1")
    assert error.labels[0].span.text == "a"
    assert shell.value("event list | length") == 0


def test_a_name_that_cannot_be_kept_names_its_place(shell: Shell) -> None:
    error = shell.error('[{a: x} {a: $"(char nul)"}] | .append event n --name-from a')
    assert (error.code, error.headline[:18]) == ("stk::event::text", "item 1 of the list")
