"""Spans a person gives: a table start,end,kind,label,posture, each judged exactly as given."""

from __future__ import annotations

import math
from pathlib import Path

from uitknop.core import Bout, Phrase, Posture, Span
from uitknop.core.errors import Malformed
from uitknop.core.timeline import parse_iso
from uitknop.sources.columns import Columns, read_columns
from uitknop.sources.mapping import plain_name
from uitknop.sources.probe import look

_MOST = 100_000


def read_spans(path: str | Path, zone: str | None = None, *, clockless: bool = False) -> tuple[Bout, ...]:
    """Bouts from a CSV file with the columns start, end and, if wanted, kind, label and posture; in order of time.

    Args:
        path: the file.
        zone: zone of times without an offset.
        clockless: times are seconds from the start of a recording without a clock.
    Raises:
        SourceError: not such a table; a time that can't be read; an end before its start; each with its line.
    """
    probe = look(Path(path))
    table = read_columns(probe.text(), probe.name)
    if len(table) > _MOST:
        raise Malformed(Phrase("{name} holds more than {most} spans.", {"name": probe.name, "most": _MOST}))
    plain = {plain_name(column): column for column in table.header}
    for needed in ("start", "end"):
        if needed not in plain:
            raise Malformed(
                Phrase(
                    '{name} has no column "{column}". Expected the header start,end,kind,label.',
                    {"name": probe.name, "column": needed},
                )
            )
    starts, ends = table.cells(plain["start"]), table.cells(plain["end"])
    kinds = table.cells(plain["kind"]) if "kind" in plain else [""] * len(table)
    labels = table.cells(plain["label"]) if "label" in plain else [""] * len(table)
    postures = table.cells(plain["posture"]) if "posture" in plain else [""] * len(table)
    bouts = [
        Bout(
            _span(table, i, starts[i], ends[i], zone, clockless),
            kind=kinds[i] or "passive",
            label=labels[i],
            posture=_posture(table, i, postures[i]),
            given=True,
        )
        for i in range(len(table))
    ]
    return tuple(sorted(bouts, key=lambda bout: bout.span))


POSTURES: dict[str, Posture] = {
    "": "unknown",
    "unknown": "unknown",
    "supine": "supine",
    "lying": "supine",
    "liggend": "supine",
    "seated": "seated",
    "sitting": "seated",
    "zittend": "seated",
    "standing": "standing",
    "staand": "standing",
}
"""Words for a posture, English and Dutch."""


def _posture(table: Columns, row: int, cell: str) -> Posture:
    posture = POSTURES.get(cell.strip().lower())
    if posture is None:
        raise Malformed(
            Phrase(
                "{name} line {line}: the posture should be one of {words}, or empty.",
                {"name": table.name, "line": table.line[row], "words": "lying, sitting, standing"},
            )
        )
    return posture


def _span(table: Columns, row: int, start: str, end: str, zone: str | None, clockless: bool) -> Span:
    start_ms, end_ms = (_moment(table, row, cell, zone, clockless) for cell in (start, end))
    if end_ms <= start_ms:
        raise Malformed(
            Phrase(
                "{name} line {line}: the span ends before or when it starts. Correct the times.",
                {"name": table.name, "line": table.line[row]},
            )
        )
    return Span(start_ms, end_ms)


def _moment(table: Columns, row: int, cell: str, zone: str | None, clockless: bool) -> int:
    place = {"name": table.name, "line": table.line[row]}
    if clockless:
        try:
            seconds = float(cell.replace(",", ".") if table.decimal_comma else cell)
        except ValueError:
            seconds = math.nan
        if not math.isfinite(seconds) or abs(seconds) > 1e9:
            raise Malformed(
                Phrase(
                    "{name} line {line}: the recording has no clock, so spans are seconds from its start. Write 300, "
                    "not a time of day; or give the start of the recording.",
                    place,
                )
            )
        return round(seconds * 1000)
    try:
        return parse_iso(cell, zone)
    except Malformed as fault:
        raise Malformed(Phrase("{name} line {line}: {fault}", {**place, "fault": fault.phrase})) from None
