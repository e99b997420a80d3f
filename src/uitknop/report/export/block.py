"""A piece of a file that is being exported. Rooms make blocks; whoever holds the disk appends them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from uitknop.core.table import Value

BLOCK_ROWS = 20_000
"""Most rows of a table in one block: about a megabyte."""


class Block(NamedTuple):
    """The next bytes of one file.

    Blocks of several files come mixed, because a year of beats is walked once; blocks of the same file come in order.

    Args:
        name: plain file name without folders: small letters, digits, "-", "_" and one ending.
        content: bytes to append to that file.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Written(Value):
    """What went into one file: its size, its rows (0 where it has none), and its digest."""

    name: str
    n_bytes: int
    n_rows: int
    sha256: str


@dataclass(slots=True)
class Ledger:
    """Counts what goes by, so that the data dictionary can say what each file should hold."""

    _digests: dict[str, hashlib._Hash] = field(default_factory=dict)
    _bytes: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def watch(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks, counted."""
        for block in blocks:
            self._digests.setdefault(block.name, hashlib.sha256()).update(block.content)
            self._bytes[block.name] = self._bytes.get(block.name, 0) + len(block.content)
            yield block

    def written(self) -> tuple[Written, ...]:
        """Every file so far, by name."""
        return tuple(
            Written(name, self._bytes[name], self.rows.get(name, 0), self._digests[name].hexdigest())
            for name in sorted(self._bytes)
        )


def encoded(text: str) -> bytes:
    """UTF-8; half of a pair that no text should hold is written as the escape JSON has for it."""
    return text.encode("utf-8", "backslashreplace")


def slug(text: str) -> str:
    """A word that is safe in a file name on every system: small letters and digits, at most 24.

    >>> slug("Polar H10 (../B7)")
    'polar-h10-b7'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:24].strip("-")
