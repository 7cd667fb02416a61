"""What `event types` and its like share."""

from __future__ import annotations

from stk_shell.commands._record_columns import SCHEMA, types
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command
from stk_shell.model.nouns import Noun
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data


def types_signature(noun: Noun) -> Signature:
    """The signature of such a command."""
    detail = Flag("detail", "Also what their schemas ask for.", short="d")
    return Signature(types=(("nothing", "table"),), category=noun.name, flags=(detail,))


class ListTypes(Command):
    """Shows the types that records can have."""

    noun: Noun

    def gives(self, given: Given) -> Columns:
        """Those of the list of types, and with `--detail` their schemas."""
        return (*types(self.noun), SCHEMA) if given.has("detail") else types(self.noun)

    def run(self, call: Call, data: Data) -> Data:
        """The types that are not revoked, the default first."""
        return [*call.session.store.event_types(self.noun, detail=call.switch("detail"))]
