"""One bout at a time: a recording made around a single rest whose truth is chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from uitknop.core import Entry, Posture
from uitknop.core.timeline import hour_of_day, parse_iso
from uitknop.synthetic.people import Person, PersonKind, Quality, draw_person
from uitknop.synthetic.render import render, truth_of
from uitknop.synthetic.rests import Course, already_calm, draw_course, paced, rest_arousal_bpm, settled, unsettled
from uitknop.synthetic.segments import Segment
from uitknop.synthetic.shapes import Shape
from uitknop.synthetic.truth import BoutRecording

Case = Literal["shift", "none", "breathing", "carry_over", "posture", "calm_from_start", "task"]
CASES: tuple[Case, ...] = get_args(Case)
NIGHT_MIN, DAY_MIN = 360.0, 240.0
"""Lengths of the anchors before a bout."""


@dataclass(frozen=True, slots=True)
class _Wish:
    case: Case
    minutes: float
    before_min: float
    after_min: float
    posture: Posture
    posture_before: Posture
    anchors: bool


def make_bout_recording(
    case: Case,
    *,
    seed: int,
    minutes: float = 30.0,
    before_min: float = 15.0,
    after_min: float = 12.0,
    onset_min: float | None = None,
    effect: tuple[float, float] | None = None,
    shape: Shape | None = None,
    posture: Posture = "seated",
    posture_before: Posture | None = None,
    quality: Quality = "strap",
    outside_share: float = 0.0,
    anchors: bool = False,
    zone: str = "Europe/Amsterdam",
    start: str = "2026-03-02T13:00:00",
) -> BoutRecording:
    """A recording of one bout and the minutes around it, with its truth.

    Args:
        case: "shift" settles within the bout; "none" does not; "breathing" is paced at six a minute without any
            settling, "carry_over" with one that outlasts it; "posture" goes from seated to supine and nothing else;
            "calm_from_start" was calm before it; "task" is mental stress.
        seed: of person, course and noise.
        minutes, before_min, after_min: lengths of the bout and of what surrounds it.
        onset_min, effect, shape: of the settling; drawn when None. `effect` is (bpm, ln RMSSD), e.g. (-6.0, 0.2).
        posture, posture_before: of the bout and of what precedes it (the same when None).
        quality: device.
        outside_share: chance of noise, course or size outside the detector's priors, 0..1.
        anchors: True puts 6 h of night and 4 h of upright day before it, for the person's own scale.
        zone, start: local clock at which the minutes before the bout begin.
    Raises:
        ValueError: no such case.

    >>> made = make_bout_recording("none", seed=1)
    >>> made.truth.settles, made.truth.span.duration_min
    (False, 30.0)
    """
    if case not in CASES:
        raise ValueError(f"case must be one of {CASES}")
    traits, choices, noise = (np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(3))
    kind: PersonKind = "calm_from_start" if case == "calm_from_start" else "ordinary"
    person = draw_person(kind, traits, quality=quality, outside_share=outside_share)
    if case == "posture":
        posture, posture_before = "supine", posture_before or "seated"
        person = _with_large_posture_step(person, traits)
    wish = _Wish(case, minutes, before_min, after_min, posture, posture_before or posture, anchors)
    course = draw_course(choices, minutes, effect=effect, outside_share=outside_share, shape=shape, onset_min=onset_min)
    segments = _segments(person, wish, course, choices)
    first_s = segments[-3].start_s
    start_ms = parse_iso(start, zone) - round(1000 * first_s)
    truth = truth_of(segments, start_ms, person)[-1]
    recording = render(
        person,
        segments,
        start_ms=start_ms,
        start_hour=hour_of_day(start_ms, zone),
        zone=zone,
        name=f"{case}-{seed}",
        rng=noise,
        entries=tuple(
            Entry(start_ms + round(1000 * s.start_s), zone, "posture", s.posture, start_ms + round(1000 * s.end_s))
            for s in segments
        ),
    )
    return BoutRecording(recording, truth)


def _segments(person: Person, wish: _Wish, course: Course, rng: np.random.Generator) -> tuple[Segment, ...]:
    """Anchors if wished, the minutes before, the bout, and the minutes after."""
    calm, task = wish.case == "calm_from_start", wish.case == "task"
    eases = wish.case in ("shift", "carry_over")
    arousal = rng.uniform(0.3, 1.5) if calm else rest_arousal_bpm(person, course if eases else None, rng)
    anchors = _anchors(person, rng) if wish.anchors else ()
    lead_s = anchors[-1].end_s if anchors else 0.0
    start_s = lead_s + round(60 * wish.before_min)
    end_s = start_s + round(60 * wish.minutes)
    rise_bpm = rng.uniform(4.0, 11.0) if task else 0.0
    bare = Segment(start_s, end_s, "desk" if task else "still", wish.posture, arousal + rise_bpm)
    return (
        *anchors,
        Segment(lead_s, start_s, "still" if calm else "desk", wish.posture_before, arousal),
        _bout(person, bare, wish, course, rise_bpm, rng),
        Segment(end_s, end_s + round(60 * wish.after_min), "still", wish.posture, arousal),
    )


def _bout(
    person: Person, bare: Segment, wish: _Wish, course: Course, rise_bpm: float, rng: np.random.Generator
) -> Segment:
    """The bout itself, with its truth."""
    before = wish.posture_before
    if wish.case == "breathing":
        return unsettled(paced(bare, rng), "only the breath shows", kind="breathing", before=before)
    if wish.case == "carry_over":
        lasting = replace(course, easing=replace(course.easing, outlast_min=wish.after_min), why="eases, carries over")
        return settled(paced(bare, rng), lasting, kind="breathing", before=before)
    if wish.case == "shift":
        return settled(bare, course, kind="passive", before=before)
    if wish.case == "calm_from_start":
        return already_calm(bare, kind="passive", before=before)
    if wish.case == "task":
        ln = -rise_bpm * person.ln_per_bpm
        return unsettled(bare, "mental stress", kind="task", before=before, hr_bpm=rise_bpm, ln=ln)
    why = "only the posture changed" if wish.case == "posture" else "nothing eased"
    return unsettled(bare, why, kind="passive", before=before)


def _with_large_posture_step(person: Person, rng: np.random.Generator) -> Person:
    """Sitting that weighs up to as much as in 30 healthy men: 12 bpm and 0.62 ln.

    Source: Barak et al. 2010, J Sports Sci Med 9:176.
    """
    bpm, ln = rng.uniform(4.0, 12.0), rng.uniform(0.1, 0.62)
    return replace(person, seated_bpm=bpm, standing_bpm=bpm + 4.0, seated_ln=ln, standing_ln=ln + 0.08)


def _anchors(person: Person, rng: np.random.Generator) -> tuple[Segment, ...]:
    """A night, then upright day in stretches."""
    out = [Segment(0.0, 60 * NIGHT_MIN, "asleep", "supine", 0.0)]
    while (start_s := out[-1].end_s) < 60 * (NIGHT_MIN + DAY_MIN):
        end_s = min(start_s + round(60 * rng.uniform(8.0, 30.0)), 60 * (NIGHT_MIN + DAY_MIN))
        arousal = max(1.0, person.arousal_bpm + rng.normal(0.0, 1.5))
        if rng.random() < 0.5:
            out.append(Segment(start_s, end_s, "desk", "seated", arousal))
        else:
            out.append(Segment(start_s, end_s, "walking" if rng.random() < 0.3 else "upright", "standing", arousal))
    return tuple(out)
