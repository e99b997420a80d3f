"""Laws of the person's file: order, repetition and overlap change nothing; withdrawing leaves what others know."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Beats, Entry, Recording, Samples
from uitknop.store import Kept, Origin, Store, create_store

KEY = bytes(range(32))
HOUR_MS = 3_600_000
ZERO = 1_767_322_800_000 - 40_000
"""A little before the full hour, so that small recordings lie across it."""

some = settings(max_examples=settings.default.max_examples // 3)
"""Each example opens several files."""

N = 120
NIGHT = Beats.from_rr_ms(np.random.default_rng(3).integers(500, 1500, N).astype(float), start_ms=ZERO, device="strap")

Cut = tuple[int, int]
cuts = st.tuples(st.integers(0, N), st.integers(0, N)).map(lambda ends: (min(ends), max(ends)))


def cut(ends: Cut) -> Recording:
    """Rows `first` to `last` of one and the same night: a recording that starts late or ends early."""
    first, last = ends
    rr_ms, t_ms = NIGHT.rr_ms[first:last], NIGHT.t_ms[first:last]
    run = np.zeros(min(1, last - first), np.int64)
    beats = Beats(t_ms, rr_ms, NIGHT.flag[first:last], run, 1.0, "rr_text", "strap")
    return Recording("rr_text", "a", "Europe/Amsterdam", beats)


moments = st.integers(0, 12).map(lambda i: ZERO + i * 7_000)


@st.composite
def oddities(draw: st.DrawFn) -> Recording:
    """A recording that disagrees with others: few moments, several values for each, answers changed."""
    t_ms = sorted(draw(st.lists(moments, min_size=1, max_size=6)))
    value = draw(st.lists(st.sampled_from([60.0, 61.5, 70.0]), min_size=len(t_ms), max_size=len(t_ms)))
    device = draw(st.sampled_from(["watch", "phone"]))
    answers = draw(
        st.lists(st.builds(Entry, moments, st.just("UTC"), st.sampled_from(["answer", "tag"]), st.sampled_from("123")))
    )
    beats = Beats(
        np.array(t_ms[:1]), np.array(value[:1]) * 10, np.zeros(1, np.uint8), np.zeros(1, np.int64), None, "rr_text"
    )
    grade = draw(st.sampled_from("ABCD"))
    clock = draw(st.sampled_from(["Europe/Amsterdam", "+01:00", None]))
    samples = (Samples("heart_rate", np.array(t_ms), np.array(value), device),)
    return Recording("rr_text", "odd", clock, beats, samples, tuple(answers), grade)  # type: ignore[arg-type]


files = st.lists(st.one_of(st.lists(cuts.map(cut), min_size=1, max_size=3), st.lists(oddities(), max_size=2)),
                 min_size=1, max_size=4)  # fmt: skip


def add(store: Store, number: int, pieces: Iterable[Recording]) -> Kept:
    with store.batch(Origin(f"{number}", f"sha-{number}", "rr_text", "1", "", ZERO)) as batch:
        for piece in pieces:
            batch.add(piece)
    return batch.kept


def fresh(folder: str, name: str) -> Store:
    return create_store(Path(folder) / name, KEY, now_ms=0)


def dump_of(given_files: Sequence[Sequence[Recording]], order: Sequence[int]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, fresh(folder, "a") as store:
        for number in order:
            add(store, number, given_files[number])
        return list(store.dump())


@some
@given(files, st.data())
def test_any_order_and_any_repetition_give_the_same_dump(
    given_files: list[list[Recording]], data: st.DataObject
) -> None:
    order = list(range(len(given_files)))
    wanted = dump_of(given_files, order)
    shuffled = data.draw(st.permutations(order + data.draw(st.lists(st.sampled_from(order), max_size=2))))
    assert dump_of(given_files, shuffled) == wanted


@some
@given(st.lists(cuts, min_size=1, max_size=5), st.permutations(range(5)))
def test_overlapping_cuts_become_the_rows_they_cover(ends: list[Cut], order: list[int]) -> None:
    covered = sorted({i for first, last in ends for i in range(first, last)})
    continued = {i for first, last in ends for i in range(first + 1, last)}
    with tempfile.TemporaryDirectory() as folder, fresh(folder, "a") as store:
        for number in order:
            if number < len(ends):
                add(store, number, [cut(ends[number])])
        found = [recording.beats for recording in store.recordings()]
        assert sum(batch.kept.n_new for batch in store.batches()) == len(covered)
    beats = found[0] if found else Beats.from_rr_ms([])
    assert beats is not None
    assert beats.t_ms.tolist() == NIGHT.t_ms[covered].tolist()
    assert beats.rr_ms.tolist() == NIGHT.rr_ms[covered].tolist()
    assert [covered[i] for i in beats.run.tolist()] == [i for i in covered if i not in continued]


@some
@given(files, st.data())
def test_withdrawing_leaves_exactly_what_the_others_know(
    given_files: list[list[Recording]], data: st.DataObject
) -> None:
    order = list(range(len(given_files)))
    gone = data.draw(st.sets(st.sampled_from(order)))
    left = [given_files[number] for number in order if number not in gone]
    with tempfile.TemporaryDirectory() as folder, fresh(folder, "a") as store:
        for number in order:
            add(store, number, given_files[number])
        whole = list(store.dump())
        for number in gone:
            store.withdraw(number + 1, ZERO)
        assert list(store.dump()) == dump_of(left, range(len(left)))
        series = {info.id: info.n for info in store.series()}
        assert sum(series.values()) == sum(_n_of(line) for line in store.dump())
        for number in gone:
            store.reinstate(number + 1)
        assert list(store.dump()) == whole


def _n_of(line: str) -> int:
    kind, *rest = json.loads(line)
    return int(rest[6]) if kind == "rows" else 0


@some
@given(files)
def test_adding_what_was_withdrawn_brings_it_back(given_files: list[list[Recording]]) -> None:
    with tempfile.TemporaryDirectory() as folder, fresh(folder, "a") as store:
        for number, pieces in enumerate(given_files):
            add(store, number, pieces)
        whole = list(store.dump())
        store.withdraw(1, ZERO)
        kept = add(store, 0, given_files[0])
        assert list(store.dump()) == whole
        gone, back = store.batches()[0].kept, kept
        assert back.n_new + back.n_aside <= gone.n_new + gone.n_aside  # the others may know some of it


@some
@given(files)
def test_every_fact_is_counted_once(given_files: list[list[Recording]]) -> None:
    with tempfile.TemporaryDirectory() as folder, fresh(folder, "a") as store:
        for number, pieces in enumerate(given_files):
            kept = add(store, number, pieces)
            given = sum(
                (len(piece.beats) if piece.beats else 0) + sum(map(len, piece.samples)) + len(piece.entries)
                for piece in pieces
            )
            assert kept.n_new + kept.n_known + kept.n_aside == given
        assert sum(info.n for info in store.series()) == sum(_n_of(line) for line in store.dump())
        kept = [batch.kept for batch in store.batches()]
        assert len(store.aside(10_000)) == sum(one.n_aside for one in kept)
        n_entries = sum('["entry"' in line for line in store.dump())
        assert sum(one.n_new + one.n_aside for one in kept) == sum(map(_n_of, store.dump())) + n_entries


def heart_rate(value: float, t_ms: int = ZERO) -> Recording:
    samples = Samples("heart_rate", np.array([t_ms]), np.array([value]))
    answer = Entry(t_ms, "UTC", "answer", str(int(value)), None, "fatigue")
    return Recording("rr_text", "a", "UTC", None, (samples,), (answer,))


def said(store: Store) -> tuple[list[float], list[str]]:
    values = [value for recording in store.recordings() for value in recording.samples[0].value.tolist()]
    return values, [entry.value for entry in store.entries()]


def test_of_two_payloads_the_first_counts_and_the_other_is_kept_aside(tmp_path: Path) -> None:
    with fresh(str(tmp_path), "a") as store:
        assert add(store, 0, [heart_rate(60.0)]) == Kept(n_new=2)
        assert add(store, 1, [heart_rate(70.0)]) == Kept(n_aside=2)
        assert add(store, 2, [heart_rate(70.0)]) == Kept(n_known=2)
        assert said(store) == ([60.0], ["60"])
        assert [(one.counts, one.aside) for one in store.aside()] == [("60.0", "70.0"), ("60", "70")]
        assert len(store.aside(1)) == 1
        store.withdraw(1, ZERO)
        assert said(store) == ([70.0], ["70"])
        assert store.aside() == ()
        store.withdraw(2, ZERO)
        assert said(store) == ([70.0], ["70"])  # the third file knows it too
        store.reinstate(1)
        assert said(store) == ([60.0], ["60"])


def test_two_values_of_one_moment_in_one_file_are_both_kept(tmp_path: Path) -> None:
    samples = Samples("heart_rate", np.full(3, ZERO), np.array([61.0, 60.0, 61.0]))
    with fresh(str(tmp_path), "a") as store:
        assert add(store, 0, [Recording("rr_text", "a", "UTC", None, (samples,))]) == Kept(1, 1, 1)
        assert said(store)[0] == [60.0]
        assert [(one.counts, one.aside) for one in store.aside()] == [("60.0", "61.0")]
        assert add(store, 1, [Recording("rr_text", "a", "UTC", None, (samples,))]) == Kept(0, 3, 0)


def test_a_file_read_another_way_takes_the_place_of_its_first_reading(tmp_path: Path) -> None:
    with fresh(str(tmp_path), "a") as store:
        add(store, 0, [heart_rate(60.0)])
        with store.batch(Origin("0", "sha-0", "rr_text", "2", "zone=UTC", ZERO)) as batch:
            batch.supersede(1)
            assert batch.add(heart_rate(60.0, ZERO + HOUR_MS)) == Kept(n_new=2)
        assert [one.t_ms.tolist() for recording in store.recordings() for one in recording.samples] == [
            [ZERO + HOUR_MS]
        ]
        assert [info.id for info in store.batch_of("sha-0")] == [2]
        hour = ZERO // HOUR_MS
        assert store.hours_since(1) == (hour, hour + 1)


def test_a_chunk_never_grows_beyond_what_it_may_hold(tmp_path: Path) -> None:
    """More rows of one day than one chunk holds, all at two moments, so that keys repeat across chunks as well."""
    n = 2**20 + 3
    t_ms = ZERO + (np.arange(n) >= n // 2) * 1
    samples = Samples("acceleration", t_ms, np.arange(n, dtype=float))
    with fresh(str(tmp_path), "a") as store:
        assert add(store, 0, [Recording("x", "a", "UTC", None, (samples,))]) == Kept(2, 0, n - 2)
        assert store.series()[0].n == n
        assert [one.value.tolist() for one in store.recordings()[0].samples] == [[0.0, float(n // 2)]]
