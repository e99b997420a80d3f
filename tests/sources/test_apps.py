"""Elite HRV, HRV Logger and kin, SelfLoops, Polar: tables and lists of apps that log a strap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Recording
from uitknop.core.errors import Implausible, Malformed
from uitknop.core.timeline import parse_iso
from uitknop.sources import read

Floats = npt.NDArray[np.float64]
Write = Callable[[str, str | bytes], Path]
Make = Callable[..., Floats]

START_MS = parse_iso("2026-03-01T08:00:00+00:00", None)


def arrivals(rr_ms: Floats, late_ms: int = 900, seed: int = 5) -> Floats:
    """When each beat was written down: up to `late_ms` after it, never before an earlier one."""
    late = np.random.default_rng(seed).uniform(0, late_ms, rr_ms.size)
    return np.maximum.accumulate(np.rint(START_MS + np.cumsum(rr_ms) + late))


def logged(rr_ms: Floats, arrival_ms: Floats, header: str = "timestamp, rr, since_start ") -> str:
    rows = [f"{t:.0f}, {v:.0f}, {t - arrival_ms[0]:.0f}" for t, v in zip(arrival_ms, rr_ms, strict=True)]
    return "\n".join([header, "", *rows]) + "\n"


def intervals(recording: Recording) -> list[float]:
    assert recording.beats is not None
    return [float(value) for value in recording.beats.rr_ms]


# --- Elite HRV -----------------------------------------------------------------------------------------------------


def test_the_name_of_an_elite_hrv_file_is_its_clock(write: Write, rr: Make) -> None:
    text = "\n".join(f"{value:.0f}" for value in rr())
    recording = read(write("2026-07-01 08-15-00.txt", text), zone="Europe/Amsterdam")
    assert (recording.source, recording.clock) == ("elite_hrv", "Europe/Amsterdam")
    assert recording.span is not None
    assert recording.span.start_ms == parse_iso("2026-07-01T08:15:00+02:00", None)


def test_without_a_zone_local_time_is_read_as_utc_and_said(write: Write, rr: Make) -> None:
    text = "\n".join(f"{value:.0f}" for value in rr())
    recording = read(write("2026-07-01 08-15-00.txt", text))
    assert recording.clock == "UTC"
    assert any("no zone and were read as UTC" in str(note) for note in recording.notes)


def test_a_name_that_is_no_date_is_malformed(write: Write, rr: Make) -> None:
    with pytest.raises(Malformed):
        read(write("2026-13-45 08-15-00.txt", "\n".join(f"{value:.0f}" for value in rr())))


# --- HRV Logger, FatMaxxer, OpenHRV --------------------------------------------------------------------------------


def test_beats_are_rebuilt_from_the_intervals_not_from_their_arrival(write: Write, rr: Make) -> None:
    rr_ms = rr()
    recording = read(write("log.csv", logged(rr_ms, arrivals(rr_ms))))
    assert recording.source == "hrv_logger"
    assert intervals(recording) == rr_ms.tolist()
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0]
    assert np.diff(recording.beats.t_ms).tolist() == pytest.approx(rr_ms[1:].tolist(), abs=1)


def test_packets_that_never_came_are_a_gap_of_their_length(write: Write, rr: Make) -> None:
    rr_ms = rr()
    arrival_ms = arrivals(rr_ms)
    arrival_ms[150:] += 60_000
    recording = read(write("log.csv", logged(rr_ms, arrival_ms)))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0, 150]
    step_ms = int(recording.beats.t_ms[150] - recording.beats.t_ms[149])
    assert abs(step_ms - 60_000 - rr_ms[150]) < 1000  # lateness of one packet


def test_packets_that_came_twice_count_once(write: Write, rr: Make) -> None:
    rr_ms = rr()
    arrival_ms = arrivals(rr_ms)
    twice = np.repeat(np.arange(300), np.where(np.arange(300) % 3 == 0, 2, 1))
    recording = read(write("log.csv", logged(rr_ms[twice], arrival_ms[twice])))
    assert intervals(recording) == rr_ms.tolist()
    assert any("100 rows arrived twice" in str(note) for note in recording.notes)


def test_packets_of_which_many_never_came_are_refused(write: Write, rr: Make) -> None:
    rr_ms = rr(600)
    kept = np.arange(600) % 4 != 0
    with pytest.raises(Implausible, match="packets were lost or written twice"):
        read(write("log.csv", logged(rr_ms[kept], arrivals(rr_ms, late_ms=10)[kept])))


@pytest.mark.parametrize("factor", [0.1, 10])
def test_times_of_another_length_than_the_intervals_are_refused(write: Write, rr: Make, factor: float) -> None:
    rr_ms = rr(2000)
    stretched = START_MS + (arrivals(rr_ms, late_ms=1) - START_MS) * factor
    with pytest.raises(Implausible, match="% of the time they took to arrive"):
        read(write("log.csv", logged(rr_ms, stretched)))


def test_rows_out_of_order_are_refused_with_their_line(write: Write, rr: Make) -> None:
    rr_ms = rr()
    arrival_ms = arrivals(rr_ms)
    arrival_ms[100] -= 90_000
    with pytest.raises(Implausible, match="line 103: the time goes back"):  # header and a blank line come first
        read(write("log.csv", logged(rr_ms, arrival_ms)))


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("date,rr,since start", "{iso} +0000,{rr},{since}"),
        ("timestamp,rr,since_start", "{s},{rr_s},{since}"),
        ("event,value,timestamp", "IBI,{rr},{iso_t}+00:00"),
    ],
)
def test_every_header_of_the_family_gives_the_same_beats(write: Write, rr: Make, header: str, row: str) -> None:
    rr_ms = rr()
    lines = [header]
    for t, value in zip(arrivals(rr_ms), rr_ms, strict=True):
        moment = np.datetime64(int(t), "ms")
        fields = {
            "iso": str(moment).replace("T", " "),
            "iso_t": str(moment),
            "s": f"{t / 1000:.3f}",
            "rr": f"{value:.0f}",
            "rr_s": f"{value / 1000:.3f}",
            "since": f"{t - START_MS:.0f}",
        }
        lines.append(row.format(**fields))
    recording = read(write("log.csv", "\r\n".join(lines)))
    assert intervals(recording) == pytest.approx(rr_ms.tolist(), abs=1e-6)
    assert recording.span is not None
    assert abs(recording.span.start_ms - START_MS) < 1000  # lateness of one packet


def test_events_without_an_interval_are_no_recording(write: Write) -> None:
    text = "event,value,timestamp\n" + "HRV,40,2026-03-01T08:00:00+00:00\n" * 20
    with pytest.raises(Malformed, match="no RR intervals, only other events"):
        read(write("log.csv", text))


# --- SelfLoops -----------------------------------------------------------------------------------------------------


def test_selfloops_starts_at_its_date_and_may_start_below_zero(write: Write, rr: Make) -> None:
    rr_ms = rr()
    since = np.cumsum(rr_ms) - rr_ms[0] - 42
    rows = [f"{t:.0f},{60_000 / v:.0f},{v:.0f}" for t, v in zip(since, rr_ms, strict=True)]
    text = "\r\n".join(["04 August 2017 12:53:19", "", "Time (ms),HR (bpm),R-R (ms)", *rows])
    recording = read(write("selfloops.csv", text), zone="Europe/Amsterdam")
    assert recording.source == "selfloops"
    assert intervals(recording) == rr_ms.tolist()
    assert recording.beats is not None
    assert int(recording.beats.t_ms[0]) == parse_iso("2017-08-04T12:53:19+02:00", None) - 42


# --- Polar ---------------------------------------------------------------------------------------------------------


def test_a_polar_sensor_log_keeps_pulses_from_light_apart(write: Write, rr: Make) -> None:
    rr_ms = rr()
    moments = [str(np.datetime64(int(t), "ms")) for t in arrivals(rr_ms)]
    strap = ["Phone timestamp;RR-interval [ms]", *(f"{m};{v:.0f}" for m, v in zip(moments, rr_ms, strict=True))]
    light = [
        "Phone timestamp;PP-interval [ms];error estimate [ms];blocker;contact",
        *(f"{m};{v:.0f};10;{int(i == 50)};1" for i, (m, v) in enumerate(zip(moments, rr_ms, strict=True))),
    ]
    from_strap, from_light = read(write("rr.txt", "\n".join(strap))), read(write("ppi.txt", "\n".join(light)))
    assert from_strap.beats is not None
    assert from_light.beats is not None
    assert (from_strap.beats.kind, from_strap.grade) == ("rr", "B")
    assert (from_light.beats.kind, from_light.grade) == ("ppg", "C")
    assert len(from_light.beats) == 299
    assert from_light.beats.run.tolist() == [0, 50]


def test_an_hrm_file_with_rr_data_is_read_from_its_start(write: Write, rr: Make) -> None:
    rr_ms = rr()
    head = "[Params]\nVersion=106\nDate=20260301\nStartTime=8:00:00.0\nInterval=238\n\n[HRData]\n"
    recording = read(write("polar.hrm", head + "\n".join(f"{v:.0f}" for v in rr_ms)), zone="UTC")
    assert intervals(recording) == rr_ms.tolist()
    assert recording.span is not None
    assert recording.span.start_ms == START_MS


def test_an_hrm_file_with_heart_rates_gives_no_beats(write: Write, rr: Make) -> None:
    head = "[Params]\nVersion=106\nInterval=5\n\n[HRData]\n"
    with pytest.raises(Malformed, match="heart rates, not RR intervals"):
        read(write("polar.hrm", head + "\n".join(f"{60_000 / v:.0f}" for v in rr())))


# --- Welltory ------------------------------------------------------------------------------------------------------


WELLTORY = "user_code,rr_code,measurement_datetime,how_feel,how_mood,how_sleep,tags,rr_data\n"


def test_every_row_of_welltory_is_a_recording_with_its_answers(write: Write, rr: Make) -> None:
    from uitknop.sources import read_many

    rows = "".join(
        f'ab,r{i},2026-03-0{i + 1} 08:00:00,-1,0,,"Morning; Coffee","{",".join(f"{v:.0f}" for v in rr(100, i))}"\n'
        for i in range(3)
    )
    found = read_many(write("hrv_measurements.csv", WELLTORY + rows), zone="UTC")
    assert [recording.name.split()[-1] for recording in found.recordings] == ["r0", "r1", "r2"]
    first = found.recordings[0]
    assert intervals(first) == rr(100, 0).tolist()
    assert [(entry.kind, entry.label, entry.value) for entry in first.entries] == [
        ("answer", "how_feel", "-1"),
        ("answer", "how_mood", "0"),
        ("tag", "", "Morning"),
        ("tag", "", "Coffee"),
    ]
    assert first.grade == "C"


def test_a_broken_list_in_a_row_is_refused_with_its_line(write: Write) -> None:
    row = 'ab,r1,2026-03-01 08:00:00,0,0,0,,"812,many,840"\n'
    with pytest.raises(Malformed, match="line 2: rr_data should be a list"):
        read(write("hrv_measurements.csv", WELLTORY + row))
