"""The command `to html`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect


class ToHtml(Command):
    """Writes HTML."""

    name = "to html"
    summary = "Write a table as an HTML page."
    description = "A list of other values becomes a numbered list. What is nested in a cell is written in one line."
    signature = Signature(
        types=(("any", "string"),),
        category="formats",
        flags=(
            Flag("partial", "Only the content, to be put into a page.", short="p"),
            Flag("dark", "Light letters on a dark ground.", short="d"),
            Flag("raw", "Take texts for HTML. Never do this with texts of others.", short="r"),
        ),
    )
    examples = (
        Example(
            "[[n]; ['<1>']] | to html --partial",
            "A table.",
            '<div style="background-color:white;color:black;"><table><thead><tr><th>n</th></tr></thead>'
            "<tbody><tr><td>&lt;1&gt;</td></tr></tbody></table></div>",
        ),
        Example("event list | select name created | to html", "A page with the newest events."),
    )
    see_also = ("to md", "save")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        # Its library is not for every program.
        from stk_shell.render.html_text import Html

        style = Html(partial=call.switch("partial"), dark=call.switch("dark"), raw=call.switch("raw"))
        return style.render(collect(data))


COMMAND = ToHtml()
