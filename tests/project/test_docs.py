"""The documents are true: their sessions run, their links lead somewhere, their lists are complete."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from stk_shell.model.errors import StkError
from stk_shell.model.span import Source
from stk_shell.model.stream import Data
from stk_shell.render.diagnostic import render_diagnostic
from stk_shell.render.formats import renderer
from stk_shell.render.palette import PLAIN
from tests.fixtures.shells import REGISTRY, Shell
from tests.project.commands_page import page

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "sql" / "README.md", *(ROOT / "docs").glob("*.md")])
SESSION = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]*)(#[^)\s]*)?\)")


def sessions(path: Path) -> list[tuple[str, str]]:
    """The entries of a document's sessions with what they show."""
    entries: list[tuple[str, str]] = []
    for block in SESSION.findall(path.read_text(encoding="utf-8")):
        for part in re.split(r"^> ", block, flags=re.MULTILINE)[1:]:
            lines = part.rstrip("\n").split("\n")
            more = 1
            while more < len(lines) and lines[more].startswith("· "):
                more += 1
            entry = "\n".join([lines[0], *(line[2:] for line in lines[1:more])])
            entries.append((entry, "\n".join(lines[more:])))
    return entries


def neutral(text: str) -> str:
    """The text without what differs from run to run: the digits of uus and times."""
    text = re.sub(r"\b[0-9a-f]{8}-[0-9a-f]{4}(-[0-9a-f]{4,12})*", lambda match: re.sub("[0-9a-f]", "x", match[0]), text)
    return re.sub(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?", lambda match: re.sub(r"\d", "0", match[0]), text)


def answer(shell: Shell, entry: str) -> str:
    """What an entry shows on a screen of 80 columns."""
    shown: list[str] = []
    pieces = renderer("table", 80, PLAIN, exact=False)

    def show(data: Data, **_how: bool) -> None:
        shown.extend(piece.rstrip("\n") for piece in pieces(data))

    shell.output.show = show  # type: ignore[method-assign]
    shell.output.note = lambda text: shown.append(f"note: {text}")  # type: ignore[method-assign]
    try:
        shell.session.run(Source(entry))
    except StkError as error:
        shown.append(render_diagnostic(error))
    return "\n".join(shown)


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if sessions(path)], ids=lambda path: path.name)
def test_the_sessions_of_a_document_are_true(path: Path, shell: Shell) -> None:
    for entry, shows in sessions(path):
        # Events of the same millisecond would need a longer beginning of their uus.
        time.sleep(0.002)
        assert neutral(answer(shell, entry)) == neutral(shows), entry


def test_the_readme_has_a_session() -> None:
    assert sessions(ROOT / "README.md")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target, anchor in LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor[1:] in anchors, f"{target}{anchor}"


def test_the_reference_is_what_the_commands_say() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == page(), "python -m tests.project.commands_page writes it anew"


def test_every_command_is_in_the_reference() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in REGISTRY.names() if f"\n### {name}\n" not in text] == []


def test_every_migration_is_explained() -> None:
    text = (ROOT / "sql" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "sql").glob("*.sql") if f"`{path.name}`" not in text] == []


def test_every_error_code_of_the_schema_is_explained_and_known() -> None:
    from stk_shell.store.errors import BY_STATE

    used = {code for path in (ROOT / "sql").glob("*.sql") for code in re.findall(r"STK\d\d", path.read_text())}
    explained = set(re.findall(r"`(STK\d\d)`", (ROOT / "sql" / "README.md").read_text()))
    assert used == explained
    assert used <= BY_STATE.keys()


def test_the_change_log_names_the_version() -> None:
    from stk_shell import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_nothing_speaks_of_the_machine_it_was_made_on() -> None:
    words = re.compile("/" + "work/|/" + "root/\\.|/" + "farm/")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*"), *ROOT.glob("sql/*"), *ROOT.rglob("stk_shell/**/*.py")]:
        assert not words.search(path.read_text(encoding="utf-8")), path
