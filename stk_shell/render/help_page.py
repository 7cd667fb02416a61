"""The help page of a command, made from what the command says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from stk_shell.model.command import Command, Example
from stk_shell.model.shape import Shape
from stk_shell.model.signature import HELP_FLAG, Flag, Parameter
from stk_shell.model.stream import Paint
from stk_shell.model.struct import Struct
from stk_shell.render.nuon import to_nuon
from stk_shell.render.table import Tables
from stk_shell.render.width import display_width, wrap

INDENT = "  "
WIDEST = 100
"""The longest line of text."""

READABLE = 24
"""The columns that an explanation needs to stand behind a name."""


class Page(Struct):
    """A page, and which of its lines each example stands in."""

    text: str
    examples: tuple[range, ...] = ()


def render_page(command: Command, family: Iterable[Command], width: int, paint: Paint) -> str:
    """The page; `family` are the commands whose names begin with this one's."""
    return lay_out(command, family, width, paint).text


def lay_out(command: Command, family: Iterable[Command], width: int, paint: Paint) -> Page:
    """The page, with the places of the examples in it."""
    return _Layout(command, list(family), min(width, WIDEST), paint).page()


def render_family(name: str, family: Iterable[Command], width: int, paint: Paint) -> str:
    """A page for a word that is no command itself but begins the names of several."""
    members, width = list(family), min(width, WIDEST)
    text = f"`{name}` is the beginning of these commands; `help {members[0].name}` explains one."
    lines = [*wrap(text, width), "", paint("header", "Subcommands:"), *listed(_summaries(members), width, paint)]
    return "\n".join(lines)


def _summaries(commands: Iterable[Command]) -> list[tuple[str, str]]:
    return [(command.name, command.summary) for command in commands]


