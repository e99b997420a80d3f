"""The person's own scale: upright day (level 0) and night floor (level 1).

Nights are found without a clock: the four-hour stretches with the lowest heart rate, at least sixteen hours apart. So
the same data in another zone, or shifted in time, give the same scale. The scale is anchored outside quiet rest, so a
state that is always stuck is not taken for normal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Estimate, Reason, Scale, Span
from uitknop.rest.course import Course
from uitknop.rest.normal import normal_quantile
from uitknop.rest.parameters import (
    CALIBRATED_NIGHTS,
    FEWEST_DAY_EPOCHS,
    NARROWEST_SCALE_BPM,
    NARROWEST_SCALE_LN,
    NIGHT_FEWEST_MIN,
    NIGHT_LENGTH_H,
    NIGHT_SPACING_H,
    NOISIEST,
    REFERENCE_DAYS,
    SHORTEST_FOR_SCALE_H,
    TREND_FEWEST_NIGHTS,
    USUAL_WANDER_BPM,
)

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Night:
    """One night's lowest stretch: its span, and the medians of heart rate and ln RMSSD within it (NaN unknown)."""

    span: Span
    hr_bpm: float
    ln_rmssd: float


def find_nights(courses: tuple[Course, ...]) -> tuple[Night, ...]:
    """The lowest stretch of each night in the recordings of one person, in order of time.

    A stretch counts when heart rate covers at least `NIGHT_FEWEST_MIN` of it; nothing is found in recordings that
    together span less than `SHORTEST_FOR_SCALE_H`.
    """
    minutes = _minutes(courses)
    if minutes is None:
        return ()
    start_ms, hr_bpm, ln_rmssd = minutes
    length = round(NIGHT_LENGTH_H * 60)
    valid = np.isfinite(hr_bpm)
    total = np.concatenate(([0.0], np.cumsum(np.where(valid, hr_bpm, 0.0))))
    count = np.concatenate(([0], np.cumsum(valid)))
    if hr_bpm.size <= length:
        return ()
    n = count[length:] - count[:-length]
    mean = np.where(n >= NIGHT_FEWEST_MIN, (total[length:] - total[:-length]) / np.maximum(n, 1), np.inf)
    nights: list[Night] = []
    spacing = round(NIGHT_SPACING_H * 60)
    free = mean.copy()
    while np.isfinite(free).any():
        i = int(np.argmin(free))
        free[max(0, i - spacing) : i + spacing] = np.inf
        part = slice(i, i + length)
        nights.append(
            Night(
                Span(int(start_ms + i * 60_000), int(start_ms + (i + length) * 60_000)),
                float(np.median(hr_bpm[part][valid[part]])),
                _median(ln_rmssd[part]),
            )
        )
    ordered = sorted(nights, key=lambda night: night.span)
    return _plausible(ordered, hr_bpm)


def _plausible(nights: list[Night], hr_bpm: Floats) -> tuple[Night, ...]:
    """Nights whose heart rate lies below the median of everything: a day without a recorded night has none."""
    middle = _median(hr_bpm)
    return tuple(night for night in nights if night.hr_bpm < middle - 1.0)


def _minutes(courses: tuple[Course, ...]) -> tuple[int, Floats, Floats] | None:
    """All courses on one grid of minutes: its start, heart rate and ln RMSSD; None when too short for a scale."""
    filled = [course for course in courses if len(course)]
    if not filled:
        return None
    first = min(int(course.start_ms[0]) for course in filled)
    last = max(int(course.start_ms[-1]) for course in filled)
    if last - first < SHORTEST_FOR_SCALE_H * HOUR_MS:
        return None
    n = (last - first) // 60_000 + 1
    hr_bpm, ln_rmssd = np.full(n, np.nan), np.full(n, np.nan)
    for course in filled:
        at = (course.start_ms - first) // 60_000
        hr_bpm[at] = course.hr_bpm
        ln_rmssd[at] = course.ln_rmssd
    return first, hr_bpm, ln_rmssd


def make_scale(courses: tuple[Course, ...], nights: tuple[Night, ...], rests: tuple[Span, ...]) -> Scale | None:
    """The scale from the last `REFERENCE_DAYS` days; None when nothing at all is known of day or night.

    Args:
        courses: every recording of the person, one-minute epochs.
        nights: from `find_nights`.
        rests: tagged rests, which are neither day nor night.
    """
    recent = tuple(night for night in nights if nights[-1].span.end_ms - night.span.end_ms <= REFERENCE_DAYS * DAY_MS)
    day_hr, day_ln, n_day = _upright_day(courses, nights, rests)
    if not recent and n_day < FEWEST_DAY_EPOCHS:
        return None
    night_hr = _median(np.array([night.hr_bpm for night in recent]))
    night_ln = _median(np.array([night.ln_rmssd for night in recent]))
    reasons: list[Reason] = []
    if len(recent) < CALIBRATED_NIGHTS:
        reasons.append(Reason("calibrating", found=float(len(recent)), needed=float(CALIBRATED_NIGHTS), unit="nights"))
    hr_known = day_hr - night_hr >= NARROWEST_SCALE_BPM
    ln_known = night_ln - day_ln >= NARROWEST_SCALE_LN
    return Scale(
        day_hr_bpm=day_hr if hr_known else None,
        night_hr_bpm=night_hr if hr_known else None,
        day_ln_rmssd=day_ln if hr_known and ln_known else None,
        night_ln_rmssd=night_ln if hr_known and ln_known else None,
        n_days=_days(courses),
        n_nights=len(recent),
        hr_trend_bpm_per_week=_trend(recent),
        reasons=tuple(reasons),
    )


