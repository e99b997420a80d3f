"""A key file as text: JSON with a version and a checksum, so that damage is told from a wrong passphrase."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from uitknop.core.errors import Damaged, NewerSchema
from uitknop.core.phrase import Phrase
from uitknop.store.keys import FILE_ID_BYTES, KEY_BYTES, LEAST_COST, METHODS, MOST_COST, SALT_BYTES, Cost, Method

FORMAT = "uitknop keys"
VERSION = 1

_SEALED_BYTES = KEY_BYTES + 24 + 16
"""XChaCha20-Poly1305 adds a nonce of 24 bytes and a tag of 16."""

_FINGERPRINT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Wrap:
    """The data key, sealed for one way to unlock; salt and cost belong to a passphrase."""

    sealed: bytes
    salt: bytes = b""
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class KeyFileText:
    """What version 1 of a key file says."""

    file_id: bytes
    inbox_public_key: bytes
    fingerprint: bytes
    wraps: Mapping[Method, Wrap]


def to_json(file_id: bytes, inbox_public_key: bytes, fingerprint: bytes, wraps: Mapping[Method, Wrap]) -> bytes:
    """The text of a key file."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "file_id": file_id.hex(),
        "inbox_public_key": inbox_public_key.hex(),
        "fingerprint": fingerprint.hex(),
        "wraps": {method: _wrap_to_json(wraps[method]) for method in METHODS if method in wraps},
    }
    return json.dumps({**told, "sha256": _checksum(told)}, indent=1).encode() + b"\n"


def from_json(text: bytes, name: str) -> KeyFileText:
    """What a key file says.

    Raises:
        NewerSchema: written by a newer version.
        Damaged: not a key file, or a byte was changed.
    """
    try:
        told = json.loads(text)
        if told["format"] == FORMAT and type(told["version"]) is int and told["version"] > VERSION:
            raise NewerSchema(
                Phrase("{name} was written by a newer version of Uitknop. Install that version first.", {"name": name})
            )
        if told["format"] != FORMAT or told["version"] != VERSION or told.pop("sha256") != _checksum(told):
            raise ValueError
        return KeyFileText(
            _bytes(told["file_id"], FILE_ID_BYTES),
            _bytes(told["inbox_public_key"], KEY_BYTES),
            _bytes(told["fingerprint"], _FINGERPRINT_BYTES),
            {method: _wrap_from_json(method, told["wraps"][method]) for method in METHODS if method in told["wraps"]},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise Damaged(
        Phrase(
            "{name} is damaged: it is not what was written there. Put it back from a backup; the data itself is not "
            "touched.",
            {"name": name},
        )
    )


def _wrap_to_json(wrap: Wrap) -> dict[str, Any]:
    told: dict[str, Any] = {"sealed": wrap.sealed.hex()}
    if wrap.cost is not None:
        told |= {"salt": wrap.salt.hex(), "passes": wrap.cost.passes, "memory_bytes": wrap.cost.memory_bytes}
    return told


def _wrap_from_json(method: Method, told: Mapping[str, Any]) -> Wrap:
    sealed = _bytes(told["sealed"], _SEALED_BYTES)
    if method != "passphrase":
        return Wrap(sealed)
    cost = Cost(told["passes"], told["memory_bytes"])
    if type(cost.passes) is not int or type(cost.memory_bytes) is not int:
        raise ValueError
    if not LEAST_COST.passes <= cost.passes <= MOST_COST.passes:
        raise ValueError
    if not LEAST_COST.memory_bytes <= cost.memory_bytes <= MOST_COST.memory_bytes:
        raise ValueError
    return Wrap(sealed, _bytes(told["salt"], SALT_BYTES), cost)


def _bytes(told: str, n_bytes: int) -> bytes:
    value = bytes.fromhex(told)
    if len(value) != n_bytes:
        raise ValueError
    return value


def _checksum(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
