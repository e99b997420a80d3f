"""What a person typed in beside the lists: laboratory values, supplements with their warnings, totals of forms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from uitknop.core import Entry, Value
from uitknop.core.errors import KnowledgeError, Malformed
from uitknop.instruments import (
    LabResult,
    Score,
    Supplement,
    instrument,
    lab_from_entry,
    supplement_from_entry,
    total_from_entry,
    warnings_of,
)
from uitknop.instruments.lines import LAB, SUPPLEMENT, TOTAL, each_once
from uitknop.instruments.supplements import Warning as Warned


@dataclass(frozen=True, slots=True)
class Taken(Value):
    """A supplement somebody takes or took.

    Args:
        supplement: which, in which form, since and until when.
        current: whether it is taken now.
        warnings: every warning known of it, those that touch the person first.
    """

    supplement: Supplement
    current: bool
    warnings: tuple[Warned, ...]


def typed_fault(entry: Entry, *, now_ms: int) -> Malformed | KnowledgeError | None:
    """Why a laboratory value, a supplement or a total can't be used; None when it can, and for every other line."""
    try:
        if entry.kind != "event":
            return None
        if entry.label.startswith(LAB):
            lab_from_entry(entry, now_ms=now_ms)
        elif entry.label.startswith(SUPPLEMENT):
            supplement_from_entry(entry)
        elif entry.label.startswith(TOTAL):
            _total(entry, now_ms)
    except (Malformed, KnowledgeError) as fault:
        return fault
    return None


def labs_of(entries: Iterable[Entry], *, now_ms: int) -> tuple[LabResult, ...]:
    """The laboratory values, in order of time, each once."""
    found = {lab_from_entry(entry, now_ms=now_ms) for entry in _of(entries, LAB)}
    return tuple(sorted(found, key=lambda one: (one.at_ms, one.test, one.value, repr(one))))


def totals_of(entries: Iterable[Entry], *, now_ms: int) -> tuple[Score, ...]:
    """The totals that were typed in, in order of time."""
    lines = sorted(_of(entries, TOTAL), key=lambda entry: (entry.at_ms, entry.label, entry.value))
    return tuple(dict.fromkeys(_total(entry, now_ms) for entry in lines))


def supplements_of(entries: Iterable[Entry], named: Collection[str], *, now_ms: int) -> tuple[Taken, ...]:
    """The supplements with their warnings, those that are taken now first.

    Args:
        entries: lines that can be used.
        named: the conditions and medicines the person has, by name.
        now_ms: UTC ms.
    """
    every = each_once(supplement_from_entry(entry) for entry in _of(entries, SUPPLEMENT))
    taken = [Taken(one, one.until_ms is None or one.until_ms > now_ms, warnings_of(one, named)) for one in every]
    return tuple(sorted(taken, key=lambda one: not one.current))


def _of(entries: Iterable[Entry], start: str) -> Sequence[Entry]:
    return [entry for entry in entries if entry.kind == "event" and entry.label.startswith(start)]


def _total(entry: Entry, now_ms: int) -> Score:
    name = entry.label.removeprefix(TOTAL).partition("/")[0]
    return total_from_entry(instrument(name), entry, now_ms=now_ms)
