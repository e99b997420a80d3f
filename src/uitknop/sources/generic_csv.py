"""Any table with a header: columns by their usual names, or as a mapping says.

Heart rate, RR intervals, steps, acceleration, tags and labels; times with a date, seconds from the start, or hour,
minute and second as columns of their own. One recording per subject.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Entry, Phrase, Recording, SampleKind, Samples
from uitknop.core.errors import Malformed
from uitknop.sources import assemble
from uitknop.sources.arrived import read_arrived
from uitknop.sources.columns import Columns, header_of, read_columns
from uitknop.sources.limits import GAP_MS
from uitknop.sources.mapping import Mapping, guess_mapping
from uitknop.sources.probe import Probe
from uitknop.sources.rr_text import gap_notes, unit_of
from uitknop.sources.series import series_of
from uitknop.sources.source import Quality, Request, Source
from uitknop.sources.tick import tick_of
from uitknop.sources.times import Times, read_times

Floats = npt.NDArray[np.float64]

NAME = "generic_csv"

_SERIES: tuple[SampleKind, ...] = (
    "heart_rate", "steps", "oxygen_saturation", "respiration_rate", "skin_temperature",
)  # fmt: skip
_TO_MG = {"mg": 1.0, "g": 1000.0, "m/s2": 1000 / 9.80665}
_LONGEST_ROW_MS = 60_000
"""A label goes on for at most this long after its last row when the next row is later."""


def sniff(probe: Probe) -> float:
    """A header with a heart column, and a time unless it holds RR intervals."""
    if probe.shape != "file" or len(probe.head_lines) < 2:
        return 0.0
    header = header_of(probe.head_lines[0])
    mapping = guess_mapping(list(header))
    if not mapping.has_heart or len(header) < 2:
        return 0.0  # one column is a list, whatever stands above it
    timed = bool(mapping.time or mapping.clock)
    return 0.6 if timed else 0.55 if mapping.rr else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording per subject, in order of appearance.

    Raises:
        Malformed: a mapped column is not there, or what it holds is of another kind.
    """
    table = read_columns(probe.text(), probe.name)
    mapping = request.mapping or guess_mapping(list(table.header))
    for column in mapping.columns:
        table.cells(column)
    if not mapping.subject:
        return (_read_one(table, mapping, request.zone, probe.name),)
    subjects = table.cells(mapping.subject)
    return tuple(
        replace(
            _read_one(_rows_of(table, subjects, subject), mapping, request.zone, f"{probe.name} {subject}"),
            person=subject,
        )
        for subject in dict.fromkeys(subjects)
    )


def _rows_of(table: Columns, subjects: list[str], subject: str) -> Columns:
    keep = [i for i, found in enumerate(subjects) if found == subject]
    rows, line = tuple(table.rows[i] for i in keep), tuple(table.line[i] for i in keep)
    return Columns(table.name, table.header, rows, line, table.decimal_comma)


def _read_one(table: Columns, mapping: Mapping, zone: str | None, name: str) -> Recording:
    times = read_times(table, mapping, zone)
    beats, notes = _beats(table, mapping, times, name)
    samples = _samples(table, mapping, times)
    if times is not None:
        notes = times.notes + notes
    entries = _entries(table, mapping, times, zone or "UTC")
    clock = (zone or "UTC") if times is not None and times.clocked else None
    grade = assemble.grade_of(beats.kind) if beats is not None else "D"
    return Recording(NAME, name, clock, beats, samples, entries, grade, notes)


