"""An electrocardiogram of known R peaks, and the files of a laboratory that hold it: EDF, and a WFDB record."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Files = dict[str, bytes]

NORMAL, VENTRICULAR, NOISE, COMMENT = 1, 5, 14, 22
_SKIP, _AUX = 59, 63
_WAVES = ((-170.0, 0.12, 22.0), (-25.0, -0.12, 9.0), (0.0, 1.1, 10.0), (28.0, -0.22, 11.0), (230.0, 0.3, 45.0))
"""P, Q, R, S and T: ms from the R peak, mV, width in ms."""
_PER_MV = 200
_ONSET_BYTES = 32
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def ecg_mv(peak_ms: npt.ArrayLike, rate_hz: float, duration_ms: float, *, seed: int, noise_mv: float = 0.02) -> Floats:
    """A signal with an R peak at each of the times, in mV, with noise and a wandering baseline."""
    t_ms = np.arange(round(duration_ms / 1000 * rate_hz)) * (1000 / rate_hz)
    signal = np.random.default_rng(seed).normal(0, noise_mv, t_ms.size) + 0.1 * np.sin(t_ms / 3000)
    for peak in np.asarray(peak_ms, np.float64).tolist():
        first, last = np.searchsorted(t_ms, (peak - 500, peak + 600))
        near = t_ms[first:last] - peak
        for at_ms, height, width in _WAVES:
            signal[first:last] += height * np.exp(-0.5 * ((near - at_ms) / width) ** 2)
    return signal


def edf(
    signals: Sequence[tuple[str, float, Floats]],
    start: datetime,
    *,
    patient: str = "X X X X",
    pause_after_s: int | None = None,
) -> bytes:
    """An EDF+ file of signals (label, rate in Hz, mV) in records of one second; the wall clock has no zone.

    Args:
        signals: at whole rates; the shortest says how long the file is.
        start: wall clock; 1985 stands for a date that was taken out.
        patient: who, as the format has it.
        pause_after_s: a minute is missing after so many seconds; None for none.
    """
    n_records = min(int(values.size // rate) for _, rate, values in signals)
    columns = [
        (label, "AgAgCl electrodes", "mV", -32768 / _PER_MV, 32767 / _PER_MV, -32768, 32767, "", round(rate), "")
        for label, rate, _ in signals
    ]
    columns.append(("EDF Annotations", "", "", -1, 1, -32768, 32767, "", _ONSET_BYTES // 2, ""))
    said = "X" if start.year == 1985 else f"{start:%d}-{_MONTHS[start.month - 1]}-{start.year}"
    kind = "EDF+C" if pause_after_s is None else "EDF+D"
    head = f"{0:<8}{patient:<80}{f'Startdate {said} X X X':<80}{start:%d.%m.%y}{start:%H.%M.%S}"
    head += f"{256 * (len(columns) + 1):<8}{kind:<44}{n_records:<8}{1:<8}{len(columns):<4}"
    widths = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
    head += "".join(f"{column[i]!s:<{width}}" for i, width in enumerate(widths) for column in columns)
    blocks = [head.encode("ascii")]
    for i in range(n_records):
        onset_s = i + (60 if pause_after_s is not None and i >= pause_after_s else 0)
        blocks += [_digital(values[i * round(rate) : (i + 1) * round(rate)]) for _, rate, values in signals]
        blocks.append(f"+{onset_s}\x14\x14\0".encode().ljust(_ONSET_BYTES, b"\0"))
    return b"".join(blocks)


def wfdb_record(name: str, signal: Floats, rate_hz: int, *, start: datetime | None = None) -> Files:
    """The header and the signal (format 16) of a record with one lead."""
    clock = "" if start is None else f" {start:%H:%M:%S %d/%m/%Y}"
    head = f"{name} 1 {rate_hz} {signal.size}{clock}\n{name}.dat 16 {_PER_MV} 16 0 0 0 0 ECG\n# Age: 40\n"
    return {f"{name}.hea": head.encode(), f"{name}.dat": _digital(signal)}


def marks_file(marks: Sequence[tuple[int, int]], *, rate_hz: int | None = None) -> bytes:
    """A file of marks (sample, type), far ones with a word that skips; the rate as a comment at its start."""
    words = b""
    if rate_hz is not None:
        text = f"## time resolution: {rate_hz}".encode()
        words += _word(COMMENT, 0) + _word(_AUX, len(text)) + text + b"\0" * (len(text) % 2)
    before = 0
    for sample, kind in marks:
        step = sample - before
        if step > 1023:
            words += _word(_SKIP, 0) + struct.pack("<HH", step >> 16, step & 0xFFFF)
            step = 0
        words += _word(kind, step)
        before = sample
    return words + b"\0\0"


def _word(kind: int, low: int) -> bytes:
    return struct.pack("<H", kind << 10 | low)


def _digital(signal: Floats) -> bytes:
    return np.clip(np.rint(signal * _PER_MV), -32768, 32767).astype("<i2").tobytes()
