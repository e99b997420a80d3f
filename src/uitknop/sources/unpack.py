"""Bytes out of files, gzip and zip, counted while they come: a size that a file declares of itself is not trusted."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, TooLarge
from uitknop.sources import limits

try:
    from lzma import LZMAError
except ImportError:  # a Python built without it, which refuses such zip files by itself
    LZMAError = zlib.error  # type: ignore[misc, assignment]

DAMAGE = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    EOFError,
    zlib.error,
    LZMAError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
"""What the libraries raise when packing is broken, cut off, encrypted or of an unknown kind."""

MISLED = (OSError, ValueError)
"""What they raise besides, when sizes and places inside a zip file lead nowhere; elsewhere these are other faults."""


class Counted(io.BufferedIOBase):
    """A stream that stops with a clear sentence: too many bytes, too many for what went in, or damaged packing.

    Args:
        stream: what is read.
        name: shown to people.
        most: most bytes that may come.
        packed_bytes: size before unpacking; None when nothing is unpacked.
        on_bytes: told, after each block, how many bytes have come so far.
    """

    def __init__(
        self,
        stream: IO[bytes],
        name: str,
        most: int,
        packed_bytes: int | None,
        on_bytes: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__()
        self._stream, self._name, self._most, self._done = stream, name, most, 0
        self._on_bytes = on_bytes
        free = limits.UNPACK_FREE_BYTES
        self._unpacked_most = None if packed_bytes is None else max(free, limits.UNPACK_RATIO * max(1, packed_bytes))

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to `size` bytes; all that is left when negative or None.

        Raises:
            TooLarge: beyond a limit.
            Malformed: the packing is damaged.
        """
        if size is None or size < 0:
            blocks = []
            while block := self.read(1 << 20):
                blocks.append(block)
            return b"".join(blocks)
        try:
            block = self._stream.read(size)
        except DAMAGE as fault:
            raise damaged(self._name) from fault
        except MISLED as fault:
            if self._unpacked_most is None:
                raise
            raise damaged(self._name) from fault
        self._done += len(block)
        if self._done > self._most:
            raise too_large(self._name, self._most)
        if self._unpacked_most is not None and self._done > self._unpacked_most:
            raise TooLarge(
                Phrase(
                    "{name} unpacks to more than {ratio} times its size, which no recording does. Nothing was read.",
                    {"name": self._name, "ratio": limits.UNPACK_RATIO},
                )
            )
        if self._on_bytes is not None:
            self._on_bytes(self._done)
        return block

    def read1(self, size: int = -1, /) -> bytes:
        """As `read`, one block at most."""
        return self.read(1 << 16 if size < 0 else size)


@contextmanager
def unpacked(
    raw: IO[bytes],
    name: str,
    most: int,
    *,
    gzipped: bool,
    packed_bytes: int | None,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Counted]:
    """The content of `raw`, gzip taken off, bounded.

    Args:
        raw: an open file or member of a zip file.
        name: shown to people.
        most: most bytes that may come.
        gzipped: it is gzip.
        packed_bytes: size of what is unpacked, gzip or zip; None when neither.
        on_bytes: told, after each block, how many bytes have come so far.
    """
    stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if gzipped else raw
    try:
        yield Counted(stream, name, most, packed_bytes, on_bytes)
    finally:
        stream.close()


def too_large(name: str, most: int) -> TooLarge:
    """More bytes than are read from one file."""
    return TooLarge(
        Phrase(
            "{name} is larger than {most_mb} MB, the most that is read from one file. Split it, or export a shorter "
            "time.",
            {"name": name, "most_mb": most // 1_000_000},
        )
    )


def too_many(name: str) -> TooLarge:
    """More members than a zip file may list."""
    return TooLarge(
        Phrase(
            "{name} lists more than {most} files. Unpack it and give the folder with the recording.",
            {"name": name, "most": limits.ZIP_MEMBERS},
        )
    )


def damaged(name: str) -> Malformed:
    """Packing that can't be undone."""
    return Malformed(Phrase("{name} is damaged or cut off. Copy or download it again.", {"name": name}))
