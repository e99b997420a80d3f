"""The zones of the files that count, whoever wrote them last."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Beats, Recording
from uitknop.store import Origin, Store, driver, open_store, sql
from uitknop.store.zones import read_zones

Origins = Callable[..., Origin]
Recordings = Callable[..., Recording]
SomeBeats = Callable[..., Beats]

T = 1_767_322_800_000
HOUR_MS = 3_600_000


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.sampled_from(["+01:00", "+02:00", "Asia/Tokyo", "Europe/Paris"]), st.integers(1, 3)
        ),
        max_size=12,
        unique=True,
    )
)
def test_of_one_moment_the_first_place_counts_and_then_the_first_offset(told: list[tuple[int, str, int]]) -> None:
    db = driver.connect(":memory:", isolation_level=None)
    db.execute("create table batch (id integer primary key, withdrawn_ms integer)")
    db.execute("create table zone (at_ms integer, zone text, batch_id integer)")
    db.executemany("insert into batch values (?, ?)", [(1, None), (2, None), (3, 77)])
    db.executemany(sql.ADD_ZONE, told)
    counting = [(at_ms, "/" not in zone, zone) for at_ms, zone, batch in told if batch != 3]
    found = read_zones(db)
    if not counting:
        assert found is None
        return
    assert found is not None
    best = {at_ms: min(one for one in counting if one[0] == at_ms)[2] for at_ms, _, _ in counting}
    assert {at_ms: found.at(at_ms) for at_ms in best} == best
    assert all(one != other for one, other in zip(found.zones, found.zones[1:], strict=False))


@pytest.mark.parametrize("other", [True, False])
def test_zones_that_were_written_since_are_seen(
    store: Store, key: bytes, origin: Origins, recording: Recordings, beats: SomeBeats, other: bool
) -> None:
    with store.batch(origin("a")) as batch:
        batch.add(recording(beats()))
    before = store.zone_line()
    assert before is not None
    assert before.zones == ("Europe/Amsterdam",)
    later = recording(beats(start_ms=T + HOUR_MS), clock="America/New_York")
    with open_store(store.path, key) as second, (second if other else store).batch(origin("b")) as batch:
        batch.add(later)
    after = store.zone_line()
    assert after is not None
    assert after.zones == ("Europe/Amsterdam", "America/New_York")
    assert [each.clock for each in store.recordings()] == ["Europe/Amsterdam"]


def test_zones_of_a_change_that_was_taken_back_are_forgotten(
    store: Store, origin: Origins, recording: Recordings, beats: SomeBeats
) -> None:
    with store.batch(origin("a")) as batch:
        batch.add(recording(beats()))
    (first,) = store.batches()

    within = []
    with contextlib.suppress(InterruptedError), store.batch(origin("b")):
        store.withdraw(first.id, T)
        within.append(store.zone_line())
        raise InterruptedError
    assert within == [None]
    assert store.zone_line() is not None
