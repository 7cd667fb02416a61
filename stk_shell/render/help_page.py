"""The help page of a command, made from what the command says of itself."""

from __future__ import annotations

from collections.abc import Iterable

from stk_shell.model.command import Command, Example
from stk_shell.model.shape import Shape
from stk_shell.model.signature import HELP_FLAG, Flag, Parameter
from stk_shell.model.stream import Paint
from stk_shell.render.nuon import to_nuon
from stk_shell.render.table import Tables
from stk_shell.render.width import display_width, wrap

INDENT = "  "
WIDEST = 100
"""The longest line of text."""

READABLE = 24
"""The columns that an explanation needs to stand behind a name."""


def render_page(command: Command, family: Iterable[Command], width: int, paint: Paint) -> str:
    """The page; `family` are the commands whose names begin with this one's."""
    return _Page(command, list(family), min(width, WIDEST), paint).render()


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
    signature = command.signature
    words = [command.name]
    if signature.flags:
        words.append("{flags}")
    words += [_place(parameter) for parameter in signature.positionals]
    if signature.rest:
        words.append(f"...{signature.rest.name}")
    return " ".join(words)


def _place(parameter: Parameter) -> str:
    keyword = parameter.shape.word if parameter.shape.name == "keyword" else ""
    text = f"{keyword} <{parameter.name}>" if keyword else f"<{parameter.name}>"
    return f"({text.strip('<>') if not keyword else text})" if parameter.optional else text


class _Page:
    def __init__(self, command: Command, family: list[Command], width: int, paint: Paint) -> None:
        self.command = command
        self.family = family
        self.width = width
        self.paint = paint

    def render(self) -> str:
        command, signature = self.command, self.command.signature
        flags = [(self.flag_head(flag), _explained(flag)) for flag in (*signature.flags, HELP_FLAG)]
        parameters = [(_parameter_head(each), _explained(each)) for each in signature.positionals]
        if signature.rest:
            parameters.append((f"...{_parameter_head(signature.rest)}", signature.rest.sentence))
        family = _summaries(self.family)
        sections = [
            self.paint("title", "\n".join(wrap(command.summary, self.width))),
            *self.paragraphs(command.description),
            self.section("Usage", self.usage()),
            self.section("Subcommands", self.listed(family)) if family else "",
            self.section("Flags", self.listed(flags)),
            self.section("Parameters", self.listed(parameters)) if parameters else "",
            self.section("Input → output", [INDENT + line for line in self.types()]),
            self.section("Examples", self.examples()) if command.examples else "",
            *self.paragraphs(command.fails),
            "\n".join(wrap(f"See also: {', '.join(command.see_also)}", self.width)) if command.see_also else "",
        ]
        return "\n\n".join(section for section in sections if section)

    def usage(self) -> list[str]:
        first, *more = wrap(usage(self.command), self.width - 2 * len(INDENT))
        return [f"{INDENT}> {first}", *(2 * INDENT + line for line in more)]

    def section(self, title: str, lines: list[str]) -> str:
        return "\n".join([self.paint("header", f"{title}:"), *lines])

    def paragraphs(self, text: str) -> list[str]:
        """The paragraphs, filled to the width; a blank line parts them."""
        return ["\n".join(wrap(" ".join(part.split()), self.width)) for part in text.split("\n\n") if part.strip()]

    def flag_head(self, flag: Flag) -> str:
        names = f"-{flag.short}, --{flag.name}" if flag.short else f"    --{flag.name}"
        if len(flag.name) == 1 and flag.name == flag.short:
            names = f"-{flag.short}"
        return f"{names} <{flag.shape}>" if flag.shape else names

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

    def examples(self) -> list[str]:
        blocks = [self.example(example) for example in self.command.examples]
        return "\n\n".join(blocks).split("\n")

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


def _parameter_head(parameter: Parameter) -> str:
    shape: Shape | None = parameter.shape
    if shape is not None and shape.name == "keyword":
        shape = shape.item
    return f"{parameter.name} <{shape}>"


def _explained(item: Flag | Parameter) -> str:
    """What it means, and what counts where it is left out."""
    if item.default is not None:
        return f"{item.sentence} (default: {to_nuon(item.default)})"
    return f"{item.sentence} (optional)" if isinstance(item, Parameter) and item.optional else item.sentence
