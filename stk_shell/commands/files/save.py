"""The command `save`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import IO

from stk_shell.commands._delimited import Dialect, read_rows
from stk_shell.commands.files._compressed import packed, without_ending
from stk_shell.commands.files._paths import expanded, failure, format_of
from stk_shell.commands.files._reading import text_of
from stk_shell.commands.files._writing import refuse, writing
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.progress import Progress
from stk_shell.model.shape import PATH
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.source import Source
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, TextStream, pieces_of
from stk_shell.model.values import Value
from stk_shell.render.delimited import CSV, TSV, Layout, delimited_lines
from stk_shell.render.formats import writer

LAYOUTS = {"csv": CSV, "tsv": TSV}
BY_LINES = frozenset({"csv", "tsv", "ndjson"})
"""Formats to which more can be appended, line by line."""

AS_TEXT = frozenset({"text", "md", "html", "parquet", *LAYOUTS})
"""Formats that have no form of their own for null, or for bytes."""

ENDINGS = "`.jsonl`, `.json`, `.csv`, `.tsv`, `.parquet`, `.nuon`, `.yaml`, `.toml`, `.md` and `.html`"
"""Those that say how to write records."""

CHANGING = "`save --force` takes its place, `save --append` writes behind its end."


class Save(Command):
    """Writes a file."""

    name = "save"
    summary = "Write what is piped in to a file."
    description = """The ending of the name says how: `json`, `jsonl` or `ndjson` (a line for each row), `csv`, `tsv`,
`nuon`, `yaml` or `yml`, `toml`, `md`, `html`, `parquet`. A text is written as it is, whatever the name. Under any other
name, a list of texts and numbers becomes a line for each; records are refused, because such a name does not say how to
write them. What is nested in a cell of CSV, TSV or Parquet becomes JSON. With `.gz` or `.zst` behind the ending, as in
`events.jsonl.gz`, the file is compressed.

JSON, JSON lines, CSV, TSV and Parquet are written as their rows come, so that their number does not matter: events are
exported with `event list --limit 0`, and a filter if not all are wanted. JSON lines are the fastest by far. Parquet
takes a library more: `pip install 'stk-shell[parquet]'`; its first thousand rows say of which types the columns are.

