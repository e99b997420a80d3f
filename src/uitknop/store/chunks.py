"""What a stored chunk holds now: which of its rows count, and where runs start, as the batches that know it say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from uitknop.core.errors import Damaged
from uitknop.store.border import damaged
from uitknop.store.codec import decode, decode_into, rows_in
from uitknop.store.rows import Bools, Rows, empty_rows

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS

BEAT_KINDS = frozenset({"rr", "ppg"})
"""Kinds of series that are beats; all others are samples."""


def bucket_ms(kind: str) -> int:
    """Width of the stretch one chunk may cover: an hour of beats, a day of samples, which are fewer."""
    return HOUR_MS if kind in BEAT_KINDS else DAY_MS


def pack(rows: Bools) -> bytes | None:
    """One bit per row; None when all are set."""
    return None if bool(rows.all()) else np.packbits(rows).tobytes()


def unpack(data: bytes | None, n: int) -> Bools:
    """The rows of `pack`."""
    if data is None:
        return np.ones(n, np.bool_)
    return np.unpackbits(np.frombuffer(data, np.uint8), count=n).view(np.bool_)


@dataclass(frozen=True, slots=True)
class Support:
    """What one counting batch knows of a chunk.

    Args:
        mask: packed rows it knows; None for all.
        starts: packed rows at which it says that a run starts; None for those the chunk names.
        tick_ms: resolution of the device's clock as that file tells it, ms; None when unknown.
        grade: the best confidence that file can give.
    """

    mask: bytes | None
    starts: bytes | None
    tick_ms: float | None
    grade: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows of a chunk beside what its batches say.

    Args:
        rows: all rows, with a start of a run only where no counting batch knows that the interval continues.
        counts: rows that a counting batch knows, shape (n,).
    """

    rows: Rows
    counts: Bools


def standing(stored: Rows, supports: Iterable[Support]) -> Standing:
    """What a chunk holds now, from the batches that count."""
    supports = list(supports)
    n = len(stored)
    if all(support.mask is None and support.starts is None for support in supports):
        return Standing(stored, np.full(n, bool(supports)))
    counts = np.zeros(n, np.bool_)
    start = np.ones(n, np.bool_)
    for support in supports:
        knows = unpack(support.mask, n)
        counts |= knows
        start &= starts_of(stored, support) | ~knows
    return Standing(stored.with_start(start & counts), counts)


def starts_of(stored: Rows, support: Support) -> Bools:
    """Where one batch says that runs start."""
    return stored.start if support.starts is None else unpack(support.starts, len(stored))


def open_chunk(content: bytes, name: str) -> Rows:
    """The rows of a payload.

    Raises:
        Damaged: it can't be read.
    """
    try:
        return decode(content)
    except ValueError as fault:
        raise Damaged(damaged(name)) from fault


def open_chunks(contents: list[bytes], name: str) -> tuple[Rows, list[slice]]:
    """The rows of many payloads in one stretch of memory, and where those of each lie.

    Raises:
        Damaged: one can't be read.
    """
    try:
        edges = [0, *accumulate(rows_in(content) for content in contents)]
        places = [slice(start, end) for start, end in pairwise(edges)]
        rows = empty_rows(edges[-1])
        for content, place in zip(contents, places, strict=True):
            decode_into(rows.take(place), content)
    except ValueError as fault:
        raise Damaged(damaged(name)) from fault
    return rows, places
