"""The words behind a command's name, read as its signature says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model import shape as shapes
from stk_shell.model.command import Command
from stk_shell.model.literals import number_like
from stk_shell.model.shape import Shape
from stk_shell.model.signature import Flag, Parameter
from stk_shell.model.span import Span
from stk_shell.model.syntax import Argument, Declaration, Garbage, Node, Subexpression
from stk_shell.parse import braces, calls, expressions, patterns, pipelines, values
from stk_shell.parse.brackets import is_spread
from stk_shell.parse.parameters import refused_name
from stk_shell.parse.scope import VariableInfo
from stk_shell.parse.state import State

if TYPE_CHECKING:
    from stk_shell.parse.misfits import Given
    from stk_shell.parse.places import Watch


def read_arguments(
    state: State,
    head: Span,
    command: Command,
    words: list[Span],
    given: tuple[Argument, ...] = (),
    *,
    partly: bool = False,
) -> tuple[Argument, ...]:
    """The arguments that the words are. Some may be given in advance; with `partly`, none need be complete."""
    reader = _Reader(state, head, command, words, given)
    while reader.at < len(words):
        reader.read_next()
    if not partly:
        reader.check_complete()
    return tuple(reader.arguments)


class _Reader:
    def __init__(
        self, state: State, head: Span, command: Command, words: list[Span], given: tuple[Argument, ...]
    ) -> None:
        self.state = state
        self.head = head
        self.command = command
        self.signature = command.signature
        self.words = words
        self.at = 0
        self.arguments = list(given)
        names = {argument.name for argument in given}
        self.position = sum(parameter.name in names for parameter in self.signature.positionals)
        self.declared: list[VariableInfo] = []

    @property
    def given(self) -> Given:
        """What there is to say of mistakes; it is loaded with the first one."""
        from stk_shell.parse.misfits import Given

        return Given(self.state, self.head, self.command, self.words)

    def read_next(self) -> None:
        word = self.words[self.at]
        text = word.text
        if text == "&&":
            self.given.shell_and(self.at)
            self.at = len(self.words)
        elif text.startswith("--") and len(text) > 2:
            self.long_flag(word)
        elif text[0] == "-" and len(text) > 1 and self.is_short_flag(text):
            self.short_flags(word)
        elif is_spread(word):
            self.spread(word)
        else:
            self.positional(word)

    def is_short_flag(self, text: str) -> bool:
        return self.signature.short_flag(text[1]) is not None or (number_like(text) is None and text[1].isalpha())

    # Flags

    def long_flag(self, word: Span) -> None:
        if self.state.watch is not None:
            self.state.watch.flag(self.state, word, self.command, self.arguments)
        name, equals, _ = word.text[2:].partition("=")
        span = self.state.span(word.start, word.start + 2 + len(name))
        flag = self.signature.flag(name)
        self.at += 1
        if flag is None:
            self.given.unknown_flag(span, name)
        elif equals:
            start = span.end + 1
            self.add_flag(flag, span, self.state.span(start, word.end) if start < word.end else None)
        else:
            self.take_flag(flag, span)

    def short_flags(self, word: Span) -> None:
        if self.state.watch is not None:
            self.state.watch.flag(self.state, word, self.command, self.arguments)
        self.at += 1
        for offset in range(1, word.end - word.start):
            letter = word.text[offset]
            span = self.state.span(word.start, word.end)
            flag = self.signature.short_flag(letter)
            if flag is None:
                self.given.unknown_flag(span, letter)
                return
            self.take_flag(flag, span)

    def take_flag(self, flag: Flag, span: Span) -> None:
        if flag.shape is None:
            self.arguments.append(Argument(span, flag.name))
        elif self.at < len(self.words):
            self.at += 1
            self.add_flag(flag, span, self.words[self.at - 1])
        else:
            self.add_flag(flag, span, None)

    def add_flag(self, flag: Flag, span: Span, value: Span | None) -> None:
        if value is None:
            self.given.no_value(flag, span)
            return
        if self.state.watch is not None:
            self.state.watch.argument(self.state, value, self.command, flag, self.arguments)
        node = values.read_value(self.state, value, flag.shape or shapes.BOOL)
        if self.state.watch is not None:
            self.state.watch.enclosing(value, self.command, flag)
        self.arguments.append(Argument(span.to(value), flag.name, node))

    # Positional arguments

    def positional(self, word: Span) -> None:
        position = self.position
        parameter = self.next_parameter(word)
        if self.state.watch is not None:
            self.watch(self.state.watch, word, parameter, position)
        if parameter is None:
            if self.state.watch is None:
                self.given.extra(self.at)
            self.at = len(self.words)
            return
        start = self.at
        node = self.read_shape(parameter, parameter.shape)
        self.at = max(self.at, start + 1)
        self.arguments.append(Argument(node.span, parameter.name, node))
        if self.state.watch is not None:
            self.state.watch.enclosing(self.words[self.at - 1], self.command, parameter)

    def watch(self, watch: Watch, word: Span, parameter: Parameter | None, position: int) -> None:
        """Note what can stand in the place of a word; what is passed over for it begins at a position."""
        passed = self.signature.positionals[position : self.position]
        keywords = tuple(each.shape.word for each in passed if each.shape.name == "keyword")
        watch.argument(self.state, word, self.command, parameter, self.arguments, keywords)
        if parameter is None:
            watch.enclosing(word, self.command, None)

    def next_parameter(self, word: Span) -> Parameter | None:
        """The parameter that takes the word; optional keywords that do not stand here are passed over."""
        while self.position < len(self.signature.positionals):
            parameter = self.signature.positionals[self.position]
            self.position += 1
            if not (parameter.optional and parameter.shape.name == "keyword" and word.text != parameter.shape.word):
                return parameter
        return self.signature.rest

    def read_shape(self, parameter: Parameter, shape: Shape) -> Node:
        word = self.words[self.at]
        if shape.name == "keyword":
            return self.keyword(parameter, shape)
        if shape is shapes.CLOSURE and word.text[0] != "{":
            rest = self.words[self.at :]
            rest = rest if word.text[0] not in "($" or "=>" in [each.text for each in rest] else [word]
            from stk_shell.parse.lambdas import note_lambda

            found = note_lambda(self.state, self.head, rest)
            if found is not None:
                self.at += len(rest)
                return found
        if shape is shapes.CONDITION:
            first, self.at = self.at, len(self.words)
            return expressions.read_condition(self.state, self.words[first:])
        if shape is shapes.BRANCH and word.text[0] == "{":
            self.at += 1
            return self.branch(word)
        if shape.name == "expression":
            return self.expression()
        self.at += 1
        if shape.name == "block":
            return self.block(word, in_loop=shape is shapes.LOOP_BLOCK)
        if shape is shapes.VARIABLE:
            return self.variable(word)
        if shape is shapes.HANDLER and word.text[0] == "{":
            return braces.read_handler(self.state, word)
        if shape is shapes.MATCH_ARMS:
            return patterns.read_arms(self.state, word)
        return values.read_value(self.state, word, shape)

    def keyword(self, parameter: Parameter, shape: Shape) -> Node:
        word = self.words[self.at]
        if word.text != shape.word:
            return self.state.problem(
                f"`{shape.word}` is missing", "expected_keyword", word, f"`{shape.word}` goes before this"
            )
        self.at += 1
        if self.at >= len(self.words):
            return self.state.problem(
                f"something is missing behind `{shape.word}`",
                "missing_positional",
                word,
                parameter.sentence.rstrip("."),
                incomplete=True,
            )
        return self.read_shape(parameter, shape.item or shapes.ANY)

    def expression(self) -> Node:
        """The words up to the next keyword, but for those that the parameters before it need."""
        following = self.signature.positionals[self.position :]
        keyword = next((each.shape.word for each in following if each.shape.name == "keyword"), None)
        reserved = 0
        for each in following:
            if each.shape.name == "keyword":
                break
            reserved += not each.optional
        behind = range(self.at, len(self.words)) if keyword else ()
        end = next((at for at in behind if self.words[at].text == keyword), len(self.words))
        if self.state.watch is not None and reserved:
            # The block may not be typed yet, or there is more behind it than will be.
            braces_ = (at for at in range(self.at + 1, len(self.words)) if self.words[at].text[0] == "{")
            end, reserved = next(braces_, len(self.words)), 0
        mistake = self.mistaken(end, block=bool(reserved) and following[0].shape.name == "block") if following else None
        if mistake is not None:
            self.at = len(self.words)
            return mistake
        first, self.at = self.at, max(end - reserved, self.at + 1)
        node = expressions.read_expression(self.state, self.words[first : self.at])
        if self.state.watch is not None:
            self.state.watch.bound |= {each.name: node for each in self.declared}
        return node

    def mistaken(self, end: int, *, block: bool) -> Node | None:
        """The problem of `elif`, or of a block without braces, where an expression is to be read up to a word."""
        words = self.unbraced() if block else []
        if self.state.text[self.words[-1].end : self.words[-1].end + 1] == ";":
            from stk_shell.parse.bash import begins_block

            if begins_block(self.state, self.words[-1]):
                # It is noted where the block is missed.
                return Garbage(self.words[-1])
        return self.given.other_else(self.at, end) or (self.given.missing_block(words) if words else None)

    def unbraced(self) -> list[Span]:
        """The words that should be in braces, where none are: from the first on that names a command."""
        words = self.words
        if any(word.text[0] == "{" for word in words[self.at :]):
            return []
        start = next((at for at in range(self.at + 1, len(words)) if calls.find_command(self.state, words[at:])), None)
        return [] if start is None else words[start:]

    def branch(self, word: Span) -> Node:
        """A block, or a record where the braces hold one."""
        return self.block(word) if braces.is_block(self.state, word) else values.read_value(self.state, word)

    def block(self, word: Span, *, in_loop: bool = False) -> Node:
        if word.text[0] != "{":
            return self.state.problem(
                "a block is needed", "parse_mismatch", word, "this is none", "A block stands in braces: `{ ... }`."
            )
        state = self.state
        with state.inner_scope() as scope:
            scope.in_loop = scope.in_loop or in_loop
            scope.variables.update({info.name: info for info in self.declared})
            return Subexpression(word, pipelines.read_braced_block(state, word))

    def variable(self, word: Span) -> Node:
        name = word.text.removeprefix("$")
        if word.text[0] == "(":
            return self.given.parenthesized(self.at - 1)
        refused = refused_name(self.state, word, name)
        if refused is not None:
            return refused
        function = self.state.scope.function
        info = VariableInfo(name, function.new_slot(), function)
        # It is known in the block that follows, but not in the expression before it.
        self.declared.append(info)
        return Declaration(word, name, info.slot, shapes.ANY)

    def spread(self, word: Span) -> None:
        self.at += 1
        rest = self.signature.rest
        if rest is None:
            self.given.extra(self.at - 1)
            return
        value = values.read_value(self.state, self.state.span(word.start + 3, word.end))
        self.arguments.append(Argument(word, rest.name, value, spread=True))

    def check_complete(self) -> None:
        given = {argument.name for argument in self.arguments}
        for parameter in self.signature.positionals:
            if not parameter.optional and parameter.name not in given:
                self.given.missing(parameter)
                return
        if self.command.only_in_loop and not self.state.scope.in_loop:
            self.given.outside_loop()
