"""RR intervals and beat times as text: whatever the shape and the unit, the same beats come back."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core.errors import Implausible, Malformed, SourceError
from uitknop.sources import read

Floats = npt.NDArray[np.float64]
Write = Callable[[str, str | bytes], Path]
Make = Callable[..., Floats]


def rr_lines(rr_ms: Floats) -> str:
    return "".join(f"{value:.0f}\n" for value in rr_ms)


@st.composite
def hearts(draw: st.DrawFn) -> Floats:
    middle = draw(st.integers(500, 1300))
    # Not shorter: fewer numbers than ten are no recording.
    return np.array(draw(st.lists(st.integers(middle - 150, middle + 150), min_size=12, max_size=80)), np.float64)


SHAPES: dict[str, Callable[[Floats], str]] = {
    "ms": lambda rr: rr_lines(rr),
    "s": lambda rr: "".join(f"{value / 1000:.3f}\n" for value in rr),
    "s with decimal comma": lambda rr: "".join(f"{value / 1000:.3f}\n".replace(".", ",") for value in rr),
    "ms with decimal comma": lambda rr: "".join(f"{value:.1f}\n".replace(".", ",") for value in rr),
    "CRLF and BOM": lambda rr: "\ufeff" + "".join(f"{value:.0f}\r\n" for value in rr),
    "blank lines": lambda rr: "\n\n" + "".join(f"  {value:.0f}  \n\n" for value in rr),
    "comments and header": lambda rr: "# made by us\nRR (ms)\n" + rr_lines(rr),
    "all on one line": lambda rr: ",".join(f"{value:.0f}" for value in rr),
    "all on one line with blanks": lambda rr: " ".join(f"{value:.0f}" for value in rr) + "\n",
    "with an offset before it": lambda rr: "225.796\n" + "".join(f"{value / 1000:.3f}\n" for value in rr),
    "with a counter, tabs": lambda rr: "".join(f"{i}\t{value:.0f}\n" for i, value in enumerate(rr, 1)),
    "with a counter, commas": lambda rr: "".join(f"{i},{value:.0f}\n" for i, value in enumerate(rr, 1)),
    "with a label": lambda rr: "".join(f"{value / 1000:.3f} 0\n" for value in rr),
}
"""Lists of intervals: all of them come back."""

TIMED: dict[str, Callable[[Floats], str]] = {
    "times in s": lambda rr: "".join(f"    {value / 1000:.3f}\n" for value in np.cumsum(rr)),
    "times in ms": lambda rr: "".join(f"{value:.0f}\n" for value in np.cumsum(rr)),
    "times and intervals in s": lambda rr: "".join(
        f"{t / 1000:.3f},{value / 1000:.3f}\n" for t, value in zip(np.cumsum(rr), rr, strict=True)
    ),
    "times and intervals in ms; semicolon": lambda rr: "".join(
        f"{t:.0f};{value:.0f}\n" for t, value in zip(np.cumsum(rr), rr, strict=True)
    ),
    "start and interval in ms": lambda rr: "".join(
        f"{t:.0f} {value:.0f}\n" for t, value in zip(np.cumsum(rr) - rr, rr, strict=True)
    ),
}
"""Times of beats: the last intervals come back; the first may have no beat before it."""


def read_text(text: str) -> Floats:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rr.txt"
        path.write_bytes(text.encode())
        beats = read(path).beats
    assert beats is not None
    # Without gaps, every interval ends where the next begins, but for rounding to whole ms.
    assert bool(np.all(np.abs(np.diff(beats.t_ms) - beats.rr_ms[1:]) <= 1))
    return beats.rr_ms


@pytest.mark.parametrize("shape", SHAPES)
@given(rr_ms=hearts())
@settings(max_examples=12, deadline=None)
def test_intervals_come_back_from_every_shape(shape: str, rr_ms: Floats) -> None:
    assert read_text(SHAPES[shape](rr_ms)).tolist() == pytest.approx(rr_ms.tolist(), abs=1e-6)  # 3 decimals of s


@pytest.mark.parametrize("shape", TIMED)
@given(rr_ms=hearts())
@settings(max_examples=12, deadline=None)
def test_intervals_come_back_from_times_of_beats(shape: str, rr_ms: Floats) -> None:
    found = read_text(TIMED[shape](rr_ms))
    assert found.size >= rr_ms.size - 1
    assert found[-(rr_ms.size - 1) :].tolist() == pytest.approx(rr_ms[1:].tolist(), abs=1e-6)


@given(rr_ms=hearts(), factor=st.sampled_from([0.001, 1.0]))
@settings(max_examples=20, deadline=None)
def test_the_unit_that_was_detected_is_said(rr_ms: Floats, factor: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rr.txt"
        path.write_text("".join(f"{value * factor:.3f}\n" for value in rr_ms))
        notes = " ".join(map(str, read(path).notes))
    assert ("as seconds" in notes) == (factor == 0.001)
    assert ("as milliseconds" in notes) == (factor == 1.0)


def test_gzip_is_unpacked_on_the_way(write: Write, rr: Make) -> None:
    path = write("rr.txt.gz", gzip.compress(rr_lines(rr()).encode()))
    recording = read(path)
    assert recording.name == "rr.txt"
    assert recording.beats is not None
    assert len(recording.beats) == 300


def test_a_list_has_no_clock_until_a_start_is_given(write: Write, rr: Make) -> None:
    path = write("rr.txt", rr_lines(rr()))
    without, given_start = read(path), read(path, start_ms=1_700_000_000_000, zone="Europe/Amsterdam")
    assert without.clock is None
    assert given_start.clock == "Europe/Amsterdam"
    assert without.beats is not None
    assert given_start.beats is not None
    assert (given_start.beats.t_ms - without.beats.t_ms).tolist() == [1_700_000_000_000] * 300


def test_a_huge_interval_is_a_gap_and_time_goes_on(write: Write, rr: Make) -> None:
    intervals = np.insert(rr(), 100, 12_000.0)
    recording = read(write("rr.txt", rr_lines(intervals)))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0, 100]
    assert int(recording.beats.t_ms[100] - recording.beats.t_ms[99]) == 12_000 + round(intervals[101])
    assert "Gaps: 1" in " ".join(map(str, recording.notes))


def test_the_offset_of_the_first_beat_is_left_out_and_said(write: Write, rr: Make) -> None:
    recording = read(write("rr.txt", "225796\n" + rr_lines(rr())))
    assert recording.beats is not None
    assert len(recording.beats) == 300
    assert any("offset" in str(note) for note in recording.notes)


def test_a_first_value_that_is_an_interval_stays(write: Write, rr: Make) -> None:
    recording = read(write("rr.txt", "1900\n" + rr_lines(rr())))
    assert recording.beats is not None
    assert len(recording.beats) == 301


def test_a_few_words_between_the_numbers_break_the_run(write: Write, rr: Make) -> None:
    lines = rr_lines(rr()).splitlines()
    lines[150] = "lost"
    recording = read(write("rr.txt", "\n".join(lines)))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0, 150]


def test_many_words_between_the_numbers_are_refused(write: Write, rr: Make) -> None:
    lines = rr_lines(rr()).splitlines()
    lines[150:156] = ["lost"] * 6
    with pytest.raises(Malformed, match="6 of 300 lines are no numbers, the first at line 151"):
        read(write("rr.txt", "\n".join(lines)))


@pytest.mark.parametrize("wrong", ["nan", "inf", "-inf", "NaN"])
def test_a_number_that_is_not_finite_is_refused_with_its_line(write: Write, rr: Make, wrong: str) -> None:
    lines = rr_lines(rr()).splitlines()
    lines[41] = wrong
    with pytest.raises(Malformed, match="line 42: not a finite number"):
        read(write("rr.txt", "\n".join(lines)))


@pytest.mark.parametrize("wrong", ["0", "-812"])
def test_an_interval_of_zero_or_less_is_refused_with_its_line(write: Write, rr: Make, wrong: str) -> None:
    lines = ["# comment", *rr_lines(rr()).splitlines()]
    lines[41] = wrong
    with pytest.raises(Malformed, match="line 42: an RR interval of zero or less"):
        read(write("rr.txt", "\n".join(lines)))


@pytest.mark.parametrize("factor", [0.0001, 0.01, 10, 1000])
def test_any_other_unit_is_refused_with_the_units_that_are_read(write: Write, rr: Make, factor: float) -> None:
    with pytest.raises(Implausible, match=r"seconds \(0.25 to 2.5\)"):
        read(write("rr.txt", "".join(f"{value * factor:.4f}\n" for value in rr())))


def test_a_list_of_heart_rates_is_refused_as_what_it_is(write: Write, rr: Make) -> None:
    with pytest.raises(Implausible, match="the size of heart rates, not RR intervals"):
        read(write("hr.txt", "".join(f"{60_000 / value:.0f}\n" for value in rr())))


def test_times_that_go_back_are_refused_with_their_line(write: Write, rr: Make) -> None:
    times = np.cumsum(rr()) / 1000
    times[200] -= 30
    with pytest.raises(Implausible, match="line 201: the beat times go back"):
        read(write("beats.txt", "".join(f"{t:.3f}\n" for t in times)))


def test_times_without_any_order_are_refused(write: Write, rr: Make) -> None:
    times = np.random.default_rng(3).permutation(np.cumsum(rr(4000)) / 1000)
    with pytest.raises(Implausible):
        read(write("beats.txt", "".join(f"{t:.3f}\n" for t in times)))


def test_a_block_that_was_written_twice_counts_once(write: Write, rr: Make) -> None:
    intervals = rr(1000)
    recording = read(write("rr.txt", rr_lines(np.concatenate([intervals, intervals[:600]]))))
    assert recording.beats is not None
    assert len(recording.beats) == 1000
    assert any("600 intervals were written twice" in str(note) for note in recording.notes)


def test_times_since_1970_are_a_clock(write: Write, rr: Make) -> None:
    times = 1_700_000_000 + np.cumsum(rr()) / 1000
    recording = read(write("beats.txt", "".join(f"{t:.3f}\n" for t in times)))
    assert recording.clock == "UTC"
    assert recording.beats is not None
    assert abs(int(recording.beats.t_ms[-1]) - round(times[-1] * 1000)) <= 1


@pytest.mark.parametrize("text", ["812\n", "812\n840\n", "one two three\nfour\n"])
def test_too_little_to_be_a_recording_is_refused(write: Write, text: str) -> None:
    with pytest.raises(SourceError):
        read(write("rr.txt", text))


@pytest.mark.parametrize(("unit_ms", "decimals"), [(1000 / 128, 8), (1000 / 128, 0), (4.0, 0), (10.0, 0)])
def test_the_tick_of_the_device_is_found(write: Write, rr: Make, unit_ms: float, decimals: int) -> None:
    intervals = np.rint(rr(3000) / unit_ms) * unit_ms
    recording = read(write("rr.txt", "".join(f"{value:.{decimals}f}\n" for value in intervals)))
    assert recording.beats is not None
    assert recording.beats.tick_ms == unit_ms


def test_whole_milliseconds_have_a_tick_of_one(write: Write, rr: Make) -> None:
    recording = read(write("rr.txt", rr_lines(rr(3000))))
    assert recording.beats is not None
    assert recording.beats.tick_ms == 1.0
