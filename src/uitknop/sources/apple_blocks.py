"""An export of Apple Health cut into blocks of whole elements, the opening of the file checked first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from uitknop.core import Phrase, Value
from uitknop.core.errors import Malformed

BLOCK_BYTES = 2 << 20
LARGEST_ELEMENT_BYTES = 32 << 20
LARGEST_CORRELATION_BYTES = 1 << 18
PROLOG_BYTES = 1 << 20
ROOT = b"<HealthData"
_END = b"</HealthData"
_NEAR_BYTES = 1 << 16
_TOPS = tuple(
    b"<" + name + blank
    for name in (b"Record", b"Workout", b"ActivitySummary", b"Correlation")
    for blank in (b" ", b"\n")
)


class Stream(Protocol):
    """Bytes to read."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes."""


@dataclass(frozen=True, slots=True)
class Block(Value):
    """Whole top-level elements.

    Args:
        text: their bytes.
        cut_off: it is the last one, and the file ends without closing.
    """

    text: bytes
    cut_off: bool = False


def cut_blocks(stream: Stream, name: str, block_bytes: int = BLOCK_BYTES) -> Iterator[Block]:
    """What stands before the first element, and then the elements of an export, in blocks.

    Args:
        stream: the file from its start.
        name: of the file, for errors.
        block_bytes: about how large a block becomes.
    Raises:
        Malformed: no export, declared entities, or an element too large.
    """
    held = _after_prolog(stream, name)
    while True:
        more = stream.read(block_bytes)
        if not more:
            break
        held += more
        at = _border(held)
        if at > 0:
            yield Block(held[:at])
            held = held[at:]
        elif len(held) > LARGEST_ELEMENT_BYTES:
            raise Malformed(
                Phrase(
                    "{name} holds an element without an end. Export your health data again.",
                    {"name": name},
                )
            )
    end = held.rfind(_END)
    yield Block(held if end < 0 else held[:end], end < 0)


def _after_prolog(stream: Stream, name: str) -> bytes:
    """The opening, all but its ends of lines blanked, and what follows; what it describes is not resolved."""
    held = b""
    while (at := held.find(ROOT)) < 0 or (end := held.find(b">", at)) < 0:
        more = stream.read(1 << 16)
        held += more
        if not more or len(held) > PROLOG_BYTES:
            raise Malformed(
                Phrase(
                    "{name} does not open like an export of Apple Health. Export your health data again.",
                    {"name": name},
                )
            )
    if b"<!ENTITY" in held[:at]:
        raise Malformed(
            Phrase(
                "{name} declares entities, which no export of Apple Health does. Nothing was read; export your health "
                "data again.",
                {"name": name},
            )
        )
    return b"\n" * held.count(b"\n", 0, end + 1) + held[end + 1 :]


def _border(held: bytes) -> int:
    """Where the last top-level element begins, with the blanks before it; 0 when that can't be told."""
    near = max(0, len(held) - _NEAR_BYTES)
    at = max(held.rfind(top, near) for top in _TOPS)
    if at < 0:
        at = max(held.rfind(top) for top in _TOPS)
    opened = held.rfind(b"<Correlation", max(0, at - LARGEST_CORRELATION_BYTES), at + 1)
    if opened >= 0 and held.find(b"</Correlation", opened, at) < 0:
        at = opened  # a record inside a correlation is no border
    while at > 0 and held[at - 1] in b" \t":
        at -= 1
    return at
