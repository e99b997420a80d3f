"""Sleep is counted once, whoever watched it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.report.export.sleep import find_episodes

MIN_MS = 60_000


def stage(value: str, from_min: int, to_min: int) -> Entry:
    return Entry(from_min * MIN_MS, "UTC", "sleep", value, to_min * MIN_MS)


def test_time_awake_between_stages_is_no_sleep() -> None:
    (night,) = find_episodes([stage("light", 0, 60), stage("awake", 60, 90), stage("rem", 90, 150)])
    assert (night.start_ms, night.end_ms, night.asleep_ms) == (0, 150 * MIN_MS, 120 * MIN_MS)


def test_two_devices_that_watch_one_night_do_not_make_two() -> None:
    (night,) = find_episodes([stage("deep", 0, 60), stage("light", 30, 100)])
    assert night.asleep_ms == 100 * MIN_MS


def test_where_stages_are_told_plain_sleep_does_not_hide_the_time_awake() -> None:
    (night,) = find_episodes([stage("asleep", 0, 150), stage("light", 10, 60), stage("rem", 90, 150)])
    assert (night.start_ms, night.asleep_ms) == (0, 120 * MIN_MS)


def test_sleep_goes_on_where_the_watch_that_told_stages_stopped() -> None:
    (night,) = find_episodes([stage("asleep", 0, 420), stage("deep", 0, 60)])
    assert night.asleep_ms == 420 * MIN_MS


def test_time_in_bed_is_no_sleep() -> None:
    assert find_episodes([stage("in_bed", 0, 500), stage("awake", 0, 30)]) == ()


def test_a_nap_hours_later_is_an_episode_of_its_own() -> None:
    assert len(find_episodes([stage("asleep", 0, 400), stage("asleep", 800, 830)])) == 2


@given(st.lists(st.tuples(st.sampled_from(["light", "deep", "asleep", "awake"]), st.integers(0, 900),
                          st.integers(0, 300)), max_size=12), st.randoms())  # fmt: skip
def test_the_order_of_lines_does_not_matter_and_nobody_sleeps_longer_than_the_episode(
    lines: list[tuple[str, int, int]], chance: object
) -> None:
    entries = [stage(value, start, start + long) for value, start, long in lines]
    found = find_episodes(entries)
    chance.shuffle(entries)  # type: ignore[attr-defined]
    assert find_episodes([*entries, *entries]) == found
    for one in found:
        assert 0 < one.asleep_ms <= one.end_ms - one.start_ms
    for before, after in itertools.pairwise(found):
        assert after.start_ms > before.end_ms
