"""What an own export says of a series: the comment line at the top of its table, or the head of its JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast, get_args

from uitknop.core import BeatKind, Grade, Phrase, SampleKind
from uitknop.core.errors import Malformed
from uitknop.core.table import Value
from uitknop.core.timeline import zone_of
from uitknop.core.units import SAMPLE_KINDS
from uitknop.sources.limits import WORDS
from uitknop.sources.probe import Probe

MARKER = "uitknop_export"
FORMAT = 1
"""Highest version of the export that is read."""

_MOST_TICK_MS = 1000.0


@dataclass(frozen=True, slots=True)
class OwnSeries(Value):
    """One series of an own export.

    Args:
        kind: of the beats or of the samples.
        source, device, person, clock, grade: as in `Recording`, `Beats` and `Samples`.
        tick_ms: of beats; None when unknown.
    """

    kind: str
    source: str
    device: str
    person: str
    clock: str
    grade: Grade
    tick_ms: float | None

    @property
    def beat_kind(self) -> BeatKind | None:
        """The kind when it is one of beats."""
        return cast("BeatKind", self.kind) if self.kind in get_args(BeatKind) else None

    @property
    def sample_kind(self) -> SampleKind:
        """The kind when it is one of samples."""
        return cast("SampleKind", self.kind)


def comment_of(probe: Probe) -> OwnSeries:
    """The comment line of a table.

    Raises:
        Malformed: it does not say what it should, or a newer version wrote it.
    """
    line = probe.head.partition(b"\n")[0].removeprefix(b"# ")
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _wrong(probe.name, "# {...}")
    refuse_newer(told.get(MARKER), probe.name)
    kinds = {"beats": get_args(BeatKind), "samples": SAMPLE_KINDS}.get(str(told.get("table")), ())
    if told.get("kind") not in kinds:
        raise _wrong(probe.name, "kind")
    return OwnSeries(
        told["kind"],
        _word(told, "source", probe.name),
        _word(told, "device", probe.name),
        _word(told, "person", probe.name),
        zone_named(_word(told, "clock", probe.name)),
        grade_of(told.get("grade"), probe.name),
        tick_of(told.get("tick_ms"), probe.name),
    )


def refuse_newer(version: object, name: str) -> None:
    """Refuse an export of a version that is not known yet.

    Raises:
        Malformed: the version is higher, or none.
    """
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise _wrong(name, MARKER)
    if version > FORMAT:
        raise Malformed(
            Phrase(
                "{name} was exported by a newer version of Uitknop (format {found}; this one reads up to {newest}). "
                "Install the newer version.",
                {"name": name, "found": min(version, 999), "newest": FORMAT},
            )
        )


def grade_of(grade: object, name: str) -> Grade:
    """A grade, A to D.

    Raises:
        Malformed: anything else.
    """
    if grade not in get_args(Grade):
        raise _wrong(name, "grade")
    return cast("Grade", grade)


def tick_of(tick_ms: object, name: str) -> float | None:
    """A tick in ms, or None.

    Raises:
        Malformed: no number, or none that a clock has.
    """
    if tick_ms is None:
        return None
    if isinstance(tick_ms, bool) or not isinstance(tick_ms, int | float) or not 0 < tick_ms <= _MOST_TICK_MS:
        raise _wrong(name, "tick_ms")
    return float(tick_ms)


def zone_named(zone: str) -> str:
    """The name of a zone that exists.

    Raises:
        Malformed: no such zone.
    """
    zone_of(zone)
    return zone


def _word(told: dict[str, Any], name: str, file: str) -> str:
    word = told.get(name)
    if not isinstance(word, str) or len(word) > WORDS:
        raise _wrong(file, name)
    return word


def _wrong(name: str, what: str) -> Malformed:
    return Malformed(
        Phrase(
            '{name} line 1: "{what}" is missing or not as Uitknop writes it. Export again and leave the files '
            "unchanged.",
            {"name": name, "what": what},
        )
    )
