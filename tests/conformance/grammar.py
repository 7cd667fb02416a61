"""Programs made by the grammar: well-formed, mostly, and about anything; commands get what their signatures ask for."""

from __future__ import annotations

from hypothesis import strategies as st

from stk_shell.model.command import Command, Form
from stk_shell.model.nouns import OF_THE_STORE
from stk_shell.model.shape import Shape
from stk_shell.model.signature import Parameter
from stk_shell.parse.expressions import PRECEDENCE
from tests.fixtures.shells import REGISTRY

Texts = st.SearchStrategy[str]

SPARED = frozenset(
    {
        *("help", "save", "open", "source", "use", "sleep", "input", "exit", "generate", "loop"),
        *("while", "seq", "history", "config", "tutorial", "explain", "timeit", "term", "version", "clear"),
    }
)
"""Commands, by their first words, that wait, go on for ever, or touch what is outside of the program."""

VARIABLES = ("$x", "$x.b", "$in", "$row", "$row.a", "$x.a?", "$x.0?", "$env.HOME", "$env.NOPE?", "$nu.pid")
COLUMNS = ("a", "b", "c", "a.b", "a?", "0", "1?", "b.0", '"two words"', "A!")
TEXTS = (
    "a",
    "b",
    "x y",
    "",
    "2025-03-01",
    "1,2",
    "é",
    "日本",
    "🎉",
    "{",
    "(",
    "%d",
    "a=b;c",
    "\\",
    "1",
    "true",
    "\u202e",
)
NUMBERS = (
    *("0", "1", "-1", "2", "10", "0xff", "1_000", "9223372036854775807", "-9223372036854775808", "0b11"),
    *("1.5", "-0.5", "1e3", "1e308", "NaN", "inf", "-inf", "0.1"),
)
OTHERS = (
    *("null", "true", "false", "1day", "-2hr", "1.5sec", "106751day", "1kb", "3MiB", "8eb", "0b"),
    *("2025-03-01", "2025-03-01T10:20:30+02:00", "0001-01-01", "9999-12-31", "0x[ff 00]", "0x[]", "$.a.b?"),
    *("1..3", "3..1", "0..2..6", "1..<3", "0.0..0.5..1.0", "[]", "{}", "[[a b]; [1 x] [2 y]]", "[[a]; [null]]"),
)


def quoted(text: str) -> str:
    """The text in quotes that leave it as it is."""
    return f"r#'{text}'#"


strings: Texts = st.sampled_from(TEXTS).map(quoted) | st.sampled_from(("'a'", '"b"', '"a\\tb"', "`c d`"))
words: Texts = strings | st.sampled_from(("a", "b", "word"))
atoms: Texts = st.one_of(st.sampled_from(NUMBERS), st.sampled_from(OTHERS), strings, st.sampled_from(VARIABLES))
operators: Texts = st.sampled_from(sorted(PRECEDENCE))
columns: Texts = st.sampled_from(COLUMNS)
comparisons: Texts = st.sampled_from(("==", "!=", "<", ">", "in", "has", "=~", "like"))
keys: Texts = st.sampled_from(("a", "b", "c", '"two words"', "1", "$'(1)'"))


def joined(parts: Texts, *, least: int = 0, most: int = 3) -> Texts:
    """Some of the texts with blanks between them."""
    return st.lists(parts, min_size=least, max_size=most).map(" ".join)


def deeper(inner: Texts) -> Texts:
    """Expressions with others inside."""
    pairs = st.tuples(keys, inner).map(": ".join)
    arms = st.tuples(patterns(inner), inner).map(lambda parts: f"{parts[0]} => {{ {parts[1]} }}")
    return st.one_of(
        st.tuples(inner, operators, inner).map(lambda parts: f"({' '.join(parts)})"),
        condition(inner).map(lambda text: f"(not ({text}))"),
        st.tuples(condition(inner), condition(inner)).map(" and ".join).map("({})".format),
        joined(inner).map(lambda text: f"[{text}]"),
        st.lists(pairs, max_size=3).map(lambda texts: f"{{{', '.join(texts)}}}"),
        st.tuples(inner, inner).map(lambda parts: f"[[a b]; [{parts[0]} {parts[1]}]]"),
        inner.map(lambda text: f'$"<({text})>"'),
        st.tuples(inner, columns).map(lambda parts: f"({parts[0]}).{parts[1]}"),
        st.tuples(condition(inner), inner, inner).map(
            lambda parts: f"(if {parts[0]} {{ {parts[1]} }} else {{ {parts[2]} }})"
        ),
        inner.map(lambda text: f"(try {{ {text} }} catch {{|e| $e.msg }})"),
        st.tuples(inner, joined(arms, least=1)).map(lambda parts: f"(match {parts[0]} {{ {parts[1]} }})"),
        st.tuples(inner, inner).map(lambda parts: f"(do {{|x y?| {parts[0]} }} {parts[1]})"),
        joined(inner).map(lambda text: f"[...[{text}] ...$x.b]"),
        st.tuples(inner, st.deferred(lambda: calls)).map(lambda parts: f"({parts[0]} | {parts[1]})"),
    )


