"""What `uniq` and `uniq-by` share: which values are the same, and how often they occur."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Hashable, Sequence

from stk_shell.model.command import Call
from stk_shell.model.signature import Flag
from stk_shell.model.values import Value

COUNTING = (
    Flag("count", "Give the count of each, beside it.", short="c"),
    Flag("repeated", "Keep what occurs more than once.", short="d"),
    Flag("unique", "Keep what occurs once.", short="u"),
    Flag("ignore-case", "Take capital and small letters as equal.", short="i"),
)


def identity(value: Value, *, fold: bool = False) -> Hashable:
    """A key that two values share if they are the same: 1 is not 1.0, records may differ in the order of fields.

    With `fold`, the case of letters makes no difference.
    """
    if isinstance(value, str):
        return value.casefold() if fold else value
    if isinstance(value, list):
        return list, tuple(identity(item, fold=fold) for item in value)
    if isinstance(value, dict):
        return dict, tuple((name, identity(value[name], fold=fold)) for name in sorted(value))
    if isinstance(value, datetime.datetime):
        return value, value.utcoffset()
    return type(value), str(value) if isinstance(value, float) else value


def identities(values: list[Value], call: Call) -> list[Hashable]:
    """The keys of the values, by the flags of the call."""
    fold = call.switch("ignore-case")
    if set(map(type, values)) == {str} and not fold:
        return list(map(str, values))
    return [identity(value, fold=fold) for value in values]


def tally(call: Call, rows: list[Value], keys: Sequence[Hashable], counts: Sequence[int] | None = None) -> list[Value]:
    """The first row of each key, or what the flags ask for instead; `counts` says how many each row stands for."""
    # What comes later in a dict replaces what was there: here, the last ones come first.
    first = dict(zip(reversed(keys), reversed(rows), strict=True))
    count = Counter(keys) if counts is None else _summed(keys, counts)
    first = {same: first[same] for same in count}
    if call.switch("repeated"):
        first = {same: row for same, row in first.items() if count[same] > 1}
    if call.switch("unique"):
        first = {same: row for same, row in first.items() if count[same] == 1}
    if call.switch("count"):
        return [{"value": row, "count": count[same]} for same, row in first.items()]
    return list(first.values())


def _summed(keys: Sequence[Hashable], counts: Sequence[int]) -> Counter[Hashable]:
    count: Counter[Hashable] = Counter()
    for same, number in zip(keys, counts, strict=True):
        count[same] += number
    return count
