"""WFDB files of marks (.atr, .ecg, .qrs): intervals between two normal beats, as somebody or some program marked them.

Marks are unpacked by the `wfdb` library. An interval counts only between two beats marked N that follow each other;
another kind of beat, or a mark of noise, breaks the run.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Implausible, Malformed
from uitknop.sources import assemble
from uitknop.sources.clock import zone_notes
from uitknop.sources.limits import FEWEST_BEATS
from uitknop.sources.probe import Probe
from uitknop.sources.r_peaks import not_installed
from uitknop.sources.rr_text import gap_notes
from uitknop.sources.source import Quality, Request, Source
from uitknop.sources.wfdb_header import HEADER, MARKS, RecordLine, beside, first_line, record_line, start_ms

NAME = "wfdb_marks"

NORMAL, NOISE = 1, 14
BEAT_KINDS = frozenset({*range(1, 14), 25, 30, 31, 34, 35, 38, 41})
"""Types that mark a heart beat of any kind (WFDB, ecgcodes.h)."""

_LAST_KIND = 49
_SKIP, _FIRST_EXTRA, _LAST_EXTRA = 59, 60, 63
_RATE = re.compile(rb"## time resolution: (\d{1,6}(?:\.\d{1,9})?)")
_MOST_BYTES = 2_000_000
"""A million marks: ten days of beats."""

_WORDS_LOOKED_AT = 40


def sniff(probe: Probe) -> float:
    """The end of the name, and words of marks."""
    if probe.shape != "file" or PurePosixPath(probe.name).suffix.lower() not in MARKS or len(probe.head) < 4:
        return 0.0
    return 0.8 if all(_kinds_of(probe.head)) else 0.0


def _kinds_of(head: bytes) -> Iterator[bool]:
    """Whether each of the first words is one that may be there."""
    at = 0
    for _ in range(_WORDS_LOOKED_AT):
        if at + 2 > len(head):
            return
        word = int.from_bytes(head[at : at + 2], "little")
        kind, low = word >> 10, word & 0x3FF
        at += 2
        if word == 0:
            return
        if kind == _SKIP:
            at += 4
        elif kind == _LAST_EXTRA:
            at += low + low % 2
        yield kind <= _LAST_KIND or _SKIP <= kind <= _LAST_EXTRA


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording.

    Raises:
        SourceError: the part that reads it is not installed.
        Malformed: no rate, damaged, or without normal beats.
        TooLarge: too many marks.
    """
    content = probe.read(_MOST_BYTES)
    header = record_line(first_line((beside(probe, HEADER) or b"").decode("ascii", errors="replace")))
    rate_hz = _rate(content, header, probe.name)
    sample, kind = _unpacked(content, probe.name)
    made = _beats(sample, kind, rate_hz, probe.name, header, request.zone)
    clocked = header is not None and header.start is not None
    notes = (Phrase("Only intervals between two beats that were marked as normal were read."), *gap_notes(made))
    if clocked:
        notes += zone_notes(request.zone)
    clock = (request.zone or "UTC") if clocked else None
    return (Recording(NAME, probe.name, clock, made.beats, grade="B", notes=notes),)


def _rate(content: bytes, header: RecordLine | None, name: str) -> float:
    """Ticks a second: from the file itself, or else from the header beside it."""
    said = _RATE.search(content[:400])
    if said is not None and float(said[1]) > 0:
        return float(said[1])
    if header is None:
        raise Malformed(
            Phrase(
                "{name} does not say how many samples make a second. Put its header ({header}) beside it.",
                {"name": name, "header": str(PurePosixPath(name).with_suffix(HEADER))},
            )
        )
    return header.rate_hz


def _unpacked(content: bytes, name: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Sample and type of each mark, both of shape (n,).

    Raises:
        SourceError: the library is not installed.
        Malformed: damaged.
    """
    try:
        from wfdb.io.annotation import proc_ann_bytes  # type: ignore[import-untyped]
    except ImportError as fault:
        raise not_installed(name) from fault
    pairs = np.frombuffer(content[: len(content) // 2 * 2] + b"\0\0", np.uint8).reshape(-1, 2)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            sample, kind, *_ = proc_ann_bytes(pairs, None)
        return np.array(sample, np.int64), np.array(kind, np.int64)
    except Exception as fault:
        # A damaged file makes the library raise nearly anything.
        raise Malformed(
            Phrase("{name} is damaged or holds no marks of beats. Copy it again.", {"name": name})
        ) from fault


def _beats(
    sample: npt.NDArray[np.int64],
    kind: npt.NDArray[np.int64],
    rate_hz: float,
    name: str,
    header: RecordLine | None,
    zone: str | None,
) -> assemble.Made:
    told = np.isin(kind, sorted(BEAT_KINDS | {NOISE}))
    sample, kind = sample[told], kind[told]
    if bool(np.any(np.diff(sample) < 0)):
        raise Implausible(Phrase("{name}: the marks go back in time. Copy it again.", {"name": name}))
    both = (kind[1:] == NORMAL) & (kind[:-1] == NORMAL) & (np.diff(sample) > 0)
    if int(np.count_nonzero(both)) < FEWEST_BEATS:
        raise Malformed(
            Phrase(
                "{name} holds {found} intervals between beats marked as normal, too few for a recording.",
                {"name": name, "found": int(np.count_nonzero(both))},
            )
        )
    tick_ms = 1000 / rate_hz
    zero_ms = (start_ms(header, zone) if header is not None else None) or 0
    end_ms = zero_ms + sample[1:][both] * tick_ms
    rr_ms = np.diff(sample)[both] * tick_ms
    return assemble.from_timed(end_ms, rr_ms, source=NAME, tolerance_ms=tick_ms / 2, tick_ms=tick_ms)


SOURCE = Source(
    NAME,
    Phrase("WFDB marks of heart beats (.atr, .ecg, .qrs)"),
    Quality("fair", Phrase("Two authentic files of a day; the marks are only as good as who made them.")),
    sniff,
    read,
)
