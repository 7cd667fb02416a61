"""What people type who come from elsewhere, and which command they mean by it."""

from __future__ import annotations

import re

KEPT = "Nothing is ever deleted: a revoked event stays for the record."
REPEATED = """`'' | fill --character "ab" --width 3` gives `ababab`."""
UNCHANGED = "Events do not change: `event revoke` takes one back, `.append event` records what is right."
NO_PROGRAMS = "stk runs no other programs: leave it with Ctrl-D, or use another terminal."
NO_FILES = "stk lists no files: `open FILE` reads one, and Tab completes its name."
NO_SQL = '`psql exec "SELECT ..."` runs SQL. stk itself reads from left to right: event list | where name == "login"'

MEANINGS: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("delete", "del", "remove", "rm", "undo"), ("event revoke", KEPT)),
    **dict.fromkeys(
        ("log", "add", "new", "create", "insert-event"), (".append event", '"what happened" | .append event "name"')
    ),
    "list": ("event list", None),
    **dict.fromkeys(("search", "event find"), ("event search", None)),
    **dict.fromkeys(("ls", "dir", "ll"), ("event list", NO_FILES)),
    **dict.fromkeys(("show", "view"), ("event get", None)),
    **dict.fromkeys(("count", "len", "size", "wc"), ("length", None)),
    "count-by": ("histogram", None),
    **dict.fromkeys(("head", "limit", "top"), ("first", None)),
    "tail": ("last", None),
    "keys": ("columns", None),
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
    **dict.fromkeys(("upper", "uppercase", "to-upper", "to-upper-case"), ("str upcase", None)),
    **dict.fromkeys(("lower", "lowercase", "to-lower", "to-lower-case"), ("str downcase", None)),
    "split": ("split row", None),
    **dict.fromkeys(("now", "today"), ("date now", None)),
    **dict.fromkeys(("uuid", "uuidgen"), ("random uuid", None)),
    **dict.fromkeys(("cat", "read", "load"), ("open", "`open FILE` reads a file.")),
    **dict.fromkeys(("less", "more"), ("explore", "`explore` leafs through a result, `open FILE` reads a file.")),
    "jq": ("", "`get`, `where` and `each` do what jq does: get 0.name; `from json` reads a text."),
    **dict.fromkeys(("awk", "cut"), ("", 'Columns of a text: lines | split column ":" | get column0')),
    "detect": ("", r'Columns of a text: lines | split column --regex "\s+"'),
    "export": ("", "In a file for `use`, it stands before `def`, `alias`, `const` and `use`."),
    "module": ("", "A module is a file: `use FILE` makes known what it exports."),
    "done": ("", "A block stands in braces: for n in 1..3 { print $n }"),
    "fi": ("", "A block stands in braces: if 2 > 1 { 5 } else { 6 }"),
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
    **dict.fromkeys(("http", "fetch", "wget", "which", "ps", "kill", "touch", "python"), ("", NO_PROGRAMS)),
    **dict.fromkeys(("str repeat", "str times"), ("", REPEATED)),
    **dict.fromkeys(("str split", "string split"), ("split row", None)),
    **dict.fromkeys(("str concat", "str collect", "str implode"), ("str join", None)),
    **dict.fromkeys(("str find", "str position"), ("str index-of", None)),
    **dict.fromkeys(("str sub", "str gsub", "str replace-all"), ("str replace --all", None)),
    **dict.fromkeys(("str format", "string format"), ("format pattern", None)),
    **dict.fromkeys(("str parse", "str extract", "str match"), ("parse --regex", None)),
    **dict.fromkeys(("str to-int", "str to-integer"), ("into int", None)),
    **dict.fromkeys(("str to-datetime", "date parse", "date from-human", "date from"), ("into datetime", None)),
    **dict.fromkeys(("date to-record", "date record"), ("into record", "`into record` gives the parts of a date.")),
    "date to-table": ("into record", "`into record` gives the parts of a date."),
    **dict.fromkeys(
        ("date format", "date to-string"), ("format date", "For example: date now | format date '%Y-%m-%d'")
    ),
    **dict.fromkeys(("date today", "date utc"), ("date now", None)),
    **dict.fromkeys(("date add", "date sub", "date diff"), ("", "Dates are calculated with: `(date now) - 1day`.")),
    **dict.fromkeys(("math mean", "math average"), ("math avg", None)),
    **dict.fromkeys(("math count", "math len"), ("length", None)),
    **dict.fromkeys(("math pow", "math power"), ("", "A power is `**`: 2 ** 8.")),
    **dict.fromkeys(("math mod", "math rem"), ("", "The remainder is `mod`: 7 mod 2.")),
    **dict.fromkeys(("random integer", "random number", "random integers"), ("random int", None)),
    **dict.fromkeys(("random string", "random text"), ("random chars", None)),
    "from jsonl": ("from json --objects", None),
    "from ndjson": ("from json --objects", None),
    **dict.fromkeys(("to string", "to str"), ("into string", None)),
    **{f"to {name}": (f"into {name}", None) for name in ("int", "float", "bool", "datetime", "duration", "filesize")},
    **dict.fromkeys(("to table", "to list", "to record"), ("", "What has rows is shown as a table by itself.")),
    **dict.fromkeys(("event filter", "event query"), ("event list", None)),
    **dict.fromkeys(("event count", "event length"), ("event list --limit 0 | length", None)),
    **dict.fromkeys(("event update", "event edit", "event set", "event change", "event modify"), ("", UNCHANGED)),
    **dict.fromkeys(("event correct", "event fix", "event amend", "event rename"), ("", UNCHANGED)),
}
"""For each word, or two of them, the command that is meant (none where there is none) and what more to say."""

FORMS = {
    **dict.fromkeys(("sum", "total"), "get {} | math sum"),
    **dict.fromkeys(("avg", "average", "mean"), "get {} | math avg"),
    "min": "get {} | math min",
    "max": "get {} | math max",
    "median": "get {} | math median",
    **dict.fromkeys(("function", "func", "fn", "proc"), "def {}"),
    **dict.fromkeys(("var", "local", "set"), "let {}"),
    **dict.fromkeys(("less", "more"), "open {}"),
    **dict.fromkeys(("order", "order-by", "orderby"), "sort-by {}"),
    "group": "group-by {}",
    "search": "event search {}",
    **dict.fromkeys(("str pad", "str lpad"), "fill --alignment right --width {}"),
    "str rpad": "fill --width {}",
    "str center": "fill --alignment center --width {}",
}
"""What is meant by a word, or two of them, with arguments, where more than the word is to change."""

PAIRS = {"count by": "histogram {}"}
"""The same of two words that stand before what is meant."""

LOGGING = frozenset(
    {"log", "add", "new", "create", "insert-event", "event log", "event add", "event new", "event create"}
)
"""Words, or two of them, behind which stands what is to be logged."""

BEHIND_PIPES = {"search": "find"}
"""Commands that are meant by words where something is piped into them, and others elsewhere."""

USUAL = {".append": ".append event"}
"""The command of a family that is meant where nothing says which."""

FAMILIES = {"string": ("str {}", "{}"), "list": ("{}", "math {}", "str {}"), "int": ("math {}",), "float": ("math {}",)}
"""How commands on values of a type begin, where they have the same name as a method in other languages."""


def methods(word: str, kind: str) -> list[str]:
    """The names of the commands that a method may mean on a value of a type: `str length` for `"text".length()`."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word.removesuffix("()")).lower()
    meant, _ = MEANINGS.get(name, ("", None))
    return [*(form.format(name) for form in FAMILIES.get(kind, ("{}",))), *([meant] if meant else [])]
