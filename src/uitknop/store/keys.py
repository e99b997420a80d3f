"""What opens a person's file: the random data key, and how a secret of the person seals it.

The data key never changes; each way to unlock seals a copy of it ("wraps" it), bound to one file. Sealing is
XChaCha20-Poly1305; a passphrase is stretched with argon2id first (RFC 9106, doi:10.17487/RFC9106).
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from uitknop.core.errors import StoreError, WrongKey
from uitknop.core.phrase import Phrase

Method = Literal["keyring", "passphrase", "recovery"]
METHODS: tuple[Method, ...] = get_args(Method)

KEY_BYTES = 32
FILE_ID_BYTES = 16
SALT_BYTES = 16
FEWEST_CHARACTERS = 8
_CONTEXT = b"uitknop key 1"


@dataclass(frozen=True, slots=True)
class Cost:
    """How hard a guess at a passphrase is: passes over the memory, and its size in bytes."""

    passes: int
    memory_bytes: int


COST = Cost(passes=3, memory_bytes=64 * 2**20)
"""About 0.15 s on a laptop; RFC 9106 section 4 names 3 passes over 64 MiB for where memory is short."""

LEAST_COST = Cost(passes=1, memory_bytes=8 * 2**20)
MOST_COST = Cost(passes=16, memory_bytes=2**30)
"""A key file that asks for more was not written by us, and would only keep the machine busy."""


def new_data_key() -> bytes:
    """32 random bytes that open a new file."""
    return new_secret(KEY_BYTES)


def new_secret(n_bytes: int) -> bytes:
    """Random bytes from the operating system."""
    import nacl.utils

    return bytes(nacl.utils.random(n_bytes))


def new_inbox_keys() -> tuple[bytes, bytes]:
    """A private and a public key for taps while locked, 32 bytes each.

    The public one stands in the key file; the private one belongs in the encrypted file.
    """
    from nacl.public import PrivateKey

    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def stretch(passphrase: str, salt: bytes, cost: Cost = COST) -> bytes:
    """32 bytes from a passphrase, however it was typed (Unicode NFKC).

    Raises:
        StoreError: there is not enough memory for `cost`.
    """
    from nacl.pwhash import argon2id

    typed = unicodedata.normalize("NFKC", passphrase).encode()
    try:
        return bytes(argon2id.kdf(KEY_BYTES, typed, salt, opslimit=cost.passes, memlimit=cost.memory_bytes))
    except (RuntimeError, MemoryError):
        pass
    raise StoreError(
        Phrase(
            "Checking the passphrase needs {needed} MB of memory, and there is less. Close other programs and try "
            "again.",
            {"needed": cost.memory_bytes // 2**20},
        )
    )


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that anybody would guess.

    Raises:
        StoreError: too short.
    """
    if len(passphrase.strip()) < FEWEST_CHARACTERS:
        raise StoreError(
            Phrase(
                "A passphrase needs at least {needed} characters. A few words in a row are easy to remember.",
                {"needed": FEWEST_CHARACTERS},
            )
        )


def key_from_secret(secret: bytes, file_id: bytes) -> bytes:
    """32 bytes from a secret that is random already, for one file."""
    return hashlib.blake2b(secret, digest_size=KEY_BYTES, salt=file_id, person=_CONTEXT).digest()


def seal(data_key: bytes, key: bytes, method: Method, file_id: bytes) -> bytes:
    """The data key, sealed with `key` for one way to unlock one file."""
    from nacl.secret import Aead

    return bytes(Aead(key).encrypt(data_key, _bound_to(method, file_id)))


def unseal(sealed: bytes, key: bytes, method: Method, file_id: bytes) -> bytes | None:
    """The data key, or None when `key` is not the one it was sealed with or a byte was changed."""
    from nacl.exceptions import CryptoError
    from nacl.secret import Aead

    try:
        data_key = bytes(Aead(key).decrypt(sealed, _bound_to(method, file_id)))
    except (CryptoError, ValueError):
        return None
    return data_key if len(data_key) == KEY_BYTES else None


def fingerprint(data_key: bytes, told: bytes) -> bytes:
    """16 bytes that only the holder of the data key can make of `told`; they say nothing about the key."""
    return hashlib.blake2b(told, digest_size=16, key=data_key, person=_CONTEXT).digest()


def check_data_key(data_key: bytes) -> None:
    """Refuse what can't be a data key.

    Raises:
        WrongKey: not 32 bytes.
    """
    if len(data_key) != KEY_BYTES:
        raise WrongKey(
            Phrase(
                "A data key has {needed} bytes, and this one has {found}. Unlock the file again.",
                {"needed": KEY_BYTES, "found": len(data_key)},
            )
        )


def _bound_to(method: Method, file_id: bytes) -> bytes:
    return b"\0".join((_CONTEXT, method.encode(), file_id))
