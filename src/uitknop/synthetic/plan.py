"""What a person does from one morning to the next: work, chores, walks, rests, evening and night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from uitknop.core import Posture
from uitknop.synthetic.people import Person
from uitknop.synthetic.rests import (
    already_calm,
    draw_course,
    paced,
    rest_arousal_bpm,
    settled,
    unsettled,
)
from uitknop.synthetic.segments import Activity, Segment

STARTS_AT_H = 8.2
"""Local hour at which a day's recording starts, after the shower."""
ENDS_AT_H = 31.8
LEAD_MIN = 14.0
"""Minutes at the arousal of a rest before that rest, so that its start changes nothing."""
RISE_IN_A_TASK_BPM = (4.0, 11.0)


@dataclass(frozen=True, slots=True)
class DayWish:
    """What the day should hold.

    Args:
        rests: kinds (or safety signals) of the tagged rests, in order.
        settle_probability: by kind or signal.
        effect: forced size of every easing, or None.
        outside_share: share of courses outside the detector's priors.
        exercise: chance of exercise.
    """

    rests: tuple[str, ...]
    settle_probability: Mapping[str, float]
    effect: tuple[float, float] | None = None
    outside_share: float = 0.3
    exercise: float = 0.25


@dataclass(slots=True)
class _Script:
    """Segments written so far; the only thing here that changes."""

    person: Person
    rng: np.random.Generator
    segments: list[Segment] = field(default_factory=list)

    @property
    def end_s(self) -> float:
        return self.segments[-1].end_s if self.segments else 0.0

    @property
    def hour(self) -> float:
        return STARTS_AT_H + self.end_s / 3600.0

    @property
    def posture(self) -> Posture:
        return self.segments[-1].posture if self.segments else "standing"

    def next(self, minutes: float, activity: Activity, posture: Posture, arousal_bpm: float | None = None) -> Segment:
        """The segment that would come next; not yet written."""
        if arousal_bpm is None:
            arousal_bpm = max(1.0, self.person.arousal_bpm + self.rng.normal(0.0, 2.3))
        start_s = float(round(self.end_s))
        return Segment(start_s, start_s + float(round(60 * minutes)), activity, posture, arousal_bpm)

    def write(self, segment: Segment) -> None:
        self.segments.append(segment)


def plan_day(person: Person, wish: DayWish, rng: np.random.Generator, *, lasts_h: float = 23.6) -> tuple[Segment, ...]:
    """Segments of one recording, from 08:12 to about 07:48 the next morning, without holes.

    Args:
        person: traits.
        wish: what the day should hold.
        rng: source of chance.
        lasts_h: length of the recording.
    """
    script = _Script(person, rng)
    rests = list(wish.rests)
    at_h = np.sort(rng.uniform(9.5, 21.5, len(rests)))
    exercise_h = rng.uniform(16.0, 18.5) if rng.random() < wish.exercise else None
    quiet_h = list(np.sort(rng.uniform(9.0, 21.5, 2)))
    tasks_h = [rng.uniform(9.0, 16.0)]
    bed_h = rng.uniform(22.5, 23.7)
    _walk(script)
    while script.hour < bed_h:
        if rests and script.hour >= at_h[len(at_h) - len(rests)]:
            _rest(script, wish, rests.pop(0))
        elif quiet_h and script.hour >= quiet_h[0]:
            quiet_h.pop(0)
            _rest(script, wish, "quiet")
        elif tasks_h and script.hour >= tasks_h[0]:
            tasks_h.pop(0)
            _task(script)
        elif exercise_h is not None and script.hour >= exercise_h:
            exercise_h = None
            _exercise(script)
        else:
            _ordinary(script)
    _night(script, lasts_h)
    return tuple(script.segments)


def _walk(script: _Script) -> None:
    script.write(script.next(script.rng.uniform(5.0, 22.0), "walking", "standing"))


def _ordinary(script: _Script) -> None:
    """Desk or table, then up and about."""
    rng = script.rng
    if rng.random() < 0.6:
        before_bpm = script.segments[-1].arousal_bpm
        usual = script.next(rng.uniform(12.0, 40.0), "desk", "seated")
        # Never below what came before: else this would be a settling that the truth does not tell.
        desk = replace(usual, arousal_bpm=max(usual.arousal_bpm, before_bpm, script.person.arousal_bpm - 1.0))
        script.write(unsettled(desk, "ordinary desk work", kind="task", before=script.posture))
    for _ in range(int(rng.integers(1, 3))):
        script.write(script.next(rng.uniform(8.0, 25.0), "upright", "standing"))
        if rng.random() < 0.5:
            _walk(script)


def _exercise(script: _Script) -> None:
    script.write(script.next(script.rng.uniform(20.0, 35.0), "exercise", "standing"))
    script.write(script.next(15.0, "upright", "standing"))


