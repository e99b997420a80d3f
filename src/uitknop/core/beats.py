"""Beats: RR intervals with the time of each beat, in unbroken runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Literal

import numpy as np
import numpy.typing as npt

from uitknop.core.arrays import frozen
from uitknop.core.errors import ShapeError
from uitknop.core.table import NO_COLUMN, Table

BeatKind = Literal["rr", "ppg"]
"""RR intervals from an electrical signal, or pulse intervals from light: worse timing, never mixed."""


class Flag(IntEnum):
    """What cleaning says of an interval; NORMAL until it has been cleaned.

    Classes of Lipponen & Tarvainen 2019, doi:10.1080/03091902.2019.1640306, and the limits of a plausible interval.
    """

    NORMAL = 0
    OUT_OF_RANGE = 1
    ECTOPIC = 2
    LONG = 3
    SHORT = 4
    MISSED = 5
    EXTRA = 6


@dataclass(frozen=True, slots=True)
class Beats(Table):
    """RR intervals of one recording, in order of time.

    Args:
        t_ms: end of each interval, UTC ms (or ms from the start of a clockless recording), int64, shape (n,),
            never decreasing.
        rr_ms: the interval that ends there, ms, float64, shape (n,).
        flag: `Flag` of each interval, uint8, shape (n,).
        run: index at which each unbroken run starts, int64, shape (r,); the first is 0. No difference between
            neighbours is ever taken across a run's start.
        tick_ms: resolution of the device's clock, ms; None when unknown.
        source: name of the source that read it.
        device: name of the device; empty when unknown.
        kind: "rr" from an electrical signal, "ppg" from light.
    Raises:
        ShapeError: the arrays don't fit together, or times decrease.
    """

    t_ms: npt.NDArray[np.int64]
    rr_ms: npt.NDArray[np.float64]
    flag: npt.NDArray[np.uint8]
    run: npt.NDArray[np.int64] = field(metadata={NO_COLUMN: True})
    tick_ms: float | None = None
    source: str = "array"
    device: str = ""
    kind: BeatKind = "rr"

    def __post_init__(self) -> None:
        for name, dtype in (("t_ms", np.int64), ("rr_ms", np.float64), ("flag", np.uint8), ("run", np.int64)):
            object.__setattr__(self, name, frozen(getattr(self, name), dtype))
        n = self.t_ms.size
        if self.rr_ms.size != n or self.flag.size != n:
            raise ShapeError(f"t_ms {self.t_ms.size}, rr_ms {self.rr_ms.size}, flag {self.flag.size}")
        if bool(np.any(self.t_ms[1:] < self.t_ms[:-1])):
            raise ShapeError("beat times decrease")
        starts = self.run
        if (n == 0) != (starts.size == 0) or (
            n and (starts[0] != 0 or bool(np.any(np.diff(starts) <= 0)) or starts[-1] >= n)
        ):
            raise ShapeError(f"run starts {starts[:4]}... do not fit {n} beats")

    def __len__(self) -> int:
        return int(self.t_ms.size)

    @classmethod
    def from_rr_ms(
        cls,
        rr_ms: npt.ArrayLike,
        *,
        start_ms: int = 0,
        tick_ms: float | None = None,
        source: str = "array",
        device: str = "",
        kind: BeatKind = "rr",
    ) -> Beats:
        """Beats from intervals alone: the first interval starts at `start_ms`, each next where the one before ended.

        One unbroken run. Use a source to read a file, which also finds the gaps.

        >>> Beats.from_rr_ms([800.0, 810.0], start_ms=1000).t_ms.tolist()
        [1800, 2610]
        """
        rr = frozen(rr_ms, np.float64)
        if rr.size and (not bool(np.all(np.isfinite(rr))) or bool(np.any(rr <= 0))):
            raise ShapeError("RR intervals must be finite and above zero")
        t_ms = start_ms + np.rint(np.cumsum(rr)).astype(np.int64)
        flag = np.zeros(rr.size, dtype=np.uint8)
        run = np.zeros(min(rr.size, 1), dtype=np.int64)
        return cls(t_ms, rr, flag, run, tick_ms, source, device, kind)

    def between(self, start_ms: int, end_ms: int) -> Beats:
        """The beats with `start_ms <= t_ms < end_ms`, runs kept apart."""
        first, last = (int(i) for i in np.searchsorted(self.t_ms, (start_ms, end_ms)))
        inside = self.run[(self.run > first) & (self.run < last)] - first
        run = np.concatenate(([0], inside)) if last > first else inside
        cut = slice(first, last)
        return replace(self, t_ms=self.t_ms[cut], rr_ms=self.rr_ms[cut], flag=self.flag[cut], run=run)

    @property
    def starts_run(self) -> npt.NDArray[np.bool_]:
        """True where an interval is the first of its run, shape (n,)."""
        first = np.zeros(len(self), dtype=np.bool_)
        first[self.run] = True
        return first
