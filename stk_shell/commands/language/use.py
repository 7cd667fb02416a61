"""The command `use`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.suggest import nearest

MODULES = ("modules", "modules/stk_event")
"""The modules that documents of chuck-stack name; stk has what is in them without being asked."""


class Use(Command):
    """Names a module, as nushell's users do before they log events."""

    name = "use"
    summary = "Make the commands of a module known."
    description = """stk knows all its commands from the start, so the line only has to name a module that there is:
`modules`, or `modules/stk_event`. It stands at the head of many a document, and may stay there."""
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(Parameter("module", STRING, "The module."),),
        rest=Parameter("members", STRING, "What to take from it; `*` is everything."),
    )
    examples = (
        Example("use modules *", "As documents of chuck-stack begin.", None),
        Example("use modules/stk_event *", "The event module alone.", None),
    )
    fails = "A module that there is not is an error."
    see_also = ("help", ".append event")

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        name = call.text("module")
        if name.removesuffix("/").removesuffix(".nu").removesuffix("/mod") not in MODULES:
            near = nearest(name, MODULES)
            label = Label(call.span("module"), f"did you mean `{near}`?" if near else "there is no module of that name")
            hint = f"The modules are {' and '.join(f'`{module}`' for module in MODULES)}."
            raise RunError(f"there is no module `{name}`", "module_not_found", (label,), hint)
        return None


COMMAND = Use()
