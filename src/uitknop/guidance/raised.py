"""Which red flags does the diary raise? Answers, the button, words in free text; and what the person closed.

| line | kind | label | value |
|---|---|---|---|
| an answer to a list that can raise a flag | `answer` | `list/version/item` | as the room `instruments` keeps it |
| a button, such as "I think of suicide" | `event` | `sign/<sign>` | anything |
| words in free text | any | anything | anything |
| closed by the person | `event` | `flag/<sign>` | `discussed` or `known` |

A sign counts whatever its date, for a clock may run ahead; a closing counts once its date has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from uitknop.core import Entry
from uitknop.core.errors import Malformed
from uitknop.guidance.garbled import by_whom, pressed_sign, signs_in
from uitknop.guidance.help_actions import action_of, known_signs
from uitknop.guidance.own_words import speaks_of_suicide
from uitknop.guidance.red_flags import SUICIDALITY, Closed, OpenFlag, Raised, Raises, open_flags
from uitknop.instruments import Flag, Instrument, flags, from_entries, official_instruments, own_instruments
from uitknop.instruments.entries import belongs
from uitknop.state import Diary
from uitknop.state.diary import NOW, TAPS, lines_of, said_by

SIGN = "sign/"
FLAG = "flag/"
DISCUSSED, KNOWN = "discussed", "known"
PROXY = "proxy:"
_CONDITION_NO = "condition/", "no"


def flags_of(diary: Diary) -> tuple[OpenFlag, ...]:
    """The flags that are open, the most urgent first; those that only adapt what is offered are among them.

    A sign stays open until the person closes it, whatever is answered later. What only adapts (pregnancy, under 18,
    lying in bed most of the day) follows the last answer. A sign with a date ahead counts as raised now.
    """
    raised = (*_answered(diary), *_said((*diary.entries, *diary.ahead)))
    until_now = [Raised(one.id, min(one.at_ms, diary.now_ms), one.by) for one in raised]
    return open_flags(until_now, _closed(diary.entries))


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
    read: set[Entry] = set()
    for one in _lists():
        lines = lines_of(diary, one)
        each = _each(one, lines)
        readable = tuple(line for line, found in zip(lines, each, strict=True) if found is not None)
        yield from _flags(one, readable) or ()
        for found in each:
            yield from (flag for flag in found or () if action_of(flag.id).waits)
        for line in diary.ahead:
            if belongs(one, line) and (ahead := _flags(one, (line,))) is not None:
                read.add(line)
                yield from ahead
        read.update(readable)
    yield from _garbled(diary, read)


def _garbled(diary: Diary, read: set[Entry]) -> Iterator[Raised]:
    """Signs in lines that can't be read: what only adapts is among them until the page is answered anew."""
    page_ms = max((line.at_ms for line in read if line.label.startswith("red_flags/")), default=None)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in (*diary.entries, *diary.ahead):
        if line.label:
            said = line.label, line.value
            if said not in found:
                found[said] = tuple(signs_in(line, _lists()))
            for sign in found[said] if line not in read else ():
                if action_of(sign).waits or page_ms is None or line.at_ms >= page_ms:
                    yield Raised(sign, line.at_ms, by_whom(line))


@lru_cache(maxsize=1)
def _lists() -> tuple[Instrument, ...]:
    return tuple(one for one in (*own_instruments(), *official_instruments()) if one.flags)


def _each(one: Instrument, lines: Iterable[Entry]) -> list[tuple[Flag, ...] | None]:
    """What each line raises by itself; None for one that can't be read. Most days say what another day said."""
    nothing: dict[tuple[str, str], tuple[Flag, ...] | None] = {}
    found: list[tuple[Flag, ...] | None] = []
    for line in lines:
        said = line.label, line.value
        flags_of_line = nothing[said] if said in nothing else _flags(one, (line,))
        if not flags_of_line:
            nothing[said] = flags_of_line
        found.append(flags_of_line)
    return found


def _flags(instrument: Instrument, lines: tuple[Entry, ...]) -> tuple[Flag, ...] | None:
    """The flags of some lines; None when one of them can't be read."""
    try:
        return flags(instrument, from_entries(instrument, lines))
    except Malformed:
        return None


def _said(entries: Iterable[Entry]) -> Iterator[Raised]:
    """What a button or the words of a line raise, of any kind of line: also of one that nothing else can be made of."""
    heard: dict[str, bool] = {}  # a year of nights says the same few words thousands of times
    for entry in entries:
        if entry.label == NOW and said_by(entry) in TAPS:
            continue
        sign = pressed_sign(entry)
        if sign is not None:
            yield Raised(sign, entry.at_ms, by_whom(entry))
        text = _words_of(entry)
        if text not in heard:
            heard[text] = speaks_of_suicide(text)
        if heard[text]:
            yield Raised(SUICIDALITY, entry.at_ms, by_whom(entry))


def _words_of(entry: Entry) -> str:
    """What may be a person's own words in a line. The name of a sign that is closed or was pressed is a code."""
    name = entry.label.removeprefix(FLAG).removeprefix(SIGN)
    asked, no = _CONDITION_NO
    if entry.label.startswith((FLAG, SIGN)) and name in known_signs():
        return entry.value
    if entry.kind == "answer" and entry.label.startswith(asked) and said_by(entry) == no:
        return ""
    return f"{entry.label} . {entry.value}"


def _closed(entries: Iterable[Entry]) -> Iterator[Closed]:
    for entry in entries:
        # Whoever answers for another can't close what stands open for that other.
        if entry.kind == "event" and entry.label.startswith(FLAG) and entry.value in (DISCUSSED, KNOWN):
            yield Closed(entry.label.removeprefix(FLAG), entry.at_ms, entry.value == KNOWN)
