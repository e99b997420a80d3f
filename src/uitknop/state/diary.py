"""The diary as this room reads it: one tap a day, answers, notes. The words a line is kept under stand here, once.

| what | kind | label | value |
|---|---|---|---|
| the tap "how is it now?" | answer | `now` | `fine`, `heavy`, `crash`, `skipped` |
| a crash told afterwards | event | any | `crash`, with its end when known |
| what weighs today | event | `load/<domain>` | `0` to `10` |
| a step to another phase, confirmed | event | `phase` | `1`, `2`, `3` |
| something that weighed is solved | event | `stressor` | `solved` |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from uitknop.core import Entry, Value
from uitknop.core.errors import Malformed
from uitknop.core.timeline import day_of
from uitknop.instruments import Answers, Instrument, from_entries, rounds

Found = TypeVar("Found")

NOW = "now"
FINE, HEAVY, CRASH, SKIPPED = "fine", "heavy", "crash", "skipped"
TAPS = (FINE, HEAVY, CRASH, SKIPPED)
"""What the tap can say, the lightest first. In Dutch: gaat, zwaar, crash, overslaan."""

LOAD = "load/"
PHASE = "phase"
STRESSOR, SOLVED = "stressor", "solved"
PROXY = "proxy:"
"""Stands before the value of a line that somebody else wrote."""


@dataclass(frozen=True, slots=True)
class Diary(Value):
    """The lines up to now, in one order whatever order they came in.

    Args:
        entries: by time, each once.
        now_ms: UTC ms; later lines are left out of all but `ahead`.
        today: the person's day now lies in.
        taps: the heaviest tap of each day that has one; days that were skipped have none.
        answers: the lines that answer a list, by "list/version".
        ahead: the lines that carry a later date. A clock may run ahead, so a sign that asks for help is read in them;
            nothing else is.
    """

    entries: tuple[Entry, ...]
    now_ms: int
    today: date
    taps: Mapping[date, str]
    answers: Mapping[str, tuple[Entry, ...]]
    ahead: tuple[Entry, ...] = ()
    _read: dict[tuple[str, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was read of it: many rules ask for the same, and a year of lines takes a while."""

    def once(self, what: tuple[str, ...], read: Callable[[], Found]) -> Found:
        """What is read of this diary, by a name of its own; read when it is first asked for."""
        if what not in self._read:
            self._read[what] = read()
        found: Found = self._read[what]
        return found

    def known(self, days: int) -> int:
        """How many of the last days, today included, have a tap."""
        return self.count(days, (FINE, HEAVY, CRASH))

    def count(self, days: int, said: Iterable[str]) -> int:
        """How many of the last days, today included, were called one of these."""
        words = tuple(said)
        return sum(0 <= (self.today - day).days < days and tap in words for day, tap in self.taps.items())


def read_diary(entries: Iterable[Entry], *, now_ms: int, zone: str) -> Diary:
    """The lines of a person as a diary.

    Args:
        entries: in any order, any number of times.
        now_ms: UTC ms.
        zone: where the person is now, IANA name or fixed offset.
    """
    every = sorted(set(entries), key=_place)
    kept = [entry for entry in every if entry.at_ms <= now_ms]
    taps: dict[date, str] = {}
    answers: dict[str, list[Entry]] = defaultdict(list)
    for entry in kept:
        if entry.kind != "answer":
            continue
        said = said_by(entry)
        if entry.label == NOW and said in (FINE, HEAVY, CRASH):
            day = day_of_entry(entry)
            taps[day] = max(taps.get(day, FINE), said, key=TAPS.index)
        elif "/" in entry.label:
            answers[entry.label.rpartition("/")[0]].append(entry)
    of_list = MappingProxyType({name: tuple(lines) for name, lines in answers.items()})
    return Diary(
        entries=tuple(kept),
        now_ms=now_ms,
        today=day_of(now_ms, zone),
        taps=MappingProxyType(taps),
        answers=of_list,
        ahead=tuple(every[len(kept) :]),
    )


def said_by(entry: Entry) -> str:
    """The value of a line, without the mark of who wrote it."""
    return entry.value.removeprefix(PROXY)


def day_of_entry(entry: Entry) -> date:
    """The person's day a line belongs to."""
    return day_of(entry.at_ms, entry.zone)


def lines_of(diary: Diary, instrument: Instrument) -> tuple[Entry, ...]:
    """Every line that answers this version of a list, in order of time."""
    return diary.answers.get(f"{instrument.id}/{instrument.version}", ())


def readable(diary: Diary, instrument: Instrument) -> tuple[Entry, ...]:
    """The lines that hold an answer to this version of a list; a line that can't be read stays where it is."""

    def read() -> tuple[Entry, ...]:
        holds: dict[tuple[str, str], bool] = {}  # whether a line holds an answer is seen by its words alone
        for entry in lines_of(diary, instrument):
            said = entry.label, entry.value
            if said not in holds:
                holds[said] = _can_be_read(instrument, entry)
        return tuple(entry for entry in lines_of(diary, instrument) if holds[entry.label, entry.value])

    return _once(diary, instrument, "readable", read)


def answers_of(diary: Diary, instrument: Instrument) -> Answers:
    """What was last answered to each item of a list."""

    def read() -> Answers:
        last = {entry.label: entry for entry in readable(diary, instrument)}  # they stand in order of time
        return from_entries(instrument, last.values())

    return _once(diary, instrument, "answers", read)


def rounds_of(diary: Diary, instrument: Instrument) -> tuple[Answers, ...]:
    """The rounds in which a list was answered, in order of time."""
    return _once(diary, instrument, "rounds", lambda: rounds(instrument, readable(diary, instrument)))


def numbers_of(diary: Diary, instrument: Instrument, item: str) -> tuple[tuple[date, float], ...]:
    """Every number answered to an item over time, with its day; one a day, the latest."""
    return tuple(sorted(numbers_by_item(diary, instrument).get(item, {}).items()))


def numbers_by_item(diary: Diary, instrument: Instrument) -> Mapping[str, Mapping[date, float]]:
    """Every number answered to each item that has any, by day; one a day, the latest."""

    def read() -> Mapping[str, Mapping[date, float]]:
        found: dict[str, dict[date, float]] = defaultdict(dict)
        for entry in readable(diary, instrument):
            if said_by(entry).isdecimal():
                found[entry.label.rpartition("/")[2]][day_of_entry(entry)] = float(said_by(entry))
        return MappingProxyType(dict(found))

    return _once(diary, instrument, "numbers", read)


def _once(diary: Diary, instrument: Instrument, what: str, read: Callable[[], Found]) -> Found:
    """What was read of a list, read when it is first asked for."""
    return diary.once((what, instrument.id, instrument.version), read)


def _place(entry: Entry) -> tuple[int, str, str, str, int, str]:
    return entry.at_ms, entry.kind, entry.label, entry.value, entry.end_ms or 0, entry.zone


def _can_be_read(instrument: Instrument, entry: Entry) -> bool:
    try:
        from_entries(instrument, (entry,))
    except Malformed:
        return False
    return True
