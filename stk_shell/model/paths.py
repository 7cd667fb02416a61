"""Following a cell path into a value."""

from __future__ import annotations

from stk_shell.model.conform import article, with_article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.remedies import column_text
from stk_shell.model.span import NOWHERE, Span
from stk_shell.model.stream import Data, Stream, collect, up_to
from stk_shell.model.suggest import nearest
from stk_shell.model.types import kind
from stk_shell.model.values import CellPath, PathMember, Range, Record, Value


def follow(data: Data, path: CellPath, origin: Span = NOWHERE) -> Value:
    """The cell that the path leads to. A column of a list gives the list of the cells.

    Where an optional member (`name?`) is not there, the whole path leads to null: what follows is not asked for. In a
    stream of lists, the path is followed into each of them, as in nushell; a list of lists has no columns.
    `origin` is where the value came from, for the error.

    Raises:
        RunError: a column or row is missing and its member is not optional (`name?`), or a value has no cells.
    """
    first, in_each = path.members[:1], isinstance(data, Stream)
    for member in path.members:
        if member.optional and _is_absent(data, member):
            return None
        in_each = in_each and isinstance(member.value, str)
        try:
            data = _step(data, member, origin, in_each=in_each)
        except RunError as error:
            raise error if (member,) == first else _optional_inside(error, member) from None
    return collect(data)


def _optional_inside(error: RunError, member: PathMember) -> RunError:
    """The error; for a column inside of a column, which not all rows may have, with the mark that makes it optional."""
    is_bare = member.span is not None and not member.optional
    if error.instead is None and error.code.endswith("column_not_found") and is_bare and member.span is not None:
        error.instead = member.span.replaced(f"{member.span.text}?")
    return error


def _is_absent(data: Data, member: PathMember) -> bool:
    """Whether a value has no such column or row, or is null; the columns of a list are asked for row by row."""
    name = member.value
    if isinstance(data, dict) and isinstance(name, str):
        return name not in data and (not member.ignore_case or in_any_case(data, name) is None)
    return data is None or (isinstance(data, list) and isinstance(name, int) and name >= len(data))


def in_any_case(record: Record, name: str) -> str | None:
    """The column of that name, or else the first whose name differs in case alone."""
    return name if name in record else next((key for key in record if key.lower() == name.lower()), None)


def _step(data: Data, member: PathMember, origin: Span, *, in_each: bool = False) -> Value:
    name = member.value
    if isinstance(name, int):
        return _row(data, name, member, origin)
    if isinstance(data, dict):
        found = data.get(name, _MISSING)
        return column(data, member, origin) if found is _MISSING else found  # type: ignore[return-value]
    if isinstance(data, (list, Stream)):
        return _column_of_rows(data if isinstance(data, list) else list(data), name, member, origin, in_each=in_each)
    raise _no_cells(data, member, origin)


_MISSING = object()


def column(record: Record, member: PathMember, origin: Span) -> Value:
    """The value of a record's column, whatever its case where the member says so.

    Raises:
        RunError: there is no such column and the member is not optional.
    """
    name = str(member.value)
    if name in record:
        return record[name]
    found = in_any_case(record, name) if member.ignore_case else None
    if found is not None:
        return record[found]
    if member.optional:
        return None
    raise _lacking(name, record, member, origin)


def _lacking(name: str, record: Record, member: PathMember, origin: Span) -> RunError:
    """The error for a column that a record lacks.

    Who raises it has no name for it: an error that a frame of its own traceback knows keeps all frames alive, and with
    them the connection that the rows come by.
    """
    error = no_column(name, list(record), member.span or origin, origin)
    return error if error.instead else _inside(error, name, record, member)


def _inside(error: RunError, name: str, record: Record, member: PathMember) -> RunError:
    """The error, with the way to the column where it is one of a record inside this one."""
    outer = next((key for key, value in record.items() if isinstance(value, dict) and name in value), None)
    if outer is not None and member.span is not None and member.span.text == name:
        way = f"{column_text(outer)}.{name}"
        error.labels = (Label(member.span, f"did you mean `{way}`?"), *error.labels[1:])
        error.instead, error.help = member.span.replaced(way), f"columns: {', '.join(record)}."
    return error


