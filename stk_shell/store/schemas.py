"""JSON Schema: whether a document fits, said with the path to what does not; the library is loaded when needed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from stk_shell.model.errors import EventError
from stk_shell.model.suggest import nearest
from stk_shell.model.text import plain
from stk_shell.model.types import kind
from stk_shell.model.values import Record, Value

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

SHOWN = 60
"""How many characters of a value an error shows."""

FAULTS = 4
"""How many faults of a document are told."""

FORMATS = ("date", "email", "ipv4", "ipv6", "regex", "uuid")
"""The formats that the library checks by itself; `date-time` is checked here."""

TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
"""A date-time of RFC 3339."""

Path: TypeAlias = "tuple[str | int, ...]"


class Schema:
    """The JSON Schema of a type, ready to check documents against it."""

    def __init__(self, type_name: str, schema: Value) -> None:
        """Read a schema that was checked when its type was made.

        Raises:
            EventError: it is none; whoever wrote it into the database did not check it.
        """
        self.type_name = type_name
        self._validator = _validator(schema)

    def check(self, document: Value) -> None:
        """See that a document fits.

        Raises:
            EventError: it does not; the headline has the path to the first fault.
        """
        first, *others = self._faults(document) or [""]
        if first:
            help = f"Also {'; '.join(others)}." if others else None
            raise EventError(first, "schema", help=help, remark=f"this does not fit the type {self.type_name}")

    def _faults(self, document: Value) -> list[str]:
        from referencing.exceptions import Unresolvable

        try:
            errors = [*islice(self._validator.iter_errors(document), FAULTS)]  # type: ignore[arg-type]
        except Unresolvable as error:
            raise EventError(
                f"the schema of the type {self.type_name} refers to `{error.ref}`, which is not there", "json_schema"
            ) from None
        except RecursionError:
            raise EventError(
                f"the schema of the type {self.type_name} refers to itself forever", "json_schema"
            ) from None
        return [fault for error in errors for fault in _told(error)][:FAULTS]


def check_schema(schema: Value) -> None:
    """See that a value is a JSON Schema that documents can be checked against.

    Raises:
        EventError: it is none; the headline has the path to what is wrong.
    """
    from jsonschema.exceptions import SchemaError

    validator = _validator(schema)
    try:
        validator.check_schema(schema)  # type: ignore[arg-type]
    except SchemaError as error:
        path = tuple(error.absolute_path)
        where = f"at {_text(path)}, " if path else ""
        help = f"The types are {', '.join(TYPES)}." if path[-1:] == ("type",) else None
        what = f"`{plain(error.instance)}` is no type" if help else error.message  # type: ignore[arg-type]
        raise EventError(f"this is no JSON Schema: {where}{what}", "json_schema", help=help) from None
    _check_references(schema)


def _validator(schema: Value) -> Validator:
    from jsonschema import FormatChecker
    from jsonschema_specifications import REGISTRY

    if not isinstance(schema, dict):
        raise EventError(f"a JSON Schema is an object, and this is {kind(schema)}", "json_schema")
    checker = FormatChecker(FORMATS)
    checker.checks("date-time")(_is_moment)
    # The registry has the drafts themselves, and fetches nothing from elsewhere.
    return _draft(schema)(schema, registry=REGISTRY, format_checker=checker)


def _draft(schema: Record) -> Callable[..., Validator]:
    """The draft that the schema names; draft 7 if it names none."""
    from jsonschema import validators

    known = {
        str(each.META_SCHEMA.get("$id") or each.META_SCHEMA.get("id")).rstrip("#"): each
        for each in (
            validators.Draft4Validator,
            validators.Draft6Validator,
            validators.Draft7Validator,
            validators.Draft201909Validator,
            validators.Draft202012Validator,
        )
    }
    name = schema.get("$schema")
    if name is None:
        return validators.Draft7Validator
    text = plain(name).rstrip("#")
    if text not in known:
        raise EventError(
            f"`{text}` is no draft of JSON Schema that is known", "json_schema", help=f"Known are {', '.join(known)}."
        )
    return known[text]


def _check_references(schema: Value) -> None:
    """See that each `$ref` leads somewhere: within the schema, or to the schema of a draft."""
    from jsonschema_specifications import REGISTRY
    from referencing import Resource
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT7

    resolver = REGISTRY.resolver_with_root(Resource.from_contents(schema, default_specification=DRAFT7))
    for reference in _references(schema):
        try:
            resolver.lookup(reference)
        except Unresolvable:
            raise EventError(
                f"the schema refers to `{reference}`, which is not there",
                "json_schema",
                help="A schema can refer to parts of itself, such as `#/definitions/address`; nothing is fetched.",
            ) from None


def _references(value: Value) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            yield reference
        for each in value.values():
            yield from _references(each)


def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value.upper().replace(":60", ":59"))
    except ValueError:
        return False
    return True


# What is said of a fault


def _told(error: ValidationError) -> list[str]:
    """What is said of an error of the library: a sentence with the path, or several for fields."""
    path = tuple(error.absolute_path)
    word = str(error.validator)
    if error.schema is False:
        return [f"{_text(path)}: {_shown(error.instance)} may not be here"]  # type: ignore[arg-type]
    if word in BY_FIELD:
        return [f"{_text((*path, name))}: {what}" for name, what in BY_FIELD[word](error)]
    where = f"{_text(path)}: " if path else ""
    if word not in WORDS:
        return [f"{where}{_short(error.message)}"]
    instance: Value = error.instance  # type: ignore[assignment]
    wanted: Value = error.validator_value  # type: ignore[assignment]
    return [where + WORDS[word](instance, wanted)]


def _missing(error: ValidationError) -> Iterator[tuple[str, str]]:
    wanted = error.validator_value
    for name in wanted if isinstance(wanted, list) else ():
        # The library makes an error for each field, which says only in its text which one.
        if error.message.startswith(f"{name!r} "):
            yield name, "this is missing"


def _unexpected(error: ValidationError) -> Iterator[tuple[str, str]]:
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    known = [*schema.get("properties", {})]
    patterns = [*schema.get("patternProperties", {})]
    for name in error.instance if isinstance(error.instance, dict) else ():
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            near = nearest(name, known)
            yield name, f"there is no such field; did you mean `{near}`?" if near else "there is no such field"


BY_FIELD: dict[str, Callable[[ValidationError], Iterator[tuple[str, str]]]] = {
    "required": _missing,
    "additionalProperties": _unexpected,
}


def _choices(value: Value) -> str:
    return _short(", ".join(map(_shown, value)) if isinstance(value, list) else _shown(value))


def _size(unit: str, bound: str) -> Callable[[Value, Value], str]:
    """What is said of a text or list that is too short or too long."""

    def words(value: Value, wanted: Value) -> str:
        size = len(value) if isinstance(value, (str, list, dict)) else 0
        return f"{size} {unit}, {bound.format(plain(wanted))}"

    return words


def _after(words: str) -> Callable[[Value, Value], str]:
    """What is said of a value: these words, and what was wanted."""
    return lambda value, wanted: f"{_shown(value)} {words} {plain(wanted, ' or ').strip('[]')}"


WORDS: dict[str, Callable[[Value, Value], str]] = {
    "type": _after("is no"),
    "enum": lambda value, wanted: f"{_shown(value)} is none of {_choices(wanted)}",
    "const": lambda value, wanted: f"{_shown(value)} is not {_shown(wanted)}",
    "minimum": _after("is less than the minimum of"),
    "maximum": _after("is more than the maximum of"),
    "exclusiveMinimum": _after("is not more than"),
    "exclusiveMaximum": _after("is not less than"),
    "multipleOf": _after("is no multiple of"),
    "pattern": lambda value, wanted: f"{_shown(value)} does not match `{plain(wanted)}`",
    "format": _after("is no"),
    "minLength": _size("characters", "{} at least are needed"),
    "maxLength": _size("characters", "{} at most are allowed"),
    "minItems": _size("items", "{} at least are needed"),
    "maxItems": _size("items", "{} at most are allowed"),
}
"""What is said of a value, by the word of the schema that it goes against."""


def _text(path: Path) -> str:
    return ".".join(map(str, path)) or "the document"


def _shown(value: Value) -> str:
    return _short(json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
