"""Movement is the person's: which device counted the steps changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uitknop.core import Recording, Samples, Verdict
from uitknop.rest import assess, share_movement
from uitknop.synthetic import make_person

MakeRecording = Callable[..., Recording]
HOUR_MS = 3_600_000


def steps(first_h: float, last_h: float, every_s: int = 60, device: str = "phone") -> Samples:
    t_ms = np.arange(round(first_h * HOUR_MS), round(last_h * HOUR_MS), every_s * 1000, dtype=np.int64)
    return Samples("steps", t_ms, np.full(t_ms.size, 3.0), device)


@pytest.fixture(scope="module")
def strap(recording_of: MakeRecording) -> Recording:
    return recording_of(np.full(4 * 4500, 800.0))  # four hours


@pytest.fixture(scope="module")
def day() -> Recording:
    """A day of somebody on the strap, with movement."""
    return make_person(seed=5, days=1).recordings[0]


@pytest.fixture(scope="module")
def without_movement(day: Recording) -> tuple[Verdict, ...]:
    return assess((replace(day, samples=()),)).verdicts


@pytest.mark.parametrize("kinds", [("steps",), ("acceleration",), ("steps", "acceleration")])
def test_steps_of_a_phone_beside_a_strap_count_as_if_the_strap_had_counted_them(
    kinds: tuple[str, ...], day: Recording, without_movement: tuple[Verdict, ...]
) -> None:
    movement = tuple(series for series in day.samples if series.kind in kinds)
    strap = replace(day, samples=())
    phone = replace(day, source="phone", name="phone", beats=None, samples=movement, entries=())
    within, beside = (assess(found).verdicts for found in ((replace(day, samples=movement),), (phone, strap)))
    assert beside == within
    assert without_movement != within


def test_a_recording_keeps_movement_of_its_own(recording_of: MakeRecording, strap: Recording) -> None:
    own = replace(strap, samples=(steps(0, 4, device="strap"),))
    phone = recording_of(None, steps(0, 4))
    assert share_movement((own, phone)) == (own, phone)


def test_the_device_with_more_samples_tells_where_two_recorded_at_once(
    recording_of: MakeRecording, strap: Recording
) -> None:
    phone, watch = recording_of(None, steps(0, 4, 60)), recording_of(None, steps(1, 3, 10, "watch"))
    for others in ((phone, watch), (watch, phone)):
        assert share_movement((strap, *others))[0].samples == watch.samples


def test_the_files_of_one_day_after_another_are_put_together(recording_of: MakeRecording, strap: Recording) -> None:
    files = [recording_of(None, steps(hour, hour + 1)) for hour in (2, 0, 1)]
    (series,) = share_movement((strap, *files))[0].samples
    assert series.t_ms.tolist() == steps(0, 3).t_ms.tolist()


def test_movement_of_another_time_is_not_taken(recording_of: MakeRecording, strap: Recording) -> None:
    assert share_movement((strap, recording_of(None, steps(5, 6))))[0] is strap


def test_recordings_without_a_clock_neither_give_nor_take(recording_of: MakeRecording, strap: Recording) -> None:
    phone = recording_of(None, steps(0, 4))
    assert share_movement((replace(strap, clock=None), phone))[0].samples == ()
    assert share_movement((strap, replace(phone, clock=None)))[0].samples == ()
