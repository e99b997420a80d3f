"""Garmin FIT: the watch's own figures of a night, its fillers, its sleep, and the local time it tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Recording
from uitknop.core.errors import SourceError
from uitknop.core.timeline import iso
from uitknop.sources import garmin_fit, read_many
from uitknop.sources.fit_wellness import Wellness
from uitknop.sources.probe import look
from uitknop.sources.source import Request
from uitknop.synthetic.garmin_fit import FIT_EPOCH_S, START_S, checksum, monitoring_night

Write = Callable[[str, str | bytes], Path]
START_MS = (START_S + FIT_EPOCH_S) * 1000
NIGHT = monitoring_night(seed=1)
DEVICE = "Garmin fenix5"


@pytest.fixture
def night(write: Write) -> Recording:
    (recording,) = garmin_fit.read(look(write("night.fit", NIGHT)), Request())
    return recording


def test_each_figure_is_a_sample_of_its_kind_without_its_fillers(night: Recording) -> None:
    assert {(one.kind, one.device): len(one) for one in night.samples} == {
        ("heart_rate", DEVICE): 480,
        ("oxygen_saturation", DEVICE): 8,
        ("respiration_rate", DEVICE): 95,
        ("vendor_resting_heart_rate", DEVICE): 1,
        ("vendor_rmssd", DEVICE): 95,
        ("vendor_rmssd", f"{DEVICE} night"): 1,
        ("vendor_stress", DEVICE): 159,
    }
    assert (night.beats, night.grade) == (None, "D")


def test_sixteen_bit_times_go_on_across_their_roll_over(write: Write) -> None:
    start_s = (START_S & ~0xFFFF) + 0xFFF0  # 16 s before the short count starts again
    (recording,) = garmin_fit.read(look(write("night.fit", monitoring_night(seed=1, start_s=start_s))), Request())
    series = recording.of_kind("heart_rate")
    assert series is not None
    assert sorted(set(np.diff(series.t_ms).tolist())) == [60_000, 120_000]  # 120 s over the filler
    assert int(series.t_ms[-1] - series.t_ms[0]) == 8 * 3_600_000


def test_the_local_time_it_tells_is_the_zone_unless_one_is_given(write: Write, night: Recording) -> None:
    assert night.clock == "+01:00"
    path = write("night.fit", NIGHT)
    assert garmin_fit.read(look(path), Request("Europe/Amsterdam"))[0].clock == "Europe/Amsterdam"


def test_a_level_of_sleep_lasts_until_the_next_and_what_was_not_known_is_left_open(night: Recording) -> None:
    sleep = [entry for entry in night.entries if entry.kind == "sleep"]
    assert [(entry.value, round(entry.span.duration_min)) for entry in sleep if entry.span] == [
        ("awake", 5),
        ("light", 50),
        ("deep", 40),
        ("light", 60),
        ("rem", 30),
    ]
    assert iso(sleep[0].at_ms, sleep[0].zone) == iso(START_MS, "+01:00")


def test_levels_that_repeat_are_one_stretch_and_a_long_silence_ends_it() -> None:
    found = Wellness()
    for minute, level in ((0, 2), (1, 2), (2, 2), (300, 2), (301, 3), (302, 3)):
        found.take("sleep_level", {"sleep_level": [level]}, START_S + FIT_EPOCH_S + 60 * minute)
    stretches = [
        ((one.at_ms - START_MS) // 60_000, ((one.end_ms or 0) - START_MS) // 60_000) for one in found.entries("UTC")
    ]
    assert stretches == [(0, 2), (300, 301), (301, 302)]


def test_the_word_for_weeks_of_variability_is_an_event(night: Recording) -> None:
    (status,) = [entry for entry in night.entries if entry.kind == "event"]
    assert (status.value, status.label) == ("balanced", "HRV status")


def test_a_resting_rate_of_seven_days_is_never_that_of_the_day() -> None:
    found = Wellness()
    found.take("monitoring_hr_data", {"resting_heart_rate": [55]}, START_S + FIT_EPOCH_S)
    (series,) = found.gathered("a.fit", "Garmin").series()
    assert series.device == "Garmin 7 days"


@pytest.mark.parametrize("local_s", [0, START_S + 100_000, START_S + 1000])
def test_a_local_time_that_can_not_be_tells_no_zone(local_s: int) -> None:
    found = Wellness()
    found.take("monitoring_info", {"local_timestamp": [local_s]}, START_S + FIT_EPOCH_S)
    assert found.offset_s is None


@pytest.mark.parametrize("seed", range(40))
def test_a_changed_byte_with_a_right_check_sum_never_escapes_as_another_error(write: Write, seed: int) -> None:
    random = np.random.default_rng(seed)
    content = bytearray(NIGHT[:2000])
    content[4:8] = (len(content) - 14).to_bytes(4, "little")
    for place in random.integers(14, len(content), 8):
        content[place] = int(random.integers(256))
    content[12:14] = checksum(bytes(content[:12])).to_bytes(2, "little")
    content += checksum(bytes(content)).to_bytes(2, "little")
    try:
        recordings = read_many(write("night.fit", bytes(content))).recordings
    except SourceError:
        return
    assert all(recording.beats is None for recording in recordings)
