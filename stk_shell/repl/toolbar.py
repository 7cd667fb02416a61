"""The last line of the terminal: which store, which entity, who, and how the last entry went."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prompt_toolkit.formatted_text import StyleAndTextTuples

from stk_shell.engine.session import ShellSession
from stk_shell.model.text import counted
from stk_shell.render.cells import visible
from stk_shell.render.width import display_width
from stk_shell.repl.styles import class_of

KEYS = "F1 help  Ctrl-R history"
BETWEEN = " · "

PAUSE = 1.0
"""Seconds between two looks at the connection."""


class Status:
    """What the last line and the prompt tell."""

    def __init__(self, session: ShellSession, place: str, redraw: Callable[[], None]) -> None:
        """`place` is the store's name in a word or two; `redraw` is called when something has changed by itself."""
        self.session = session
        self.place = place
        self.seconds: float | None = None
        self._redraw = redraw
        self._was_lost = False
        self._reachable = False

    @property
    def entity(self) -> str:
        """The entity that new events belong to."""
        store = self.session.opened_store
        known = store.link().entity if store is not None else None
        return known or self.session.settings.entity or "*"

    @property
    def user(self) -> str:
        """The login, once there is a connection."""
        store = self.session.opened_store
        return store.link().user if store is not None else ""

    def filled(self, prompt: str) -> str:
        """The prompt with store, entity, user and time in their places."""
        filled = {"store": self.place, "entity": self.entity, "user": self.user, "time": time.strftime("%H:%M")}
        for name, value in filled.items():
            prompt = prompt.replace(f"{{{name}}}", visible(value))
        return prompt

    @contextmanager
    def timed(self, attention: Callable[[], float]) -> Iterator[None]:
        """An entry is run. `attention` tells the seconds that somebody has looked at what takes the screen."""
        if self.session.last is not None:
            self.session.last.forget_rows()
        start = time.perf_counter() - attention()
        try:
            yield
        finally:
            self.seconds = time.perf_counter() - attention() - start

    def line(self, width: int) -> StyleAndTextTuples:
        """The line, as much of it as there is room for: how it stands with the connection first of all."""
        parts = [visible(text) for text in (self.place, f"entity {self.entity}", self.user, self._took()) if text]
        sign, said = self._connection()
        room = width - 1 - (display_width(said + BETWEEN) if said else 0)
        while len(parts) > 1 and display_width(BETWEEN.join(parts)) > room:
            parts.pop(0 if len(parts) > 2 else -1)
        left = BETWEEN.join(parts)
        fragments: StyleAndTextTuples = [(class_of(sign), f"{said}{BETWEEN if left else ''}")] if said else []
        gap = room - display_width(left) - display_width(KEYS)
        right = " " * gap + KEYS if gap > 1 else ""
        return [*fragments, (class_of("note"), left[: max(room, 0)] + right)]

    def _took(self) -> str:
        """How many rows the last entry gave, and how long it took."""
        if self.seconds is None:
            return ""
        rows = self.session.last.rows if self.session.last is not None else None
        return f"{_rows(rows)} in {duration(self.seconds)}" if rows is not None else duration(self.seconds)

    def _connection(self) -> tuple[str, str]:
        """Its role and what is to be said of it."""
        connected = self._connected()
        if connected is False:
            self._was_lost = True
            return ("help", "● the store is back") if self._reachable else ("error", "○ connection lost")
        back = self._was_lost and connected is True
        self._was_lost = False
        return ("help", "● connected again") if back else ("", "")

    def _connected(self) -> bool | None:
        store = self.session.opened_store
        return store.link().connected if store is not None else None

    def watch(self) -> None:
        """Have the line drawn again when the connection is lost or could be had again; this never ends."""
        known: tuple[bool | None, bool] = (None, False)
        while True:
            time.sleep(PAUSE)
            store, connected = self.session.opened_store, self._connected()
            self._reachable = connected is False and store is not None and store.is_reachable()
            if known != (connected, self._reachable):
                known = connected, self._reachable
                self._redraw()


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{counted(count)} rows"


def duration(seconds: float) -> str:
    """A duration as one glances at it: `0.9 ms`, `12 ms`, `3.4 s`, `2 min 5 s`."""
    if seconds < 1:
        milliseconds = seconds * 1000
        return f"{milliseconds:.1f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
