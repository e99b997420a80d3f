"""Two programs on one file: whoever judges, nothing that was judged on older facts or other lines stays for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from uitknop.core import Entry, Findings, Recording
from uitknop.core.errors import Busy, NotWritable
from uitknop.person import Secret, findings_of, judge_touched, lines_hold, make_file, open_file, take_in
from uitknop.store import KeyFile, Origin, Store, add_tap, inbox_path, keys_path

NOW_MS = 1_780_000_000_000
Write = Callable[..., Path]
FIRST = date(2026, 3, 2)
HELD = (Entry(0, "UTC", "condition", "pacemaker"),)


class Stop(Exception):
    """A window that is closed while it works."""


def stop_at(number: int) -> Callable[[int, int], None]:
    def stop(done: int, whole: int) -> None:
        if done == number:
            raise Stop

    return stop


@pytest.fixture
def day(watch: Write) -> Callable[..., Path]:
    """A file with hours of one day."""

    def write(number: int, minutes: int = 60, hour: int = 13) -> Path:
        when = FIRST + timedelta(days=number)
        return watch(f"{when}-{hour}.csv", f"{when}T{hour:02d}:00:00", minutes, seed=number)

    return write


@pytest.fixture
def other(store: Store, path: Path, secret: Secret) -> Iterator[Store]:
    """The same file in another window."""
    with open_file(path, secret, now_ms=NOW_MS, wait_s=0.01) as opened:
        yield opened


def take(store: Store, *paths: Path, now_ms: int = NOW_MS) -> None:
    taken = take_in(store, paths, now_ms=now_ms, zone="UTC")
    assert {each.outcome for each in taken} <= {"new", "known"}


def told(findings: Findings) -> str:
    kept = (findings.recordings, findings.verdicts, findings.pooled, findings.scale, findings.anchors)
    return repr(kept).replace("once.", "person.")


def judged(store: Store) -> list[int]:
    return [(each - FIRST).days for each in judge_touched(store).judged]


@pytest.fixture
def truth(tmp_path: Path, secret: Secret) -> Callable[..., str]:
    """What is found when all is taken in at once, and judged once."""

    def at_once(*paths: Path) -> str:
        made, _ = make_file(tmp_path / "once.uitknop", secret, now_ms=NOW_MS)
        with made:
            take(made, *paths)
            judge_touched(made)
            return told(findings_of(made))

    return at_once


def test_a_condition_that_was_told_once_leaves_nothing_when_stopped(store: Store, day: Write) -> None:
    take(store, *(day(number, 600, 8) for number in range(3)))
    judge_touched(store)
    before = told(findings_of(store))
    with pytest.raises(Stop):
        judge_touched(store, held=HELD, on_progress=stop_at(2))
    assert told(findings_of(store)) != before
    assert judged(store) == [0, 1]
    assert told(findings_of(store)) == before
    assert judged(store) == []


def test_what_comes_in_while_a_day_is_judged_is_judged_with_it(
    store: Store, other: Store, day: Write, truth: Callable[..., str]
) -> None:
    morning, evening = day(0, 200, 8), day(0, 200, 15)
    take(store, morning)
    seen: list[str] = []

    def another_window(done: int, whole: int) -> None:
        if not seen:
            take(other, evening, now_ms=NOW_MS + 1)
            judge_touched(other)
            seen.append(told(findings_of(other)))

    judge_touched(store, on_progress=another_window)
    assert told(findings_of(store)) == seen[0] == truth(morning, evening)
    assert judged(store) == []


def test_what_comes_in_while_a_day_is_judged_is_judged_when_nobody_else_does(
    store: Store, other: Store, day: Write, truth: Callable[..., str]
) -> None:
    files = [day(0, 200, 8), day(0, 200, 15), day(1)]
    take(store, files[0])
    came: list[int] = []

    def another_window(done: int, whole: int) -> None:
        if not came:
            came.append(done)
            take(other, *files[1:], now_ms=NOW_MS + 1)

    done = judge_touched(store, on_progress=another_window)
    assert (done.n_days, [(each - FIRST).days for each in done.judged]) == (2, [0, 1])
    assert told(findings_of(store)) == truth(*files)


@pytest.mark.parametrize("read", ["entries", "hours_since", "revision"])
def test_what_comes_in_while_it_is_looked_up_what_to_do_is_not_forgotten(
    read: str,
    store: Store,
    other: Store,
    day: Write,
    truth: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take(store, day(0))
    came: list[str] = []

    def after(found: object) -> object:
        if not came:
            came.append(read)
            with suppress(Busy):  # where the look-up keeps others out, it comes in later
                take_in(other, [day(5)], now_ms=NOW_MS + 1, zone="UTC")
        return found

    plain = getattr(Store, read)
    if read == "revision":
        slow: object = property(lambda of: after(plain.fget(of)))
    else:
        slow = lambda of, *args: after(plain(of, *args))  # noqa: E731
    monkeypatch.setattr(Store, read, slow)
    judge_touched(store)
    monkeypatch.undo()
    assert came == [read]
    take(other, day(5), now_ms=NOW_MS + 1)
    judge_touched(store)
    assert told(findings_of(store)) == truth(day(0), day(5))


def test_of_two_that_judge_each_leaves_what_the_other_did(store: Store, other: Store, day: Write) -> None:
    take(store, *(day(number) for number in range(5)))
    began: list[int] = []

    def another_window(done: int, whole: int) -> None:
        if not began:
            began.append(done)
            with pytest.raises(Stop):
                judge_touched(other, on_progress=stop_at(3))
        elif done == 1:
            raise Stop

    with pytest.raises(Stop):
        judge_touched(store, on_progress=another_window)
    assert judged(store) == [3, 4]
    assert judged(other) == []


def test_a_day_judged_without_a_condition_does_not_stay_among_those_judged_with_it(
    store: Store, other: Store, day: Write
) -> None:
    take(store, *(day(number, 600, 8) for number in range(3)))
    began: list[str] = []

    def another_window(done: int, whole: int) -> None:
        if not began:
            judge_touched(other, held=HELD)
            began.append(told(findings_of(other)))

    with pytest.raises(Busy, match="other conditions"):
        judge_touched(store, on_progress=another_window)
    assert told(findings_of(store)) == began[0]
    assert judged(store) == [0, 1, 2]
    assert told(findings_of(store)) != began[0]


def test_a_medicine_that_comes_in_meanwhile_is_minded(store: Store, other: Store, day: Write) -> None:
    take(store, *(day(number, 600, 8) for number in range(2)))
    came: list[int] = []

    def another_window(done: int, whole: int) -> None:
        if not came:
            came.append(done)
            line = Entry(0, "UTC", "medication", "digoxin")
            with other.batch(Origin("d", "d", "diary", "1", "", NOW_MS)) as batch:
                batch.add(Recording("diary", "d", "UTC", None, (), (line,)))
            judge_touched(other)

    judge_touched(store, on_progress=another_window)
    assert {each.answer for each in findings_of(store).verdicts} == {"cannot_tell"}
    assert judged(store) == []


def test_who_is_overtaken_again_and_again_gives_up(store: Store, other: Store, day: Write) -> None:
    take(store, day(0))
    number = 0

    def another_window(done: int, whole: int) -> None:
        nonlocal number
        number += 1
        take(other, day(number), now_ms=NOW_MS + number)

    with pytest.raises(Busy, match="Another window or program"):
        judge_touched(store, on_progress=another_window)
    assert judged(store) == list(range(number + 1))


def writes(store: Store) -> Any:
    return store.batch(Origin("a", "a", "", "", "", NOW_MS))


def test_while_another_writes_what_is_known_can_be_read_and_nothing_is_due(
    store: Store, other: Store, day: Write
) -> None:
    take(store, day(0))
    judge_touched(store)
    with writes(store):
        assert judged(other) == []
        assert told(findings_of(other)) == told(findings_of(store)) != ""


def test_while_another_writes_what_is_due_can_not_be_judged(store: Store, other: Store, day: Write) -> None:
    take(store, day(0))
    judge_touched(store)
    before = told(findings_of(store))
    take(store, day(9), now_ms=NOW_MS + 1)
    with writes(store):
        with pytest.raises(Busy):
            judge_touched(other)
        assert told(findings_of(other)) == before
    assert judged(other) == [9]


def fill(store: Store) -> None:
    for number in range(10_000):
        store.keep_derived("filling", str(number), "", bytes(50))


def test_with_a_full_disk_what_is_due_can_not_be_judged(store: Store, day: Write) -> None:
    take(store, day(0))
    judge_touched(store)
    before = told(findings_of(store))
    take(store, day(9, 600, 8), now_ms=NOW_MS + 1)
    store._db.execute("pragma max_page_count = 1")  # no page more than there are
    with pytest.raises(NotWritable, match="full"):
        fill(store)
    with pytest.raises(NotWritable, match="full"):
        judge_touched(store)
    assert told(findings_of(store)) == before
    store._db.execute("pragma max_page_count = 1000000")
    assert judged(store) == [9]


def test_findings_that_are_kept_hold_only_for_the_lines_they_were_made_with(store: Store, day: Write) -> None:
    assert lines_hold(store)
    assert not lines_hold(store, HELD)
    take(store, *(day(number) for number in range(2)))
    assert lines_hold(store)
    judge_touched(store)
    with pytest.raises(Stop):
        judge_touched(store, held=HELD, on_progress=stop_at(1))
    assert not lines_hold(store)
    assert not lines_hold(store, HELD)
    judge_touched(store, held=HELD)
    assert lines_hold(store, HELD)
    assert not lines_hold(store)


def test_taps_wait_while_another_writes(store: Store, path: Path, secret: Secret) -> None:
    tap = Entry(NOW_MS, "UTC", "rest", "nsdr", NOW_MS + 60_000)
    add_tap(inbox_path(path), KeyFile.load(keys_path(path)).inbox_public_key, tap)
    with writes(store), open_file(path, secret, now_ms=NOW_MS, wait_s=0.01) as late:
        assert late.entries() == ()
    with open_file(path, secret, now_ms=NOW_MS) as late:
        assert [each.kind for each in late.entries()] == ["rest"]
