"""One recording made ready for judging: cleaned beats, courses, diary, and the person's scale."""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core import Entry, Recording, Samples, Scale, Value
from uitknop.rest.course import Course, make_course
from uitknop.rest.scale import Night
from uitknop.signals import Cleaned, clean


@dataclass(frozen=True, slots=True)
class Case(Value):
    """One recording, ready to be judged.

    Args:
        recording: as it came in.
        cleaned: its beats after cleaning; None in heart-rate-only mode.
        course: one-minute epochs over the whole recording.
        entries: every diary line of the person.
        scale: the person's own scale, or None.
        nights: the person's nights.
        noise: the person's own noise of heart rate, 1 as usual.
    """

    recording: Recording
    cleaned: Cleaned | None
    course: Course
    entries: tuple[Entry, ...] = ()
    scale: Scale | None = None
    nights: tuple[Night, ...] = ()
    noise: float = 1.0

    @property
    def samples(self) -> tuple[Samples, ...]:
        """The recording's other series."""
        return self.recording.samples


def open_case(recording: Recording) -> Case:
    """Clean a recording and lay its one-minute grid; scale and diary are added once all recordings are known."""
    beats = recording.beats
    cleaned = clean(beats) if beats is not None and len(beats) else None
    return Case(recording, cleaned, make_course(cleaned, recording.samples), recording.entries)
