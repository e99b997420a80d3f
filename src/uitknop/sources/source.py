"""What a source is: a name, an honest grade of its importer, a way to recognise a file and a way to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from uitknop.core import Phrase, Recording
from uitknop.core.table import Value
from uitknop.sources.mapping import Mapping
from uitknop.sources.probe import Probe

QualityGrade = Literal["solid", "fair", "experimental"]


@dataclass(frozen=True, slots=True)
class Quality(Value):
    """How far an importer can be trusted.

    Args:
        grade: "solid": written against authentic files and tested; "fair": against published shapes or with known
            blind spots; "experimental": no authentic file was seen.
        why: what the grade rests on.
    """

    grade: QualityGrade
    why: Phrase


@dataclass(frozen=True, slots=True)
class Request:
    """What the person said beside the file.

    Args:
        zone: zone of local times in the file; None when not given.
        start_ms: UTC ms at which a clockless recording started; None when not given.
        mapping: which column is what, for a table of the person's own.
    """

    zone: str | None = None
    start_ms: int | None = None
    mapping: Mapping | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One format.

    Args:
        name: short name, as in `Recording.source`.
        title: what it is called for people.
        quality: grade of the importer.
        sniff: how sure it is that a probe is of this format, 0..1; never raises, looks at the head only.
        read: the recordings of a probe it recognised; raises SourceError.
        parts: the same in pieces of bounded size (about a day of beats, or 200,000 samples), in any order, for files
            that may be larger than memory; None when `read` is all there is.
    """

    name: str
    title: Phrase
    quality: Quality
    sniff: Callable[[Probe], float]
    read: Callable[[Probe, Request], tuple[Recording, ...]]
    parts: Callable[[Probe, Request], Iterator[Recording]] | None = None