The file is there once everything has been written. If the pipeline fails before, nothing has changed."""
    signature = Signature(
        types=(("any", "nothing"),),
        category="files",
        positionals=(Parameter("file", PATH, "The file; `~` is your home folder."),),
        flags=(
            Flag("force", "Take the place of a file that is there.", short="f"),
            Flag("append", "Write behind the end of a file that is there.", short="a"),
            Flag("raw", "Write as text, whatever the name; a line for each row.", short="r"),
        ),
    )
    examples = (
        Example("event list --limit 0 | save events.jsonl", "All events, one in each line."),
        Example(
            "event list --limit 0 | where name == authentication\n| save in.jsonl.gz; open in.jsonl.gz | get name",
            "Some of them, compressed.",
            ["authentication"],
        ),
        Example(
            "[[name n]; [login 7]] | save logins.csv; open logins.csv --raw",
            "A table as CSV.",
            "name,n\nlogin,7\n",
        ),
        Example("'first' | save note.txt; 'second' | save -f note.txt; open note.txt", "Replace a file.", "second"),
        Example(
            "[{n: 1}] | save n.csv; [{n: 2}] | save --append n.csv; open n.csv | get n",
            "Add rows to a table; its header stays the only one.",
            [1, 2],
        ),
    )
    fails = "A file that is there already is left alone, unless `--force` or `--append` is given."
    see_also = ("open", "to json", "to csv", "print")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        place = call.span("file")
        path = expanded(call.text("file"), place)
        append = call.switch("append")
        allowed = append or call.switch("force")
        refuse(path, place, allowed=allowed, hint=CHANGING)
        format = "text" if call.switch("raw") else format_of(without_ending(path))
        if append and (format == "parquet" or without_ending(path) != path):
            raise _no_more(path, place)
        if isinstance(data, Source) and not call.session.settings.pushdown:
            data = data.unoffered()
        if format == "text" and not call.switch("raw"):
            data = _plain(data, call)
        layout = _layout_of(path, format, place) if append else LAYOUTS.get(format)
        try:
            with writing(path, append=append) as file, _packed(path, file, data) as target:
                if append and format in BY_LINES and _is_unfinished(path):
                    target.write(b"\n")
                with _progress(data, call) as progress:
                    _write(data, target, format, layout, progress, place)
        except UnicodeEncodeError:
            raise RunError("the text holds half of a surrogate pair, which is no character", "non_utf8") from None
        except OSError as error:
            raise failure(error, path, place) from None
        return None


def _plain(data: Data, call: Call) -> Data:
    """The data, as long as it holds no records or lists that a text has no form for."""
    if isinstance(data, dict) or (isinstance(data, list) and any(isinstance(item, (dict, list)) for item in data)):
        raise _no_form(call)
    return Stream(_plain_items(data, call)) if isinstance(data, Stream) else data


def _plain_items(rows: Stream, call: Call) -> Iterator[Value]:
    for row in rows:
        if isinstance(row, (dict, list)):
            raise _no_form(call)
        yield row


def _no_form(call: Call) -> RunError:
    name = call.text("file")
    ending = os.path.splitext(name)[1]
    what = f"`{ending}` does not say" if ending else "a name without an ending does not say"
    label = Label(call.span("file"), f"these do: {ENDINGS}")
    hint = f"`to json | save {name}` writes JSON under this name, `save --raw {name}` a line of text for each row."
    instead = call.head.replaced("to json | save")
    return RunError(f"{what} how to write records and lists", "cant_convert", (label,), hint, instead=instead)


def _layout_of(path: str, format: str, place: Span) -> Layout | None:
    """The layout for rows that go behind those of the file: its header holds for them, too."""
    layout = LAYOUTS.get(format)
    if layout is None or not os.path.isfile(path):
        return layout
    dialect = Dialect(separator=layout.separator, headers=False, infer=False)
    header = next(iter(read_rows(text_of(path, place), dialect, place)), None)
    names = tuple(map(str, header.values())) if isinstance(header, dict) else ()
    return layout.replace(header=False, names=names) if names else layout


def _is_unfinished(path: str) -> bool:
    """Whether the file's last line has no end."""
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        return False
    with open(path, "rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() != b"\n"


def _no_more(path: str, place: Span) -> RunError:
    label = Label(place, "such a file is written at once")
    hint = "Another file can take the new rows: `open` reads several together, as `open day-*.parquet`."
    return RunError(f"nothing can be added behind the end of `{path}`", "cant_append", (label,), hint)


def _packed(path: str, file: IO[bytes], data: Data) -> AbstractContextManager[IO[bytes]]:
    """What compresses, if the name says so; bytes are what they are already."""
    return nullcontext(file) if isinstance(data, bytes) else packed(path, file)


def _write(data: Data, file: IO[bytes], format: str, layout: Layout | None, progress: Progress, place: Span) -> None:
    """Write all of the data; rows that come one after another are counted as they are written."""
    if format == "parquet" and not isinstance(data, bytes):
        from stk_shell.commands.files import _parquet

        _parquet.write(_counted(data, progress), file, place)
        return
    counts_lines = isinstance(data, Source) and format == "ndjson"
    for block in _blocks(data if counts_lines else _counted(data, progress), format, layout):
        file.write(block)
        progress.done += block.count(b"\n") if counts_lines else 0


def _progress(data: Data, call: Call) -> AbstractContextManager[Progress]:
    """What counts rows that come one after another."""
    return call.session.progress("rows") if isinstance(data, Stream) else nullcontext(Progress("rows"))


def _counted(data: Data, progress: Progress) -> Data:
    return Stream(progress.counting(data)) if isinstance(data, Stream) else data


def _blocks(data: Data, format: str, layout: Layout | None) -> Iterator[bytes]:
    """What to write. Bytes that came in as no UTF-8 leave as they came."""
    if isinstance(data, bytes) and format in AS_TEXT:
        yield data
        return
    for text in _texts(data, format, layout):
        yield text.encode("utf-8", "surrogateescape")


def _texts(data: Data, format: str, layout: Layout | None) -> Iterator[str]:
    if isinstance(data, (str, TextStream)):
        yield from pieces_of(data)
        return
    if data is None and format in AS_TEXT:
        raise RunError("there is nothing to write", "cant_convert", remark="null comes in here")
    for line in delimited_lines(data, layout) if layout else writer(format)(data):
        yield line if line.endswith("\n") else f"{line}\n"


COMMAND = Save()