STEPS = "Each step into a value is a dot: `name.0`, `record_json.user_id`."


def no_column(
    name: str, names: list[str], span: Span, origin: Span = NOWHERE, *, may_be_optional: bool = True
) -> RunError:
    """The error for a column that is not there, with the nearest name or all names.

    `may_be_optional` says that `name?` can be written there.
    """
    near = nearest(name, names)
    labels = [Label(span, f"did you mean `{near}`?" if near else f"there is no column `{name}`")]
    if origin is not NOWHERE and origin != span:
        labels.append(Label(origin, "the value comes from here"))
    from stk_shell.model.spellings import with_dots

    path = with_dots(name) if span.text.startswith(name) else None
    if path is not None:
        labels[0], instead = Label(span, f"did you mean `{path}`?"), span.replaced(path)
        return RunError(f"there is no column `{name}`", "column_not_found", tuple(labels), STEPS, instead=instead)
    known = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    help = f"columns: {known}." if names else "There are no columns."
    if names and may_be_optional and not near:
        help += f" `{name}?` gives null where there is none."
    instead = span.replaced(column_text(near)) if near and span.text == name else None
    return RunError(f"there is no column `{name}`", "column_not_found", tuple(labels), help, instead=instead)


def _column_of_rows(
    rows: list[Value], name: str, member: PathMember, origin: Span, *, in_each: bool = False
) -> list[Value]:
    try:
        return [row[name] for row in rows]  # type: ignore[index, call-overload]
    except (KeyError, TypeError):
        return [_column_of_row(row, member, origin, in_each=in_each) for row in rows]


def _column_of_row(row: Value, member: PathMember, origin: Span, *, in_each: bool) -> Value:
    if isinstance(row, dict):
        return column(row, member, origin)
    if in_each and isinstance(row, list):
        return _column_of_rows(row, str(member.value), member, origin)
    if row is None and member.optional:
        return None
    label = Label(member.span or origin, f"the rows have no columns: one is {article(row)}")
    hint = "`compact` leaves out what is null." if row is None else None
    raise RunError(f"there is no column `{member.value}`", "column_not_found", (label,), hint)


def _row(data: Data, index: int, member: PathMember, origin: Span) -> Value:
    span = member.span or origin
    if isinstance(data, dict):
        raise _no_rows(data, index, span)
    if isinstance(data, (Stream, Range)):
        data = list(up_to(index, data))
    if isinstance(data, list):
        if 0 <= index < len(data):
            return data[index]
        if member.optional:
            return None
        raise beyond_end(index, len(data), span)
    raise _no_cells(data, member, origin)


def _no_rows(record: Record, index: int, span: Span) -> RunError:
    hint = f'The column of that name is `"{index}"`, in quotes.' if str(index) in record else None
    return RunError("a record has no rows", "type_mismatch", (Label(span, f"this asks for row {index}"),), hint)


def beyond_end(index: int, length: int, span: Span) -> RunError:
    """The error for a row that is not there."""
    if length == 0:
        return RunError("the list is empty", "access_beyond_end", (Label(span, f"there is no row {index}"),))
    return RunError(
        f"there is no row {index}",
        "access_beyond_end",
        (Label(span, f"the last one is {length - 1}"),),
        f"Rows are counted from 0. `{index}?` gives null where there is none.",
        instead=span.replaced(str(length - 1)) if span.text == str(index) else None,
    )


def _no_cells(data: Data, member: PathMember, origin: Span) -> RunError:
    what = "null" if data is None else with_article(kind(data))
    labels = [Label(member.span or origin, f"{what} has no column or row `{member.value}`")]
    if origin is not NOWHERE and member.span:
        labels.append(Label(origin, kind(data)))
    hint = f"`{member.value}?` gives null there." if data is None else None
    return RunError(f"{what} has no columns", "incompatible_path_access", tuple(labels), hint)
