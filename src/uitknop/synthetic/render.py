"""From a plan to one recording: drives, beats, movement, and what the device made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from uitknop.core import Entry, Grade, Recording, Span
from uitknop.synthetic.device import heart_rate_samples, motion_of, movement_samples, recorded_beats, with_ectopics
from uitknop.synthetic.drives import drives_of
from uitknop.synthetic.people import Person, Quality
from uitknop.synthetic.pulse import beat_times_s
from uitknop.synthetic.segments import Segment
from uitknop.synthetic.truth import TrueBout

_GRADE: dict[Quality, Grade] = {"strap": "B", "wrist": "C", "hr_only": "D"}


def render(
    person: Person,
    segments: Sequence[Segment],
    *,
    start_ms: int,
    start_hour: float,
    zone: str | None,
    name: str,
    rng: np.random.Generator,
    windows_s: Sequence[tuple[int, int]] | None = None,
    entries: tuple[Entry, ...] = (),
) -> Recording:
    """One recording of what the segments say.

    Args:
        person: body and device.
        segments: without holes, from second 0.
        start_ms: UTC ms of second 0.
        start_hour: local hour of second 0.
        zone: of the recording's clock; None for a clockless one.
        name: of the recording.
        rng: source of chance.
        windows_s: record beats within these seconds only (all of it when None).
        entries: the diary lines it carries.
    """
    drives = drives_of(person, segments, start_hour=start_hour, rng=rng)
    motion_mg = motion_of(person, segments, rng)
    windows = windows_s if windows_s is not None else ((0, drives.hr_bpm.size),)
    beat_s = _joined([beat_times_s(drives, rng, first_s=first, last_s=last) for first, last in windows])
    movement = movement_samples(segments, motion_mg, start_ms, rng)
    if person.quality == "hr_only":
        ragged = with_ectopics(beat_s, person.ectopic_share, rng)
        return Recording("synthetic", name, zone, None, (heart_rate_samples(ragged, start_ms), *movement), entries, "D")
    beats = recorded_beats(beat_s, person, motion_mg, start_ms, rng)
    return Recording("synthetic", name, zone, beats, movement, entries, _GRADE[person.quality])


def truth_of(segments: Sequence[Segment], start_ms: int, person: Person) -> tuple[TrueBout, ...]:
    """The bouts of a plan, with their spans in UTC ms."""
    bouts = []
    for segment in segments:
        if segment.truth is not None:
            span = Span(start_ms + round(1000 * segment.start_s), start_ms + round(1000 * segment.end_s))
            outside = segment.truth.outside_priors or person.noise_outside_priors
            bouts.append(replace(segment.truth, span=span, outside_priors=outside))
    return tuple(bouts)


def _joined(parts: Sequence[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    return np.concatenate(parts) if parts else np.empty(0)