def _upright_day(
    courses: tuple[Course, ...], nights: tuple[Night, ...], rests: tuple[Span, ...]
) -> tuple[float, float, int]:
    """Median heart rate and ln RMSSD of the awake day, and how many epochs stand behind them.

    Where movement is recorded: the epochs around which the person moved, heavy effort left out. Where it is not: the
    middle of the upper half of the day.
    """
    hr_parts, ln_parts = [], []
    for course in courses:
        apart = [Span(night.span.start_ms - 3 * HOUR_MS, night.span.end_ms + 3 * HOUR_MS) for night in nights]
        day = np.isfinite(course.hr_bpm)
        for span in (*apart, *rests):
            day[course.within(span)] = False
        if course.movement_known.any():
            day &= _near(course.moving & course.movement_known, 5)
        hr_parts.append((course.hr_bpm[day], bool(course.movement_known.any())))
        ln_parts.append(course.ln_rmssd[day])
    known = np.concatenate([hr for hr, moved in hr_parts if moved] or [np.empty(0)])
    pooled = np.concatenate([hr for hr, _ in hr_parts] or [np.empty(0)])
    chosen = known if known.size >= FEWEST_DAY_EPOCHS else pooled
    if chosen.size < FEWEST_DAY_EPOCHS:
        return np.nan, np.nan, int(chosen.size)
    ln = np.concatenate(ln_parts)
    if chosen is known:
        return float(np.median(known)), _median(ln), int(known.size)
    low, high = np.quantile(pooled, (0.5, 0.9))
    upper = (pooled >= low) & (pooled <= high)
    return float(np.median(pooled[upper])), _median(ln[upper]), int(upper.sum())


def _near(mask: npt.NDArray[np.bool_], width: int) -> npt.NDArray[np.bool_]:
    """True within `width` epochs of a True."""
    kernel = np.ones(2 * width + 1)
    return np.convolve(mask, kernel, mode="same") > 0.5


def _median(values: Floats) -> float:
    """Median of the finite values; NaN without any."""
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if finite.size else float("nan")


def _days(courses: tuple[Course, ...]) -> int:
    """How many stretches of 24 hours from the first moment hold any heart rate."""
    starts = [course.start_ms[np.isfinite(course.hr_bpm)] for course in courses]
    every = np.concatenate(starts) if starts else np.empty(0, dtype=np.int64)
    return int(np.unique((every - every.min()) // DAY_MS).size) if every.size else 0


def own_noise(courses: tuple[Course, ...], nights: tuple[Night, ...]) -> float:
    """How restless this person's heart rate is even at night, beside the usual: 1 as usual, at most `NOISIEST`.

    From ten-minute medians within the nights, against their running median: what is left after an hour's course is
    the wandering that a rest must stand out from. Never below 1: a calm night says little of the day's noise.
    """
    left = []
    for course in courses:
        for night in nights:
            hr = course.hr_bpm[course.within(night.span)]
            blocks = hr[: hr.size // 10 * 10].reshape(-1, 10)
            full = np.isfinite(blocks).sum(axis=1) >= 5
            if full.sum() < 10:
                continue
            middle = np.array([np.nanmedian(block) for block in blocks[full]])
            around = np.lib.stride_tricks.sliding_window_view(np.pad(middle, 3, mode="edge"), 7)
            left.append(middle - np.median(around, axis=1))
    if not left:
        return 1.0
    return float(np.clip(np.concatenate(left).std() / USUAL_WANDER_BPM, 1.0, NOISIEST))


def _trend(nights: tuple[Night, ...]) -> Estimate | None:
    """Slope of the night floor over weeks, least squares, 90 % interval; None with too few nights."""
    n = len(nights)
    if n < TREND_FEWEST_NIGHTS:
        return None
    weeks = np.array([night.span.start_ms for night in nights], dtype=np.float64) / (7 * DAY_MS)
    hr = np.array([night.hr_bpm for night in nights])
    x = weeks - weeks.mean()
    slope = float(x @ hr / (x @ x))
    residual = hr - hr.mean() - slope * x
    error = float(np.sqrt(residual @ residual / (n - 2) / (x @ x)))
    reach = normal_quantile(0.95) * error
    return Estimate(slope, slope - reach, slope + reach, 0.9, n, "bpm/week")
