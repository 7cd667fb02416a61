"""What people type who come from elsewhere, and which command they mean by it."""

from __future__ import annotations

KEPT = "Nothing is ever deleted: a revoked event stays for the record."

MEANINGS: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("delete", "del", "remove", "rm", "undo"), ("event revoke", KEPT)),
    **dict.fromkeys(
        ("log", "add", "new", "create", "insert-event"), (".append event", '"what happened" | .append event "name"')
    ),
    **dict.fromkeys(("ls", "list", "events", "search"), ("event list", None)),
    **dict.fromkeys(("show", "view"), ("event get", None)),
    "count": ("length", None),
    "grep": ("where", 'event list | where name =~ "word"'),
    "cat": ("open", "`open FILE` reads a file."),
    "man": ("help", "`help COMMAND` explains a command."),
    "?": ("help", None),
    **dict.fromkeys(("quit", "bye"), ("exit", "Ctrl-D leaves, too.")),
    "clear": ("", "Ctrl-L clears the screen."),
    "stk": ("", "This is stk already: type what stands between the quotes behind `stk -c`."),
}
"""For each word, the command that is meant (none where there is a key for it) and what more to say."""
