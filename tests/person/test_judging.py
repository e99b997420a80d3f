"""Only what changed is judged again, and judged bit by bit it is the same as at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

import uitknop
from uitknop.core import Entry, Findings, Recording, Span
from uitknop.core.timeline import day_span
from uitknop.person import Secret, findings_of, judge_touched, make_file, take_in, undo_last, zone_of
from uitknop.person.agenda import REACH_DAYS, Agenda, days_of
from uitknop.rest import DayScale, DaySketch
from uitknop.store import Origin, Store
from uitknop.walk import scale_of_day

NOW_MS = 1_780_000_000_000
Write = Callable[..., Path]
DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)


@pytest.fixture
def day(watch: Write) -> Callable[..., Path]:
    """A file with an hour of one day."""

    def write(number: int, minutes: int = 60) -> Path:
        when = FIRST + number * DAY
        return watch(f"{when}.csv", f"{when}T13:00:00", minutes, seed=number)

    return write


def take(store: Store, *paths: Path, now_ms: int = NOW_MS) -> None:
    taken = take_in(store, paths, now_ms=now_ms, zone="UTC")
    assert {each.outcome for each in taken} <= {"new", "known"}


def judged(store: Store) -> list[int]:
    return [(each - FIRST).days for each in judge_touched(store).judged]


def test_a_new_day_is_judged_and_no_other(store: Store, day: Write) -> None:
    take(store, day(0), day(1), day(2))
    assert judged(store) == [0, 1, 2]
    assert judged(store) == []
    take(store, day(9), now_ms=NOW_MS + 1)
    assert judged(store) == [9]
    take(store, day(9), now_ms=NOW_MS + 2)
    assert judged(store) == []


def test_an_old_day_that_comes_in_later_is_judged_in_its_place(store: Store, day: Write) -> None:
    take(store, day(0), day(5))
    judge_touched(store)
    take(store, day(2), now_ms=NOW_MS + 1)
    assert 2 in judged(store)
    assert judge_touched(store).n_days == 3


def test_days_beyond_the_reach_of_a_change_are_not_even_looked_at(
    store: Store, day: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(store, day(0), day(30), day(REACH_DAYS + 1), day(REACH_DAYS + 9))
    judge_touched(store)
    looked: list[int] = []
    look = scale_of_day

    def counted(span: Span, sketches: Sequence[DaySketch]) -> DayScale:
        looked.append(1)
        return look(span, sketches)

    monkeypatch.setattr("uitknop.person.judging.scale_of_day", counted)
    take(store, day(0, 90), now_ms=NOW_MS + 1)
    assert set(judged(store)) <= {0, 30}
    assert len(looked) == 2


def test_with_other_code_every_day_is_judged_again(store: Store, day: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    take(store, day(0), day(1))
    judge_touched(store)
    monkeypatch.setattr("uitknop.person.ground.code_stamp", lambda: "other code")
    assert judged(store) == [0, 1]
    assert judged(store) == []


def test_with_another_zone_every_day_is_judged_again(store: Store, day: Write) -> None:
    take(store, day(0), day(1))
    judge_touched(store)
    store.keep_setting("zone", "Asia/Tokyo")
    assert zone_of(store) == "Asia/Tokyo"
    assert len(judged(store)) == 2


def test_a_medicine_that_was_told_bears_on_every_later_day(store: Store, day: Write) -> None:
    take(store, *(day(number) for number in (0, 1, 2, 80)))
    judge_touched(store)
    line = Entry(1_772_568_000_000, "UTC", "medication", "digoxin")  # 3 March 2026, 20:00 UTC
    with store.batch(Origin("d", "d", "diary", "1", "", NOW_MS)) as batch:
        batch.add(Recording("diary", "d", "UTC", None, (), (line,)))
    assert judged(store) == [1, 2, 80]
    held = (Entry(0, "UTC", "condition", "pacemaker"),)
    assert [(each - FIRST).days for each in judge_touched(store, held=held).judged] == [0, 1, 2, 80]
    assert judged(store) == [0, 1, 2, 80]


def test_stopped_after_any_day_it_goes_on_where_it_was(
    store: Store, tmp_path: Path, secret: Secret, day: Write
) -> None:
    days = [day(number) for number in range(4)]
    take(store, *days)
    judge_touched(store)
    take(store, *(day(number, 90) for number in range(4)), now_ms=NOW_MS + 1)

    def stop_after_one(done: int, whole: int) -> None:
        if done == 1 < whole:
            raise KeyboardInterrupt

    again: list[date] = []
    stops = 0
    while not again:
        try:
            again += judge_touched(store, on_progress=stop_after_one).judged
        except KeyboardInterrupt:
            stops += 1
    assert stops == 3
    assert again == [FIRST + 3 * DAY]
    once, _ = make_file(tmp_path / "once.uitknop", secret, now_ms=NOW_MS)
    with once:
        take(once, *days, *(day(number, 90) for number in range(4)))
        judge_touched(once)
        assert told(findings_of(once)) == told(findings_of(store))


def told(findings: Findings) -> str:
    return repr((findings.verdicts, findings.pooled, findings.scale, findings.anchors)).replace("once.", "person.")


def test_the_order_in_which_files_come_changes_no_finding(
    store: Store, tmp_path: Path, secret: Secret, day: Write
) -> None:
    files = [day(number, 200) for number in range(5)]
    for file in files[::-1]:
        take(store, file)
        judge_touched(store)
    other, _ = make_file(tmp_path / "person.uitknop", secret, now_ms=NOW_MS)
    with other:
        take(other, *files)
        judge_touched(other)
        assert told(findings_of(other)) == told(findings_of(store))
        assert len(findings_of(store).recordings) == 1


def test_what_was_taken_back_is_no_longer_found(store: Store, day: Write) -> None:
    take(store, day(0, 600))
    take(store, day(3, 600), now_ms=NOW_MS + 1)
    judge_touched(store)
    with_both = findings_of(store)
    undo_last(store, now_ms=NOW_MS + 2)
    assert judged(store) == [3]
    assert findings_of(store).recordings[0].duration_s < with_both.recordings[0].duration_s
    take(store, day(3, 600), now_ms=NOW_MS + 3)
    judge_touched(store)
    assert told(findings_of(store)) == told(with_both)


def test_findings_can_begin_with_a_day(store: Store, day: Write) -> None:
    take(store, day(0), day(4))
    judge_touched(store)
    (all_of_it,) = findings_of(store).recordings
    (later,) = findings_of(store, since=FIRST + 2 * DAY).recordings
    assert later.start_ms > all_of_it.start_ms
    assert findings_of(store, since=FIRST + 9 * DAY).recordings == ()


def test_what_was_kept_of_a_day_and_is_damaged_is_made_again(store: Store, day: Write) -> None:
    take(store, day(0))
    judge_touched(store)
    before = findings_of(store)
    span = day_span(FIRST, "UTC")
    kept = store.derived("day", str(span.start_ms))
    assert kept is not None
    store.keep_derived("day", str(span.start_ms), kept[0], b"garbled")
    assert findings_of(store).recordings == ()
    take(store, day(1), now_ms=NOW_MS + 1)
    assert judged(store) == [0, 1]
    assert findings_of(store).recordings[0].start_ms == before.recordings[0].start_ms


def test_an_empty_file_has_nothing_to_judge(store: Store) -> None:
    assert judge_touched(store).n_days == 0
    assert findings_of(store).verdicts == ()
    assert zone_of(store) == "UTC"


def test_an_hour_in_which_a_day_begins_lies_in_two() -> None:
    half_past = days_of([1_772_404_200_000 // 3_600_000], "Asia/Kolkata")  # 1 March 2026, 22:00 UTC is 03:30 there
    assert half_past == [date(2026, 3, 1), date(2026, 3, 2)]
    assert days_of([1_772_404_200_000 // 3_600_000], "UTC") == [date(2026, 3, 1)]


def test_an_agenda_reaches_as_far_as_days_lean_on_each_other() -> None:
    nothing = Agenda()
    assert not nothing.reaches(FIRST)
    agenda = nothing.with_days([FIRST + 3 * DAY]).with_days([FIRST])
    assert [agenda.reaches(FIRST + n * DAY) for n in (-1, 0, 3 + REACH_DAYS, 4 + REACH_DAYS)] == [
        False,
        True,
        True,
        False,
    ]
    assert not agenda.after(FIRST).reaches(FIRST)
    assert agenda.after(FIRST).again == {FIRST + 3 * DAY}


def test_only_code_that_decides_about_a_day_makes_it_judged_again() -> None:
    from uitknop.person.ground import DECIDING, code_stamp

    package = Path(uitknop.__path__[0])
    for place in DECIDING:
        assert (package / place).exists(), place
    # What judging a day imports of its own house has to be among them.
    days = (package / "walk/days.py").read_text(encoding="utf-8")
    asked = set(re.findall(r"^from uitknop\.([\w.]+) import", days, flags=re.M))
    rooms = {place.removesuffix(".py").replace("/", ".") for place in DECIDING}
    assert all(any(name == room or name.startswith(room + ".") for room in rooms) for name in asked), asked
    assert len(code_stamp()) == 16
