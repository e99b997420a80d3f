"""What is at hand is what stands in the file, whoever wrote it and whatever was taken back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.guidance import button_entry, closing_entry, flags_of
from uitknop.person import Secret, make_file
from uitknop.state import read_diary
from uitknop.web.lines import Lines

ZONE = "Europe/Amsterdam"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Any]:
    made, _ = make_file(tmp_path / "person.uitknop", Secret(passphrase="correct horse battery"), now_ms=1)
    with made:
        yield made


def some_lines(chance: random.Random) -> list[Entry]:
    """What a person may say at a moment: harmless taps, and lines that open or close a flag."""
    at_ms = chance.randrange(0, 40) * 1000
    return chance.choice(
        [
            [Entry(at_ms, ZONE, "answer", chance.choice(["fine", "heavy", "crash"]), label="now")],
            [Entry(at_ms, ZONE, "answer", "calmer", label="felt")],
            [
                Entry(at_ms, ZONE, "rest", "passive", at_ms + 900_000, "warm_bottle"),
                Entry(at_ms, ZONE, "posture", "supine", at_ms + 900_000),
            ],
            [Entry(at_ms, ZONE, "rest", "passive", at_ms + 900_000, "ik wil niet meer leven")],
            [Entry(at_ms, ZONE, "answer", chance.choice(["chest_pain", "none"]), label="red_flags/1/signs")],
            [button_entry("suicidality", at_ms, ZONE)],
            [closing_entry(chance.choice(["suicidality", "chest_pain"]), at_ms, ZONE)],
        ]
    )


@pytest.mark.parametrize("seed", range(4))
def test_lines_and_flags_are_those_of_the_file_after_whatever_was_done(store: Any, seed: int) -> None:
    chance, lines, other, batches = random.Random(seed), Lines(), Lines(), []
    for step in range(40):
        what = chance.random()
        if what < 0.6:
            batches.append(lines.write(store, some_lines(chance), step))
        elif what < 0.75 and batches:
            lines.take_back(store, chance.choice(batches), step)
        elif what < 0.9:
            batches.append(other.write(store, some_lines(chance), step))
        else:
            lines.take_back(store, chance.randrange(1000, 2000), step)
        assert tuple(lines.all(store)) == store.entries()
        now = {"now_ms": 10**9, "zone": ZONE}
        assert lines.flags(store, **now) == flags_of(read_diary(store.entries(), **now))


def test_somebody_else_writing_is_noticed_and_own_writing_is_not(store: Any) -> None:
    lines, chance = Lines(), random.Random(1)
    lines.write(store, some_lines(chance), 1)
    batch = lines.write(store, [Entry(77, ZONE, "answer", "fine", label="now")], 1)
    lines.take_back(store, batch, 2)
    lines.all(store)
    assert not lines.overtaken
    Lines().write(store, [Entry(78, ZONE, "answer", "fine", label="now")], 3)
    lines.all(store)
    assert lines.overtaken


def test_a_tap_taken_in_from_the_inbox_can_be_taken_back(store: Any) -> None:
    from uitknop.core import Recording
    from uitknop.store import Origin

    with store.batch(Origin("taps", "", "taps", "", "", 1)) as batch:
        batch.add(Recording("taps", "taps", "UTC", None, (), (Entry(5, ZONE, "answer", "crash", label="now"),)))
    lines = Lines()
    (entry,) = lines.all(store)
    number = lines.batch_of(entry)
    assert number is not None
    assert lines.take_back(store, number, 2)
    assert not lines.all(store)
    assert store.entries() == ()


def test_what_came_from_a_file_is_not_taken_back(store: Any) -> None:
    from uitknop.core import Recording
    from uitknop.store import Origin

    with store.batch(Origin("a.csv", "ab", "csv", "", "", 1)) as batch:
        batch.add(Recording("csv", "a", "UTC", None, (), (Entry(5, ZONE, "tag", "x"),)))
    lines = Lines()
    assert [each.origin.name for each in lines.files(store)] == ["a.csv"]
    assert not lines.take_back(store, batch.id, 2)
    assert [lines.batch_of(entry) for entry in lines.all(store)] == [None]


def test_only_the_lines_that_begin_in_a_stretch_are_between(store: Any) -> None:
    lines = Lines()
    for at_ms in (10, 20, 30):
        lines.write(store, [Entry(at_ms, ZONE, "rest", "passive", at_ms + 15)], 1)
    assert [entry.at_ms for entry in lines.between(store, 15, 30)] == [20]
