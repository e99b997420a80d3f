"""A person over months, with a known truth: the body model lives through days, and the heart follows.

Each day is made after the one before: what happened that day - load, effort, rests that settled - goes into the body
model, and what the model holds the next morning decides how the heart is, and how much a rest can do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from uitknop.body.schedule import Schedule
from uitknop.core import Beats, Entry, Recording, Samples, Value
from uitknop.core.timeline import to_ms, zone_of
from uitknop.synthetic.device import joined
from uitknop.synthetic.diary import diary_of, load_of, sleep_of, tap_of
from uitknop.synthetic.inside import Inside, body_under_load, day_of_inputs, inside, is_crash, lived
from uitknop.synthetic.people import Person, draw_person
from uitknop.synthetic.plan import STARTS_AT_H, DayWish, plan_day
from uitknop.synthetic.render import render, truth_of
from uitknop.synthetic.rests import dealt_evenly
from uitknop.synthetic.seasons import RESTS_MOST, Season, seasons
from uitknop.synthetic.segments import Segment
from uitknop.synthetic.truth import TrueBout
from uitknop.synthetic.windows import Windows, day_windows, night_windows

SIGNALS = ("warm_bottle", "dark_quiet", "weighted_blanket", "nature_sounds")
"""Safety signals this person tries, by the id of their practice; two of them do something."""

DOES, DOES_NOT = 0.92, 0.04
"""Chance that a rest settles with a signal that does something, and with one that does not, when all is open."""

OTHERS = {"passive": 0.06, "breathing": 0.30, "nsdr": 0.65}
QUIET = 0.10
AROUSED_BY_THREAT = 0.15
"""How much of the usual arousal of an unsettled hour threat adds when it is fully on."""

OFF_MS = 24 * 60_000
LAST_DAY = date(2026, 2, 28)
"""The last day that is told unless another is wanted: the next morning is no future for anybody."""

MONTH_DAYS = 30.4375
TAP_H = 20.0
OVER_FROM_H, OVER_H = 10.0, 5.0
"""When somebody does far too much, and for how long."""

LOAD_EVERY = 3
"""Days from one evening on which the person tells what weighs to the next."""

WATCH = "Garmin 2697"

EXERTED, RESTED = 1.0, 1.0
"""Exertion of exercise, and felt safety in a rest that settles, as inputs of the body model."""


@dataclass(frozen=True, slots=True)
class Life(Value):
    """Who it is, and what months are made of.

    Args:
        seed: the same seed gives the same person, beat for beat.
        days: how many days are told.
        first: the first of them.
        zone: where the person lives.
        person: traits when well.
        does: chance that a rest settles when all is open, by kind of rest or safety signal.
        seasons: what happens.
    """

    seed: int
    days: int
    first: date
    zone: str
    person: Person
    does: Mapping[str, float]
    seasons: tuple[Season, ...]


@dataclass(frozen=True, slots=True)
class LivedDay(Value):
    """One day, from 08:12 to about 07:48 the next morning.

    Args:
        day: its date; `season` what is going on.
        inside: what the body model held in the morning.
        symptoms: complaints in the evening, as the model reads them out, 0..1; `crash` whether they are far worse.
        strap: beats around rests and quiet time, and of some upright day.
        night: beats of the middle of the night.
        phone: steps of the whole day.
        entries: the diary.
        truth: every bout of the day.
    """

    day: date
    season: str
    inside: Inside
    symptoms: float
    crash: bool
    strap: Recording
    night: Recording
    phone: Recording
    entries: tuple[Entry, ...]
    truth: tuple[TrueBout, ...]


def life_of(
    seed: int, days: int, *, zone: str = "Europe/Amsterdam", last: date = LAST_DAY, outside_share: float = 0.3
) -> Life:
    """A person, and the seasons of so many days.

    Args:
        seed: who it is.
        days: how many days are told.
        zone: where the person lives.
        last: the last of these days; their heart does not hang on it.
        outside_share: share of cases outside the detector's priors, 0..1.
    Raises:
        ValueError: fewer than 1 day.
    """
    if days < 1:
        raise ValueError("days must be at least 1")
    rng = np.random.default_rng([seed, 0])
    person = draw_person("ordinary", rng, outside_share=outside_share)
    helps = set(rng.permutation(len(SIGNALS))[:2].tolist())
    signals = {name: DOES if place in helps else DOES_NOT for place, name in enumerate(SIGNALS)}
    first = last - timedelta(days=days - 1)
    return Life(seed, days, first, zone, person, {**OTHERS, **signals}, seasons(days))


def days_of_months(months: int) -> int:
    """How many days so many months have.

    >>> days_of_months(6)
    183
    """
    return round(months * MONTH_DAYS)


def live(life: Life) -> Iterator[LivedDay]:
    """The days of a life, one by one: none is held on to."""
    body = body_under_load(life.seed)
    dealt = iter(dealt_evenly(list(life.does), life.days * RESTS_MOST, np.random.default_rng([life.seed, 1])))
    complaints: list[float] = []
    day = life.first
    for season in life.seasons:
        for number in range(season.days):
            over = number == season.over_day
            rests = () if over else tuple(next(dealt) for _ in range(season.rests))
            made = _Morning(life, season, day, inside(body), rests, over)
            rng = np.random.default_rng([life.seed, 2, (day - life.first).days])
            segments = _segments(made, rng)
            body, hours = lived(body, _inputs(made, segments))
            symptoms = float(hours[round(TAP_H - STARTS_AT_H)])
            yield _told(made, segments, symptoms, is_crash(symptoms, complaints), rng)
            complaints.append(symptoms)
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Morning:
    """What is known when a day begins; `over`: the person will do far too much."""

    life: Life
    season: Season
    day: date
    inside: Inside
    rests: tuple[str, ...]
    over: bool

    @property
    def start_ms(self) -> int:
        return _morning_ms(self.day, self.life.zone)

    @property
    def lasts_h(self) -> float:
        return (_morning_ms(self.day + timedelta(days=1), self.life.zone) - self.start_ms - OFF_MS) / 3_600_000

    @property
    def person(self) -> Person:
        """The traits of this day: the night floor and the arousal follow the body model."""
        well, now = self.life.person, self.inside
        return replace(
            well,
            floor_hr_bpm=well.floor_hr_bpm + now.hr_bpm,
            floor_ln_rmssd=well.floor_ln_rmssd + now.ln_rmssd,
            arousal_bpm=well.arousal_bpm * (1.0 + AROUSED_BY_THREAT * now.states["threat"]),
        )


def _segments(morning: _Morning, rng: np.random.Generator) -> tuple[Segment, ...]:
    chance = {name: morning.inside.openness * does for name, does in morning.life.does.items()}
    chance["quiet"] = morning.inside.openness * QUIET
    wish = DayWish(morning.rests, chance, exercise=1.0 if morning.over else morning.season.exercise)
    return plan_day(morning.person, wish, rng, lasts_h=morning.lasts_h)


def _inputs(morning: _Morning, segments: tuple[Segment, ...]) -> Schedule:
    """What happened to the body: the season, and in it exercise, rests, and for some who do too much an afternoon."""
    season = morning.season
    levels = {"stress": season.stress, "safety": season.safety, "exertion": season.exertion}
    if morning.over:
        return day_of_inputs(levels, [(OVER_FROM_H - STARTS_AT_H, OVER_H, {"exertion": EXERTED})])
    bouts: list[tuple[float, float, Mapping[str, float]]] = []
    for segment in segments:
        at_h, length_h = round(segment.start_s / 60) / 60, max(1, round(segment.minutes)) / 60
        if segment.activity == "exercise":
            bouts.append((at_h, length_h, {"exertion": EXERTED}))
        elif segment.truth is not None and segment.truth.tagged:
            bouts.append((at_h, length_h, {"safety": RESTED} if segment.truth.settles else {}))
    return day_of_inputs(levels, bouts)


def _told(
    morning: _Morning, segments: tuple[Segment, ...], symptoms: float, crash: bool, rng: np.random.Generator
) -> LivedDay:
    """What devices and diary tell of the day."""
    life, person, start_ms = morning.life, morning.person, morning.start_ms
    truth = truth_of(segments, start_ms, person)
    diary = diary_of(person, segments, truth, start_ms, life.zone, rng, posture_all_day=False)
    evening_ms = start_ms + round(3_600_000 * (TAP_H - STARTS_AT_H))
    tap = tap_of(symptoms, crash, evening_ms, life.zone, rng)
    season, told_load = morning.season, morning.day.toordinal() % LOAD_EVERY == 0
    weighs = load_of(season.stress, season.exertion, evening_ms - 60_000, life.zone, rng) if told_load else ()
    whole = render(
        person,
        segments,
        start_ms=start_ms,
        start_hour=STARTS_AT_H,
        zone=life.zone,
        name=morning.day.isoformat(),
        rng=rng,
        windows_s=sorted((*day_windows(segments), *night_windows(segments))),
    )
    return LivedDay(
        morning.day,
        morning.season.name,
        morning.inside,
        symptoms,
        crash,
        strap=_strap_of(whole, day_windows(segments), start_ms),
        night=_night_of(whole, segments, start_ms),
        phone=Recording("fitbit", whole.name, life.zone, None, _steps_of(whole), grade="D"),
        entries=tuple(sorted((*diary, *weighs, *tap), key=lambda line: (line.at_ms, line.kind))),
        truth=truth,
    )


def _strap_of(whole: Recording, windows: Windows, start_ms: int) -> Recording:
    """The beats of the day as the strap's app keeps them."""
    parts = [_beats_within(whole, window, start_ms) for window in windows]
    return replace(whole, source="hrv_logger", beats=joined(parts, "hrv_logger", "strap"), samples=())


def _night_of(whole: Recording, segments: tuple[Segment, ...], start_ms: int) -> Recording:
    """The beats of the night, and the stages of sleep as a watch guesses them."""
    parts = [_beats_within(whole, window, start_ms) for window in night_windows(segments)]
    stages = tuple(line for segment in segments for line in sleep_of(segment, start_ms, whole.clock or "UTC"))
    night = joined(parts, "garmin_fit", WATCH)
    return replace(whole, source="garmin_fit", beats=night, samples=(), entries=stages)


def _beats_within(whole: Recording, window: tuple[int, int], start_ms: int) -> Beats:
    assert whole.beats is not None
    first_ms, last_ms = (start_ms + 1000 * second for second in window)
    return whole.beats.between(first_ms, last_ms)


def _steps_of(whole: Recording) -> tuple[Samples, ...]:
    return tuple(replace(series, device="Fitbit") for series in whole.samples if series.kind == "steps")


def _morning_ms(day: date, zone: str) -> int:
    hours, minutes = divmod(round(STARTS_AT_H * 60), 60)
    return to_ms(datetime(day.year, day.month, day.day, hours, minutes, tzinfo=zone_of(zone)))
