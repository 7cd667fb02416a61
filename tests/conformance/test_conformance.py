"""Programs give what nushell gives: each inside one process, and a sample through the installed program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.cases import Case, cases, same
from tests.conformance.running import failure, universal_time
from tests.fixtures.programs import RunStk

CASES = cases()
LANGUAGE = Path(__file__).parents[2] / "docs" / "language.md"

DIFFERENCES = {
    "literals/datetime-010": "Dates are exact to the microsecond",
    "dates/into-datetime-007": "Dates are exact to the microsecond",
    "operators/arithmetic-011": "A minus stands before numbers alone",
    "strings/differs-001": "knows the letters of ASCII alone",
    "strings/differs-002": "gives nothing for `{name?}`",
    "strings/differs-003": "changes the cells that are named",
    "strings/differs-004": "leaves tabs and other control characters",
    "math/differs-001": "lose no digits and do not overflow",
    "math/differs-002": "lose no digits and do not overflow",
    "math/differs-003": "fail where the result does not fit into 64 bits",
    "math/differs-004": "fail where the result does not fit into 64 bits",
    "math/differs-005": "ranges without an end",
    "shapes/differs-001": "A range is taken wherever a list is",
    "shapes/differs-002": "A range is taken wherever a list is",
    "shapes/differs-003": "ends the pipeline; nushell goes on without it",
    "shapes/differs-004": "ends the pipeline; nushell goes on without it",
    "shapes/differs-005": "keeps the items of a list that stands behind an empty record",
    "shapes/differs-006": "puts null where a row lacks a column",
    "filters/differs-001": "A range is taken wherever a list is",
    "filters/differs-002": "A condition has to give true, false or null",
    "filters/differs-003": "report what goes wrong in their closures",
    "filters/differs-004": "names the groups of dates, lists and records by their whole texts",
    "filters/differs-005": "Its columns may come from a variable",
    "filters/differs-006": "`uniq-by` takes cell paths",
    "filters/differs-007": "a column that a row lacks for null",
    "filters/differs-008": "refuse items that are no records",
    "filters/differs-009": "`find` marks nothing in the texts that it finds",
    "filters/differs-010": "`sort-by` needs the column in a single row, too",
    "filters/differs-011": "keeps to the steps of its range",
}
"""Programs that deliberately do something else, with the words of `docs/language.md` that say so."""


@pytest.fixture(autouse=True)
def utc() -> Iterator[None]:
    """The time zone of the answers."""
    with universal_time():
        yield


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_gives_what_nushell_gives(case: Case) -> None:
    why = failure(case)
    if case.id in DIFFERENCES:
        assert why is not None
    else:
        assert why is None


def test_differences_are_few_and_told() -> None:
    assert len(DIFFERENCES) <= 0.02 * len(CASES)
    text = " ".join(LANGUAGE.read_text(encoding="utf-8").split())
    assert [words for words in DIFFERENCES.values() if words not in text] == []


@pytest.mark.parametrize("case", CASES[7::60], ids=lambda case: case.id)
def test_the_installed_program_gives_the_same(case: Case, stk: RunStk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    done = stk("-c", case.wrapped, code=1 if case.error else 0)
    if case.error:
        assert done.stderr.startswith("Error: stk::")
    else:
        assert same(json.loads(done.stdout), case.expect)
