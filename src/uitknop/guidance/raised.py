"""Which red flags does the diary raise? Answers, the button, words in free text; and what the person closed.

| line | kind | label | value |
|---|---|---|---|
| an answer to a list that can raise a flag | `answer` | `list/version/item` | as the room `instruments` keeps it |
| a button, such as "I think of suicide" | `event` | `sign/<sign>` | anything |
| words in free text | any but an answer | anything | anything |
| closed by the person | `event` | `flag/<sign>` | `discussed` or `known` |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from uitknop.core import Entry
from uitknop.core.errors import Malformed
from uitknop.guidance.help_actions import action_of
from uitknop.guidance.own_words import speaks_of_suicide
from uitknop.guidance.red_flags import SUICIDALITY, By, Closed, OpenFlag, Raised, Raises, open_flags
from uitknop.instruments import Flag, Instrument, flags, from_entries, official_instruments, own_instruments
from uitknop.instruments.condition import Given, holds
from uitknop.state import Diary
from uitknop.state.diary import NOW, TAPS, lines_of, said_by

SIGN = "sign/"
FLAG = "flag/"
DISCUSSED, KNOWN = "discussed", "known"
PROXY = "proxy:"
_OURS = (SIGN, FLAG, "proposal/", "request/", "load/")
"""Labels whose lines hold codes and not the person's own words."""


def flags_of(diary: Diary) -> tuple[OpenFlag, ...]:
    """The flags that are open, the most urgent first; those that only adapt what is offered are among them.

    A sign stays open until the person closes it, whatever is answered later. What only adapts (pregnancy, under 18,
    lying in bed most of the day) follows the last answer.
    """
    return open_flags([*_answered(diary), *_said(diary.entries)], _closed(diary.entries))


def waiting(found: Iterable[OpenFlag]) -> tuple[str, ...]:
    """The signs for which everything else waits: what `state_of` takes as its open flags."""
    return tuple(flag.id for flag in found if action_of(flag.id).waits)


def button_entry(sign: str, at_ms: int, zone: str) -> Entry:
    """The line of a button that raises a sign, such as suicidality."""
    return Entry(at_ms, zone, "event", "pressed", label=f"{SIGN}{sign}")


def closing_entry(sign: str, at_ms: int, zone: str, *, known: bool = False) -> Entry:
    """The line of the person's word that a sign was talked about, or has been known for long."""
    return Entry(at_ms, zone, "event", KNOWN if known else DISCUSSED, label=f"{FLAG}{sign}")


def _answered(diary: Diary) -> Iterator[Raises]:
    """What each answer raised when it was given, and what the last answers of a list raise together."""
    for one in _lists():
        lines = lines_of(diary, one)
        each = [_flags(one, (line,)) for line in lines]
        readable = tuple(line for line, found in zip(lines, each, strict=True) if found is not None)
        yield from _flags(one, readable) or ()
        for found in each:
            yield from (flag for flag in found or () if action_of(flag.id).waits)
        lost = {entry for entry in diary.entries if entry.label.startswith(f"{one.id}/")} - set(readable)
        for line in sorted(lost, key=lambda entry: entry.at_ms):
            yield from _unreadable(one, line)


@lru_cache(maxsize=1)
def _lists() -> tuple[Instrument, ...]:
    return tuple(one for one in (*own_instruments(), *official_instruments()) if one.flags)


def _flags(instrument: Instrument, lines: tuple[Entry, ...]) -> tuple[Flag, ...] | None:
    """The flags of some lines; None when one of them can't be read."""
    try:
        return flags(instrument, from_entries(instrument, lines))
    except Malformed:
        return None


def _unreadable(instrument: Instrument, line: Entry) -> Iterator[Raised]:
    """Signs in an answer that can't be read, or of another version: nothing is counted from it, and no sign is lost."""
    item, said = line.label.rpartition("/")[2], line.value.removeprefix(PROXY)
    value: Given = int(said) if said.isascii() and said.isdecimal() else tuple(said.split(","))
    for rule in instrument.flags:
        if action_of(rule.id).waits and holds(rule.when, {item: value}.get) is True:
            yield Raised(rule.id, line.at_ms, _by(line))


def _by(entry: Entry) -> By:
    return "proxy" if entry.value.startswith(PROXY) else "self"


def _said(entries: Iterable[Entry]) -> Iterator[Raised]:
    heard: dict[str, bool] = {}  # a year of nights says the same few words thousands of times
    for entry in entries:
        if entry.kind == "event" and entry.label.startswith(SIGN):
            yield Raised(entry.label.removeprefix(SIGN), entry.at_ms, _by(entry))
        elif _own_words(entry):
            text = f"{entry.label} . {entry.value}"
            if text not in heard:
                heard[text] = speaks_of_suicide(text)
            if heard[text]:
                yield Raised(SUICIDALITY, entry.at_ms, _by(entry))


def _own_words(entry: Entry) -> bool:
    """Whether a line may hold words of a person. An answer is a code, unless its label is of no list and no tap."""
    coded = entry.label.startswith(_OURS) or (entry.kind == "answer" and "/" in entry.label)
    return not coded and not (entry.label == NOW and said_by(entry) in TAPS)


def _closed(entries: Iterable[Entry]) -> Iterator[Closed]:
    for entry in entries:
        # Whoever answers for another can't close what stands open for that other.
        if entry.kind == "event" and entry.label.startswith(FLAG) and entry.value in (DISCUSSED, KNOWN):
            yield Closed(entry.label.removeprefix(FLAG), entry.at_ms, entry.value == KNOWN)
