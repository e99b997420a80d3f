"""Recordings and courses whose truth is known to the tests of this room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Beats, Bout, Entry, Recording, Samples, Scale, Span, Verdict
from uitknop.rest.case import Case, open_case
from uitknop.rest.course import Course
from uitknop.rest.judge import judge
from uitknop.synthetic import BoutRecording

Array = npt.NDArray[np.float64]
MINUTE_MS = 60_000


def make_rr_ms(hr_bpm: npt.ArrayLike, *, seed: int = 0, jitter_ms: float = 20.0, breathing_hz: float = 0.25) -> Array:
    """Intervals that follow a heart rate given per minute, with breathing and noise around it, ms."""
    rng = np.random.default_rng(seed)
    course = np.atleast_1d(np.asarray(hr_bpm, dtype=np.float64))
    rr_ms, t_s = [], 0.0
    while t_s < 60.0 * course.size:
        usual = 60_000.0 / course[int(t_s // 60)]
        rr_ms.append(usual + jitter_ms * np.sin(2 * np.pi * breathing_hz * t_s) + rng.normal(0.0, jitter_ms / 2))
        t_s += rr_ms[-1] / 1000.0
    return np.array(rr_ms)


def make_recording(rr_ms: npt.ArrayLike | Beats | None, *samples: Samples, **given: Any) -> Recording:
    beats = rr_ms if rr_ms is None or isinstance(rr_ms, Beats) else Beats.from_rr_ms(rr_ms)
    return replace(Recording("array", "made", "UTC", beats, samples), **given)


def make_course(hr_bpm: npt.ArrayLike, **given: Any) -> Course:
    """A course of one-minute epochs from 0 ms; `given` replaces columns."""
    hr = np.asarray(hr_bpm, dtype=np.float64)
    known, no = np.isfinite(hr), np.zeros(hr.size, dtype=np.bool_)
    course = Course(
        start_ms=np.arange(hr.size, dtype=np.int64) * MINUTE_MS,
        hr_bpm=hr,
        ln_rmssd=np.where(known, 3.0, np.nan),
        covered=known.astype(np.float64),
        beats_cover=known.astype(np.float64),
        breathing_brpm=np.full(hr.size, 14.0),
        slow_breathing=no,
        moving=no,
        active=no,
        movement_known=~no,
        epoch_s=60.0,
        kind="rr",
    )
    return replace(course, **given)


def verdict_on(made: BoutRecording, scale: Scale | None = None, opened: Case | None = None, **changes: Any) -> Verdict:
    """The verdict on the bout of a synthetic recording, given as it truly was, on a scale of the test's own.

    Its case may be given where it has been opened before.
    """
    truth = made.truth
    bout = replace(Bout(truth.span, truth.posture, truth.kind, given=True), **changes)
    return judge(replace(opened or open_case(made.recording), scale=scale), bout)[0]


def moved_by(recording: Recording, by_ms: int) -> Recording:
    """The same recording at another time."""
    beats = recording.beats
    return replace(
        recording,
        beats=None if beats is None else replace(beats, t_ms=beats.t_ms + by_ms),
        samples=tuple(replace(series, t_ms=series.t_ms + by_ms) for series in recording.samples),
        entries=tuple(entry_moved_by(entry, by_ms) for entry in recording.entries),
    )


def entry_moved_by(entry: Entry, by_ms: int) -> Entry:
    return replace(entry, at_ms=entry.at_ms + by_ms, end_ms=None if entry.end_ms is None else entry.end_ms + by_ms)


def span_min(first: float, last: float) -> Span:
    """A span in minutes."""
    return Span(round(first * MINUTE_MS), round(last * MINUTE_MS))


@pytest.fixture(scope="session")
def rr_ms_of() -> Callable[..., Array]:
    return make_rr_ms


@pytest.fixture(scope="session")
def recording_of() -> Callable[..., Recording]:
    return make_recording


@pytest.fixture(scope="session")
def course_of() -> Callable[..., Course]:
    return make_course


@pytest.fixture(scope="session")
def verdict_of() -> Callable[..., Verdict]:
    return verdict_on


@pytest.fixture(scope="session")
def moved() -> Callable[[Recording, int], Recording]:
    return moved_by


@pytest.fixture(scope="session")
def minutes() -> Callable[[float, float], Span]:
    return span_min


@pytest.fixture(scope="session")
def scale() -> Scale:
    """A person with 85 bpm in the upright day and 60 in the night."""
    return Scale(85.0, 60.0, 3.0, 3.6, 14, 14)