def condition(inner: Texts) -> Texts:
    """What is true or false, unless its operands do not go together."""
    compared = st.tuples(inner, comparisons, inner).map(" ".join)
    return st.one_of(st.sampled_from(("true", "false")), inner.map(lambda text: f"{text} == {text}"), compared)


def patterns(inner: Texts) -> Texts:
    """What can stand before the arrow of an arm."""
    simple = st.sampled_from(
        ("_", "$x", "1", "a", "1..3", "[$x ..$y]", "[]", "{a: $x}", "1 | 2", "null", "{a: [1 ..]}")
    )
    return st.one_of(simple, st.tuples(simple, inner).map(lambda parts: f"{parts[0]} if {parts[1]}"))


expressions: Texts = st.recursive(atoms, deeper, max_leaves=8)
closures: Texts = st.one_of(
    expressions.map(lambda text: f"{{|row| {text} }}"),
    expressions.map(lambda text: f"{{ {text} }}"),
    st.deferred(lambda: calls).map(lambda text: f"{{ {text} }}"),
    expressions.map(lambda text: f"{{|x, y?, ...z| {text} }}"),
    condition(expressions).map(lambda text: f"{{|row| {text} }}"),
)


def argument(shape: Shape) -> Texts:
    """A value for a parameter of the shape, mostly."""
    if shape.choices:
        return st.one_of(*map(argument, shape.choices))
    known: dict[str, Texts] = {
        "closure": closures,
        "condition": st.tuples(columns, comparisons, expressions).map(" ".join) | closures,
        "cell-path": columns,
        "string": words,
        "int": st.sampled_from(("0", "1", "2", "-1", "5", "100")),
        "number": st.sampled_from(("0", "1", "2.5", "-1")),
        "block": expressions.map(lambda text: f"{{ {text} }}"),
    }
    return known.get(shape.name, expressions) | st.deferred(lambda: expressions).map(lambda text: f"({text})")


def call(command: Command) -> Texts:
    """A call of the command, with some of its flags."""
    signature = command.signature
    given = [argument(each.shape) for each in signature.positionals if not each.optional]
    optional: list[Texts] = [
        st.just("") | argument(each.shape) for each in signature.positionals if each.optional and _plain(each)
    ]
    rest = [joined(argument(signature.rest.shape), most=2)] if signature.rest else []
    flags = [
        st.just(f"--{flag.name}") if flag.shape is None else argument(flag.shape).map(f"--{flag.name} {{}}".format)
        for flag in signature.flags
    ]
    some_flags = joined(st.one_of(flags), most=2) if flags else st.just("")
    return st.tuples(*given, *optional, *rest, some_flags).map(lambda words: " ".join([command.name, *words]))


def _plain(parameter: Parameter) -> bool:
    return parameter.shape.name != "keyword"


COMMANDS = [
    command
    for name in REGISTRY.names()
    if name.split()[0].lstrip(".") not in SPARED
    and (command := REGISTRY.find(name)) is not None
    and not isinstance(command, Form)
    and command.signature.category not in OF_THE_STORE
]
calls: Texts = st.one_of([call(command) for command in COMMANDS])

SOURCES = (
    "[[a b c]; [1 x 2025-03-01] [2 y 2025-03-02] [null z null]]",
    "[{a: {b: 1}} {a: {b: 2}, c: x}]",
    "[3 1 2]",
    "[[1 2] [3]]",
    "['b' 'a' 'A']",
    "{a: 1, b: {c: 2}, 'two words': 3}",
    "'one two\nthree'",
    "1..4",
    "[1day 2hr]",
)
sources: Texts = st.sampled_from(SOURCES) | expressions
pipelines: Texts = st.tuples(sources, st.lists(calls, max_size=3)).map(lambda parts: " | ".join([parts[0], *parts[1]]))
"""A source, and what commands make of it."""

statements: Texts = st.one_of(
    pipelines,
    pipelines.map(lambda text: f"let x = {text}"),
    pipelines.map(lambda text: f"mut y = {text}"),
    st.tuples(st.sampled_from(("=", "+=", "-=", "*=", "/=", "++=")), expressions).map(lambda p: f"$y {p[0]} {p[1]}"),
    expressions.map(lambda text: f"$env.TEAM = {text}"),
    st.tuples(expressions, pipelines).map(
        lambda parts: f"for x in {parts[0]} {{ {parts[1]}; if $x == 1 {{ break }} }}"
    ),
    st.tuples(condition(expressions), pipelines).map(lambda parts: f"if {parts[0]} {{ {parts[1]} }}"),
    st.tuples(pipelines, expressions).map(
        lambda parts: f"def f [x?: any, --flag (-f): int = 3, ...rest] {{ {parts[0]} }}; f {parts[1]} -f 5"
    ),
    pipelines.map(lambda text: f"def g []: any -> any {{ return ({text}) }}; 5 | g"),
)
programs: Texts = st.lists(statements, min_size=1, max_size=3).map(
    lambda lines: "let x = {a: 1, b: [1 2]}\nmut y = 1\nlet row = $x\n" + "\n".join(lines)
)
"""Whole programs."""
