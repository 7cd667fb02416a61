"""Compiling lists, records, tables and ranges."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stk_shell.model import syntax
from stk_shell.model.command import Evaluate, Frame
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.span import Span
from stk_shell.model.text import plain, scalar
from stk_shell.model.values import Range, Record, Value

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler


def compile_list(compiler: Compiler, node: syntax.ListNode) -> Evaluate:
    """Items, and the items of lists that are spread."""
    if not any(isinstance(item, syntax.Spread) for item in node.items):
        items = [compiler.expression(item) for item in node.items]
        return lambda frame: [item(frame) for item in items]
    parts = [_part(compiler, item) for item in node.items]

    def evaluate(frame: Frame) -> Value:
        values: list[Value] = []
        for spread, part, span in parts:
            value = part(frame)
            if not spread:
                values.append(value)
            elif isinstance(value, list):
                values.extend(value)
            else:
                raise cannot_spread(value, span, "list")
        return values

    return evaluate


def _part(compiler: Compiler, item: syntax.Node) -> tuple[bool, Evaluate, Span]:
    if isinstance(item, syntax.Spread):
        return True, compiler.expression(item.value), item.span
    return False, compiler.expression(item), item.span


def cannot_spread(value: Value, span: Span, needed: str) -> RunError:
    """The error for `...` before the wrong type."""
    label = Label(span, f"this is {article(value)}")
    hint = "`...($range | each { })` makes a list of a range." if isinstance(value, Range) else None
    return RunError(f"only a {needed} can be spread here", f"cannot_spread_as_{needed}", (label,), hint)


def compile_record(compiler: Compiler, node: syntax.RecordNode) -> Evaluate:
    """Keys and values, and the entries of records that are spread."""
    entries: list[tuple[Evaluate | None, Evaluate, Span]] = []
    for entry in node.entries:
        if isinstance(entry, syntax.Entry):
            entries.append((compiler.expression(entry.key), compiler.expression(entry.value), entry.key.span))
        elif isinstance(entry, syntax.Spread):
            entries.append((None, compiler.expression(entry.value), entry.span))
    return _fixed_record(node, entries) or _record(entries)


def _fixed_record(node: syntax.RecordNode, entries: list[tuple[Evaluate | None, Evaluate, Span]]) -> Evaluate | None:
    """The commonest record: every key is written down, so no two are equal (the parser has looked)."""
    keys = [entry.key for entry in node.entries if isinstance(entry, syntax.Entry)]
    names = [plain(key.value) for key in keys if isinstance(key, syntax.Literal)]
    if len(set(names)) < len(node.entries):
        return None
    pairs = [(name, value) for name, (_, value, _) in zip(names, entries, strict=True)]
    return lambda frame: {name: value(frame) for name, value in pairs}


def _record(entries: list[tuple[Evaluate | None, Evaluate, Span]]) -> Evaluate:
    def evaluate(frame: Frame) -> Value:
        record: Record = {}
        for key, value, span in entries:
            content = value(frame)
            if key is not None:
                _put(record, plain(key(frame)), content, span)
            elif isinstance(content, dict):
                for name, item in content.items():
                    _put(record, name, item, span)
            else:
                raise cannot_spread(content, span, "record")
        return record

    return evaluate


def _put(record: Record, name: str, value: Value, span: Span) -> None:
    if name in record:
        label = Label(span, "it was there already")
        hint = "`merge` replaces the values of a record."
        raise RunError(f"the record has two values for `{name}`", "column_defined_twice", (label,), hint)
    record[name] = value


def compile_table(compiler: Compiler, node: syntax.TableNode) -> Evaluate:
    """A list of records with the columns of the first row."""
    columns = [compiler.expression(column) for column in node.columns]
    rows = [[compiler.expression(cell) for cell in row] for row in node.rows]

    def evaluate(frame: Frame) -> Value:
        names: Record = {}
        for column, place in zip(columns, node.columns, strict=True):
            _put(names, plain(column(frame)), None, place.span)
        return [dict(zip(names, [cell(frame) for cell in row], strict=True)) for row in rows]

    return evaluate


def compile_range(compiler: Compiler, node: syntax.RangeNode) -> Evaluate:
    """Start, second number and end; without a start it begins at 0."""
    bounds = [None if part is None else _bound(compiler, part) for part in (node.start, node.step, node.end)]

    def evaluate(frame: Frame) -> Value:
        start, step, end = (None if bound is None else bound(frame) for bound in bounds)
        numbers = [0 if start is None else start, step, end]
        if any(isinstance(number, float) for number in numbers):
            numbers = [None if number is None else float(number) for number in numbers]
        made = Range(0 if numbers[0] is None else numbers[0], numbers[1], numbers[2], node.inclusive)
        _check_direction(made, node.span)
        return made

    return evaluate


def _check_direction(made: Range, span: Span) -> None:
    """Refuse a range whose second number is no step from the first towards the end."""
    stride = made.stride()
    if stride == 0:
        label = Label(span, "the second number equals the first")
        raise RunError("a range has to get on", "range_step_zero", (label,), "1..3..9 goes in steps of 2.")
    if made.end is not None and (made.end >= made.start if stride < 0 else made.end < made.start):
        label = Label(span, "the second number leads away from the last")
        meant = f"{scalar(made.start)}..{scalar(made.start - stride)}..{scalar(made.end)}"
        instead = span.replaced(meant) if "$" not in span.text and "(" not in span.text else None
        hint = "9..7..1 counts down in twos."
        raise RunError("a range has to reach its end", "range_to_countable", (label,), hint, instead=instead)


def _bound(compiler: Compiler, node: syntax.Node) -> Callable[[Frame], int | float]:
    evaluate, span = compiler.expression(node), node.span

    def bound(frame: Frame) -> int | float:
        value = evaluate(frame)
        if type(value) is int or type(value) is float:
            return value
        raise RunError(
            "a range goes from number to number", "type_mismatch", (Label(span, f"this is {article(value)}"),)
        )

    return bound
