"""The command `hide-env`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import VARIABLE
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.suggest import nearest


class HideEnv(Command):
    """Takes variables out of the environment."""

    name = "hide-env"
    summary = "Take variables out of the environment."
    description = "They stay away until the end of the closure or command around it."
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        rest=Parameter("names", STRING, "The variables.", completes=VARIABLE),
        flags=(Flag("ignore-errors", "Say nothing of those that are not set.", short="i"),),
    )
    examples = (Example("$env.TEAM = 'night'; hide-env TEAM; $env.TEAM?", "Unset a variable.", None),)
    fails = "A variable that is not set is an error, and none is taken out."
    see_also = ("load-env", "with-env")
    sets_environment = True

    def run(self, call: Call, data: Data) -> Data:
        """Nothing comes back."""
        before, names = call.session.environment, call.rest("names")
        missing = [str(name) for name in names if name not in before]
        if missing and not call.switch("ignore-errors"):
            near = nearest(missing[0], before)
            label = Label(call.span("names"), f"did you mean `{near}`?" if near else "it is not set")
            headline = f"there is no environment variable `{missing[0]}`"
            raise RunError(headline, "env_variable_not_found", (label,), "`hide-env -i` passes over it.")
        call.session.environment = {name: value for name, value in before.items() if name not in names}
        return None


COMMAND = HideEnv()
