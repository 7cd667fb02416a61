"""Reading YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import yaml

from stk_shell.model.errors import Label, RunError
from stk_shell.model.span import Span
from stk_shell.model.text import scalar
from stk_shell.model.values import Record, Value
from stk_shell.render.yaml_text import meaning


class Mark(Protocol):
    """A place in the text; both of the library's parsers have a class for it."""

    line: int
    column: int


PREFIX = "tag:yaml.org,2002:"

MOST_REPEATED = 1_000_000
"""How many values aliases may stand for: a few lines of them could mean more than fits into any memory."""


def read_yaml(text: str, place: Span) -> Value:
    """The value of a YAML text; a list where it holds several documents, null where it holds none.

    Raises:
        RunError: it is no YAML, or has keys that are no names.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = list(_Builder(yaml.parse(text, Loader=loader), place).documents())
    except yaml.MarkedYAMLError as error:
        raise _no_yaml(error.problem or "it cannot be read", place, error.problem_mark) from None
    except yaml.YAMLError as error:
        raise _no_yaml(str(error).partition("\n")[0], place) from None
    except UnicodeEncodeError:
        raise _no_yaml("it holds what is no character", place) from None
    except RecursionError:
        raise _no_yaml("it is nested too deeply", place) from None
    return documents[0] if len(documents) == 1 else documents or None


def _no_yaml(why: str, place: Span, mark: Mark | None = None) -> RunError:
    where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return RunError(f"this is no YAML: {why}", "unsupported_input", (Label(place, where),))


class _Builder:
    """Makes values of what the library finds in the text."""

    def __init__(self, events: Iterator[yaml.Event], place: Span) -> None:
        self.events = events
        self.place = place
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.size = 0
        """How many values the text stands for so far, and how many of them by aliases."""
        self.repeated = 0

    def documents(self) -> Iterator[Value]:
        """The value of each document."""
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.anchors.clear()
                yield self.node(next(self.events))

    def node(self, event: yaml.Event) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        before = self.size
        self.size += 1
        if isinstance(event, yaml.MappingStartEvent):
            value: Value = self.record()
        else:
            value = _scalar(event) if isinstance(event, yaml.ScalarEvent) else self.items()
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            self.anchors[event.anchor] = value, self.size - before
        return value

    def alias(self, event: yaml.AliasEvent) -> Value:
        if event.anchor not in self.anchors:
            raise self.error(event, f"nothing is called `{event.anchor}`")
        value, size = self.anchors[event.anchor]
        self.size += size
        self.repeated += size
        if self.repeated > MOST_REPEATED:
            raise self.error(event, "aliases stand for too many values")
        return value

    def record(self) -> Record:
        record: Record = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event)
            if key is None or isinstance(key, (list, dict)):
                raise self.error(event, "a key has to be a text or number")
            name = key if isinstance(key, str) else scalar(key)
            if name in record:
                raise self.error(event, f"there are two values for `{name}`")
            record[name] = self.node(next(self.events))
        return record

    def items(self) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event))
        return items

    def error(self, event: yaml.Event, what: str) -> RunError:
        return _no_yaml(what, self.place, event.start_mark)


def _scalar(event: yaml.ScalarEvent) -> Value:
    """The value of a word or text, by its tag, if it has one."""
    text: str = event.value
    if event.tag is None:
        return meaning(text) if event.implicit[0] else text
    if event.tag.startswith(PREFIX):
        return _tagged(text, event.tag.removeprefix(PREFIX))
    return text if event.tag == "!" else f"{event.tag} {text}"


def _tagged(text: str, tag: str) -> Value:
    value = meaning(text) if tag in ("int", "float", "bool", "null") else text
    return float(value) if tag == "float" and type(value) is int else value
