"""What `.append event` and its like share: making records of what is piped in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic

from stk_shell.commands._json import parse_json
from stk_shell.commands._naming import Name, naming
from stk_shell.commands._record_columns import appended
from stk_shell.commands._uu import resolve
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command
from stk_shell.model.conform import article
from stk_shell.model.errors import EventError, Label, StoreError
from stk_shell.model.nouns import Noun
from stk_shell.model.offers import name_of, type_of
from stk_shell.model.progress import Progress
from stk_shell.model.shape import CELL_PATH, RECORD, STRING, UU, one_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.store import NewEvent
from stk_shell.model.stream import Data, Stream, collect, is_list_like, iterate, length_if_known
from stk_shell.model.values import Record, Value
from stk_shell.render.nuon import quoted

SPOOL = "While the store is away, keep it in a local queue, and deliver it later. The setting `spool` does so always."

EXAMPLES = {"event": "login", "request": "refund", "tag": "urgent"}
"""A name that a record of a kind may have."""

NAME_FROM = "The cell that holds the name of each; where it is missing or null, the name is the one that is given."

MANY = 10_000
"""From how many records on it is said how many they were."""

VARYING = ("uu", "created")
"""Columns of the result that differ from store to store."""


def append_signature(noun: Noun, name: str, attach: str) -> Signature:
    """The signature of such a command, with what its name says and what `--attach` is for."""
    what = f"The {noun.name}'s type: a name or search key from `{noun.name} types`, in any case."
    merged = "A record, or the JSON of one, to merge over what is piped in: where both have a field, this one wins."
    return Signature(
        types=(
            ("nothing", "record"),
            ("string", "record"),
            ("record", "record"),
            ("list<any>", "table"),
            ("table", "table"),
            ("any", "record"),
        ),
        category=noun.name,
        positionals=(Parameter("name", STRING, name, completes=name_of(noun)),),
        flags=(
            Flag("description", f"A remark for whoever reads the {noun.name}.", STRING, "d"),
            Flag("json", merged, one_of(RECORD, STRING, name="json"), "j"),
            Flag("type", what, STRING, "t", completes=type_of(noun)),
            Flag("attach", attach, UU, "a"),
            Flag("name-from", NAME_FROM, CELL_PATH),
            Flag("spool", SPOOL),
        ),
    )


class AppendRecords(Command):
    """Records what is piped in."""

    noun: Noun

    def gives(self, given: Given) -> Columns:
        """Those of what was recorded."""
        return appended(self.noun)

    def run(self, call: Call, data: Data) -> Data:
        """uu, name and created of the record, or of each."""
        name, noun = call.text("name"), self.noun
        if not name.strip():
            label = Label(call.span("name"), "this is empty")
            hint = f"Say what it is, in a word or two: `{self.name} {EXAMPLES[noun.name]}`."
            raise EventError(f"{noun.one} needs a name", "no_name", (label,), hint)
        common = NewEvent(
            name, _extra(call, noun), call.optional_text("description"), call.optional_text("type"), _attached(call)
        )
        store, spool, name_of = call.session.store, _spools(call), naming(call, name)
        try:
            if is_list_like(data):
                with call.session.progress(noun.plural, length_if_known(data)) as progress:
                    new = _new_ones(common, name_of, progress.counting(iterate(data)))
                    several = store.append(new, noun, spool=spool)
                return _several(call, several, progress)
            (new_one,) = _new_ones(common, name_of, [collect(data)])
            (recorded,) = store.append([new_one], noun, spool=spool)
        except EventError as error:
            raise error.at(_place(call, error)) from None
        except StoreError as error:
            if error.code == "stk::store::connection" and store.link().connected is None:
                error.help = f"{error.help or ''} With `--spool`, it waits here until the store is back.".strip()
            raise
        if " " in name.strip() and not new_one.record_json:
            call.session.note(f"this is the name of {noun.one} without content; `{_piped(name, noun)}` logs the text")
        return recorded


def _several(call: Call, recorded: Iterable[Record], progress: Progress) -> Data:
    """What was recorded of a list; of a long one, somebody is told how much it was."""
    first = next(iter(recorded), None)
    if progress.done >= MANY and first is not None and first["created"] is not None:
        seconds = monotonic() - progress.started
        rate = round(progress.done / max(seconds, 0.001))
        call.session.note(f"recorded {progress.done:,} {progress.unit} in {seconds:,.1f} s, {rate:,} a second")
    return recorded if isinstance(recorded, list) else Stream(recorded)


def _piped(name: str, noun: Noun) -> str:
    """The line that logs as a text what was given as a name."""
    return f"{quoted(name)} | .append {noun.name} note"


def _spools(call: Call) -> bool:
    return call.switch("spool") if call.given("spool") else call.session.settings.spool


def _new_ones(common: NewEvent, name_of: Name, items: Iterable[Value]) -> Iterator[NewEvent]:
    """The record for each item: what is the same for all, with the item's content under it."""
    extra, rest = common.record_json, (common.description, common.type, common.attach, "")
    for number, item in enumerate(items):
        content = _content(item)
        yield NewEvent(name_of(item, number), {**content, **extra} if extra else content, *rest)


def _content(item: Value) -> Record:
    """The record that is kept of what is piped in."""
    if isinstance(item, dict):
        return item
    if item is None:
        return {}
    return {"text": item} if isinstance(item, str) else {"value": item}


def _extra(call: Call, noun: Noun) -> Record:
    value = call.value("json")
    if isinstance(value, str):
        value = parse_json(value, call.head)
    if value is None:
        return {}
    if not isinstance(value, dict):
        label = Label(call.span("json"), f"this is {article(value)}")
        raise EventError(f"the JSON of {noun.one} is an object", "json", (label,), """--json '{"user_id": 7}'""")
    return value


def _attached(call: Call) -> str | None:
    value = call.value("attach")
    if value is None:
        return None
    uu = _resolved(call, value)
    if uu is None:
        label = Label(call.span("attach"), "no event has a uu that begins like this")
        hint = "The beginning of a uu finds events; any other record is named by its whole uu."
        raise EventError("there is no such record", "unknown_record", (label,), hint)
    return uu


def _resolved(call: Call, value: Value) -> str | None:
    """The whole uu; whoever spools is told why the beginning of one will not do now."""
    try:
        return resolve(call, value, call.span("attach"))
    except StoreError as error:
        if _spools(call) and call.session.store.link().connected is None:
            error.help = (
                "While the store is away, the beginning of a uu cannot be looked up. With the whole one behind"
                " `--attach`, it waits in the spool."
            )
            error.at(call.span("attach"))
        raise


def _place(call: Call, error: EventError) -> Span:
    """The argument that an error of the store is about."""
    about = {"unknown_type": "type", "ambiguous_type": "type", "revoked_type": "type", "unknown_record": "attach"}
    return call.span(about.get(error.code.rpartition("::")[2], ""))
