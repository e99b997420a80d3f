"""Visible: a long table with one answer or figure a row; days without a clock.

Header `observation_date,tracker_name,tracker_category,observation_value`; the last name and all values may end in a
blank. A row is of its day, which begins at 04:00 local.
"""

from __future__ import annotations

import math
from datetime import date

from uitknop.core import Entry, EntryKind, Phrase, Recording
from uitknop.core.errors import Malformed, TooLarge
from uitknop.core.span import Span
from uitknop.core.timeline import day_span
from uitknop.sources import limits
from uitknop.sources.clock import zone_notes
from uitknop.sources.columns import Columns, header_of, read_columns
from uitknop.sources.gathered import Gathered
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

NAME = "visible"

_HEADER = ("observation_date", "tracker_name", "tracker_category", "observation_value")
_RESTING = "resting hr"
_STABILITY = "stability score"
_VARIABILITY = "hr variability"
_NOTE = "note"


def sniff(probe: Probe) -> float:
    """The four columns."""
    if probe.shape != "file" or not probe.head_lines:
        return 0.0
    return 0.97 if header_of(probe.head_lines[0])[:4] == _HEADER else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording: resting heart rate and stability score as daily samples, everything else as diary lines.

    Raises:
        Malformed: a row without a date, with its line.
        TooLarge: too many rows.
    """
    table = read_columns(probe.text(), probe.name)
    if len(table) > limits.ENTRIES:
        raise TooLarge(
            Phrase("{name} holds more than {most} answers. Split it.", {"name": probe.name, "most": limits.ENTRIES})
        )
    zone = request.zone or "UTC"
    gathered = Gathered(probe.name)
    entries: list[Entry] = []
    days, names, categories, values = (table.cells(column) for column in _HEADER)
    for row, (day, tracker, value) in enumerate(zip(days, names, values, strict=True)):
        if not value or not tracker:
            continue
        span = _day(table, row, day, zone)
        if tracker.lower() == _RESTING:
            gathered.add("vendor_resting_heart_rate", span.start_ms, _number(value))
        elif tracker.lower() == _STABILITY:
            gathered.add("vendor_recovery", span.start_ms, _number(value))
        else:
            entries.append(_entry(span, zone, categories[row], tracker, value))
    notes = gathered.notes() + zone_notes(request.zone)
    if any(name.lower() == _VARIABILITY for name in names):
        notes += (
            Phrase("Visible does not say which measure its heart rate variability is; it is kept as an answer only."),
        )
    entries.sort(key=lambda entry: (entry.at_ms, entry.label, entry.value))
    series = gathered.series()
    return (Recording(NAME, probe.name, zone, None, series, tuple(dict.fromkeys(entries)), "D", notes),)


def _day(table: Columns, row: int, cell: str, zone: str) -> Span:
    try:
        return day_span(date.fromisoformat(cell[:10]), zone)
    except (ValueError, OverflowError):
        raise Malformed(
            Phrase(
                "{name} line {line}: expected a date like 2026-03-29. Export it again.",
                {"name": table.name, "line": table.line[row]},
            )
        ) from None


def _entry(span: Span, zone: str, category: str, tracker: str, value: str) -> Entry:
    label = f"{category} {tracker}" if category.lower().startswith("funcap") else tracker
    kind: EntryKind = "event" if tracker.lower() == _NOTE else "answer"
    return Entry(span.start_ms, zone, kind, value[: limits.WORDS], span.end_ms, label[: limits.WORDS])


def _number(cell: str) -> float | None:
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


SOURCE = Source(
    NAME,
    Phrase("Visible"),
    Quality("experimental", Phrase("The shape is known from public readers; no authentic file was seen.")),
    sniff,
    read,
)
