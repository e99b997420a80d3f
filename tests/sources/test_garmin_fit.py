"""Garmin FIT: each message that holds beats or heart rate, fillers, clocks, and files that are broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core.errors import Implausible, Malformed, SourceError
from uitknop.sources import read

Floats = npt.NDArray[np.float64]
Write = Callable[[str, str | bytes], Path]
Make = Callable[..., Floats]
FIT_EPOCH_MS = 631_065_600_000


def test_intervals_of_a_strap_are_placed_between_the_records(write: Write, rr: Make, fit: Any) -> None:
    rr_ms = rr()
    recording = read(write("run.fit", fit.bytes(fit.activity(rr_ms))))
    assert (recording.source, recording.clock, recording.grade) == ("garmin_fit", "UTC", "B")
    assert recording.beats is not None
    assert recording.beats.rr_ms.tolist() == rr_ms.tolist()  # and none of the fillers of 65535
    assert recording.beats.run.tolist() == [0]
    start_ms = FIT_EPOCH_MS + fit.START_S * 1000
    assert 0 <= recording.beats.t_ms[0] - start_ms - rr_ms[0] < 1000  # records come once a second
    series = recording.of_kind("heart_rate")
    assert series is not None
    assert set(series.value.tolist()) == {70.0}


def test_a_pause_is_a_gap(write: Write, rr: Make, fit: Any) -> None:
    first = fit.activity(rr(150))
    second = fit.activity(rr(150, 2), fit.START_S + 600)[1:]
    recording = read(write("run.fit", fit.bytes([*first, *second])))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0, 150]


def test_beats_of_the_watch_are_from_light(write: Write, rr: Make, fit: Any) -> None:
    rr_ms = rr(200)
    ends = np.cumsum(rr_ms)
    messages = [fit.file_id()]
    for i in range(0, 200, 5):
        done = int(ends[i + 4])
        messages.append(fit.beat_intervals(fit.START_S + done // 1000, done % 1000, [int(v) for v in rr_ms[i : i + 5]]))
    recording = read(write("night.fit", fit.bytes(messages)))
    assert recording.beats is not None
    assert (recording.beats.kind, recording.grade) == ("ppg", "C")
    assert recording.beats.rr_ms.tolist() == rr_ms.tolist()
    assert (recording.beats.t_ms - FIT_EPOCH_MS - fit.START_S * 1000).tolist() == ends.tolist()


def test_packed_beats_are_unpacked_and_a_gap_breaks_the_run(write: Write, rr: Make, fit: Any) -> None:
    rr_ms = rr(200)
    ends = np.cumsum(rr_ms)
    messages = [fit.file_id()]
    for i in range(0, 200, 5):
        done = int(ends[i + 4])
        packed = [int(v) | 0x4000 | (0x8000 if i + k == 102 else 0) for k, v in enumerate(rr_ms[i : i + 5])]
        messages.append(fit.raw_bbi(fit.START_S + done // 1000, done % 1000, [*packed, 65535]))
    recording = read(write("night.fit", fit.bytes(messages)))
    assert recording.beats is not None
    assert recording.beats.rr_ms.tolist() == np.delete(rr_ms, 102).tolist()
    assert recording.beats.run.tolist() == [0, 102]


def test_short_times_count_on_from_the_last_full_one_across_the_roll_over(write: Write, fit: Any) -> None:
    first_s = (fit.START_S & ~0xFFFF) + 0xFFF0  # 16 s before the short count starts again
    shorts = [(first_s + 60 * i) & 0xFFFF for i in range(1, 6)]
    messages = [fit.file_id(), fit.monitoring(first_s, 60), *(fit.monitoring_16(short, 61) for short in shorts)]
    recording = read(write("day.fit", fit.bytes(messages)))
    series = recording.of_kind("heart_rate")
    assert series is not None
    assert np.diff(series.t_ms).tolist() == [60_000] * 5
    assert (recording.beats, recording.grade) == (None, "D")


def test_a_heart_rate_of_255_or_0_is_none(write: Write, fit: Any) -> None:
    rates = [60, 255, 0, 62]
    messages = [fit.file_id(), *(fit.record(fit.START_S + i, rate) for i, rate in enumerate(rates))]
    series = read(write("walk.fit", fit.bytes(messages))).of_kind("heart_rate")
    assert series is not None
    assert series.value.tolist() == [60.0, 62.0]


def test_times_since_power_on_are_no_clock(write: Write, rr: Make, fit: Any) -> None:
    recording = read(write("run.fit", fit.bytes(fit.activity(rr(), start_s=1000))))
    assert recording.clock is None


def test_a_wrong_check_sum_is_refused(write: Write, rr: Make, fit: Any) -> None:
    content = bytearray(fit.bytes(fit.activity(rr())))
    content[-1] ^= 0x01
    with pytest.raises(Malformed, match="check sum is wrong"):
        read(write("run.fit", bytes(content)))


def test_an_early_end_is_refused(write: Write, rr: Make, fit: Any) -> None:
    content = fit.bytes(fit.activity(rr()))
    with pytest.raises(Malformed, match="ends too early"):
        read(write("run.fit", content[:-3]))


def test_a_file_without_a_heart_is_refused(write: Write, fit: Any) -> None:
    with pytest.raises(Malformed, match="neither beats nor heart rate"):
        read(write("settings.fit", fit.bytes([fit.file_id()])))


def test_intervals_that_fill_the_clock_twice_are_refused(write: Write, rr: Make, fit: Any) -> None:
    messages = [m for m in fit.activity(rr(600)) for _ in range(2 if m.number == 78 else 1)]
    with pytest.raises(Implausible, match="packets were lost or written twice"):
        read(write("run.fit", fit.bytes(messages)))


@pytest.mark.parametrize("seed", range(60))
def test_a_changed_byte_with_a_right_check_sum_never_escapes_as_another_error(
    write: Write, rr: Make, fit: Any, seed: int
) -> None:
    random = np.random.default_rng(seed)
    content = bytearray(fit.bytes(fit.activity(rr(40))))
    for place in random.integers(14, len(content) - 2, 6):
        content[place] = int(random.integers(256))
    from_conftest = fit.checksum(bytes(content[:-2]))
    content[-2:] = from_conftest.to_bytes(2, "little")
    try:
        recording = read(write("run.fit", bytes(content)))
    except SourceError:
        pass
    else:
        assert recording.span is not None
