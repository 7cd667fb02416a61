"""The command `split words`."""

from __future__ import annotations

import re

from stk_shell.commands._cells import unsupported
from stk_shell.commands.strings._units import BYTES, GRAPHEMES, counts_graphemes, graphemes, utf8
from stk_shell.model.batches import mapped
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import Value

WORD = re.compile(r"(?:[^\W_]|')+")
"""A run of letters, digits and apostrophes."""


class SplitWords(Command):
    """Finds the words of texts."""

    name = "split words"
    summary = "Give the words of a text, without what stands between them."
    signature = Signature(
        types=(("string", "list<string>"), ("list<string>", "list<any>")),
        category="strings",
        flags=(Flag("min-word-length", "Leave out shorter words.", INT, "l"), GRAPHEMES, BYTES),
    )
    examples = (
        Example('"Ana\'s login failed!" | split words', "All words.", ["Ana's", "login", "failed"]),
        Example("'a long line' | split words --min-word-length 4", "The longer ones.", ["long", "line"]),
    )
    see_also = ("split row", "split chars", "find")

    def run(self, call: Call, data: Data) -> Data:
        """The words; of a list of texts, a list for each."""
        least = at_least_zero(call, "min-word-length")
        measure = graphemes if counts_graphemes(call, "utf-8-bytes") else utf8
        if least is None and (call.switch("grapheme-clusters") or call.switch("utf-8-bytes")):
            label = Label(call.head, "`--min-word-length` is missing")
            raise RunError("there is no length to count", "incompatible_parameters", (label,))

        def words(text: Value) -> Value:
            if not isinstance(text, str):
                raise unsupported(call, text, "a string")
            return [word for word in WORD.findall(text) if not least or len(measure(word)) >= least]

        return mapped(data, words) if is_list_like(data) else words(collect(data))


COMMAND = SplitWords()
