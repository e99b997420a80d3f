"""Packets that are late, double or lost, and the one recording that comes of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strap import START_MS, TICK_MS, Came, arrived_ticks, deliver, heart, packet, pieces_of, send, unlike

from uitknop.core import Recording
from uitknop.live.assembler import HOLD_MS, Assembler

seeds = st.integers(0, 2**32 - 1)


def joined(pieces: list[Recording]) -> tuple[list[int], list[int], list[int]]:
    """Intervals in ticks, their times, and where runs start, over all pieces; the shared beat counts once."""
    ticks: list[int] = []
    t_ms: list[int] = []
    starts: list[int] = []
    for piece in pieces:
        assert piece.beats is not None
        new = piece.beats.t_ms > (t_ms[-1] if t_ms else -1)
        starts += [len(ticks) + int(i) for i in np.flatnonzero(piece.beats.starts_run[new])]
        ticks += [int(tick) for tick in np.rint(piece.beats.rr_ms[new] / TICK_MS)]
        t_ms += [int(t) for t in piece.beats.t_ms[new]]
    return ticks, t_ms, starts


@given(seeds, st.integers(450, 1250), st.integers(3, 60), st.booleans())
@settings(max_examples=25, deadline=None)
def test_every_beat_arrives_once_and_in_order_whatever_is_lost_and_late(
    seed: int, mean_ms: int, sd_ms: int, late: bool
) -> None:
    rng = np.random.default_rng(seed)
    sent = send(unlike(heart(rng, 150, mean_ms, sd_ms)), rng=rng)
    came = deliver(sent, rng, lost=0.01, held=0.03 if late else 0.0, twice=0.0 if late else 0.1)
    ticks, t_ms, _ = joined(pieces_of(came))
    assert ticks == arrived_ticks(sent, came)
    assert bool(np.all(np.diff(t_ms) > 0))


@given(seeds, st.integers(450, 1250), st.integers(2, 8))
@settings(max_examples=25, deadline=None)
def test_equal_beats_of_a_steady_heart_are_no_copies(seed: int, mean_ms: int, sd_ms: int) -> None:
    rng = np.random.default_rng(seed)
    sent = send(heart(rng, 150, mean_ms, sd_ms), rng=rng)
    assert joined(pieces_of(deliver(sent, rng)))[0] == [tick for one in sent for tick in one.ticks]


@given(seeds, st.integers(450, 1250))
@settings(max_examples=15, deadline=None)
def test_with_all_faults_at_once_no_beat_is_lost_and_hardly_a_copy_left(seed: int, mean_ms: int) -> None:
    rng = np.random.default_rng(seed)
    sent = send(unlike(heart(rng, 150, mean_ms, 30)), rng=rng)
    came = deliver(sent, rng, held=0.02, twice=0.05, lost=0.01)
    ticks, wanted = joined(pieces_of(came))[0], arrived_ticks(sent, came)
    left = iter(ticks)
    assert all(tick in left for tick in wanted)
    assert len(ticks) - len(wanted) <= 3


@given(seeds, st.integers(450, 1250))
@settings(max_examples=15, deadline=None)
def test_the_time_of_a_beat_is_told_although_packets_are_held_up(seed: int, mean_ms: int) -> None:
    rng = np.random.default_rng(seed)
    ticks = unlike(heart(rng, 200, mean_ms, 30))
    came = deliver(send([*ticks, *ticks[:20]], rng=rng), rng, held=0.01)
    _, t_ms, starts = joined(pieces_of(came))
    truth_ms = START_MS + np.cumsum(ticks) * TICK_MS
    off_ms = np.array(t_ms[: len(ticks)]) - truth_ms
    assert starts == [0]
    assert off_ms.min() > -150  # the clock slides by 100 ms a piece
    assert off_ms.max() < 1200  # a strap sends once a second


def test_a_clean_minute_is_one_unbroken_run_over_all_pieces() -> None:
    ticks = heart(np.random.default_rng(1), 400, 900, 30)
    pieces = pieces_of([Came(one.at_ms + 20, one.data) for one in send(ticks)])
    got, t_ms, starts = joined(pieces)
    assert len(pieces) > 5
    assert (got, starts) == (ticks, [0])
    step_ms = np.diff(t_ms) - np.array(ticks[1:]) * TICK_MS
    assert float(np.abs(step_ms).max()) < 101


def test_a_piece_opens_with_the_last_beat_of_the_one_before_while_the_run_goes_on() -> None:
    ticks = heart(np.random.default_rng(2), 200, 900, 30)
    first, second, *_ = pieces_of([Came(one.at_ms + 20, one.data) for one in send(ticks)])
    assert first.beats is not None
    assert second.beats is not None
    assert (first.beats.t_ms[-1], first.beats.rr_ms[-1]) == (second.beats.t_ms[0], second.beats.rr_ms[0])


def test_a_lost_connection_starts_a_new_run_after_all_that_came_before() -> None:
    ticks = unlike(heart(np.random.default_rng(3), 120, 900, 30))
    sent = send(ticks)
    came = [Came(one.at_ms, one.data) for one in sent[:50]] + [Came(sent[50].at_ms, None)]
    came += [Came(one.at_ms, one.data) for one in sent[70:]]
    got, t_ms, starts = joined(pieces_of(came))
    n_before = sum(len(one.ticks) for one in sent[:50])
    assert starts == [0, n_before]
    assert t_ms[n_before] - t_ms[n_before - 1] > 10_000
    assert len(got) == n_before + sum(len(one.ticks) for one in sent[70:])


def test_packets_that_never_came_start_a_new_run_although_nobody_told() -> None:
    ticks = unlike(heart(np.random.default_rng(4), 120, 900, 30))
    sent = send(ticks)
    kept = sent[:40] + sent[45:]
    _, _, starts = joined(pieces_of([Came(one.at_ms, one.data) for one in kept]))
    assert starts == [0, sum(len(one.ticks) for one in sent[:40])]


def test_a_clock_that_is_set_back_starts_a_new_run_and_time_goes_on() -> None:
    sent = send(unlike(heart(np.random.default_rng(5), 100, 900, 30)))
    came = [Came(one.at_ms, one.data) for one in sent[:40]]
    came += [Came(one.at_ms - 3_600_000, one.data) for one in sent[40:]]
    got, t_ms, starts = joined(pieces_of(came))
    assert len(got) == 100
    assert len(starts) == 2
    assert bool(np.all(np.diff(t_ms) > 0))


def test_a_strap_that_sends_more_beats_than_there_were_is_told_of() -> None:
    sent = send(unlike(heart(np.random.default_rng(9), 600, 900, 30)))
    came = [Came(START_MS + 500 * i, one.data) for i, one in enumerate(sent)]
    told = [str(note) for piece in pieces_of(came) for note in piece.notes]
    assert told
    assert all("ahead of the clock" in note for note in told)
    assert not any(piece.notes for piece in pieces_of([Came(one.at_ms, one.data) for one in sent]))


def test_a_clock_that_is_trimmed_by_a_little_changes_nothing() -> None:
    sent = send(unlike(heart(np.random.default_rng(6), 60, 900, 30)))
    came = [Came(one.at_ms - (300 if i > 30 else 0), one.data) for i, one in enumerate(sent)]
    got, _, starts = joined(pieces_of(came))
    assert (len(got), starts) == (60, [0])


def test_a_filler_and_a_pause_of_the_heart_break_the_run() -> None:
    assembler = Assembler("Test strap", "UTC")
    for i, ticks in enumerate([(900,), (910,), (0,), (905,), (4000,), (908,)]):
        assembler.add(START_MS + 1000 * i + (3000 if i > 3 else 0), packet(ticks))
    piece = assembler.take()
    assert piece is not None
    assert piece.beats is not None
    assert np.rint(piece.beats.rr_ms / TICK_MS).tolist() == [900, 910, 905, 908]
    assert piece.beats.run.tolist()[-1] == 3


def test_heart_rate_is_kept_where_the_strap_sends_no_intervals() -> None:
    assembler = Assembler("Watch", "UTC")
    for i in range(30):
        assembler.add(START_MS + 1000 * i, bytes([0x06, 70 + i % 3]))
    for _ in range(5):
        assembler.add(START_MS + 30_000, bytes([0x06, 75]))  # held up: one of them is kept
    assembler.add(START_MS + 31_000, bytes([0x06, 0]))
    piece = assembler.take()
    assert piece is not None
    assert (piece.beats, piece.grade, piece.source) == (None, "D", "live")
    (series,) = piece.samples
    assert (series.kind, series.device, len(series)) == ("heart_rate", "Watch", 31)
    assert series.value.tolist()[:3] == [70.0, 71.0, 72.0]


def test_heart_rate_between_beats_is_left_out() -> None:
    assembler = Assembler("Test strap", "UTC")
    for i in range(40):
        assembler.add(START_MS + 1000 * i, packet((1000 + i,)) if i % 2 == 0 else bytes([0x06, 60]))
    piece = assembler.take()
    assert piece is not None
    assert piece.samples == ()


def test_what_is_no_packet_is_counted_and_left_out() -> None:
    assembler = Assembler("Test strap", "UTC")
    assert assembler.add(START_MS, b"\x10") is None
    assert assembler.n_malformed == 1
    assert assembler.take() is None


@given(st.lists(st.tuples(st.integers(-5_000, 20_000), st.binary(max_size=12)), max_size=40), st.data())
@settings(max_examples=100, deadline=None)
def test_any_packets_at_any_time_make_pieces_in_order_of_time(
    told: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    assembler, last_ms, now_ms = Assembler("Test strap", "UTC"), -1, START_MS
    for step_ms, content in told:
        now_ms += step_ms
        assembler.add(now_ms, content)
        if data.draw(st.booleans()):
            piece = assembler.take(now_ms - HOLD_MS)
            if piece is not None and piece.beats is not None:
                assert int(piece.beats.t_ms[0]) >= last_ms
                last_ms = int(piece.beats.t_ms[-1])
                assert bool(np.all(np.diff(piece.beats.t_ms) > 0))


def test_a_steady_doubling_of_every_packet_is_undone() -> None:
    sent = send(unlike(heart(np.random.default_rng(8), 120, 800, 40)))
    came = [Came(one.at_ms + late_ms, one.data, i) for i, one in enumerate(sent) for late_ms in (10, 30)]
    assert joined(pieces_of(came))[0] == arrived_ticks(sent, came)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_first_beats_are_there_at_once(n: int) -> None:
    sent = send([900 + i for i in range(n)])
    got, t_ms, _ = joined(pieces_of([Came(one.at_ms, one.data) for one in sent]))
    assert got == [900 + i for i in range(n)]
    assert t_ms[-1] <= sent[-1].at_ms