def _task(script: _Script) -> None:
    """Mental stress at a desk: heart rate rises by what laboratories see."""
    rng = script.rng
    lead = script.next(LEAD_MIN, "desk", "seated", max(1.0, script.person.arousal_bpm - 1.5))
    script.write(lead)
    rise = rng.uniform(*RISE_IN_A_TASK_BPM)
    task = script.next(rng.uniform(15.0, 35.0), "desk", "seated", lead.arousal_bpm + rise)
    ln = -rise * script.person.ln_per_bpm
    script.write(unsettled(task, "mental stress at a desk", kind="task", before="seated", hr_bpm=rise, ln=ln))
    script.write(script.next(5.0, "upright", "standing"))


def _rest(script: _Script, wish: DayWish, wanted: str) -> None:
    """A lead-in at the arousal of the rest, the rest, and what follows it."""
    rng, person = script.rng, script.person
    kind = wanted if wanted in ("passive", "breathing", "nsdr", "nap", "quiet") else "passive"
    label = "" if kind == wanted else wanted
    minutes = (
        rng.uniform(30.0, 55.0)
        if kind == "nap"
        else rng.uniform(10.0, 20.0)
        if kind == "breathing"
        else (rng.uniform(16.0, 38.0))
    )
    settles = rng.random() < wish.settle_probability.get(wanted, wish.settle_probability.get(kind, 0.0))
    least = 6.0 if person.kind == "always_settles" else 4.0
    course = draw_course(rng, minutes, least_hr_bpm=least, effect=wish.effect, outside_share=wish.outside_share)
    calm = settles and person.kind == "calm_from_start"
    arousal = rng.uniform(0.3, 1.5) if calm else rest_arousal_bpm(person, course if settles else None, rng)
    supine = kind in ("nap", "nsdr") or (kind == "passive" and rng.random() < 0.5)
    posture: Posture = "supine" if supine else "seated"
    lead_activity: Activity = "still" if calm else "desk"
    lead_posture: Posture = posture if calm or not supine or rng.random() < 0.3 else "seated"
    script.write(script.next(LEAD_MIN + (10.0 if calm else 0.0), lead_activity, lead_posture, arousal))
    if not calm and rng.random() < 0.25:
        script.write(script.next(1.5, "walking", "standing", arousal))
    rest = script.next(minutes, "still", posture, arousal)
    before = script.posture
    if kind == "breathing":
        _breathe(script, paced(rest, rng), settles, calm, course.easing.hr_bpm, course.easing.ln_rmssd)
        return
    if calm:
        script.write(already_calm(rest, kind=kind, label=label, before=before))
    elif settles:
        script.write(settled(rest, course, kind=kind, label=label, before=before))
    else:
        script.write(unsettled(rest, "nothing eased", kind=kind, label=label, before=before))
    script.write(script.next(rng.uniform(3.0, 10.0), "upright", "standing"))


def _breathe(script: _Script, exercise: Segment, settles: bool, calm: bool, hr_bpm: float, ln: float) -> None:
    """A breathing exercise: in some it carries over, in others only the breath shows."""
    before = script.posture
    after_min = 14.0
    if calm:
        bout = already_calm(exercise, kind="breathing", before=before)
    elif settles:
        course = draw_course(script.rng, exercise.minutes, effect=(hr_bpm, ln), outside_share=0.0)
        carried = replace(course, easing=replace(course.easing, outlast_min=after_min), why="eases and carries over")
        bout = settled(exercise, carried, kind="breathing", before=before)
    else:
        bout = unsettled(exercise, "only the breath shows", kind="breathing", before=before)
    script.write(bout)
    script.write(script.next(after_min, "still", exercise.posture, exercise.arousal_bpm))
    script.write(script.next(script.rng.uniform(3.0, 8.0), "upright", "standing"))


def _night(script: _Script, lasts_h: float) -> None:
    """To bed, asleep after a while, up in the morning."""
    rng = script.rng
    stuck = script.person.kind == "never_settles"
    script.write(script.next(rng.uniform(8.0, 20.0), "still", "supine"))
    end_s = lasts_h * 3600.0
    wake_s = end_s - 60.0 * rng.uniform(40.0, 80.0)
    asleep = script.next((wake_s - script.end_s) / 60.0, "asleep", "supine", 2.0 if stuck else 0.0)
    night = unsettled(asleep, "asleep: the own night floor", kind="night", before="supine")
    assert night.truth is not None
    script.write(replace(night, truth=replace(night.truth, settles=True, onset_min=0.0, half_min=0.0, tagged=False)))
    left_min = (end_s - script.end_s) / 60.0
    script.write(script.next(0.7 * left_min, "upright", "standing"))
    script.write(script.next((end_s - script.end_s) / 60.0, "upright", "standing"))
