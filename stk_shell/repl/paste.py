"""What a pasted block becomes: the program in it, without what documents and terminals put around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stk_shell.model.span import Source, Span
from stk_shell.parse.delimiters import scan
from stk_shell.parse.stages import ends_of_pipelines

FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>[\w-]*)[^`~]*")
"""A line that begins or ends a block of code in Markdown."""

OUR_LANGUAGES = frozenset({"nu", "nushell", "stk", "console"})
"""What documents call a block that holds programs, or entries and what they show."""

PROMPTS = (r"(?:stk)?>(?: |$)", r"[^\s〉|\"'`]*〉 ?")
CONTINUATION = re.compile(r"(?:·|:::)(?: |$)")
"""What stands before the lines that go on with an entry: ours, and nushell's."""

OUTPUT = re.compile(r"[╭│├╰┌└]|Error: |note: |stk \d")
"""What no program begins with, and what a shell shows may."""

FILLED_IN = re.compile(r"\{\w+\}")


def program_in(block: str, prompt: str) -> str:
    """The program in a block that was copied from somewhere; `prompt` is the setting.

    Kept are: of a document, what stands in fences; of a session, what stands behind prompts; and all of a program.
    """
    lines = with_our_ends(block).split("\n")
    begins = _prompts(prompt)
    programs = ("\n".join(_typed(_without_margin(part, begins), begins)) for part in _unfenced(lines))
    return "\n".join(program.strip("\n") for program in programs if program.strip())


def with_our_ends(block: str) -> str:
    """The block with lines that end as ours do."""
    return block.replace("\r\n", "\n").replace("\r", "\n")


def _prompts(prompt: str) -> re.Pattern[str]:
    """What a line begins with that has a prompt, ours or the user's."""
    own = FILLED_IN.split(prompt.rpartition("\n")[2].rstrip())
    users = [f"{'.*?'.join(map(re.escape, own))}(?: |$)"] if own[-1] else []
    return re.compile("|".join([*PROMPTS, *users]))


def _without_margin(lines: list[str], begins: re.Pattern[str]) -> list[str]:
    """The lines without the blanks that all of them begin with.

    A session's first line may have lost its own: it was copied from the prompt on.
    """
    head = lines[:1] if lines and begins.match(lines[0]) else []
    rest = lines[len(head) :]
    filled = [line for line in rest if line.strip()]
    margin = min((line[: len(line) - len(line.lstrip())] for line in filled), key=len, default="")
    if not margin or not all(line.startswith(margin) for line in filled):
        return lines
    return head + [line[len(margin) :] for line in rest]


def _unfenced(lines: list[str]) -> list[list[str]]:
    """The blocks of a Markdown document that may hold programs; all lines if it is none."""
    fences = [found for line in lines if (found := FENCE.fullmatch(line))]
    if not fences:
        return [lines]
    filled = [line for line in lines if line.strip()]
    edges = any(FENCE.fullmatch(line) for line in filled[:1] + filled[-1:])
    if not edges and not any(fence["language"].lower() in OUR_LANGUAGES for fence in fences):
        return [lines]
    # A block whose beginning was not copied ends before any begins.
    open_ = not FENCE.fullmatch(filled[0]) and not fences[0]["language"] and len(fences) % 2 == 1
    blocks = [*_blocks(lines, fences[0]["mark"] if open_ else "")]
    return [block for language, block in blocks if language in {"", *OUR_LANGUAGES}] or [block for _, block in blocks]


def _blocks(lines: Iterable[str], mark: str) -> Iterator[tuple[str, list[str]]]:
    """The blocks between fences, with their languages; where there is a mark, one is open from the beginning."""
    language, block = "", list[str]()
    for line in lines:
        fence = FENCE.fullmatch(line)
        if mark and not (fence and fence["mark"].startswith(mark) and not fence["language"]):
            block.append(line)
        elif mark:
            yield language, block
            mark, block = "", []
        elif fence:
            mark, language = fence["mark"], fence["language"].lower()
    if mark:
        yield language, block


def _typed(lines: list[str], begins: re.Pattern[str]) -> list[str]:
    """The lines that were typed in a session; all of them if it is none."""
    prompts = [at for at, line in enumerate(lines) if begins.match(line)]
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    if not prompts or not (begins.match(first) or OUTPUT.match(first)):
        return lines
    parts = [lines[start:end] for start, end in zip(prompts, [*prompts[1:], len(lines)], strict=True)]
    return [line for part in parts for line in _entry(begins.sub("", part[0], count=1), part[1:])]


def _entry(first: str, below: list[str]) -> list[str]:
    """The lines of an entry, of which those below it may go on with it; what follows is what it has shown."""
    if not first.strip():
        return []
    marked = next((at for at, line in enumerate(below) if not CONTINUATION.match(line)), len(below))
    typed, shown = [first, *(CONTINUATION.sub("", line) for line in below[:marked])], below[marked:]
    text = "\n".join(typed)
    if not shown or not (shown[0].startswith("|") or scan(Source(text)).problems or text.rstrip().endswith("|")):
        return typed
    whole = "\n".join([text, *shown])
    end = next((end for end in pipeline_ends(whole) if end > len(text)), len(whole))
    return whole[:end].rstrip("\n").split("\n")


def pipeline_ends(program: str) -> list[int]:
    """The offsets behind the newlines and semicolons that end its pipelines."""
    source = Source(program)
    return [*ends_of_pipelines(source, scan(source))]


def not_run(program: str, reached: Span | None) -> str:
    """Which lines of a program did not run, because it has failed at a pipeline or could not be read; or nothing."""
    if reached is None:
        text = program.strip()
        return "no line was run" if any(text[end - 1] == "\n" for end in pipeline_ends(text)) else ""
    lines = program.split("\n")
    first = program.count("\n", 0, reached.end) + 1
    left = [at + 1 for at in range(first, len(lines)) if lines[at].strip() and not lines[at].lstrip().startswith("#")]
    if not left:
        return ""
    return f"line {left[0]} did not run" if len(left) == 1 else f"lines {left[0]} to {left[-1]} did not run"
