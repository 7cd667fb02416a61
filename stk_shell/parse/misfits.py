"""Arguments that a command does not take, or lacks: what was probably meant."""

from __future__ import annotations

from stk_shell.model import shape as shapes
from stk_shell.model.command import Command
from stk_shell.model.signature import HELP_FLAG, Flag, Parameter
from stk_shell.model.span import Span
from stk_shell.model.suggest import nearest
from stk_shell.model.syntax import Garbage
from stk_shell.parse import foreign, lambdas
from stk_shell.parse.state import State
from stk_shell.parse.unknown import subcommands, unknown_subcommand

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
            f"Its flags: {', '.join(f'--{flag}' for flag in flags)}.",
            instead=instead,
        )

    def no_value(self, flag: Flag, span: Span) -> None:
        """Note that a flag lacks its value."""
        headline, example = f"`--{flag.name}` needs a value", EXAMPLES.get(flag.shape.name if flag.shape else "")
        label = f"{'an' if str(flag.shape)[0] in 'aeiou' else 'a'} {flag.shape} goes behind it"
        instead = span.replaced(f"--{flag.name} {example}") if example else None
        self.state.problem(headline, "missing_flag_param", span, label, instead=instead)

    def extra(self, at: int) -> None:
        """Note that the command does not take the word, and what it may be."""
        if foreign.from_elsewhere(self.state, self.words, at):
            return
        takes = len(self.command.signature.positionals)
        if takes == 0 and subcommands(self.state, self.head.text):
            unknown_subcommand(self.state, self.head, [self.words[at]])
        elif not (self._keyword(at) or self._dotted(at) or foreign.missing_pipe(self.state, self.words, at)):
            self._too_much(at, takes)

    def _keyword(self, at: int) -> Garbage | None:
        """`elif` for `else if`."""
        word = self.words[at]
        if self.command.name != "if" or word.text not in ("elif", "elseif", "elsif"):
            return None
        headline, instead = f"there is no `{word.text}`", word.replaced("else if")
        return self.state.problem(headline, "extra_positional", word, "`else if`, in two words", instead=instead)

    def _dotted(self, at: int) -> Garbage | None:
        """`append event` for `.append event`."""
        name = f".{self.command.name} {self.words[at].text}"
        if self.state.commands.find(name) is None:
            return None
        place = self.head.to(self.words[at])
        headline, label = f"`{place.text}` is not a command", f"did you mean `{name}`?"
        return self.state.problem(headline, "unknown_command", place, label, instead=place.replaced(name))

    def _too_much(self, at: int, takes: int) -> None:
        word, name = self.words[at], self.command.name
        form = BY_COLUMN.get(name, "get {} | " + name if self.command.signature.category == "math" else "")
        columns = [each.text for each in self.words[at:] if each.text != "by" and not each.text.startswith("-")]
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
        example = next((each.line for each in self.command.examples), None)
        usage = " ".join([self.head.text, *(f"<{each.name}>" for each in self.command.signature.positionals)])
        self.state.problem(
            f"`{self.command.name}` needs one more argument: {parameter.name}",
            "missing_positional",
            last.after() if last.end < len(self.state.text) else last,
            parameter.sentence.rstrip(".") or f"{parameter.shape} goes here",
            f"For example: {example}" if example else f"Usage: {usage}",
        )

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


EXAMPLES = {
    "int": "10",
    "float": "1.5",
    "number": "10",
    "string": '"text"',
    "duration": "30min",
    "datetime": "2025-03-01",
    "filesize": "10kb",
    "bool": "true",
}
"""A value of each type, to show where one is missing or wrong."""
