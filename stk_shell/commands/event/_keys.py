"""Signing with Ed25519, and checking signatures; keys are files as OpenSSL and OpenSSH write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.commands.files._paths import expanded, failure
from stk_shell.model.errors import EventError, Label

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    from stk_shell.model.span import Span

OPENSSH_PRIVATE, OPENSSH_PUBLIC = b"-----BEGIN OPENSSH PRIVATE KEY", b"ssh-ed25519 "

MAKE_KEY = "`openssl genpkey -algorithm ed25519 -out key.pem` makes one."
MAKE_PUBLIC = "`openssl pkey -in key.pem -pubout -out public.pem` gives that of a private key."


def sign(message: str, path: str, place: Span) -> tuple[str, str]:
    """The signature and the public key, in hexadecimal.

    Raises:
        EventError: the file holds no private key of Ed25519, or an encrypted one.
        RunError: the file cannot be read.
    """
    key = _private_key(_content(path, place), path, place)
    return key.sign(message.encode()).hex(), key.public_key().public_bytes_raw().hex()


def is_signed(message: str, signature: str, path: str, place: Span) -> bool:
    """Whether the signature is one of the message, by the public key of a file.

    Raises:
        EventError: the file holds no public key of Ed25519.
        RunError: the file cannot be read.
    """
    from cryptography.exceptions import InvalidSignature

    key = _public_key(_content(path, place), path, place)
    try:
        key.verify(bytes.fromhex(signature), message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _content(path: str, place: Span) -> bytes:
    path = expanded(path, place)
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise failure(error, path, place) from None


def _private_key(content: bytes, path: str, place: Span) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    is_openssh = content.startswith(OPENSSH_PRIVATE)
    load = serialization.load_ssh_private_key if is_openssh else serialization.load_pem_private_key
    try:
        key = load(content, None)
    except TypeError:
        raise _unusable(path, place, "it is encrypted", "Give one without a password, or decrypt it first.") from None
    except (ValueError, UnsupportedAlgorithm):
        raise _unusable(path, place, "this is no private key", MAKE_KEY) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path, place, "this key is not of Ed25519", MAKE_KEY)
    return key


def _public_key(content: bytes, path: str, place: Span) -> Ed25519PublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    is_openssh = content.startswith(OPENSSH_PUBLIC)
    load = serialization.load_ssh_public_key if is_openssh else serialization.load_pem_public_key
    try:
        key = load(content)
    except (ValueError, UnsupportedAlgorithm):
        raise _unusable(path, place, "this is no public key", MAKE_PUBLIC) from None
    if not isinstance(key, Ed25519PublicKey):
        raise _unusable(path, place, "this key is not of Ed25519", MAKE_PUBLIC)
    return key


def _unusable(path: str, place: Span, why: str, help: str) -> EventError:
    return EventError(f"`{path}` cannot be used as a key", "key", (Label(place, why),), help)
