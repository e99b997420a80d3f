"""Values of many kinds and devices, gathered row by row; what no body makes is left out and counted."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase, SampleKind, Samples
from uitknop.core.errors import TooLarge
from uitknop.sources.limits import HEART_RATE_BPM, SAMPLES

BELIEVED: MappingProxyType[SampleKind, tuple[float, float]] = MappingProxyType(
    {
        "heart_rate": HEART_RATE_BPM,
        "steps": (0.0, 100_000.0),
        "respiration_rate": (3.0, 70.0),
        "oxygen_saturation": (50.0, 100.0),
        "skin_temperature": (10.0, 45.0),
        "vendor_rmssd": (1.0, 500.0),
        "vendor_sdnn": (1.0, 500.0),
        "vendor_resting_heart_rate": (20.0, 180.0),
        "vendor_stress": (0.0, 100.0),
        "vendor_recovery": (0.0, 100.0),
    }
)
"""Lowest and highest value of each kind that is kept; vendors write 0, 127, 255, 65535 or -1 for "none"."""

EARLIEST_MS = 631_152_000_000
"""1990: no device of these vendors recorded before."""

LATEST_MS = 4_102_444_800_000
"""2100."""


@dataclass(slots=True)
class Gathered:
    """A collector; `series` gives what was gathered.

    Args:
        name: file that is read, for the error.
        n_left_out: values that no body makes, or at times that can't be.
    """

    name: str
    n_left_out: int = 0
    _rows: dict[tuple[SampleKind, str], tuple[array[int], array[float]]] = field(default_factory=dict)
    _n: int = 0

    def add(self, kind: SampleKind, t_ms: float, value: float | None, device: str = "") -> bool:
        """Take one value; None is missing. True when it was taken.

        Raises:
            TooLarge: more values than are read from one file.
        """
        if value is None:
            return False
        low, high = BELIEVED[kind]
        if not (low <= value <= high and EARLIEST_MS <= t_ms < LATEST_MS):
            self.n_left_out += 1
            return False
        self._count(1)
        times, values = self._rows.setdefault((kind, device), (array("q"), array("d")))
        times.append(round(t_ms))
        values.append(value)
        return True

    def add_all(
        self, kind: SampleKind, t_ms: npt.NDArray[np.int64], value: npt.NDArray[np.float64], device: str = ""
    ) -> None:
        """Take many values, both of shape (n,).

        Raises:
            TooLarge: as for `add`.
        """
        low, high = BELIEVED[kind]
        keep = (value >= low) & (value <= high) & (t_ms >= EARLIEST_MS) & (t_ms < LATEST_MS)
        n = int(np.count_nonzero(keep))
        self.n_left_out += value.size - n
        self._count(n)
        if n:
            times, values = self._rows.setdefault((kind, device), (array("q"), array("d")))
            times.frombytes(t_ms[keep].tobytes())
            values.frombytes(value[keep].tobytes())

    def _count(self, n: int) -> None:
        self._n += n
        if self._n > SAMPLES:
            raise TooLarge(
                Phrase(
                    "{name} holds more than {most} values, the most that is read from one file. Export a shorter time.",
                    {"name": self.name, "most": SAMPLES},
                )
            )

    def series(self) -> tuple[Samples, ...]:
        """One series per kind and device, in order of time; a row that stands twice counts once."""
        found = []
        for (kind, device), (times, values) in sorted(self._rows.items()):
            t_ms, value = np.array(times, np.int64), np.array(values, np.float64)
            order = np.lexsort((value, t_ms))
            t_ms, value = t_ms[order], value[order]
            again = np.concatenate(([False], (np.diff(t_ms) == 0) & (np.diff(value) == 0)))
            found.append(Samples(kind, t_ms[~again], value[~again], device))
        return tuple(found)

    def notes(self) -> tuple[Phrase, ...]:
        """That values were left out, and how many; empty when none was."""
        if not self.n_left_out:
            return ()
        return (Phrase("{n} values that no body makes were left out.", {"n": self.n_left_out}),)
