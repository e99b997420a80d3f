"""A long recording falls into sessions where it holds no heart data for long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Beats, Recording, Samples, Span
from uitknop.rest.sessions import SESSION_GAP_MIN, cut_recording, split_sessions

MakeRecording = Callable[..., Recording]
MINUTE_MS = 60_000


def beats_with_gaps(gaps_min: list[int]) -> Beats:
    """Ten beats, a gap, ten beats, and so on."""
    starts = np.cumsum([0, *(gap * MINUTE_MS + 8000 for gap in gaps_min)])
    t_ms = np.concatenate([start + 800 * np.arange(1, 11) for start in starts])
    run = 10 * np.arange(starts.size)
    return Beats(t_ms, np.full(t_ms.size, 800.0), np.zeros(t_ms.size, np.uint8), run)


@given(st.lists(st.integers(1, 200), max_size=6))
def test_no_beat_is_lost_or_moved_and_no_long_gap_is_left(recording_of: MakeRecording, gaps_min: list[int]) -> None:
    whole = recording_of(beats_with_gaps(gaps_min))
    parts = [part.beats for part in split_sessions(whole) if part.beats is not None]
    assert np.concatenate([beats.t_ms for beats in parts]).tolist() == whole.beats.t_ms.tolist()  # type: ignore[union-attr]
    assert all(int(np.diff(beats.t_ms).max()) <= SESSION_GAP_MIN * MINUTE_MS for beats in parts)
    assert len(parts) == 1 + sum(gap * MINUTE_MS + 800 > SESSION_GAP_MIN * MINUTE_MS for gap in gaps_min)


def test_a_heart_rate_that_goes_on_keeps_a_session_together(recording_of: MakeRecording) -> None:
    t_ms = np.arange(0, 400 * MINUTE_MS, 10 * MINUTE_MS)
    series = Samples("heart_rate", t_ms, np.full(t_ms.size, 70.0))
    whole = recording_of(beats_with_gaps([180]), series)
    assert split_sessions(whole) == (whole,)


def test_a_recording_without_heart_data_stays_whole(recording_of: MakeRecording) -> None:
    steps = Samples("steps", np.array([0, 10**9]), np.ones(2))
    assert len(split_sessions(recording_of(None, steps))) == 1


def test_movement_goes_with_every_session(recording_of: MakeRecording) -> None:
    steps = Samples("steps", np.arange(0, 10**8, 60_000), np.ones(1667))
    parts = split_sessions(recording_of(beats_with_gaps([90]), steps))
    assert [part.samples for part in parts] == [(steps,), (steps,)]


def test_a_cut_is_half_open_and_leaves_out_what_holds_nothing(recording_of: MakeRecording) -> None:
    steps = Samples("steps", np.array([800, 1600, 2400]), np.ones(3))
    whole = replace(recording_of(beats_with_gaps([])), samples=(steps,))
    part = cut_recording(whole, Span(1600, 2400))
    assert part.beats is not None
    assert (part.beats.t_ms.tolist(), part.samples[0].t_ms.tolist()) == ([1600], [1600])
    nothing = cut_recording(whole, Span(10**9, 10**9 + 1))
    assert (nothing.beats, nothing.samples, nothing.span) == (None, (), None)
