"""The command `input`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data


class Input(Command):
    """Asks the user."""

    name = "input"
    summary = "Ask the user for a line, and give it as a text."
    description = "Where no terminal is there to type at, the next line of what is piped into stk is taken."
    signature = Signature(
        types=(("nothing", "string"),),
        category="language",
        positionals=(Parameter("prompt", STRING, "What to show before the line.", optional=True),),
        flags=(
            Flag("default", "What to take where nothing is typed.", STRING, short="d"),
            Flag("suppress-output", "Do not show what is typed, as for passwords.", short="s"),
        ),
    )
    examples = (
        Example('input "Who are you? "', "Ask for a name.", "Ana"),
        Example(
            'input "Note: " | .append event "note" | get name',
            "Log what is typed.",
            "note",
        ),
    )
    fails = "If the input has ended, and there is no default, that is an error."
    see_also = ("print",)

    def run(self, call: Call, data: Data) -> Data:
        """The line, without its end."""
        default = call.optional_text("default")
        prompt = call.optional_text("prompt") or ""
        if default and prompt:
            prompt = f"{prompt.rstrip()} (default: {default}) "
        line = call.session.host.ask(prompt, hidden=call.switch("suppress-output"))
        if line is None and default is None:
            label = Label(call.head, "there is nothing more to read")
            hint = "`--default TEXT` is taken instead."
            raise RunError("the input has ended", "end_of_input", (label,), hint)
        return line or default or ""


COMMAND = Input()
