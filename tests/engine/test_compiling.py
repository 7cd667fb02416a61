"""Closures and commands are compiled once, however often they run."""

from __future__ import annotations

import pytest

from stk_shell.engine import functions
from stk_shell.engine.compiler import Compiler
from stk_shell.model.syntax import Function
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "closures", "value"),
    [
        ("def f [x] { $x + 1 }; 1..300 | each {|i| let y = $i; f $y } | length", 2, 300),
        ("1..300 | each {|i| [1 2] | each {|j| let k = $j; $i + $k } } | length", 2, 300),
        ("def f [x] { def g [y] { $y * 2 }; g $x }; 1..300 | each {|i| f $i } | math sum", 3, 90300),
        ("1..300 | each {|i| do {|k| $k * 2 } $i } | length", 2, 300),
        ("def f [n] { if $n == 0 { 0 } else { f ($n - 1) } }; f 100", 1, 0),
        ("mut n = 0; for i in 1..300 { $n += (do {|k| $k } $i) }; $n", 1, 45150),
    ],
)
def test_each_closure_is_compiled_once(
    pure: Shell, monkeypatch: pytest.MonkeyPatch, program: str, closures: int, value: int
) -> None:
    compiled: list[Function] = []
    compile_function = functions.compile_function

    def counting(compiler: Compiler, function: Function) -> functions.Invoke:
        compiled.append(function)
        return compile_function(compiler, function)

    monkeypatch.setattr(functions, "compile_function", counting)
    assert pure.value(program) == value
    assert len(compiled) == closures
