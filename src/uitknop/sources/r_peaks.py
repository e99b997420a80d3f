"""R peaks of an electrocardiogram, found by the detector of the `wfdb` library, block by block.

The detector (XQRS) is an extra part: `pip install uitknop[ecg]`. A recording of a day never lies in memory as a whole;
each block is looked at with some seconds more on both sides, so that its borders lose no beat.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Implausible, Malformed, SourceError, TooLarge
from uitknop.sources import assemble
from uitknop.sources.rr_text import gap_notes

Floats = npt.NDArray[np.float64]

SLOWEST_HZ, FASTEST_HZ = 100.0, 4096.0
"""Below, an R peak can't be placed well enough; above, no electrocardiogram is sampled."""

LONGEST_H = 50.0
_BLOCK_S = 60.0
"""In noise the detector looks back over all peaks since the last beat, again at each: kept short, that stays small."""
_BLOCK_SAMPLES = 600_000
_BESIDE_S = 8.0
_REFRACTORY_MS = 200.0
"""Two beats can't be closer: what is, was found from both sides of a border."""

_FEWEST = 10


def not_installed(name: str) -> SourceError:
    """What to do where the extra part is missing."""
    return SourceError(
        Phrase(
            "{name} is an electrocardiogram, which needs a part that is not installed. Run: pip install uitknop[ecg]",
            {"name": name},
        )
    )


def check_signal(n: int, rate_hz: float, name: str) -> None:
    """Refuse a signal in which R peaks can't be found, before any of it is read.

    Raises:
        Implausible: sampled too slowly, or faster than any.
        TooLarge: too long.
    """
    if not SLOWEST_HZ <= rate_hz <= FASTEST_HZ:
        raise Implausible(
            Phrase(
                "{name} is sampled {rate} times a second. Expected {low} to {high} for an electrocardiogram.",
                {"name": name, "rate": round(rate_hz, 1), "low": round(SLOWEST_HZ), "high": round(FASTEST_HZ)},
            )
        )
    if n / rate_hz > LONGEST_H * 3600:
        raise TooLarge(
            Phrase("{name} is longer than {most} hours. Split it.", {"name": name, "most": round(LONGEST_H)})
        )


def find_r_peaks(read: Callable[[int, int], Floats], n: int, rate_hz: float, name: str) -> Floats:
    """Times of the R peaks, ms from the start, increasing.

    Args:
        read: gives the samples from one place up to another.
        n: samples in all.
        rate_hz: samples a second.
        name: file, for errors.
    Raises:
        SourceError: the detector is not installed.
    """
    try:
        from wfdb.processing import xqrs_detect  # type: ignore[import-untyped]
    except ImportError as fault:
        raise not_installed(name) from fault
    beside = round(_BESIDE_S * rate_hz)
    block = min(round(_BLOCK_S * rate_hz), _BLOCK_SAMPLES)
    found: list[Floats] = []
    for start in range(0, n, block):
        end = min(start + block, n)
        last = min(n, end + beside)
        first = max(0, min(start - beside, last - 4 * beside))  # a short last block is looked at with what was before
        signal = read(first, last)
        if signal.size < beside or not bool(np.isfinite(signal).all()) or float(np.ptp(signal)) == 0.0:
            continue
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            peaks = np.asarray(xqrs_detect(signal, rate_hz, verbose=False), np.int64) + first
        found.append(peaks[(peaks >= start) & (peaks < end)].astype(np.float64) * (1000 / rate_hz))
    peak_ms = np.concatenate(found) if found else np.zeros(0)
    close = np.diff(peak_ms, prepend=-np.inf) < _REFRACTORY_MS
    return np.asarray(peak_ms[~close], np.float64)


def recording_of(
    peak_ms: Floats, rate_hz: float, *, source: str, name: str, start_ms: int | None, zone: str
) -> Recording:
    """A recording from the times of R peaks, ms from the start.

    Raises:
        Malformed: too few.
    """
    if peak_ms.size < _FEWEST:
        raise Malformed(
            Phrase(
                "{name}: {found} heart beats were found, too few for a recording. Check the lead and the recording.",
                {"name": name, "found": peak_ms.size},
            )
        )
    made = assemble.from_times(peak_ms + (start_ms or 0), source=source, tick_ms=1000 / rate_hz)
    note = Phrase("The R peaks were found by a program and were not looked at by anybody.")
    clock = None if start_ms is None else zone
    return Recording(source, name, clock, made.beats, grade="B", notes=(note, *gap_notes(made)))
