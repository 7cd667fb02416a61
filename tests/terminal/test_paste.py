"""Pasting at the prompt: a block is shown, runs on Enter, and says what of it did not run."""

from __future__ import annotations

from tests.fixtures.terminals import ENTER, SIZES, OpenTerminal, Terminal, pasted


def paste(shell: Terminal, block: str, last: str) -> None:
    """Paste a block and wait until its last line is shown, with the cursor behind it."""
    shell.send(pasted(block))
    shell.wait(lambda: last in shell.lines()[shell.screen.cursor.y])


@SIZES
def test_a_block_is_shown_and_runs_on_enter_and_never_by_itself(
    open_shell: OpenTerminal, columns: int, lines: int
) -> None:
    shell = open_shell(columns=columns, lines=lines)
    paste(shell, '# a comment\r\n\r\nlet x = 20\r\n$x + 1\r\n[1 2]\r\n\t| length\r\n"done"\r\n', '· "done"')
    shell.read(0.5)
    assert shell.text().endswith('> # a comment\n·\n· let x = 20\n· $x + 1\n· [1 2]\n·     | length\n· "done"')
    assert shell.color_of("let x") == "brightblue"
    shell.send(ENTER)
    shell.wait_for_prompt('· "done"\n21\n2\ndone\n>')


def test_a_line_waits_for_enter_as_well(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    paste(shell, "40 + 2\n", "> 40 + 2")
    shell.read(0.5)
    assert shell.text().endswith("> 40 + 2")
    shell.send(" + 1" + ENTER)
    shell.wait_for_prompt("\n43\n>")


def test_what_a_document_puts_around_programs_is_left_out(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    paste(shell, "Count them:\n\n```console\n> [1 2] | each {|x|\n·   $x * 2\n· }\n╭───\n> 6 * 7\n42\n```\n", "· 6 * 7")
    assert shell.text().endswith("> [1 2] | each {|x|\n·   $x * 2\n· }\n· 6 * 7")
    shell.send(ENTER)
    shell.wait_for_prompt("╯\n42\n>")


def test_a_block_below_another_begins_a_line(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    paste(shell, "let x = 20\n", "let x = 20")
    paste(shell, "> $x + 1\n", "· $x + 1")
    shell.send(ENTER)
    shell.wait_for_prompt("\n21\n>")


def test_what_is_pasted_into_an_entry_stays_as_it_is(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send('"say ')
    shell.wait_for('"say')
    shell.send(pasted("> hello\r\n  you\n"))
    shell.wait_for("·   you\n·")
    shell.send('" | to json' + ENTER)
    shell.wait_for_prompt('"say > hello\\n  you\\n"')


def test_a_word_that_was_copied_with_its_line_end_begins_no_line(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("40 + ")
    shell.wait_for("40 +")
    shell.send(pasted("2\r\n"))
    shell.wait(lambda: shell.text().endswith("> 40 + 2"))
    shell.send(ENTER)
    shell.wait_for_prompt("\n42\n>")


def test_a_block_that_is_not_complete_waits_for_the_rest(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    paste(shell, "[1 2\n3\n", "· 3")
    shell.send(ENTER)
    shell.wait(lambda: shell.text().endswith("· 3\n·"))
    shell.send("] | length" + ENTER)
    shell.wait_for_prompt("\n3\n>")


@SIZES
def test_an_error_names_the_line_and_those_that_did_not_run(open_shell: OpenTerminal, columns: int, lines: int) -> None:
    shell = open_shell(columns=columns, lines=lines)
    paste(shell, '"first"\n[1] | get 5\n# why\nlet x = 1\n$x\n', "· $x")
    shell.send(ENTER)
    shell.wait_for_prompt("note: lines 4 to 5 did not run")
    assert "\nfirst\nError: " in shell.text()
    assert "╭─[2:" in shell.text()


def test_a_note_is_broken_between_words(open_shell: OpenTerminal) -> None:
    shell = open_shell(columns=24)
    paste(shell, "1 // 0\n2\n3\n", "· 3")
    shell.send(ENTER)
    shell.wait_for_prompt("\nnote: lines 2 to 3 did\nnot run\n>")


def test_a_block_with_a_mistake_does_not_run_at_all(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    paste(shell, '"first"\nnosuch 1\n"last"\n', '· "last"')
    shell.send(ENTER)
    shell.wait_for_prompt("note: no line was run")
    assert "╭─[2:1]" in shell.text()
    assert "\nfirst" not in shell.text()


def test_ctrl_c_says_what_of_a_block_did_not_run(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    paste(shell, '"first"\n1.. | each {|x| $x } | length\n"last"\n', '· "last"')
    shell.send(ENTER)
    shell.wait_for("\nfirst")
    shell.read(0.5)
    shell.send("\x03")
    shell.wait_for_prompt("note: stopped: line 3 did not run")


def test_terminals_without_bracketed_paste_run_a_block_line_by_line(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send('let x = 20\r$x + 1\r[1 2] | each {|x|\r  $x * 2\r} | math sum\r"a (b) {c}"\r')
    shell.wait_for_prompt("a (b) {c}\n>")
    assert [line for line in shell.lines() if line in ("21", "6", "a (b) {c}")] == ["21", "6", "a (b) {c}"]


def test_a_block_is_one_entry_of_the_history(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    paste(shell, "> let x = 20\n> $x + 1\n", "· $x + 1")
    shell.send(ENTER)
    shell.wait_for_prompt("\n21\n>")
    shell.run("history | first | get command", "let x = 20\n$x + 1\n>")


def test_a_thousand_lines_are_there_at_once_and_run(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    paste(shell, "".join(f"let x{at} = {at}\n" for at in range(999)) + "$x998 + 1\n", "· $x998 + 1")
    shell.send(ENTER)
    shell.wait_for_prompt("\n999\n>")
