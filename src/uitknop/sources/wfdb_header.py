"""The first line of a WFDB header, and the files that lie beside it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from uitknop.core.timeline import parse_iso
from uitknop.sources.probe import Probe
from uitknop.sources.unpack import DAMAGE, MISLED

HEADER = ".hea"
MARKS = (".atr", ".ecg", ".qrs")
"""Ends of the names of files with marks: by hand, by a company's program, by another program."""

_MOST_BYTES = 100_000
_USUAL_HZ = 250.0
_LINE = re.compile(r"\S+ \d{1,4}(?: \S+){0,4}")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """What the first line says.

    Args:
        n_signals: how many.
        rate_hz: samples a second.
        n: samples in each signal; 0 when not said.
        start: reading of the wall clock at the start; None without a date.
        segments: whether the record is put together from others.
    """

    n_signals: int
    rate_hz: float
    n: int
    start: datetime | None
    segments: bool


def first_line(text: str) -> str:
    """The first line that is no comment."""
    return next((line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")), "")


def record_line(line: str) -> RecordLine | None:
    """What a first line says; None when it is none.

    >>> record_line("nsr001 0 128 0")
    RecordLine(n_signals=0, rate_hz=128.0, n=0, start=None, segments=False)
    """
    if not _LINE.fullmatch(line):
        return None
    words = line.split()
    try:
        rate_hz = float(words[2].split("/")[0].split("(")[0]) if len(words) > 2 else _USUAL_HZ
        n = int(words[3]) if len(words) > 3 else 0
    except ValueError:
        return None
    if not (math.isfinite(rate_hz) and 0 < rate_hz < 1e6 and 0 <= n < 1 << 40):
        return None
    return RecordLine(int(words[1]), rate_hz, n, _start(words[4:6]), "/" in words[0])


def start_ms(line: RecordLine, zone: str | None) -> int | None:
    """UTC ms of the start; None when the header does not say."""
    return None if line.start is None else parse_iso(line.start.isoformat(), zone or "UTC")


def beside(probe: Probe, end: str) -> bytes | None:
    """A small file beside this one, of the same name with another end; None when there is none."""
    if probe.archive is None:
        path = probe.path.with_suffix(end)
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    try:
        with probe.archive.open(str(PurePosixPath(probe.place).with_suffix(end))) as member:
            return member.read(_MOST_BYTES)
    except (*DAMAGE, *MISLED):
        return None


def _start(words: list[str]) -> datetime | None:
    if len(words) < 2:
        return None
    clock, _, fraction = words[0].partition(".")
    text = f"{words[1]} {clock}.{(fraction or '0')[:6]}"
    try:
        return datetime.strptime(text, "%d/%m/%Y %H:%M:%S.%f")
    except ValueError:
        return None
