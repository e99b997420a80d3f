"""Recordings: series by kind, entries with their stretch, and what lies between the first and the last moment."""

from __future__ import annotations

import pytest

from uitknop.core import SAMPLE_KINDS, UNIT_OF, Beats, Entry, Recording, SampleKind, Samples, Span
from uitknop.core.errors import ShapeError


def series(kind: SampleKind, *t_ms: int) -> Samples:
    return Samples(kind, list(t_ms), [60.0] * len(t_ms))  # type: ignore[arg-type]


def recording(beats: Beats | None, *samples: Samples) -> Recording:
    return Recording("array", "a.csv", "UTC", beats, samples)


@pytest.mark.parametrize("kind", SAMPLE_KINDS)
def test_the_unit_of_samples_is_that_of_their_kind(kind: SampleKind) -> None:
    assert series(kind, 0, 1000).unit == UNIT_OF[kind]


def test_samples_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeError, match="decrease"):
        series("heart_rate", 1000, 0)
    with pytest.raises(ShapeError, match="unknown kind"):
        series("mood", 0)  # type: ignore[arg-type]
    with pytest.raises(ShapeError, match="t_ms 1, value 2"):
        Samples("heart_rate", [0], [60.0, 61.0])  # type: ignore[arg-type]


def test_samples_can_not_be_written_to_and_become_a_data_frame() -> None:
    samples = series("heart_rate", 0, 1000)
    with pytest.raises(ValueError, match="read-only"):
        samples.value[0] = 1.0
    assert samples.to_dataframe().columns.tolist() == ["t_ms", "value"]


def test_an_entry_has_a_span_only_with_an_end() -> None:
    assert Entry(5, "UTC", "tag", "tea").span is None
    assert Entry(5, "UTC", "rest", "passive", 10).span == Span(5, 10)


def test_of_kind_gives_the_longest_series_and_never_an_empty_one() -> None:
    short, long, empty = series("heart_rate", 0), series("heart_rate", 0, 1), series("steps")
    assert recording(None, short, long, empty).of_kind("heart_rate") is long
    assert recording(None, short, long, empty).of_kind("steps") is None
    assert recording(None).of_kind("acceleration") is None


def test_a_recording_spans_beats_and_heart_rate_from_the_start_of_the_first_interval() -> None:
    beats = Beats.from_rr_ms([800.0, 800.0], start_ms=1000)
    assert recording(beats).span == Span(1000, 2601)
    assert recording(beats, series("heart_rate", 500, 5000)).span == Span(500, 5001)
    assert recording(None, series("heart_rate", 500, 5000)).span == Span(500, 5001)


def test_steps_alone_are_no_heart_recording() -> None:
    assert recording(None, series("steps", 0, 60_000)).span is None
    assert recording(Beats.from_rr_ms([])).span is None
