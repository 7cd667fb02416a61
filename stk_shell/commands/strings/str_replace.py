"""The command `str replace`."""

from __future__ import annotations

import re
from collections.abc import Callable

from stk_shell.commands._cells import CELLS, cell_types, change_cells, on_text
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.regexes import Found, Regex, places, regex
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data

GROUP = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})")
"""A group in a replacement: `$1`, `$name`, `${name}`; `$$` is the sign itself."""


class StrReplace(Command):
    """Replaces parts of texts."""

    name = "str replace"
    summary = "Put another text in the place of a part of a text."
    description = """Only the first place is changed, unless `--all` is given. With `--regex`, `$1` or `${name}` in the
new text stand for the groups of the pattern, and `$0` for all that was found."""
    signature = Signature(
        types=cell_types("string", "string"),
        category="strings",
        positionals=(
            Parameter("find", STRING, "What to look for."),
            Parameter("replace", STRING, "What to put in its place."),
        ),
        rest=CELLS,
        flags=(
            Flag("all", "Change every place.", short="a"),
            Flag("regex", "Look for a regular expression.", short="r"),
            Flag("no-expand", "Take `$1` and the like in the new text as they are.", short="n"),
            Flag("multiline", "A regular expression whose `^` and `$` stand for the ends of lines.", short="m"),
        ),
    )
    examples = (
        Example("'user-login' | str replace - _", "The first place.", "user_login"),
        Example("'a-b-c' | str replace --all - ''", "Every place.", "abc"),
        Example(
            r"'Ana Lee' | str replace --regex '(\w+) (\w+)' '$2, $1'",
            "By a regular expression with groups.",
            "Lee, Ana",
        ),
        Example("[[name]; [old-note]] | str replace old new name", "A column.", [{"name": "new-note"}]),
    )
    fails = "A pattern that is no regular expression is an error that says why."
    see_also = ("parse", "str trim", "split row")

    def run(self, call: Call, data: Data) -> Data:
        """The changed texts."""
        return change_cells(call, data, on_text(call, _replacer(call)))


def _replacer(call: Call) -> Callable[[str], str]:
    find, replace, all_ = call.text("find"), call.text("replace"), call.switch("all")
    if not (call.switch("regex") or call.switch("multiline")):
        return lambda text: text.replace(find, replace, -1 if all_ else 1)
    pattern = regex(f"(?m){find}" if call.switch("multiline") else find, call.span("find"), "incorrect_value")
    if call.switch("no-expand") or "$" not in replace:
        return lambda text: _replaced(text, pattern, lambda found: replace, all_=all_)
    expand = _expansion(replace, pattern)
    return lambda text: _replaced(text, pattern, expand, all_=all_)


def _replaced(text: str, pattern: Regex, new: Callable[[Found], str], *, all_: bool) -> str:
    pieces: list[str] = []
    start = 0
    for found in places(pattern, text):
        stop, after = found.span()
        pieces += text[start:stop], new(found)
        start = after
        if not all_:
            break
    return "".join([*pieces, text[start:]])


def _expansion(replace: str, pattern: Regex) -> Callable[[Found], str]:
    """What gives the new text for a place that was found; a group that there is not is empty."""

    def expanded(found: Found) -> str:
        def group(reference: re.Match[str]) -> str:
            name = reference[1] or reference[2]
            if name is None:
                return "$"
            number = int(name) if name.isdecimal() else pattern.groupindex.get(name, -1)
            return (found.group(number) or "") if 0 <= number <= pattern.groups else ""

        return GROUP.sub(group, replace)

    return expanded


COMMAND = StrReplace()
