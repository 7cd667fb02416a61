"""The steps of the tutorial."""

from __future__ import annotations

import pytest

from stk_shell.engine.last import LastResult
from stk_shell.model.errors import StkError
from stk_shell.model.span import Source
from stk_shell.render.width import wrap
from stk_shell.repl.lessons import LESSONS, Lesson
from stk_shell.repl.tutorial import is_done, line_of
from tests.fixtures.shells import Shell


def entered(shell: Shell, line: str) -> None:
    """Run a line as the prompt does."""
    if shell.session.last is None:
        shell.session.keep_last()
    assert isinstance(shell.session.last, LastResult)
    shell.session.last.forget_rows()
    try:
        shell.session.run(Source(line))
    except StkError:
        return


def done(shell: Shell) -> list[Lesson]:
    """The steps that the last entry does."""
    return [lesson for lesson in LESSONS if is_done(lesson, shell.session)]


def test_the_line_of_each_step_does_it_and_no_other_step(shell: Shell) -> None:
    for lesson in LESSONS:
        entered(shell, line_of(lesson, shell.session))
        assert done(shell) == [lesson]


def test_they_can_be_done_twice_but_what_is_revoked(shell: Shell) -> None:
    for lesson in LESSONS:
        entered(shell, line_of(lesson, shell.session))
        entered(shell, line_of(lesson, shell.session))
        assert done(shell) == ([] if "revoke {uu}" in lesson.line else [lesson])


@pytest.mark.parametrize("line", ["1 + 1", "let x = 5", "nosuch", "event list | first 0", "null", "help event", "{}"])
def test_another_line_does_none(shell: Shell, line: str) -> None:
    for lesson in LESSONS:
        entered(shell, line_of(lesson, shell.session))
        entered(shell, line)
        assert done(shell) == []


def test_other_ways_to_the_same_are_taken(shell: Shell) -> None:
    log, several, listed, get, ask, revoke, *_ = LESSONS
    ways = (
        (log, '{text: "Hello", n: 1} | .append event "user-milestone" --description "mine"'),
        (several, '1..5 | each {|n| {user: 7, n: $n} } | .append event "login"'),
        (listed, "event list --limit 3 --detail"),
        (get, "event list | first | event get"),
        (get, "event get UU"),
        (ask, "event list --name login --limit 0 | get record_json.user | uniq -c | sort-by count"),
        (revoke, "event list --name user-milestone | first | event revoke"),
    )
    for lesson, line in ways:
        line = line.replace("UU", line_of(get, shell.session).split()[2])
        entered(shell, line)
        assert done(shell) == [lesson], line


def test_where_there_is_no_event_the_line_says_what_belongs_there(shell: Shell) -> None:
    get = next(lesson for lesson in LESSONS if "event get" in lesson.line)
    assert line_of(get, shell.session).startswith("event get UU ")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_a_step_is_short(lesson: Lesson) -> None:
    assert len(lesson.line.replace("{uu}", "01a20563-f070")) <= 76
    assert len(wrap(" ".join(lesson.text.split()), 80)) <= 3
    assert len(wrap(f"Not yet. {lesson.hint}", 80)) <= 2
    assert len(wrap(f"✓ {lesson.done}", 80)) <= 2
    assert lesson.text.endswith(":")
