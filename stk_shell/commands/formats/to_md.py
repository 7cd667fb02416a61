"""The command `to md`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CELL_PATH, list_of
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect
from stk_shell.render.markdown import Markdown


class ToMd(Command):
    """Writes Markdown."""

    name = "to md"
    summary = "Write a table as Markdown."
    description = """A list of other values becomes a line for each. With `--per-element`, a new table begins where the
columns change, and a record like `{h1: Title}` becomes a heading (`h1`, `h2`, `h3`, `blockquote`)."""
    signature = Signature(
        types=(("any", "string"),),
        category="formats",
        flags=(
            Flag("pretty", "Make the columns even.", short="p"),
            Flag("per-element", "Write each item as what it is: a heading, a table, a line.", short="e"),
            Flag("center", "Columns whose cells stand in the middle.", list_of(CELL_PATH), "c"),
            Flag("escape-md", "Let no sign in a text mean anything in Markdown.", short="m"),
            Flag("escape-html", "Let no sign in a text mean anything in HTML.", short="t"),
            Flag("escape-all", "Both.", short="a"),
        ),
    )
    examples = (
        Example("[[name n]; [note 1]] | to md", "A table.", "| name | n |\n| --- | --- |\n| note | 1 |"),
        Example(
            "[[name n]; [note 1]] | to md --pretty",
            "With even columns.",
            "| name | n   |\n| ---- | --- |\n| note | 1   |",
        ),
        Example("[{h1: Events} {blockquote: Today}] | to md -e", "Headings.", "# Events\n> Today"),
    )
    see_also = ("to html", "to text", "save")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        center = call.value("center")
        style = Markdown(
            pretty=call.switch("pretty"),
            per_element=call.switch("per-element"),
            center=frozenset(map(str, center)) if isinstance(center, list) else frozenset(),
            escape_md=call.switch("escape-md") or call.switch("escape-all"),
            escape_html=call.switch("escape-html") or call.switch("escape-all"),
        )
        return style.render(collect(data))


COMMAND = ToMd()
