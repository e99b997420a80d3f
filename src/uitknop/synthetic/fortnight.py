"""Whole people: two weeks of recordings, diary and truth from one seed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import numpy as np

from uitknop.core import Entry, Recording
from uitknop.core.timeline import to_ms, zone_of
from uitknop.synthetic.diary import diary_of
from uitknop.synthetic.people import PERSON_KINDS, QUALITIES, Person, PersonKind, Quality, draw_person
from uitknop.synthetic.plan import STARTS_AT_H, DayWish, plan_day
from uitknop.synthetic.render import render, truth_of
from uitknop.synthetic.rests import dealt_evenly, settle_probability_of
from uitknop.synthetic.truth import SyntheticPerson, TrueBout
from uitknop.synthetic.windows import needed_windows

OFF_MS = 24 * 60_000
"""The device is off for the shower."""


def make_person(
    kind: PersonKind = "ordinary",
    *,
    seed: int,
    days: int = 14,
    quality: Quality = "strap",
    settle_probability: Mapping[str, float] | None = None,
    effect: tuple[float, float] | None = None,
    rests_per_day: int = 3,
    outside_share: float = 0.3,
    zone: str = "Europe/Amsterdam",
    start: str = "2026-03-02",
    only_rests: bool = False,
) -> SyntheticPerson:
    """A person with a known truth, one recording a day from 08:12 to about 07:48 local.

    Args:
        kind: what rest does to this person.
        seed: the same seed gives the same person, beat for beat.
        days: number of recordings.
        quality: device.
        settle_probability: chance to settle by kind of rest or safety signal; kinds left out keep their default, other
            keys are added as safety signals (passive rest with that label).
        effect: (heart rate in bpm, ln RMSSD) by which every easing changes; drawn when None.
        rests_per_day: tagged rests, dealt evenly over the kinds.
        outside_share: share of cases outside the detector's priors, 0..1.
        zone: where the person lives.
        start: first day, ISO date.
        only_rests: beats only around rests and quiet time, for 2 h of night and 2 h of upright day; quicker.
    Returns: recordings, diary and truth.
    Raises:
        ValueError: no such kind of person or device, or fewer than 1 day.

    >>> person = make_person(seed=1, days=1)
    >>> person.recordings[0].name, len(person.truth) > 5
    ('2026-03-02', True)
    """
    if kind not in PERSON_KINDS or quality not in QUALITIES or days < 1:
        raise ValueError(f"kind must be one of {PERSON_KINDS}, quality one of {QUALITIES}, and days at least 1")
    trait_seed, deal_seed, *day_seeds = np.random.SeedSequence(seed).spawn(2 + days)
    person = draw_person(kind, np.random.default_rng(trait_seed), quality=quality, outside_share=outside_share)
    chance = settle_probability_of(kind, settle_probability)
    kinds = ["breathing"] if kind == "breathing_only" else [name for name in chance if name != "quiet"]
    dealt = dealt_evenly(kinds, days * rests_per_day, np.random.default_rng(deal_seed))
    first = date.fromisoformat(start)
    recordings: list[Recording] = []
    entries: list[Entry] = []
    truth: list[TrueBout] = []
    for index, day_seed in enumerate(day_seeds):
        rests = tuple(dealt[index * rests_per_day : (index + 1) * rests_per_day])
        wish = DayWish(rests, chance, effect, outside_share)
        day = first + timedelta(days=index)
        recording, bouts = _one_day(person, wish, day, zone, np.random.default_rng(day_seed), only_rests)
        recordings.append(recording)
        entries += recording.entries
        truth += bouts
    return SyntheticPerson(person, tuple(recordings), tuple(entries), tuple(truth), zone)


def long_person(
    kind: PersonKind, seed: int, days: int = 90, *, quality: Quality = "strap", only_rests: bool = True
) -> SyntheticPerson:
    """A person over months; by default with beats only where a verdict needs them."""
    return make_person(kind, seed=seed, days=days, quality=quality, only_rests=only_rests)


def _one_day(
    person: Person, wish: DayWish, day: date, zone: str, rng: np.random.Generator, only_rests: bool
) -> tuple[Recording, tuple[TrueBout, ...]]:
    start_ms, next_ms = (_morning_ms(day + timedelta(days=ahead), zone) for ahead in (0, 1))
    segments = plan_day(person, wish, rng, lasts_h=(next_ms - start_ms - OFF_MS) / 3_600_000)
    truth = truth_of(segments, start_ms, person)
    entries = diary_of(person, segments, truth, start_ms, zone, rng)
    recording = render(
        person,
        segments,
        start_ms=start_ms,
        start_hour=STARTS_AT_H,
        zone=zone,
        name=day.isoformat(),
        rng=rng,
        windows_s=needed_windows(segments) if only_rests else None,
        entries=entries,
    )
    return recording, truth


def _morning_ms(day: date, zone: str) -> int:
    hours, minutes = divmod(round(STARTS_AT_H * 60), 60)
    return to_ms(datetime(day.year, day.month, day.day, hours, minutes, tzinfo=zone_of(zone)))
