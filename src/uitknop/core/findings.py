"""Everything one run found: what the walk returns and what a face or a report shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core.arrays import frozen
from uitknop.core.estimate import Estimate, Reason
from uitknop.core.phrase import Phrase
from uitknop.core.recording import Grade
from uitknop.core.table import Table, Value
from uitknop.core.verdict import Pooled, Verdict


@dataclass(frozen=True, slots=True)
class RecordingSummary(Value):
    """One recording in a few figures.

    Args:
        source, name: which source read it, and from which file.
        clock: zone of its times; None when it has no clock, and then `start_ms` is 0 at its own start.
        start_ms, duration_s: when, and how long.
        n_beats: 0 in heart-rate-only recordings.
        coverage_pct: share of the duration that holds beats (or heart-rate samples), 0..100.
        artefact_pct: share of the intervals marked by cleaning, 0..100; None without beats.
        grade: the best confidence it can give.
        notes: what was assumed, repaired or left out.
        end_ms: when the last of it ended, where it was recorded with breaks and `duration_s` is what was recorded
            between them; None when it ended `duration_s` after its start.
    """

    source: str
    name: str
    clock: str | None
    start_ms: int
    duration_s: float
    n_beats: int
    coverage_pct: float
    artefact_pct: float | None
    grade: Grade
    notes: tuple[Phrase, ...] = ()
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Scale(Value):
    """The person's own scale: upright day (level 0) and night floor (level 1); None where it is not known yet.

    `n_days` days and `n_nights` nights stand behind it.
    """

    day_hr_bpm: float | None
    night_hr_bpm: float | None
    day_ln_rmssd: float | None
    night_ln_rmssd: float | None
    n_days: int
    n_nights: int
    hr_trend_bpm_per_week: Estimate | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchors(Value):
    """The own scale as it was known on a day: one point of its course over months.

    Args:
        day_ms: start of that day, UTC ms.
        scale: from that day and the 59 before it.
    """

    day_ms: int
    scale: Scale


@dataclass(frozen=True, slots=True)
class Trace(Table):
    """What a figure of one bout shows, by epoch: what was measured and the settling that was fitted to it.

    All arrays float64 (times int64), shape (n,); NaN where nothing was measured or fitted. Epochs run from before the
    bout to its end; `t_ms` is the middle of each.
    """

    t_ms: npt.NDArray[np.int64]
    hr_bpm: npt.NDArray[np.float64]
    ln_rmssd: npt.NDArray[np.float64]
    hr_fit_bpm: npt.NDArray[np.float64]
    hr_fit_low_bpm: npt.NDArray[np.float64]
    hr_fit_high_bpm: npt.NDArray[np.float64]
    ln_fit: npt.NDArray[np.float64]
    ln_fit_low: npt.NDArray[np.float64]
    ln_fit_high: npt.NDArray[np.float64]

    def __post_init__(self) -> None:
        object.__setattr__(self, "t_ms", frozen(self.t_ms, np.int64))
        for name in self.__slots__[1:]:
            object.__setattr__(self, name, frozen(getattr(self, name), np.float64))


@dataclass(frozen=True, slots=True)
class Findings(Value):
    """Everything one run found.

    Args:
        recordings: what came in.
        verdicts: one per bout, in order of time.
        traces: one per verdict; None when there was nothing to draw.
        pooled: per kind of rest; "quiet" is the matched quiet time beside which the others stand.
        scale: the person's own scale; None when it could not be built at all.
        zone: in which times are shown; None when the recordings have no clock.
        anchors: course of the scale over months, a point a week; empty where all was judged on one scale.
    """

    recordings: tuple[RecordingSummary, ...]
    verdicts: tuple[Verdict, ...]
    traces: tuple[Trace | None, ...]
    pooled: tuple[Pooled, ...]
    scale: Scale | None
    zone: str | None
    anchors: tuple[Anchors, ...] = ()
