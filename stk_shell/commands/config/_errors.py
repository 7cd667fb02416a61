"""How the commands say what does not fit: at the place of the argument."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stk_shell.model.errors import Label, RunError, UsageError
from stk_shell.model.span import Span


@contextmanager
def pointing_at(span: Span) -> Iterator[None]:
    """Make an error of the program of what does not fit; it points at the span unless it points into the file."""
    try:
        yield
    except UsageError as error:
        labels = error.labels or (Label(span),)
        raise RunError(error.headline, "setting", labels, error.help) from None