def _beats(table: Columns, mapping: Mapping, times: Times | None, name: str) -> tuple[Beats | None, tuple[Phrase, ...]]:
    if not mapping.rr:
        return None, ()
    values = table.numbers(mapping.rr)
    if mapping.rr_unit != "auto":
        values = values * (1000.0 if mapping.rr_unit == "s" else 1.0)
    if times is not None:
        made = read_arrived(
            times.t_ms.astype(np.float64), values, line=table.line, name=name, source=NAME, clock=None, tick_ms=None
        )
        return made.beats, made.notes
    present = np.isfinite(values)
    wrong = present & (values <= 0)
    if bool(wrong.any()):
        raise Malformed(
            Phrase(
                "{name} line {line}: an RR interval of zero or less. Remove the row or export again.",
                {"name": table.name, "line": table.line[int(np.argmax(wrong))]},
            )
        )
    if not bool(present.any()):
        raise Malformed(Phrase('{name}: column "{column}" is empty.', {"name": table.name, "column": mapping.rr}))
    factor, notes = unit_of(values[present], name)
    rr_ms = values[present] * factor
    if rr_ms[0] > GAP_MS:
        notes += (Phrase("The first value is the offset of the first beat, not an interval; it was left out."),)
        rr_ms, present = rr_ms[1:], np.concatenate(([False], present[1:]))
    broken = np.concatenate(([False], ~present[:-1]))[present]
    made_list = assemble.from_intervals(rr_ms, source=NAME, broken=broken, tick_ms=tick_of(rr_ms))
    return made_list.beats, notes + gap_notes(made_list)


def _samples(table: Columns, mapping: Mapping, times: Times | None) -> tuple[Samples, ...]:
    if times is None:
        return ()
    found: list[Samples | None] = []
    for kind in _SERIES:
        column = getattr(mapping, kind)
        if column:
            found.append(series_of(kind, times.t_ms, table.numbers(column)))
    acceleration = _acceleration(table, mapping)
    if acceleration is not None:
        found.append(series_of("acceleration", times.t_ms, acceleration))
    return tuple(series for series in found if series is not None)


def _acceleration(table: Columns, mapping: Mapping) -> Floats | None:
    """Length of the acceleration in mg; the unit is told from its middle, which is gravity."""
    if mapping.acceleration_xyz:
        axes = np.stack([table.numbers(column) for column in mapping.acceleration_xyz])
        value: Floats = np.sqrt((axes**2).sum(axis=0))
    elif mapping.acceleration:
        value = table.numbers(mapping.acceleration)
    else:
        return None
    unit = mapping.acceleration_unit
    if unit == "auto":
        middle = float(np.nanmedian(value)) if bool(np.isfinite(value).any()) else 0.0
        unit = "g" if 0.5 <= middle < 3 else "m/s2" if 5 <= middle < 25 else "mg"
    in_mg: Floats = value * _TO_MG[unit]
    return in_mg


def _entries(table: Columns, mapping: Mapping, times: Times | None, zone: str) -> tuple[Entry, ...]:
    if times is None:
        return ()
    entries: list[Entry] = []
    if mapping.label:
        entries += _label_spans(table.cells(mapping.label), times, zone)
    if mapping.tag:
        tags = table.cells(mapping.tag)
        entries += [Entry(int(times.t_ms[i]), zone, "tag", word) for i, word in enumerate(tags) if word]
    return tuple(sorted(entries, key=lambda entry: entry.at_ms))


def _label_spans(labels: list[str], times: Times, zone: str) -> list[Entry]:
    """Neighbouring rows with one word become one span, up to the next row or a minute at most."""
    spans: list[Entry] = []
    starts = [i for i, word in enumerate(labels) if i == 0 or word != labels[i - 1]]
    for first, after in zip(starts, [*starts[1:], len(labels)], strict=True):
        start_ms, last_ms = int(times.t_ms[first]), int(times.t_ms[after - 1])
        row_ms = min(times.row_ms, _LONGEST_ROW_MS)
        following = int(times.t_ms[after]) if after < len(labels) else last_ms + row_ms
        end_ms = max(last_ms, min(following, last_ms + row_ms))
        if labels[first] and end_ms > start_ms:
            spans.append(Entry(start_ms, zone, "tag", labels[first], end_ms, labels[first]))
    return spans


SOURCE = Source(
    NAME,
    Phrase("Any table, with a mapping of its columns"),
    Quality("fair", Phrase("One authentic set of ten people; otherwise tables made by us.")),
    sniff,
    read,
)
