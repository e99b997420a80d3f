"""The person's file: what goes in comes out, all of it or nothing."""

from __future__ import annotations

import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Beats, Entry, Phrase, Recording, Samples, Span
from uitknop.core.errors import StoreError
from uitknop.store import Kept, Origin, Store, create_store, open_store, read_note

HOUR_MS = 3_600_000
T = 1_767_322_800_000

Origins = Callable[..., Origin]
Recordings = Callable[..., Recording]
SomeBeats = Callable[..., Beats]


def put(
    store: Store, origin: Origin, *recordings: Recording, interrupted: bool = False, swallowed: bool = False
) -> Kept:
    with store.batch(origin) as batch:
        for recording in recordings:
            with suppress(*([Exception] if swallowed else [])):
                batch.add(recording)
        if interrupted:
            raise KeyboardInterrupt
    return batch.kept


def test_beats_samples_and_entries_come_back(
    store: Store, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    heart_rate = Samples("heart_rate", T + np.arange(100) * 60_000, 60.0 + np.arange(100) % 7, "watch")
    entries = (Entry(T, "+01:00", "tag", "tea"), Entry(T + 5, "+01:00", "sleep", "deep", T + 9_000))
    given = beats(9_000)
    kept = put(store, origin(), recording(given, samples=(heart_rate,), entries=entries, grade="A"))
    assert kept == Kept(n_new=9_102)
    (found,) = store.recordings()
    assert found.beats is not None
    for column in ("t_ms", "rr_ms", "flag", "run"):
        assert getattr(found.beats, column).tolist() == getattr(given, column).tolist()
    assert (found.beats.tick_ms, found.beats.source, found.beats.device) == (1.0, "rr_text", "strap")
    assert found.beats.kind == "rr"
    (samples,) = found.samples
    assert samples.to_dict() == heart_rate.to_dict()
    assert (found.source, found.clock, found.grade, found.person) == ("rr_text", "Europe/Amsterdam", "A", "")
    assert store.entries() == entries


def test_the_file_is_for_this_user_alone(store: Store) -> None:
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    for beside in store.path.parent.iterdir():
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_made_again(tmp_path: Path, key: bytes) -> None:
    there = tmp_path / "mine.uitknop"
    there.write_bytes(b"precious")
    with pytest.raises(StoreError, match="exists already"):
        create_store(there, key, now_ms=T)
    assert there.read_bytes() == b"precious"


def test_a_batch_that_fails_leaves_nothing(
    store: Store, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    before = store.dump_sha256()
    with pytest.raises(KeyboardInterrupt):
        put(store, origin(), recording(beats()), interrupted=True)
    assert (store.dump_sha256(), store.batches(), store.revision) == (before, (), 0)
    assert put(store, origin(), recording(beats())) == Kept(n_new=200)


def test_a_batch_goes_on_after_no_error_of_its_own(
    store: Store, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    """Were the error swallowed, the beats would be kept without the samples that could not be."""
    broken = recording(beats(), grade="A", samples=(Samples("steps", np.array([T]), np.array([1.0])),))
    object.__setattr__(broken.samples[0], "t_ms", np.array([T, T], dtype=np.int64))
    with pytest.raises(StoreError, match="broke off before its end"):
        put(store, origin(), broken, swallowed=True)
    assert (store.batches(), store.series()) == ((), ())


def test_there_is_one_batch_at_a_time(store: Store, origin: Origins) -> None:
    with store.batch(origin("a")), pytest.raises(StoreError, match="is writing"), store.batch(origin("b")):
        raise AssertionError("a batch within a batch")
    assert [info.origin.name for info in store.batches()] == ["a"]


@pytest.mark.parametrize(("start", "end", "wanted"), [(0, 1, "a"), (1, 2, ""), (5, 6, "b"), (8, 9, "b"), (9, 90, "")])
def test_entries_of_a_span_are_those_that_touch_it(
    store: Store, origin: Origins, recording: Recordings, start: int, end: int, wanted: str
) -> None:
    moment, stretch = Entry(T, "UTC", "tag", "a"), Entry(T + 3, "UTC", "sleep", "b", T + 9)
    put(store, origin(), recording(entries=(moment, stretch)))
    assert "".join(entry.value for entry in store.entries(Span(T + start, T + end))) == wanted


def test_an_entry_of_weeks_is_found_in_their_midst(store: Store, origin: Origins, recording: Recordings) -> None:
    ill = Entry(T, "UTC", "condition", "ill", T + 500 * HOUR_MS)
    put(store, origin(), recording(entries=(ill, Entry(T, "UTC", "tag", "tea"))))
    assert store.entries(Span(T + 300 * HOUR_MS, T + 301 * HOUR_MS)) == (ill,)
    assert store.entries(Span(T + 500 * HOUR_MS, T + 501 * HOUR_MS)) == ()


def test_what_is_committed_is_there_when_opened_again(
    store: Store, key: bytes, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    put(store, origin(), recording(beats(), notes=(Phrase("{n} beats left out", {"n": 3}),)))
    dump = store.dump_sha256()
    store.close()
    with open_store(store.path, key) as again:
        assert again.dump_sha256() == dump
        (info,) = again.batches()
        assert info.origin == origin()
        assert str(read_note(info.notes[0])) == "3 beats left out"
        assert again.batch_of(origin().sha256) == (info,)
        assert (info.first_ms, info.last_ms) == (int(beats().t_ms[0]), int(beats().t_ms[-1]))


def test_a_span_cuts_beats_and_samples_half_open(
    store: Store, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    given = beats(20_000)
    heart_rate = Samples("heart_rate", T + np.arange(200) * 60_000, np.full(200, 61.0))
    put(store, origin(), recording(given, samples=(heart_rate,)))
    span = Span(int(given.t_ms[6_000]), int(given.t_ms[9_000]))
    (found,) = store.recordings(span)
    assert found.beats is not None
    assert found.beats.t_ms.tolist() == given.t_ms[6_000:9_000].tolist()
    assert found.samples[0].t_ms.tolist() == [t for t in heart_rate.t_ms.tolist() if span.start_ms <= t < span.end_ms]
    assert store.recordings(Span(0, 1)) == ()


def test_of_two_devices_the_one_with_most_rows_counts_in_each_hour(
    store: Store, origin: Origins, recording: Recordings
) -> None:
    zero = T - T % HOUR_MS
    first, second = zero + np.arange(10) * 1000, zero + HOUR_MS + np.arange(10) * 1000
    busy = Samples("steps", np.concatenate([first, second[:3]]), np.full(13, 1.0), "phone")
    sparse = Samples("steps", np.concatenate([first[:4], second]), np.full(14, 2.0), "watch")
    put(store, origin(), recording(samples=(busy, sparse)))
    (found,) = store.recordings()
    assert found.samples[0].value.tolist() == [1.0] * 10 + [2.0] * 10
    assert found.samples[0].t_ms.tolist() == [*first.tolist(), *second.tolist()]
    assert {series.device for series in store.series()} == {"phone", "watch"}


def test_a_run_ends_where_the_device_changes(store: Store, origin: Origins, recording: Recordings) -> None:
    zero = T - T % HOUR_MS
    strap = Beats.from_rr_ms(np.full(7_000, 900.0), start_ms=zero, device="strap")
    watch = Beats.from_rr_ms(np.full(4_500, 800.0), start_ms=zero + HOUR_MS, device="watch")
    put(store, origin(), recording(strap), recording(watch))
    (found,) = store.recordings()
    assert found.beats is not None
    assert found.beats.t_ms[found.beats.run].tolist() == [zero + 900, zero + HOUR_MS + 800]
    assert found.beats.rr_ms.tolist() == [900.0] * 3_999 + [800.0] * 4_500


def test_pulse_intervals_never_join_rr_intervals(store: Store, origin: Origins, recording: Recordings) -> None:
    rr = Beats.from_rr_ms([800.0, 810.0], start_ms=T)
    ppg = Beats.from_rr_ms([805.0, 807.0], start_ms=T, kind="ppg")
    put(store, origin(), recording(rr), recording(ppg))
    found = store.recordings()
    assert [one.beats.kind for one in found if one.beats] == ["rr", "ppg"]


def test_people_of_one_file_stay_apart(store: Store, origin: Origins, recording: Recordings, beats: SomeBeats) -> None:
    put(store, origin(), recording(beats(seed=1), person="S1"), recording(beats(seed=2), person="S2"))
    assert [found.person for found in store.recordings()] == ["S1", "S2"]


def test_clockless_recordings_share_a_time_line_with_nothing(
    store: Store, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    one, other = beats(400, 1, 0), beats(400, 2, 0)
    note = Entry(0, "UTC", "posture", "supine", 9_000)
    put(store, origin("one.txt"), recording(one, clock=None, name="one.txt", entries=(note,)))
    put(store, origin("other.txt"), recording(other, clock=None, name="other.txt"))
    found = {recording.name: recording for recording in store.recordings()}
    assert set(found) == {"one.txt", "other.txt"}
    assert all(recording.clock is None for recording in found.values())
    assert found["one.txt"].entries == (note,)
    assert store.entries() == ()
    assert store.zone_line() is None
    assert store.hours_since(0) == ()


def test_a_copy_of_a_clockless_recording_is_known(
    store: Store, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    given = beats(400, 1, 0)
    put(store, origin("one.txt"), recording(given, clock=None, name="one.txt"))
    assert put(store, origin("copy.txt"), recording(given, clock=None, name="copy.txt")) == Kept(n_known=400)


def test_the_pieces_of_a_clockless_recording_share_its_clock(
    store: Store, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    given = beats(1_000, 1, 0)
    middle = int(given.t_ms[500])
    pieces = (given.between(0, middle + 1), given.between(middle, 2**40))  # one interval in both
    put(store, origin(), *(recording(piece, clock=None) for piece in pieces))
    (found,) = store.recordings()
    assert found.beats is not None
    assert found.beats.rr_ms.tolist() == given.rr_ms.tolist()
    assert found.beats.run.tolist() == [0]


def test_zones_follow_the_files(store: Store, origin: Origins, recording: Recordings, beats: SomeBeats) -> None:
    put(store, origin("b"), recording(beats(start_ms=T + 5 * HOUR_MS), clock="America/New_York"))
    put(store, origin("a"), recording(beats()))
    put(store, origin("c"), recording(beats(start_ms=T + HOUR_MS)))
    zones = store.zone_line()
    assert zones is not None
    assert zones.zones == ("Europe/Amsterdam", "America/New_York")
    assert zones.at(T + 4 * HOUR_MS) == "Europe/Amsterdam"
    assert zones.at(T + 6 * HOUR_MS) == "America/New_York"


def test_the_hours_touched_are_told(store: Store, origin: Origins, recording: Recordings, beats: SomeBeats) -> None:
    put(store, origin("a"), recording(beats(9_000)))
    first = store.revision
    assert first == 1
    given = beats(9_000)
    assert store.hours_since(0) == tuple(sorted(set((given.t_ms // HOUR_MS).tolist())))
    put(store, origin("b"), recording(given, entries=(Entry(T + 30 * HOUR_MS, "UTC", "tag", "tea"),)))
    assert store.hours_since(first) == (T // HOUR_MS + 30,)  # the beats were known
    store.withdraw(1, T)
    assert set(store.hours_since(2)) == set((given.t_ms // HOUR_MS).tolist())
    assert store.hours_since(store.revision) == ()


def test_results_and_settings_are_kept_and_dropped(store: Store) -> None:
    assert store.derived("rest", "2026-01-02") is None
    store.keep_derived("rest", "2026-01-02", "v1", b"course")
    store.keep_derived("rest", "2026-01-02", "v2", b"newer")
    store.keep_derived("signals", "2026-01-02", "v1", b"clean")
    assert store.derived("rest", "2026-01-02") == ("v2", b"newer")
    store.forget_derived("rest")
    assert store.derived("rest", "2026-01-02") is None
    assert store.derived("signals", "2026-01-02") == ("v1", b"clean")
    store.forget_derived()
    assert store.derived("signals", "2026-01-02") is None
    assert store.setting("lang") is None
    store.keep_setting("lang", "en")
    store.keep_setting("lang", "nl")
    assert store.setting("lang") == "nl"
    assert store.setting("created_ms") == str(T)
    assert store.revision == 0  # no fact changed


def test_half_characters_in_a_text_are_no_reason_to_lose_it(
    store: Store, origin: Origins, recording: Recordings
) -> None:
    put(store, origin(), recording(entries=(Entry(T, "UTC", "tag", "tea\ud800", None, "\x00label"),)))
    assert store.entries() == (Entry(T, "UTC", "tag", "tea?", None, "\x00label"),)


def test_numpy_numbers_are_found_again(store: Store, origin: Origins, recording: Recordings) -> None:
    entry = Entry(np.int64(T), "UTC", "tag", "tea", np.int64(T + 5))  # type: ignore[arg-type]
    put(store, origin(), recording(entries=(entry,)))
    assert store.entries(Span(T, T + 1)) == (Entry(T, "UTC", "tag", "tea", T + 5),)


def test_a_backup_holds_the_same_and_replaces_nothing(
    store: Store, key: bytes, tmp_path: Path, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    put(store, origin(), recording(beats(5_000)))
    store.backup_to(tmp_path / "copy.uitknop")
    with open_store(tmp_path / "copy.uitknop", key) as copy:
        copy.check()
        assert copy.dump_sha256() == store.dump_sha256()
    with pytest.raises(StoreError, match="exists already"):
        store.backup_to(tmp_path / "copy.uitknop")
    assert not list(tmp_path.glob("*.part"))


def test_a_file_opened_for_reading_refuses_to_write(
    store: Store, key: bytes, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    put(store, origin(), recording(beats()))
    with open_store(store.path, key, read_only=True) as reader:
        assert len(reader.recordings()) == 1
        with pytest.raises(StoreError, match="can't be written"):
            reader.keep_setting("lang", "nl")
