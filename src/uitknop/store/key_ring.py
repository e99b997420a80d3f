"""The operating system's key ring, behind one border: whatever goes wrong there becomes one sentence."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Protocol, TypeVar

from uitknop.core.errors import StoreError
from uitknop.core.phrase import Phrase

SERVICE = "uitknop"

Found = TypeVar("Found")


class KeyRing(Protocol):
    """Keeps one secret text per account."""

    def get(self, account: str) -> str | None:
        """The secret, or None."""

    def set(self, account: str, secret: str) -> None:
        """Keep a secret."""

    def delete(self, account: str) -> None:
        """Forget a secret."""


class SystemKeyRing:
    """The key ring of this computer and user, through `keyring`."""

    def get(self, account: str) -> str | None:
        """The secret, or None."""
        import keyring

        return keyring.get_password(SERVICE, account)

    def set(self, account: str, secret: str) -> None:
        """Keep a secret."""
        import keyring

        keyring.set_password(SERVICE, account, secret)

    def delete(self, account: str) -> None:
        """Forget a secret."""
        import keyring

        keyring.delete_password(SERVICE, account)


def get_secret(ring: KeyRing, account: str) -> bytes | None:
    """The secret kept under an account, or None when there is none or it is not one of ours.

    Raises:
        StoreError: there is no key ring here, or it stays locked.
    """
    kept = _asked(lambda: ring.get(account))
    try:
        return None if kept is None else bytes.fromhex(kept)
    except ValueError:
        return None


def keep_secret(ring: KeyRing, account: str, secret: bytes) -> None:
    """Keep a secret, and see that it is there.

    Raises:
        StoreError: there is no key ring here, it stays locked, or it forgets at once.
    """
    _asked(lambda: ring.set(account, secret.hex()))
    kept = get_secret(ring, account)
    if kept is None or not secrets.compare_digest(kept, secret):
        raise no_key_ring()


def forget_secret(ring: KeyRing, account: str) -> None:
    """Forget a secret; nothing happens when there is none.

    Raises:
        StoreError: there is no key ring here, or it stays locked.
    """
    if _asked(lambda: ring.get(account)) is not None:
        _asked(lambda: ring.delete(account))


def no_key_ring() -> StoreError:
    """The error for a computer without a key ring that can be used."""
    return StoreError(
        Phrase(
            "The key ring of this computer can't be used: there is none, it is locked, or it refused. Unlock it and "
            "try again, or unlock the file with its passphrase or recovery key."
        )
    )


def _asked(ask: Callable[[], Found]) -> Found:
    # Raised outside of the handler: what a backend puts into its error may hold the secret itself.
    try:
        return ask()
    except Exception:
        pass
    raise no_key_ring()
