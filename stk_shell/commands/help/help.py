"""The command `help`."""

from __future__ import annotations

from collections.abc import Iterable

from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.finding import found, known_commands
from stk_shell.model.meanings import MEANINGS
from stk_shell.model.offers import COMMAND as COMMAND_NAME
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Document
from stk_shell.model.suggest import nearest
from stk_shell.render.help_page import render_family, render_page

WELCOME = """\
stk: an interactive shell for an event store

  help commands        every command, with a sentence on each
  help event list      how to use a command; `event list --help` does the same
  help --find word     commands whose name or description has a word in it
  help --browse        all of that on the full screen; the key F1 does the same
  event                what there is for events, and lines to begin with
  store status         which store you are using, and who you are

A line is a pipeline: each part takes what the one before gives.

  event list | where name == "authentication" | select created record_json

Ctrl-C stops a command, Ctrl-D leaves."""

PLAIN_WIDTH = 80
"""The width of a page that goes on through a pipeline and not to a screen."""


class Help(Command):
    """Explains commands."""

    name = "help"
    summary = "Explain a command, or find one."
    description = """
        Without arguments it shows where to begin. `--find` knows words of other shells and databases, too. Behind
        a pipe it gives the same, and what stands before it does not run.

        `--browse` opens the help on the full screen: all commands, narrowed as you type, and the page of each. Enter
        puts the selected example, or the command's name, into the next prompt. The key F1 does the same from the
        prompt, at the command that is being typed.
    """
    signature = Signature(
        types=(("any", "string"), ("any", "table"), ("any", "nothing")),
        category="help",
        rest=Parameter(
            "command", STRING, "A command, the beginning of several, or `commands` for all.", completes=COMMAND_NAME
        ),
        flags=(
            Flag("find", "Show the commands whose name or description has this text in it.", STRING, "f"),
            Flag("browse", "Open the help on the full screen, at the command if one is named.", short="b"),
        ),
    )
    examples = (
        Example(
            "help event revoke | lines | first",
            "The page of a command.",
            "Revoke an event: mark it inactive, keep it for the record.",
        ),
        Example(
            'help commands | where name == "store stop" | select category summary',
            "All commands are a table; here, a row of it.",
            [{"category": "store", "summary": "Stop the embedded server."}],
        ),
        Example("help --find undo | get name.0", "Look for what you want to do.", "event revoke"),
        Example("help --browse event list", "Browse the help on the full screen, beginning with a command."),
    )
    fails = "A command that there is not is an error that names the nearest one; so is `--browse` without a terminal."
    see_also = ("event",)
    explains = True
    columns = (
        Column("name", "The command.", "string", completes=COMMAND_NAME),
        Column("category", "What it belongs to.", "string"),
        Column("summary", "What it does, in a sentence.", "string"),
    )

    def run(self, call: Call, data: Data) -> Data:
        """A page, or a table of commands."""
        if call.has("find"):
            return _table(command for _, command in found(known_commands(call.session), call.text("find")))
        name = " ".join(str(word) for word in call.rest("command"))
        command, family = _command(call, name), _family(call, name) if name else []
        if command is None and not family and name not in ("", "commands"):
            raise _unknown(call, name)
        if call.switch("browse"):
            call.session.host.views.browse(next((each.name for each in (command, *family) if each), ""))
            return None
        return _page(call, name, command, family)


def _page(call: Call, name: str, command: Command | None, family: list[Command]) -> Data:
    if command is not None:
        return Document(lambda width, paint: render_page(command, family, width, paint), PLAIN_WIDTH)
    if family:
        return Document(lambda width, paint: render_family(name, family, width, paint), PLAIN_WIDTH)
    return _table(known_commands(call.session)) if name else WELCOME


def _command(call: Call, name: str) -> Command | None:
    return call.session.user_commands.get(name) or call.session.commands.find(name)


def _family(call: Call, name: str) -> list[Command]:
    return [each for each in known_commands(call.session) if each.name.startswith(f"{name} ")]


def _table(commands: Iterable[Command]) -> Data:
    return [{"name": each.name, "category": each.signature.category, "summary": each.summary} for each in commands]


def _unknown(call: Call, name: str) -> RunError:
    meant, _ = MEANINGS.get(name, ("", None))
    near = meant if _command(call, meant) else nearest(name, [command.name for command in known_commands(call.session)])
    label = Label(call.span("command"), f"did you mean `{near}`?" if near else "no command of that name")
    hint = f"`help --find {(name.split() or ['WORD'])[0]}` looks for a word in all of them."
    return RunError(f"there is no command `{name}`", "command_not_found", (label,), hint)


COMMAND = Help()
