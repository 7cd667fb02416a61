"""The command `open`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stk_shell.commands.files._paths import matching
from stk_shell.commands.files._reading import content, raw
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import PATH
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, iterate

if TYPE_CHECKING:
    from stk_shell.model.span import Span
    from stk_shell.model.values import Value


class Open(Command):
    """Reads files."""

    name = "open"
    summary = "Read a file."
    description = """The ending of the name says what is in it: `json`, `jsonl` or `ndjson` (a value in each line),
`csv`, `tsv`, `nuon`, `yaml` or `yml`, `toml`. Anything else is text, in UTF-8. Text, JSON lines, CSV and TSV are read
as they are needed, so that the size of the file does not matter. So are files that are compressed with gzip or
Zstandard: of `app.jsonl.gz`, the name without its last ending says what is in it, and an old log without such an ending
is known by its first bytes.

`~` at the beginning is your home folder; `*`, `?` and `[...]` stand for what several names have in common. Several
files give their rows one after the other."""
    signature = Signature(
        types=(("nothing", "any"), ("string", "any")),
        category="files",
        rest=Parameter("files", PATH, "The files; without any, the one whose name is piped in."),
        flags=(Flag("raw", "Take the text as it is, or the bytes of what is no text.", short="r"),),
    )
    examples = (
        Example(
            "[[name n]; [login 7]] | save logins.csv; open logins.csv",
            "A table from CSV.",
            [{"name": "login", "n": 7}],
        ),
        Example(
            "[[name n]; [login 7]] | save logins.csv; open logins.csv --raw",
            "The text of the same file.",
            "name,n\nlogin,7\n",
        ),
        Example(
            '"done\\n" | save backup.log; open backup.log | lines\n| .append event "backup" | get name',
            "Log an event for each line of a file.",
            ["backup"],
        ),
        Example(
            '{n: 1} | save a.jsonl; {n: 2} | save a.jsonl --append\nopen a.jsonl | .append event "import" | get name',
            "Log an event for each line of JSON, however many there are.",
            ["import", "import"],
        ),
        Example("{n: 1} | save a.json; {n: 2} | save b.json\nopen *.json | get n", "Several files.", [1, 2]),
    )
    fails = """A file that is not there, cannot be read, or does not hold what its name says is an error: of lines, it
names the one where that is. What is compressed, and damaged or cut off, is an error once that place is read."""
    see_also = ("save", "from json", "from csv", "lines", ".append event")

    def run(self, call: Call, data: Data) -> Data:
        """The value, or a stream of it."""
        place = call.span("files")
        names = call.rest("files") or list(iterate(collect(data)))
        if not names:
            label = Label(call.head, "which file?")
            raise RunError("`open` needs the name of a file", "missing_parameter", (label,), "open events.json")
        paths = [path for name in names for path in matching(str(name), place)]
        if len(paths) == 1:
            return self.one(paths[0], call, place)
        return Stream(self.all(paths, call, place))

    def all(self, paths: list[str], call: Call, place: Span) -> Iterator[Value]:
        """The rows of several files."""
        for path in paths:
            yield from iterate(self.one(path, call, place))

    @staticmethod
    def one(path: str, call: Call, place: Span) -> Data:
        """What a file holds."""
        return raw(path, call, place) if call.switch("raw") else content(path, call, place)


COMMAND = Open()