def listed(lines: list[tuple[str, str]], width: int, paint: Paint) -> list[str]:
    """Names, and behind each what it means, or under each where the screen is narrow."""
    widest = min(max(display_width(head) for head, _ in lines), width // 2)
    room = width - widest - 2 * len(INDENT)
    if room < READABLE:
        return [line for head, text in lines for line in _stacked(head, text, width, paint)]
    return [line for head, text in lines for line in _beside(head, wrap(text, room), widest, paint)]


def _stacked(head: str, text: str, width: int, paint: Paint) -> list[str]:
    heads = wrap(head, width - 2 * len(INDENT))
    indent = 3 * INDENT
    lines = [f"{INDENT}{paint('flag', heads[0])}"]
    lines += [2 * INDENT + paint("flag", more) for more in heads[1:]]
    return [*lines, *(indent + line for line in wrap(text, width - len(indent)))]


def _beside(head: str, lines: list[str], widest: int, paint: Paint) -> list[str]:
    indent = " " * (widest + 2 * len(INDENT))
    lead = INDENT + paint("flag", head)
    if display_width(head) > widest:
        return [lead, *(indent + line for line in lines)]
    pad = " " * (widest - display_width(head) + len(INDENT))
    return [(lead + pad + lines[0]).rstrip(), *(indent + line for line in lines[1:])]


def usage(command: Command) -> str:
    """The line that shows how it is called: `event get {flags} (event)`."""
    return " ".join(word for word, _ in usage_words(command))


def usage_words(command: Command) -> list[tuple[str, Parameter | None]]:
    """The words of that line, each with the parameter that it stands for."""
    signature = command.signature
    words: list[tuple[str, Parameter | None]] = [(command.name, None)]
    if signature.flags:
        words.append(("{flags}", None))
    words += [(_place(parameter), parameter) for parameter in signature.positionals]
    if signature.rest:
        words.append((f"...{signature.rest.name}", signature.rest))
    return words


def _place(parameter: Parameter) -> str:
    keyword = parameter.shape.word if parameter.shape.name == "keyword" else ""
    text = f"{keyword} <{parameter.name}>" if keyword else f"<{parameter.name}>"
    return f"({text.strip('<>') if not keyword else text})" if parameter.optional else text


class _Layout:
    def __init__(self, command: Command, family: list[Command], width: int, paint: Paint) -> None:
        self.command = command
        self.family = family
        self.width = width
        self.paint = paint

    def page(self) -> Page:
        above = "\n\n".join(section for section in self.above() if section)
        examples = [self.example(example) for example in self.command.examples]
        shown = self.section("Examples", "\n\n".join(examples).split("\n")) if examples else ""
        sections = [above, shown, *self.below()]
        # A blank line and the header stand between.
        starts = accumulate((text.count("\n") + 2 for text in examples), initial=above.count("\n") + 3)
        places = (range(at, at + text.count("\n") + 1) for at, text in zip(starts, examples, strict=False))
        return Page("\n\n".join(section for section in sections if section), tuple(places))

    def above(self) -> list[str]:
        """What stands above the examples."""
        command, signature = self.command, self.command.signature
        flags = [(headed(flag), explained(flag)) for flag in (*signature.flags, HELP_FLAG)]
        parameters = [(headed(each), explained(each)) for each in signature.positionals]
        if signature.rest:
            parameters.append((f"...{headed(signature.rest)}", signature.rest.sentence))
        family = _summaries(self.family)
        return [
            self.paint("title", "\n".join(wrap(command.summary, self.width))),
            *self.paragraphs(command.description),
            self.section("Usage", self.usage()),
            self.section("Subcommands", self.listed(family)) if family else "",
            self.section("Flags", self.listed(flags)),
            self.section("Parameters", self.listed(parameters)) if parameters else "",
            self.section("Input → output", [INDENT + line for line in self.types()]),
        ]

    def below(self) -> list[str]:
        """What stands below the examples."""
        others = self.command.see_also
        see = "\n".join(wrap(f"See also: {', '.join(others)}", self.width)) if others else ""
        return [*self.paragraphs(self.command.fails), see]

    def usage(self) -> list[str]:
        first, *more = wrap(usage(self.command), self.width - 2 * len(INDENT))
        return [f"{INDENT}> {first}", *(2 * INDENT + line for line in more)]

    def section(self, title: str, lines: list[str]) -> str:
        return "\n".join([self.paint("header", f"{title}:"), *lines])

    def paragraphs(self, text: str) -> list[str]:
        """The paragraphs, filled to the width; a blank line parts them."""
        return ["\n".join(wrap(" ".join(part.split()), self.width)) for part in text.split("\n\n") if part.strip()]

    def listed(self, lines: list[tuple[str, str]]) -> list[str]:
        return listed(lines, self.width, self.paint)

    def types(self) -> list[str]:
        """Which inputs give which output."""
        by_output: dict[str, list[str]] = {}
        for given, output in self.command.signature.types:
            by_output.setdefault(output, []).append(given)
        texts = [f"{', '.join(inputs)} → {output}" for output, inputs in by_output.items()]
        joined = "        ".join(texts)
        room = self.width - len(INDENT)
        if len(joined) <= room:
            return [joined]
        wrapped = (wrap(text, room - len(INDENT)) for text in texts)
        return [line if at == 0 else INDENT + line for lines in wrapped for at, line in enumerate(lines)]

    def example(self, example: Example) -> str:
        lines = [f"{INDENT}{line}" for line in wrap(example.sentence, self.width - len(INDENT))]
        for at, line in enumerate(self.paint("program", example.line).split("\n")):
            lines.append(f"{INDENT}{'>' if at == 0 else ' '} {line}")
        if example.result is not None:
            lines += [f"{INDENT}{line}" for line in self.result(example).split("\n")]
        return "\n".join(lines)

    def result(self, example: Example) -> str:
        room = self.width - len(INDENT)
        text = Tables(room).render(example.result)
        if not isinstance(example.result, str):
            return text
        return to_nuon(text) if not text.strip() else "\n".join(wrap(text, room))


def headed(item: Flag | Parameter) -> str:
    """A flag or parameter with the shape of its value: `-l, --limit <int>`."""
    shape: Shape | None = item.shape
    if isinstance(item, Flag):
        names = _flag_names(item)
        return f"{names} <{shape}>" if shape else names
    if shape is not None and shape.name == "keyword":
        shape = shape.item
    return f"{item.name} <{shape}>"


def _flag_names(flag: Flag) -> str:
    if len(flag.name) == 1 and flag.name == flag.short:
        return f"-{flag.short}"
    return f"-{flag.short}, --{flag.name}" if flag.short else f"    --{flag.name}"


def explained(item: Flag | Parameter) -> str:
    """What it means, and what counts where it is left out."""
    if item.default is not None:
        return f"{item.sentence} (default: {to_nuon(item.default)})"
    return f"{item.sentence} (optional)" if isinstance(item, Parameter) and item.optional else item.sentence
