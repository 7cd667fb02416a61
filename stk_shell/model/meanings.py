"""What people type who come from elsewhere, and which command they mean by it."""

from __future__ import annotations

KEPT = "Nothing is ever deleted: a revoked event stays for the record."
NO_PROGRAMS = "stk runs no other programs: leave it with Ctrl-D, or use another terminal."
NO_SQL = 'stk speaks no SQL. It reads from left to right: event list | where name == "login" | select name created'

MEANINGS: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("delete", "del", "remove", "rm", "undo"), ("event revoke", KEPT)),
    **dict.fromkeys(
        ("log", "add", "new", "create", "insert-event"), (".append event", '"what happened" | .append event "name"')
    ),
    **dict.fromkeys(("ls", "list", "events", "search"), ("event list", None)),
    **dict.fromkeys(("show", "view"), ("event get", None)),
    **dict.fromkeys(("count", "len", "size", "wc"), ("length", None)),
    **dict.fromkeys(("head", "limit", "top"), ("first", None)),
    "tail": ("last", None),
    **dict.fromkeys(("map", "foreach", "xargs"), ("each", None)),
    **dict.fromkeys(("order-by", "order", "orderby"), ("sort-by", None)),
    **dict.fromkeys(("distinct", "unique"), ("uniq", None)),
    **dict.fromkeys(("sum", "total"), ("math sum", None)),
    **dict.fromkeys(("avg", "average", "mean"), ("math avg", None)),
    "min": ("math min", None),
    "max": ("math max", None),
    "median": ("math median", None),
    "grep": ("find", "`find` looks for words; `where name =~ ...` for a pattern in one column."),
    **dict.fromkeys(("pluck", "project"), ("get", None)),
    **dict.fromkeys(("sed", "replace"), ("str replace", None)),
    **dict.fromkeys(("upper", "uppercase", "to-upper"), ("str upcase", None)),
    **dict.fromkeys(("lower", "lowercase", "to-lower"), ("str downcase", None)),
    "split": ("split row", None),
    **dict.fromkeys(("now", "today"), ("date now", None)),
    **dict.fromkeys(("uuid", "uuidgen"), ("random uuid", None)),
    **dict.fromkeys(("cat", "read", "load", "less", "more"), ("open", "`open FILE` reads a file.")),
    **dict.fromkeys(("write", "store-to"), ("save", "`... | save FILE` writes a file.")),
    **dict.fromkeys(("println", "printf", "puts"), ("print", None)),
    **dict.fromkeys(("throw", "raise"), ("error make", 'error make {msg: "what went wrong"}')),
    **dict.fromkeys(("switch", "case"), ("match", 'match $x { 1 => "one", _ => "else" }')),
    **dict.fromkeys(("import", "require", "include"), ("use", "`use FILE *` takes in what a file exports.")),
    **dict.fromkeys(("man", "?"), ("help", "`help COMMAND` explains a command.")),
    **dict.fromkeys(("quit", "bye", "logout"), ("exit", "Ctrl-D leaves, too.")),
    "clear": ("", "Ctrl-L clears the screen."),
    "stk": ("", "This is stk already: type what stands between the quotes behind `stk -c`."),
    **dict.fromkeys(("SELECT", "INSERT", "UPDATE", "DELETE", "psql"), ("", NO_SQL)),
    **dict.fromkeys(("cd", "pwd", "mkdir", "cp", "mv", "git", "vim", "nano", "ssh", "curl", "sudo"), ("", NO_PROGRAMS)),
}
"""For each word, the command that is meant (none where there is none) and what more to say."""

FORMS = {
    **dict.fromkeys(("sum", "total"), "get {} | math sum"),
    **dict.fromkeys(("avg", "average", "mean"), "get {} | math avg"),
    "min": "get {} | math min",
    "max": "get {} | math max",
    "median": "get {} | math median",
    **dict.fromkeys(("function", "func", "fn", "proc"), "def {}"),
    **dict.fromkeys(("var", "local", "set"), "let {}"),
}
"""What is meant by a word with arguments, where more than the word is to change."""
