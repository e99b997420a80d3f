"""The file beside the person's file that holds its data key, sealed once for each way to unlock.

`NAME.uitknop.keys` is JSON. It holds no secret: a random id, the public key for taps, and per method the sealed data
key with what is needed to open it again. Changing a passphrase seals the data key anew and leaves the data alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from uitknop.core.errors import Damaged, StoreError, WrongKey
from uitknop.core.phrase import Phrase
from uitknop.store import key_ring, recovery_key
from uitknop.store.key_file_json import Wrap, from_json, to_json
from uitknop.store.key_ring import KeyRing, SystemKeyRing
from uitknop.store.keys import (
    COST,
    FILE_ID_BYTES,
    KEY_BYTES,
    METHODS,
    SALT_BYTES,
    Cost,
    Method,
    check_data_key,
    check_passphrase,
    fingerprint,
    key_from_secret,
    new_secret,
    seal,
    stretch,
    unseal,
)
from uitknop.store.whole_file import read_small, replace_file

LARGEST_BYTES = 65_536


def keys_path(path: Path) -> Path:
    """Where the keys of a person's file stand: beside it."""
    return path.with_name(path.name + ".keys")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Who may unlock a file: the data key, sealed once per method. A change gives a new value; `save` writes it.

    Args:
        file_id: 16 random bytes; every sealed key is bound to them.
        inbox_public_key: 32 bytes; taps are sealed to it while the file is locked.
        fingerprint: tells whether a data key is the one of this file.
        wraps: the sealed data key by method.
    """

    file_id: bytes
    inbox_public_key: bytes
    fingerprint: bytes = field(repr=False)
    wraps: Mapping[Method, Wrap] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wraps", MappingProxyType(dict(self.wraps)))

    @classmethod
    def create(cls, data_key: bytes, inbox_public_key: bytes) -> KeyFile:
        """Keys for a new file; still without a way to unlock it, so `save` refuses until one is added."""
        check_data_key(data_key)
        file_id = new_secret(FILE_ID_BYTES)
        return cls(file_id, inbox_public_key, fingerprint(data_key, file_id + inbox_public_key))

    @classmethod
    def load(cls, path: Path) -> KeyFile:
        """Read a key file.

        Raises:
            StoreError: missing, or not to be read.
            NewerSchema: written by a newer version.
            Damaged: a byte was changed or lost.
        """
        version_1 = from_json(read_small(path, LARGEST_BYTES), path.name)
        return cls(version_1.file_id, version_1.inbox_public_key, version_1.fingerprint, version_1.wraps)

    def save(self, path: Path) -> None:
        """Write the key file whole or not at all; only its owner may read it.

        Raises:
            StoreError: nobody could unlock the file, the keys of another file stand there, or it can't be written.
            Damaged: what stands there can't be read, and is not overwritten.
        """
        if not self.wraps:
            raise _last_way()
        if path.exists() and KeyFile.load(path).file_id != self.file_id:
            raise StoreError(
                Phrase(
                    "{name} holds the keys of another file, which nobody could open without them. Choose another name.",
                    {"name": path.name},
                )
            )
        replace_file(path, to_json(self.file_id, self.inbox_public_key, self.fingerprint, self.wraps))

    def methods(self) -> tuple[Method, ...]:
        """The ways in which this file can be unlocked."""
        return tuple(method for method in METHODS if method in self.wraps)

    def wrap_with_keyring(self, data_key: bytes, ring: KeyRing | None = None) -> KeyFile:
        """Also unlocked by the key ring of the operating system.

        A secret that the ring already keeps for this file is used again, so that a crash before `save` locks nobody
        out.

        Raises:
            StoreError: no key ring that can be used.
            WrongKey: not the data key of this file.
        """
        self._check(data_key)
        ring = ring or SystemKeyRing()
        secret = key_ring.get_secret(ring, self._account)
        if secret is None or len(secret) != KEY_BYTES:
            secret = new_secret(KEY_BYTES)
            key_ring.keep_secret(ring, self._account, secret)
        return self._with("keyring", Wrap(seal(data_key, secret, "keyring", self.file_id)))

    def wrap_with_passphrase(self, data_key: bytes, passphrase: str, cost: Cost = COST) -> KeyFile:
        """Also unlocked by a passphrase; one that was set before no longer opens the file.

        Raises:
            StoreError: the passphrase is too short, or there is too little memory.
            WrongKey: not the data key of this file.
        """
        self._check(data_key)
        check_passphrase(passphrase)
        salt = new_secret(SALT_BYTES)
        sealed = seal(data_key, stretch(passphrase, salt, cost), "passphrase", self.file_id)
        return self._with("passphrase", Wrap(sealed, salt, cost))

    def wrap_with_recovery(self, data_key: bytes) -> tuple[KeyFile, str]:
        """Also unlocked by a new recovery key, given back as it is to be printed; an older one no longer works.

        Raises:
            WrongKey: not the data key of this file.
        """
        self._check(data_key)
        secret = recovery_key.new_recovery_secret()
        sealed = seal(data_key, key_from_secret(secret, self.file_id), "recovery", self.file_id)
        return self._with("recovery", Wrap(sealed)), recovery_key.printed(secret)

    def without(self, method: Method) -> KeyFile:
        """No longer unlocked by `method`. After `save`, `forget_keyring` also clears the ring.

        Raises:
            StoreError: it is the only way left.
        """
        left = {other: wrap for other, wrap in self.wraps.items() if other != method}
        if not left:
            raise _last_way()
        return replace(self, wraps=left)

    def forget_keyring(self, ring: KeyRing | None = None) -> None:
        """Remove this file's secret from the key ring.

        Raises:
            StoreError: no key ring that can be used.
        """
        key_ring.forget_secret(ring or SystemKeyRing(), self._account)

    def unlock_with_keyring(self, ring: KeyRing | None = None) -> bytes:
        """The data key, by the key ring of the operating system.

        Raises:
            StoreError: not set up for this file, no key ring that can be used, or the ring does not know this file.
            WrongKey: the ring holds another secret.
            Damaged: the key file was changed.
        """
        wrap = self.wraps.get("keyring")
        if wrap is None:
            raise StoreError(
                Phrase("This file is not unlocked by the key ring. Use its passphrase or its recovery key.")
            )
        secret = key_ring.get_secret(ring or SystemKeyRing(), self._account)
        if secret is None:
            raise StoreError(
                Phrase(
                    "The key ring of this computer and user does not know this file. Unlock it with its passphrase or "
                    "recovery key, or on the computer where it was made."
                )
            )
        data_key = unseal(wrap.sealed, secret, "keyring", self.file_id) if len(secret) == KEY_BYTES else None
        if data_key is None:
            raise WrongKey(
                Phrase(
                    "What the key ring keeps for this file does not open it. Unlock it with its passphrase or recovery "
                    "key, and set the key ring up again."
                )
            )
        return self._own(data_key)

    def unlock_with_passphrase(self, passphrase: str) -> bytes:
        """The data key, by a passphrase.

        Raises:
            StoreError: none was set, or there is too little memory.
            WrongKey: another passphrase.
            Damaged: the key file was changed.
        """
        wrap = self.wraps.get("passphrase")
        if wrap is None or wrap.cost is None:
            raise StoreError(Phrase("This file has no passphrase. Unlock it with the key ring or its recovery key."))
        data_key = unseal(wrap.sealed, stretch(passphrase, wrap.salt, wrap.cost), "passphrase", self.file_id)
        if data_key is None:
            raise WrongKey(
                Phrase(
                    "That passphrase does not open this file. Look at capitals and the language of the keyboard and "
                    "try again, or use the recovery key."
                )
            )
        return self._own(data_key)

    def unlock_with_recovery(self, text: str) -> bytes:
        """The data key, by the recovery key as it was typed.

        Raises:
            StoreError: none was made.
            WrongKey: a typing error, with its group; or the key of another file.
            Damaged: the key file was changed.
        """
        wrap = self.wraps.get("recovery")
        if wrap is None:
            raise StoreError(Phrase("This file has no recovery key. Unlock it with the key ring or its passphrase."))
        secret = recovery_key.typed(text)
        data_key = unseal(wrap.sealed, key_from_secret(secret, self.file_id), "recovery", self.file_id)
        if data_key is None:
            raise WrongKey(
                Phrase(
                    "That recovery key was typed well but does not open this file: it belongs to another file, or a "
                    "newer one was printed since."
                )
            )
        return self._own(data_key)

    @property
    def _account(self) -> str:
        return self.file_id.hex()

    def _with(self, method: Method, wrap: Wrap) -> KeyFile:
        return replace(self, wraps={**self.wraps, method: wrap})

    def _check(self, data_key: bytes) -> None:
        check_data_key(data_key)
        if not self._is_own(data_key):
            raise WrongKey(Phrase("This data key belongs to another file. Unlock the file first, and use its own."))

    def _own(self, data_key: bytes) -> bytes:
        if not self._is_own(data_key):
            raise Damaged(
                Phrase("The key file was changed by something else. Put it back from a backup before you go on.")
            )
        return data_key

    def _is_own(self, data_key: bytes) -> bool:
        told = fingerprint(data_key, self.file_id + self.inbox_public_key)
        return secrets.compare_digest(told, self.fingerprint)


def _last_way() -> StoreError:
    return StoreError(
        Phrase("Without a way to unlock it the file would be lost. Set another one up first, such as a passphrase.")
    )
