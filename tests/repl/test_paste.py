"""What a pasted block becomes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stk_shell.model.span import Source
from stk_shell.repl.paste import not_run, program_in

CASES = Path(__file__).parents[1] / "conformance" / "cases.jsonl"
PROGRAMS = [json.loads(line)["program"] for line in CASES.read_text().splitlines()]

SESSION = """\
> [1 2] | each {|x|
·   $x * 2
· }
╭───┬───╮
│ 0 │ 2 │
│ 1 │ 4 │
╰───┴───╯
> "it's" | length
Error: stk::run::type_mismatch

  × `length` takes a list
   ╭─[1:10]
 1 │ "it's" | length
   ·          ──────
   ╰─
> let x = 5
> $x
5
>
"""
TYPED = '[1 2] | each {|x|\n  $x * 2\n}\n"it\'s" | length\nlet x = 5\n$x'

DOCUMENT = """\
## Listing

Don't worry, this is `safe`:

```nu
event list | first
```

It shows:

```console
> event list | length
12
```

```json
{"a": 1}
```
"""


def pasted(block: str, prompt: str = "> ") -> str:
    """The program in a block."""
    return program_in(block, prompt)


def test_programs_stay_as_they_are() -> None:
    for program in PROGRAMS:
        assert pasted(f"{program}\n") == program.strip()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_end_as_ours_do(end: str) -> None:
    assert pasted(f"let x = 1{end}{end}$x{end}") == "let x = 1\n\n$x"


def test_comments_blank_lines_and_tabs_stay() -> None:
    block = "# first\n\n\tlet x = 'a\tb' # why\n"
    assert pasted(block) == block.rstrip("\n")


@pytest.mark.parametrize("prompt", ["> ", "stk> ", "〉", "~/stk〉", "/var/log〉 ", "audit 12:30> "])
def test_prompts_are_left_out(prompt: str) -> None:
    assert pasted(f"{prompt}let x = 1\n{prompt}$x\n", "audit {time}> ") == "let x = 1\n$x"


def test_a_prompt_of_the_users_that_ends_with_what_is_filled_in_is_no_prompt() -> None:
    assert pasted("let x = 1\n$x", "{store}") == "let x = 1\n$x"


def test_of_a_session_only_what_was_typed_stays() -> None:
    assert pasted(SESSION) == TYPED
    assert pasted(TYPED) == TYPED


def test_a_session_may_begin_with_the_end_of_an_output() -> None:
    assert pasted("╰───╯\n> 1 + 1\n2\n") == "1 + 1"
    assert pasted("stk 0.1.0 · embedded\nSee events:    event list\n> 1 + 1\n2\n") == "1 + 1"


def test_an_entry_goes_on_below_its_prompt_until_it_is_complete() -> None:
    assert pasted("> [1 2] | each {|x|\n  $x * 2\n}\n> [1]\n| length\n1\n") == (
        "[1 2] | each {|x|\n  $x * 2\n}\n[1]\n| length"
    )
    assert pasted("> def f [] {\n::: 1\n::: }\n> f\n1") == "def f [] {\n1\n}\nf"


def test_a_line_of_a_text_that_looks_like_a_prompt_stays() -> None:
    block = '"She wrote:\n> hello\n" | lines'
    assert pasted(block) == block


@pytest.mark.parametrize("mark", ["```", "~~~", "````"])
@pytest.mark.parametrize("language", ["", "nu", "Nushell", "stk", "console", "nu title"])
def test_fences_are_left_out(mark: str, language: str) -> None:
    assert pasted(f"{mark}{language}\nlet x = 1\n$x\n{mark}\n") == "let x = 1\n$x"


def test_of_a_document_only_the_programs_stay() -> None:
    assert pasted(DOCUMENT) == "event list | first\nevent list | length"


def test_a_block_may_be_copied_without_one_of_its_fences() -> None:
    assert pasted("```nu\n1 + 1\n") == "1 + 1"
    assert pasted("1 + 1\n```\n") == "1 + 1"
    assert pasted("1 + 1\n```\nand then\n```\n2 + 2\n```\n") == "1 + 1\n2 + 2"


def test_data_in_a_fence_is_data() -> None:
    assert pasted('```json\n{"a": 1}\n```') == '{"a": 1}'


def test_a_shorter_fence_in_a_longer_one_is_part_of_the_block() -> None:
    assert pasted("````nu\n'\n```\n'\n````") == "'\n```\n'"


@pytest.mark.parametrize("margin", ["    ", "\t"])
def test_the_margin_of_a_document_is_left_out(margin: str) -> None:
    block = "".join(f"{margin}{line}\n" for line in SESSION.splitlines())
    assert pasted(block) == TYPED
    assert pasted(block.lstrip()) == TYPED
    listed = f"- Do it:\n\n{margin}```nu\n{margin}if true {{\n{margin}  1\n{margin}}}\n{margin}```\n"
    assert pasted(listed) == "if true {\n  1\n}"


@pytest.mark.parametrize("nothing", ["", "\n", "  \n", ">", "```nu\n```", "> \n"])
def test_of_nothing_nothing_stays(nothing: str) -> None:
    assert pasted(nothing) == ""


@pytest.mark.parametrize(
    ("reached", "words"),
    [
        ("let x = 1", "lines 3 to 8 did not run"),
        ("1 / 0", "lines 5 to 8 did not run"),
        ("[1\n2]", "line 8 did not run"),
        ("$x", ""),
    ],
)
def test_the_lines_that_did_not_run_are_named(reached: str, words: str) -> None:
    program = "let x = 1\n\n1 / 0\n# why\n[1\n2]\n\n$x\n"
    start = program.index(reached)
    assert not_run(program, Source(program).span(start, start + len(reached))) == words


def test_a_program_that_cannot_be_read_ran_no_line() -> None:
    assert not_run("let x = 1\nnosuch", None) == "no line was run"
    assert not_run("[1\n2] | nosuch\n", None) == ""
    assert not_run("let x = 1; nosuch", None) == ""


def test_a_session_may_begin_with_a_comment() -> None:
    block = '# log one\r\n\r\n> "x" | .append event note | get name\r\nnote\r\n> event list | length\r\n1\r\n'
    assert program_in(block, "> ") == '"x" | .append event note | get name\nevent list | length'
    assert program_in("# a program\n1 + 1\n", "> ") == "# a program\n1 + 1"
