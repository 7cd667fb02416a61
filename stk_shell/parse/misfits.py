"""Arguments that a command does not take, or lacks: what was probably meant."""

from __future__ import annotations

import re

from stk_shell.model import shape as shapes
from stk_shell.model.command import Command
from stk_shell.model.conform import Misfit, conform, with_article
from stk_shell.model.literals import number_like
from stk_shell.model.shape import Shape
from stk_shell.model.signature import HELP_FLAG, Flag, Parameter
from stk_shell.model.span import Span
from stk_shell.model.suggest import nearest
from stk_shell.model.syntax import Garbage
from stk_shell.model.values import Value
from stk_shell.parse import bash, foreign, lambdas
from stk_shell.parse.state import State
from stk_shell.parse.unknown import subcommands, unknown_subcommand
from stk_shell.parse.values import SAMPLES

BY_COLUMN = {"sort": "sort-by {}", "uniq": "uniq-by {}", "length": "get {} | length", "reverse": "sort-by {} --reverse"}
"""What is meant where a command that takes no column is given one."""


class Given:
    """A command with the words behind it, where they stand."""

    __slots__ = ("command", "head", "state", "words")

    def __init__(self, state: State, head: Span, command: Command, words: list[Span]) -> None:
        self.state = state
        self.head = head
        self.command = command
        self.words = words

    def unknown_flag(self, span: Span, name: str) -> None:
        """Note that the command has no such flag."""
        flags = [flag.name for flag in (*self.command.signature.flags, HELP_FLAG)]
        near = nearest(name, flags)
        instead = span.replaced(f"--{near}") if near else self._without(span)
        self.state.problem(
            f"`{self.command.name}` has no flag `{span.text}`",
            "unknown_flag",
            span,
            f"did you mean `--{near}`?" if near else "unknown flag",
            None if near else f"Its flags: {', '.join(f'--{flag}' for flag in flags)}.",
            instead=instead,
        )

    def no_value(self, flag: Flag, span: Span) -> None:
        """Note that a flag lacks its value."""
        headline, example = f"`--{flag.name}` needs a value", SAMPLES.get(flag.shape.name if flag.shape else "")
        label = f"{'an' if str(flag.shape)[0] in 'aeiou' else 'a'} {flag.shape} goes behind it"
        instead = span.replaced(f"--{flag.name} {example}") if example else None
        self.state.problem(headline, "missing_flag_param", span, label, instead=instead)

    def extra(self, at: int) -> None:
        """Note that the command does not take the word, and what it may be."""
        if foreign.from_elsewhere(self.state, self.words, at):
            return
        takes = len(self.command.signature.positionals)
        if takes == 0 and subcommands(self.state, self.head.text):
            unknown_subcommand(self.state, self.head, self.words[at:])
        elif self._misspelt_subcommand():
            unknown_subcommand(self.state, self.head, self.words)
        elif takes == 0 and self._calculates(at):
            return
        elif not (
            self._in_quotes(at)
            or self.other_else(at, at + 1)
            or self._dotted()
            or foreign.missing_pipe(self.state, self.words, at)
        ):
            self._too_much(at, takes)

    def _calculates(self, at: int) -> bool:
        """Note that an operator stands behind a command, which has to be in parentheses then; gives whether it does."""
        from stk_shell.parse.expressions import PRECEDENCE

        word = self.words[at]
        if word.text not in PRECEDENCE or at + 1 >= len(self.words):
            return False
        headline = "an operator stands between two values"
        if at > 1 and self.words[at - 2].text.startswith("-") and not self.words[at - 1].text.startswith("-"):
            sum_ = self.words[at - 1].to(self.words[at + 1])
            label, hint = "this belongs to the value of the flag", "A sum stands in parentheses."
            instead = sum_.replaced(f"({sum_.text})")
            self.state.problem(headline, "extra_positional", word, label, hint, instead=instead)
            return True
        call = self.head.to(self.words[at - 1]) if at else self.head
        label = f"did you mean `({call.text}) {word.text} ...`?"
        hint, instead = "A command whose result is meant stands in parentheses.", call.replaced(f"({call.text})")
        self.state.problem(headline, "extra_positional", word, label, hint, instead=instead)
        return True

    def _in_quotes(self, at: int) -> bool:
        """Note that a name of several words lacks its quotes; gives whether it does."""
        last = self.command.signature.positionals[-1:]
        words = self.words[at - 1 :]
        if at < 1 or not last or last[0].shape is not shapes.STRING or not last[0].completes:
            return False
        if not all(re.fullmatch(r"[\w-]+", word.text) and word.text[0] != "-" for word in words):
            return False
        whole = words[0].to(words[-1])
        headline, instead = f"a {last[0].name} of several words goes in quotes", whole.replaced(f'"{whole.text}"')
        self.state.problem(headline, "extra_positional", whole, f'write `"{whole.text}"`', instead=instead)
        return True

    def _misspelt_subcommand(self) -> bool:
        """Whether the first of too many arguments is nearly the name of a subcommand."""
        begin = f"{self.head.text} "
        return nearest(f"{begin}{self.words[0].text}", subcommands(self.state, self.head.text)) is not None

    def shell_and(self, at: int) -> None:
        """Note that `&&` stands between two commands."""
        word = self.words[at]
        headline, label = "`&&` does not join commands", "`;` goes between two of them"
        instead = self.state.span(self.words[at - 1].end if at else self.head.end, word.end).replaced(";")
        self.state.problem(headline, "shell_andand", word, label, instead=instead)

    def other_else(self, at: int, end: int) -> Garbage | None:
        """The problem of `elif` among the words between two indexes."""
        if self.command.name != "if":
            return None
        word = next((word for word in self.words[at:end] if word.text in ("elif", "elseif", "elsif")), None)
        if word is None:
            return None
        headline, instead = f"there is no `{word.text}`", word.replaced("else if")
        return self.state.problem(headline, "extra_positional", word, "`else if`, in two words", instead=instead)

    def _dotted(self) -> Garbage | None:
        """`append event` for `.append event`."""
        name = f".{self.command.name} {self.words[0].text}"
        if self.state.commands.find(name) is None:
            return None
        place = self.head.to(self.words[0])
        headline, label = f"`{place.text}` is not a command", f"did you mean `{name}`?"
        return self.state.problem(headline, "unknown_command", place, label, instead=place.replaced(name))

    def _too_much(self, at: int, takes: int) -> None:
        word, name = self.words[at], self.command.name
        form = BY_COLUMN.get(name, "get {} | " + name if self.command.signature.category == "math" else "")
        columns = [each.text for each in self.words[at:] if each.text != "by" and not each.text.startswith("-")]
        flag = self._flag_for(word) if takes == 0 and self.command.signature.rest is None else None
        if flag is not None:
            self._flag_left_out(word, flag)
            return
        whole = self.head.to(self.words[-1])
        meant = form.format(" ".join(columns)) if form and columns and takes == 0 else None
        count = "no arguments" if takes == 0 else f"{takes} argument" + ("s" if takes > 1 else "")
        self.state.problem(
            f"`{name}` takes {count}",
            "extra_positional",
            word,
            "this is too much",
            f"`{name} --help` shows how to use it. A next command goes behind a `|`.",
            instead=whole.replaced(meant) if meant else self._without(word.to(self.words[-1])),
        )

    def _flag_for(self, word: Span) -> Flag | None:
        """The first flag that takes a value like the word."""
        if not re.fullmatch(r"""[\w.:@/+-]+|"[^"]*"|'[^']*'""", word.text):
            return None
        value = number_like(word.text) or word.text
        return next((flag for flag in self.command.signature.flags if flag.shape and _fits(value, flag.shape)), None)

    def _flag_left_out(self, word: Span, flag: Flag) -> None:
        headline, label = f"`{self.command.name}` takes flags alone", f"did you mean `--{flag.name} {word.text}`?"
        hint = f"`--{flag.name}`: {flag.sentence}"
        instead = word.replaced(f"--{flag.name} {word.text}")
        self.state.problem(headline, "extra_positional", word, label, hint, instead=instead)

    def _without(self, span: Span) -> str | None:
        """The line without some of the words, and without the blanks before them."""
        start = span.start
        while start and self.state.text[start - 1] == " ":
            start -= 1
        return self.state.span(start, span.end).replaced("")

    def missing(self, parameter: Parameter) -> None:
        """Note that an argument is missing."""
        last = self.words[-1] if self.words else self.head
        if parameter.shape is shapes.CLOSURE and lambdas.note_bars(self.state, last):
            return
        if parameter.shape.name in ("block", "expression") and bash.begins_block(self.state, last):
            bash.note_block(self.state, self.head, last)
            return
        example = next((each.line for each in self.command.examples), None)
        self.state.problem(
            f"`{self.command.name}` needs one more argument: {parameter.name}",
            "missing_positional",
            last.after() if last.end < len(self.state.text) else last,
            parameter.sentence.rstrip(".") or f"{_wanted(parameter)} goes behind this",
            f"For example: {example}" if example else None,
            instead=self._with_example(last, parameter, example),
        )

    def _with_example(self, last: Span, parameter: Parameter, example: str | None) -> str | None:
        """The line with the command as its example has it, or of a user's own with a value of the type."""
        if example is None:
            return last.replaced(f"{last.text} {SAMPLES.get(parameter.shape.name, SAMPLES['string'])}")
        stages = [stage for stage in example.split(" | ") if stage.startswith(f"{self.command.name} ")]
        # What a closure does fits the values of its example alone.
        return self.head.to(last).replaced(stages[0]) if stages and "{" not in stages[0] else None

    def parenthesized(self, at: int) -> Garbage:
        """Note that what is to be gone through stands in parentheses: `for (i in 1..3) { }`."""
        word, headline = self.words[at], f"`{self.command.name}` takes no parentheses here"
        inside = word.text[1:-1].strip()
        instead = word.replaced(inside) if re.match(r"\$?\w+\s+in\s", inside) else None
        return self.state.problem(headline, "parse_mismatch", word, "leave them out", instead=instead)

    def missing_block(self, words: list[Span]) -> Garbage:
        """Note that a block lacks its braces; the words are what should be in them."""
        place = words[0].to(words[-1])
        headline, label = f"the block of `{self.command.name}` is missing", "this goes in braces"
        instead = place.replaced(f"{{ {place.text} }}")
        return self.state.problem(headline, "missing_positional", place, label, instead=instead)

    def outside_loop(self) -> None:
        """Note that there is no loop to end or go on with."""
        name = self.command.name
        inside = self.state.scope.function.outer is not None
        self.state.problem(
            f"`{name}` only makes sense in a loop",
            "not_in_a_loop",
            self.head,
            "no `for`, `while` or `loop` around it",
            "`each` is no loop: there, `return` ends the turn.",
            instead=self.head.replaced("return") if inside and name == "continue" else None,
        )


def _fits(value: Value, shape: Shape) -> bool:
    try:
        conform(value, shape)
    except Misfit:
        return False
    return True


def _wanted(parameter: Parameter) -> str:
    """What a parameter takes, as it stands in a sentence."""
    return "a value" if parameter.shape is shapes.ANY else with_article(str(parameter.shape))
