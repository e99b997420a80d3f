"""The packets of one recording as a page sends them, taken in once and in order, and cut into pieces to be kept.

The page numbers what the strap sends. Here only the number that is wanted next gets in: what comes twice, too early or
late is left where it is, and the page is told what is wanted. A piece carries the number of packets it accounts for, so
that whoever keeps the piece and that number together knows after any stop what is still missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uitknop.core import Recording, Value
from uitknop.live import Assembler
from uitknop.live.assembler import HOLD_MS
from uitknop.live.recorder import Pace

PIECE_MS = 1000 * Pace().piece_s
SET_BACK_MS = 1000
"""A clock that goes back by more was set: what comes starts a new run."""

MOST_UNKEPT = 20_000
"""Packets that wait to be kept; when nothing can be written, more are left with the page."""


@dataclass(frozen=True, slots=True)
class Packet(Value):
    """One notification of the strap.

    Args:
        n: its number in the recording, from 0.
        at_ms: when it came, by the clock of the page, UTC ms.
        connection: how often the strap was connected before, in this recording.
        data: its bytes.
    """

    n: int
    at_ms: int
    connection: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Mark(Value):
    """How far a recording is kept.

    Args:
        kept: packets that are kept, or were nothing.
        last: time (UTC ms) and length (ms) of the last beat of them.
    """

    kept: int = 0
    last: tuple[int, float] | None = None


@dataclass(frozen=True, slots=True)
class Piece(Value):
    """What is to be kept together: a piece (None: the packets held nothing) and how far it reaches."""

    recording: Recording | None
    mark: Mark


class Stream:
    """One recording while its packets come in.

    Args:
        device: name of the strap.
        zone: where the person is.
        mark: how far it was kept before.
    """

    def __init__(self, device: str, zone: str, mark: Mark) -> None:
        self.mark = mark
        self.wanted = mark.kept
        """Number of the packet that is wanted next."""

        self.pieces: list[Piece] = []
        """What waits to be kept, in order."""

        self._assembler = Assembler(device, zone, mark.last)
        self._unkept: list[tuple[int, int]] = []
        self._connection = -1
        self._now_ms = 0

    def hear(self, packets: Iterable[Packet], *, latest_ms: int) -> None:
        """Take in what is wanted; the rest is left out.

        Args:
            packets: in any order.
            latest_ms: packets of a later time are counted and hold nothing, UTC ms: the clock of the page is wrong.
        """
        for packet in sorted(packets, key=lambda packet: packet.n):
            if packet.n != self.wanted or len(self._unkept) >= MOST_UNKEPT:
                continue
            if packet.connection != self._connection or packet.at_ms < self._now_ms - SET_BACK_MS:
                self.end_run()
                self._connection, self._now_ms = packet.connection, packet.at_ms
            self.wanted += 1
            if packet.at_ms <= latest_ms:
                self._now_ms = max(self._now_ms, packet.at_ms)
                self._assembler.add(self._now_ms, packet.data)
            self._unkept.append((packet.n, self._now_ms))
            if self._now_ms - self._unkept[0][1] >= PIECE_MS + HOLD_MS:
                self._cut(round(self._now_ms - HOLD_MS))

    def end_run(self) -> None:
        """Nothing more comes over this connection: all there is becomes a piece."""
        self._assembler.lost()
        self._cut(self._now_ms + 1)
        self._connection = -1

    def was_kept(self, piece: Piece) -> None:
        """The first of the pieces is kept."""
        self.pieces.remove(piece)
        self.mark = piece.mark

    def _cut(self, before_ms: int) -> None:
        """Everything that came before a moment becomes a piece. Within a run no packet is earlier than the last."""
        if not self._unkept:
            return
        made = self._assembler.take(before_ms)
        left = [one for one in self._unkept if one[1] >= before_ms]
        kept = left[0][0] if left else self.wanted
        self._unkept = left
        self.pieces.append(Piece(made, Mark(kept, self._assembler.last)))
