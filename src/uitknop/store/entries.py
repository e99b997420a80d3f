"""Diary lines and tags: unique as a whole; of two answers to one question at one moment the first counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from uitknop.core.recording import Entry, EntryKind
from uitknop.core.span import Span
from uitknop.store import driver, sql
from uitknop.store.chunks import HOUR_MS
from uitknop.store.values import Kept

LONGEST_H = 48
"""Hours an entry may cover and have all of them count as touched; of a longer one only the first and last do."""

Line = tuple[str, str, str, int, int | None, str, str, str]
"""Person, own clock, kind, at_ms, end_ms, label, zone, value: the key first, the payload last."""


def add_entries(
    db: driver.Connection, batch_id: int, entries: Sequence[Entry], person: str, own_clock: str, hours: set[int]
) -> Kept:
    """Take entries in on behalf of a batch.

    Args:
        db: connection with the write lock.
        batch_id: the batch.
        entries: any number.
        person: whose they are, where one file tells of several people.
        own_clock: names the clockless recording they belong to; else empty.
        hours: UTC hours in which something changed; added to.
    """
    lines = list(dict.fromkeys(_line(entry, person, own_clock) for entry in entries))
    db.execute(sql.INCOMING)
    db.execute(sql.CLEAR_INCOMING)
    db.executemany(sql.ADD_INCOMING, lines)
    n_known, n_aside = len(entries) - len(lines), 0
    answered: set[tuple[object, ...]] = set()
    for line, (known, taken) in zip(lines, db.execute(sql.ASSESS_INCOMING), strict=True):
        key = line[:6]
        if known:
            n_known += 1
            continue
        if taken or key in answered:
            n_aside += 1
        if line[2] == "answer":
            answered.add(key)
        if not own_clock:
            hours.update(hours_of(line[3], line[4]))
    db.execute(sql.ADD_ENTRIES)
    db.execute(sql.SUPPORT_ENTRIES, (batch_id,))
    db.execute(sql.CLEAR_INCOMING)
    return Kept(len(entries) - n_known - n_aside, n_known, n_aside)


def hours_of(first_ms: int, last_ms: int | None) -> list[int]:
    """UTC hours from one moment to another."""
    first = first_ms // HOUR_MS
    last = first if last_ms is None else max(first, last_ms // HOUR_MS)
    return list(range(first, last + 1)) if last - first < LONGEST_H else [first, last]


def clean_text(text: str) -> str:
    """Text as the file can hold it: half characters (lone surrogates) become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _line(entry: Entry, person: str, own_clock: str) -> Line:
    end_ms = None if entry.end_ms is None else int(entry.end_ms)
    label, zone, value = (clean_text(text) for text in (entry.label, entry.zone, entry.value))
    return person, own_clock, entry.kind, int(entry.at_ms), end_ms, label, zone, value


def read_entries(db: driver.Connection, own_clock: str, span: Span, person: str | None = None) -> tuple[Entry, ...]:
    """Entries that count and touch a span, in order of time; of several answers of one key the first that was there.

    Args:
        db: an open file.
        own_clock: names a clockless recording; empty for entries with a clock.
        span: an entry of a moment lies in it, one of a stretch overlaps it.
        person: entries of this person only; None for all.
    """
    found: list[Entry] = []
    answered: set[tuple[object, ...]] = set()
    for owner, *line in db.execute(sql.ENTRIES, (own_clock, span.start_ms, span.end_ms)):
        if person is not None and owner != person:
            continue
        entry = _entry(line)
        key = (owner, entry.at_ms, entry.end_ms, entry.label)
        if entry.kind == "answer":
            if key in answered:
                continue
            answered.add(key)
        found.append(entry)
    return tuple(sorted(found, key=lambda one: (one.at_ms, one.kind, one.label, one.value)))


def _entry(line: Sequence[object]) -> Entry:
    at_ms, zone, kind, value, end_ms, label = line
    return Entry(
        cast("int", at_ms),
        str(zone),
        cast("EntryKind", kind),
        str(value),
        None if end_ms is None else cast("int", end_ms),
        str(label),
    )
