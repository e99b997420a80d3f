"""The person's own scale: upright day (level 0) and night floor (level 1).

Nights are found without a clock: the four-hour stretches with the lowest heart rate, at least sixteen hours apart. So
the same data in another zone, or shifted in time, give the same scale. The scale is anchored outside quiet rest, so a
state that is always stuck is not taken for normal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Estimate, Reason, Scale, Span
from uitknop.rest.course import Course
from uitknop.rest.normal import t_quantile_95
from uitknop.rest.parameters import (
    CALIBRATED_NIGHTS,
    FEWEST_DAY_EPOCHS,
    NARROWEST_SCALE_BPM,
    NARROWEST_SCALE_LN,
    NIGHT_DAY_AROUND_H,
    NIGHT_FEWEST_MIN,
    NIGHT_LENGTH_H,
    NIGHT_SPACING_H,
    NIGHT_STILL_SHARE,
    NIGHTS_APART_BPM,
    NIGHTS_NEAR_DAYS,
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

    A stretch counts when heart rate covers at least `NIGHT_FEWEST_MIN` of it, and when it can be told from a quiet
    day: it was still where movement was recorded, or most of the day around it was recorded where it was not; its
    heart rate lies well below that of the busiest tenth; and its floor fits the other nights. Nothing is found in
    recordings that hold less than `SHORTEST_FOR_SCALE_H` of heart rate.
    """
    minutes = _on_minutes(courses)
    length, spacing = round(NIGHT_LENGTH_H * 60), round(NIGHT_SPACING_H * 60)
    if minutes is None or minutes.hr_bpm.size <= length:
        return ()
    hr, valid = minutes.hr_bpm, np.isfinite(minutes.hr_bpm)
    total = np.concatenate(([0.0], np.cumsum(np.where(valid, hr, 0.0))))
    count = np.concatenate(([0], np.cumsum(valid)))
    n = count[length:] - count[:-length]
    free = np.where(n >= NIGHT_FEWEST_MIN, (total[length:] - total[:-length]) / np.maximum(n, 1), np.inf)
    busy = float(np.quantile(hr[valid], 0.9))
    nights: list[Night] = []
    while free[i := int(np.argmin(free))] <= busy - NARROWEST_SCALE_BPM:
        free[max(0, i - spacing) : i + spacing] = np.inf
        if minutes.like_a_night(i, length):
            part = slice(i, i + length)
            span = Span(int(minutes.start_ms + i * 60_000), int(minutes.start_ms + (i + length) * 60_000))
            nights.append(Night(span, float(np.median(hr[part][valid[part]])), _median(minutes.ln_rmssd[part])))
    return tuple(sorted((night for night in nights if _fits(night, nights)), key=lambda night: night.span))


def _fits(night: Night, nights: list[Night]) -> bool:
    """Whether a night's floor fits the lowest within a fortnight of it; a floor that rises over months does."""
    near_ms = NIGHTS_NEAR_DAYS * DAY_MS
    near = (other.hr_bpm for other in nights if abs(other.span.start_ms - night.span.start_ms) <= near_ms)
    return night.hr_bpm <= min(near) + NIGHTS_APART_BPM


@dataclass(frozen=True, slots=True)
class _Minutes:
    """All recordings of a person on one grid of minutes from `start_ms`; shape (n,) each.

    `still` is 1 where movement was recorded and absent, 0 where present, NaN where it was not recorded.
    """

    start_ms: int
    hr_bpm: Floats
    ln_rmssd: Floats
    still: Floats

    def like_a_night(self, i: int, length: int) -> bool:
        """Whether the stretch of `length` minutes from minute `i` can be told from a quiet part of a day."""
        still = self.still[i : i + length]
        told = np.isfinite(still)
        if told.sum() >= NIGHT_FEWEST_MIN:
            return bool(still[told].mean() >= NIGHT_STILL_SHARE)
        half = (24 * 60 - length) // 2
        around = self.hr_bpm[max(0, i - half) : i + length + half]
        return bool(np.isfinite(around).sum() >= NIGHT_DAY_AROUND_H * 60)


def _on_minutes(courses: tuple[Course, ...]) -> _Minutes | None:
    """All courses on one grid of minutes; None when they hold too little for a scale. Where recordings overlap, those
    with beats go first."""
    filled = sorted((course for course in courses if len(course)), key=lambda course: course.kind is None)
    if sum(int(np.isfinite(course.hr_bpm).sum()) for course in filled) < SHORTEST_FOR_SCALE_H * 60:
        return None
    first = min(int(course.start_ms[0]) for course in filled)
    last = max(int(course.start_ms[-1]) for course in filled)
    grid = _Minutes(first, *(np.full((last - first) // 60_000 + 1, np.nan) for _ in range(3)))
    for course in filled:
        at = (course.start_ms - first) // 60_000
        still = np.where(course.movement_known, (~course.moving).astype(np.float64), np.nan)
        for column, values in ((grid.hr_bpm, course.hr_bpm), (grid.ln_rmssd, course.ln_rmssd), (grid.still, still)):
            empty = ~np.isfinite(column[at])
            column[at[empty]] = values[empty]
    return grid


def make_scale(courses: tuple[Course, ...], nights: tuple[Night, ...], rests: tuple[Span, ...]) -> Scale | None:
    """The scale, its floor from the nights of the last `REFERENCE_DAYS` days; None when nothing is known of either end.

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

    Where movement is recorded: the epochs around which the person moved. Where it is not: the middle of the upper half
    of the day.
    """
    hr_parts, ln_parts = [], []
    apart = [Span(night.span.start_ms - 3 * HOUR_MS, night.span.end_ms + 3 * HOUR_MS) for night in nights]
    for course in courses:
        day = np.isfinite(course.hr_bpm)
        for span in _touching(course, (*apart, *rests)):
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


def _touching(course: Course, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans that touch a course: over months few of them do."""
    if len(course):
        first_ms, last_ms = int(course.start_ms[0]), int(course.start_ms[-1]) + course.epoch_ms
        yield from (span for span in spans if span.start_ms < last_ms and first_ms < span.end_ms)


def _near(mask: npt.NDArray[np.bool_], width: int) -> npt.NDArray[np.bool_]:
    """True within `width` epochs of a True."""
    kernel = np.ones(2 * width + 1)
    return np.asarray(np.convolve(mask, kernel)[width : width + mask.size] > 0.5)


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
        for span in _touching(course, (night.span for night in nights)):
            hr = course.hr_bpm[course.within(span)]
            blocks = hr[: hr.size // 10 * 10].reshape(-1, 10)
            n = np.isfinite(blocks).sum(axis=1)
            full = n >= 5
            if full.sum() < 10:
                continue
            middle = _row_medians(blocks[full], n[full])
            around = np.lib.stride_tricks.sliding_window_view(np.pad(middle, 3, mode="edge"), 7)
            left.append(middle - np.median(around, axis=1))
    if not left:
        return 1.0
    return float(np.clip(np.concatenate(left).std() / USUAL_WANDER_BPM, 1.0, NOISIEST))


def _row_medians(rows: Floats, n: npt.NDArray[np.int64]) -> Floats:
    """Median of the `n` finite values of each row, shape (len(rows),)."""
    ordered, row = np.sort(rows, axis=1), np.arange(len(rows))  # NaN comes last
    return np.asarray((ordered[row, (n - 1) // 2] + ordered[row, n // 2]) / 2)


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
    reach = t_quantile_95(n - 2) * error
    return Estimate(slope, slope - reach, slope + reach, 0.9, n, "bpm/week")
