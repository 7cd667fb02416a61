"""What is compared with the chain, kept elsewhere, signed, and proved, as commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stk_shell.commands.event._examples import LOGIN
from stk_shell.model.settings import Settings
from stk_shell.store import open_store
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell, put_example_events

PEM, OPENSSH = serialization.Encoding.PEM, serialization.Encoding.OpenSSH


class Kept:
    """A shell on a store with the example events, and a folder for files."""

    def __init__(self, database: TestDatabase, folder: Path) -> None:
        put_example_events(database)
        self.database = database
        self.folder = folder
        settings = Settings(dsn=database.dsn("postgres"))
        self.shell = Shell(lambda: open_store(settings, None), settings)

    def path(self, name: str) -> str:
        """The path of a file there."""
        return str(self.folder / name)

    def tamper(self, statement: str) -> None:
        """Do as a superuser does who has turned the triggers off."""
        with self.database.connect() as connection:
            connection.execute("set session_replication_role = replica")
            connection.execute(statement.encode())

    def write(self, name: str, content: bytes) -> str:
        """Write a file; gives its path."""
        (self.folder / name).write_bytes(content)
        return self.path(name)


@pytest.fixture
def kept(database: TestDatabase, tmp_path: Path) -> Iterator[Kept]:
    """Example events, and a folder."""
    kept = Kept(database, tmp_path)
    yield kept
    kept.shell.session.close()


def private_key(key: Ed25519PrivateKey, *, openssh: bool = False, password: bytes | None = None) -> bytes:
    """The key as a file."""
    form = serialization.PrivateFormat.OpenSSH if openssh else serialization.PrivateFormat.PKCS8
    encryption = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(PEM, form, encryption)


def public_key(key: Ed25519PrivateKey, *, openssh: bool = False) -> bytes:
    """The public key as a file."""
    if openssh:
        return key.public_key().public_bytes(OPENSSH, serialization.PublicFormat.OpenSSH)
    return key.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def test_verifying_fails_where_something_is_found_and_names_it(kept: Kept) -> None:
    kept.shell.value("event seal")
    kept.tamper(f"update private.stk_event set name = 'other' where uu = '{LOGIN}'")
    error = kept.shell.error("event verify")
    assert (error.code, error.headline) == ("stk::event::tampered", "something is not as sealed")
    assert f"altered  {LOGIN}" in (error.help or "")


def test_a_report_has_all_findings_and_does_not_fail(kept: Kept) -> None:
    kept.shell.value("event seal")
    kept.tamper("truncate private.stk_event")
    assert kept.shell.value("event verify --report | get is_intact") is False
    assert kept.shell.value("event verify --report | get findings | where what == removed | length") == 3
    assert "3 things are" in kept.shell.error("event verify").headline
    kept.tamper("delete from private.stk_block")
    assert kept.shell.value("event verify | get events") == 0


def test_a_chain_made_anew_differs_from_the_digest(kept: Kept) -> None:
    head = kept.path("head.json")
    kept.shell.run(f"event digest | save {head}")
    assert kept.shell.value(f"event verify --digest {head} | get compared_with") == 1
    kept.tamper("delete from private.stk_block")
    kept.shell.value("event seal")
    assert kept.shell.value("event verify | get is_intact") is True
    assert "digest differs" in (kept.shell.error(f"event verify --digest {head}").help or "")


@pytest.mark.parametrize("openssh", [False, True])
def test_a_signed_digest_is_trusted_by_its_key(kept: Kept, *, openssh: bool) -> None:
    key = Ed25519PrivateKey.generate()
    own = kept.write("key", private_key(key, openssh=openssh))
    public = kept.write("public", public_key(key, openssh=openssh))
    other = kept.write("other", public_key(Ed25519PrivateKey.generate()))
    head = kept.path("head.json")
    kept.shell.run(f"event digest --sign {own} | save {head}")
    assert kept.shell.value(f"event verify --digest {head} --key {public} | get is_intact") is True
    assert kept.shell.error(f"event verify --digest {head} --key {other}").code == "stk::event::signature"
    forged = {**json.loads(Path(head).read_text()), "hash": "00" * 32}
    kept.write("forged.json", json.dumps(forged).encode())
    refused = kept.shell.error(f"event verify --digest {kept.path('forged.json')} --key {public}")
    assert refused.code == "stk::event::signature"


def test_a_digest_without_a_signature_is_not_trusted_by_a_key(kept: Kept) -> None:
    public, head = kept.write("public", public_key(Ed25519PrivateKey.generate())), kept.path("head.json")
    kept.shell.run(f"event digest | save {head}")
    assert kept.shell.error(f"event verify --digest {head} --key {public}").code == "stk::event::signature"


def test_a_key_that_cannot_be_used_is_explained(kept: Kept) -> None:
    elliptic = generate_private_key(SECP256R1())
    form = (PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for content, why in (
        (b"", "no private key"),
        (b"\xff\x00", "no private key"),
        (elliptic.private_bytes(*form), "not of Ed25519"),
        (private_key(Ed25519PrivateKey.generate(), password=b"x"), "encrypted"),
        (public_key(Ed25519PrivateKey.generate()), "no private key"),
    ):
        error = kept.shell.error(f"event digest --sign {kept.write('key', content)}")
        assert error.code == "stk::event::key"
        assert why in error.labels[0].text
    assert kept.shell.error(f"event digest --sign {kept.path('none')}").code == "stk::run::file_not_found"


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"block": "1", "hash": "00"}', "no json", '{"block": 1, "hash": 5}']
)
def test_a_file_without_a_digest_is_refused(kept: Kept, content: str) -> None:
    path = kept.write("head.json", content.encode())
    error = kept.shell.error(f"event verify --digest {path}")
    assert error.code in ("stk::event::no_digest", "stk::run::invalid_json", "stk::run::json", "stk::run::cant_convert")
    assert error.labels


def test_a_key_without_a_digest_is_refused(kept: Kept) -> None:
    assert kept.shell.error("event verify --key x").code == "stk::event::no_digest"


def test_a_proof_is_checked_without_any_store(kept: Kept, pure: Shell) -> None:
    head, proof = kept.path("head.json"), kept.path("proof.json")
    kept.shell.run(f"event proof {LOGIN} | save {proof}; event digest | save {head}")
    shown = pure.value(f"open {proof} | event check-proof --digest {head}")
    assert isinstance(shown, dict)
    assert (shown["uu"], shown["name"], shown["is_kept_elsewhere"]) == (LOGIN, "authentication", True)


def test_several_proofs_are_checked_at_once(kept: Kept, pure: Shell) -> None:
    proofs = kept.shell.value("event list | event proof")
    assert isinstance(proofs, list)
    assert pure.value("event check-proof | get name", proofs) == ["authentication", "order-error", "user-milestone"]
    forged = [*proofs[:2], {**proofs[2], "place": 1}]  # type: ignore[dict-item]
    assert pure.error("event check-proof", forged).code == "stk::event::disproved"


def test_an_event_that_is_not_there_has_no_proof(kept: Kept) -> None:
    error = kept.shell.error("event proof 00000000-0000-7000-8000-000000000001")
    assert error.code == "stk::event::unknown_event"


def test_what_is_no_proof_is_refused(pure: Shell) -> None:
    assert pure.error("{a: 1} | event check-proof").code == "stk::event::no_proof"
    assert pure.error("[1] | event check-proof").code == "stk::event::no_proof"


def test_of_several_digests_in_a_file_the_last_counts(kept: Kept) -> None:
    heads = kept.path("heads.ndjson")
    kept.shell.run(f"event digest | to json --raw | save {heads}")
    kept.shell.run('"more" | .append event note | ignore')
    kept.shell.run(f"event digest | to json --raw | save --append {heads}")
    assert kept.shell.value(f"open {heads} | length") == 2
    assert kept.shell.value(f"event verify --digest {heads} | get compared_with") == 2
