"""The diary is the same in any order, keeps the heaviest tap of a day, and does not look ahead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.instruments import instrument
from uitknop.state.diary import FINE, HEAVY, NOW, SKIPPED, answers_of, numbers_of, read_diary


@pytest.mark.parametrize("order", [(FINE, HEAVY), (HEAVY, FINE)])
def test_the_heaviest_tap_of_a_day_counts(lines: Any, order: tuple[str, ...]) -> None:
    taps = [Entry(lines.at(0, 9 + place), lines.zone, "answer", said, label=NOW) for place, said in enumerate(order)]
    assert list(lines.diary(taps).taps.values()) == [HEAVY]


def test_a_skipped_day_is_not_a_fine_day(lines: Any) -> None:
    diary = lines.diary([Entry(lines.at(1), lines.zone, "answer", SKIPPED, label=NOW)])
    assert not diary.taps
    assert diary.known(7) == 0


def test_a_tap_after_midnight_belongs_to_the_evening(lines: Any) -> None:
    late = Entry(lines.at(0, 3), lines.zone, "answer", HEAVY, label=NOW)
    [day] = lines.diary([late]).taps
    assert (lines.diary([]).today - day).days == 1


def test_what_lies_after_now_does_not_count(lines: Any) -> None:
    ahead = replace(lines.taps("h")[0], at_ms=lines.now_ms + 1)
    diary = lines.diary([ahead])
    assert (diary.entries, diary.taps) == ((), {})
    assert diary.ahead == (ahead,)


def test_a_tap_by_a_proxy_counts(lines: Any) -> None:
    assert list(lines.diary([replace(lines.taps("h")[0], value="proxy:heavy")]).taps.values()) == [HEAVY]


def test_one_line_given_twice_is_one_line(lines: Any) -> None:
    assert len(lines.diary([*lines.taps("f"), *lines.taps("f")]).entries) == 1


def test_the_last_answer_of_a_day_is_its_number(lines: Any) -> None:
    early, late = (
        replace(lines.answer("energy", "energy", value), at_ms=lines.at(0, hour)) for value, hour in ((8, 9), (3, 18))
    )
    [(_, points)] = numbers_of(lines.diary([late, early]), instrument("energy"), "energy")
    assert points == 3


def test_a_line_that_can_not_be_read_is_left_where_it_is(lines: Any) -> None:
    bad = replace(lines.answer("energy", "energy", 4), value="eleven")
    diary = lines.diary([bad, lines.answer("energy", "fatigue", 6)])
    assert answers_of(diary, instrument("energy")).value("fatigue") == 6
    assert bad in diary.entries


@given(word=st.text("fhc.", max_size=12), seed=st.randoms(use_true_random=False))
def test_order_does_not_matter(lines: Any, word: str, seed: Any) -> None:
    entries = lines.taps(word)
    mixed = entries[:]
    seed.shuffle(mixed)
    assert lines.diary(mixed) == read_diary(entries, now_ms=lines.now_ms, zone=lines.zone)
