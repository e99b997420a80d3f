"""Synthetic days beside what was measured in people: 54 and 9 healthy 24-h recordings, 3 quiet nights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.synthetic import SyntheticPerson

Array = npt.NDArray[np.float64]


def _first_order(x: Array) -> float:
    """AR(1) of what is left after a running mean over half an hour."""
    left = x - np.array([np.nanmean(x[max(0, i - 15) : i + 16]) for i in range(x.size)])
    both = ~np.isnan(left[1:] * left[:-1])
    return float(np.sum(left[1:][both] * left[:-1][both]) / np.nansum(left**2))


def _robust_sd(x: Array) -> float:
    known = x[~np.isnan(x)]
    return float(1.4826 * np.median(np.abs(known - np.median(known))))


@pytest.fixture(scope="module")
def figures(ordinary_days: tuple[SyntheticPerson, ...], epochs: Callable[..., Any]) -> dict[str, Array]:
    """Figures per person, shape (12,) each."""
    rows = []
    for person in ordinary_days:
        beats = person.recordings[0].beats
        assert beats is not None
        night = next(bout.span for bout in person.truth if bout.kind == "night")
        five, one = epochs(beats, 300.0), epochs(beats, 60.0)
        day = five.within(0, night.start_ms - 1_800_000)
        hr, ln = five.hr_bpm[day], five.ln_rmssd[day]
        known = ~np.isnan(hr * ln)
        filled = np.where(np.isnan(five.hr_bpm), np.nanmean(five.hr_bpm), five.hr_bpm)
        first = int(np.argmin(np.convolve(filled, np.ones(60) / 60, "valid")))
        low = np.zeros(filled.size, dtype=bool)
        low[first : first + 60] = True
        quiet = one.within(night.start_ms + 1_200_000, night.end_ms)
        hr_night, ln_night = one.hr_bpm[quiet], one.ln_rmssd[quiet]
        rows.append(
            {
                "day_ln_sd": np.nanstd(ln),
                "day_ln_step_sd": np.nanstd(np.diff(ln)),
                "day_hr_sd": np.nanstd(hr),
                "day_hr_step_sd": np.nanstd(np.diff(hr)),
                "correlation": np.corrcoef(hr[known], ln[known])[0, 1],
                "night_day_hr": np.nanmean(five.hr_bpm[low]) - np.nanmean(five.hr_bpm[~low]),
                "night_day_ln": np.nanmean(five.ln_rmssd[low]) - np.nanmean(five.ln_rmssd[~low]),
                "night_ln_sd": np.nanstd(np.diff(ln_night)) / np.sqrt(2),
                "night_ln_ar1": _first_order(ln_night),
                "night_hr_sd": _robust_sd(np.diff(hr_night)) / np.sqrt(2),
                "night_hr_ar1": _first_order(hr_night),
            }
        )
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


@pytest.mark.parametrize(
    ("figure", "low", "high", "measured"),
    [
        ("day_ln_sd", 0.22, 0.32, "0.29, 10-90 %: 0.16-0.42"),
        ("day_ln_step_sd", 0.16, 0.23, "0.19"),
        ("day_hr_sd", 7.5, 11.5, "10.6"),
        ("day_hr_step_sd", 4.5, 6.5, "5.3"),
        ("correlation", -0.68, -0.45, "-0.58"),
        ("night_day_hr", -19.0, -15.0, "-18 and -17"),
        ("night_day_ln", 0.20, 0.40, "+0.39 and +0.21"),
        ("night_ln_sd", 0.13, 0.25, "0.14-0.25"),
        ("night_ln_ar1", 0.26, 0.42, "0.28-0.37"),
        ("night_hr_sd", 0.8, 1.3, "0.8-1.3"),
        ("night_hr_ar1", 0.38, 0.54, "0.4-0.5"),
    ],
)
def test_median_person_lies_near_what_was_measured(
    figures: dict[str, Array], figure: str, low: float, high: float, measured: str
) -> None:
    assert low <= float(np.median(figures[figure])) <= high, f"measured in people: {measured}"


def test_people_differ_as_people_do(figures: dict[str, Array]) -> None:
    inside = (figures["day_ln_sd"] > 0.16) & (figures["day_ln_sd"] < 0.42)
    assert inside.mean() >= 0.8  # 80 % of people lie there
    assert figures["day_hr_sd"].max() > 1.4 * figures["day_hr_sd"].min()


def test_night_is_calmer_in_everybody(figures: dict[str, Array]) -> None:
    assert (figures["night_day_hr"] < -8).all()
    assert (figures["night_day_ln"] > 0).mean() >= 0.9
