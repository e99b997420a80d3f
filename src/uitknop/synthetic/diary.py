"""What a synthetic person writes down: rests, postures, effort, how a rest felt, whether the next day felt fresh."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from uitknop.core import Entry
from uitknop.synthetic.inside import HEAVY_FROM
from uitknop.synthetic.people import Person
from uitknop.synthetic.segments import Segment
from uitknop.synthetic.truth import TrueBout

FELT_AFTER_MS = 120_000
ANSWER_SPREAD_MS = 45_000
"""Answers come after a rest, not at once."""

SILENT = 0.08
"""Share of evenings without a tap."""

STAGES = ((45, "light"), (30, "deep"), (20, "light"), (15, "rem"))
"""A round of sleep: minutes and stage."""


def diary_of(
    person: Person,
    segments: Sequence[Segment],
    truth: Sequence[TrueBout],
    start_ms: int,
    zone: str,
    rng: np.random.Generator,
    *,
    posture_all_day: bool | None = None,
) -> tuple[Entry, ...]:
    """Lines of one recording, in order of time.

    Rests are tagged ("rest", value = kind, label = safety signal) and answered ("answer", label "felt": calmer, same
    or restless; label "refreshed" in the morning: yes or no); exercise is told ("exertion"); posture comes from a
    strap all day long, from a watch only as the posture of a tagged rest, unless `posture_all_day` says otherwise.
    """
    always = person.quality == "strap" if posture_all_day is None else posture_all_day
    lines = [_told(bout, zone) for bout in truth if bout.tagged]
    lines += [_felt(bout, zone, rng) for bout in truth if bout.tagged]
    for segment in segments:
        span_ms = (start_ms + round(1000 * segment.start_s), start_ms + round(1000 * segment.end_s))
        tagged = segment.truth is not None and segment.truth.tagged
        if always or tagged:
            lines.append(Entry(span_ms[0], zone, "posture", segment.posture, span_ms[1]))
        if segment.activity == "exercise":
            lines.append(Entry(span_ms[0], zone, "exertion", "exercise", span_ms[1]))
    rests = [bout for bout in truth if bout.tagged]
    chance = 0.25 + 0.5 * float(np.mean([bout.settles for bout in rests])) if rests else 0.4
    morning_ms = start_ms + round(1000 * segments[-1].start_s)
    lines.append(Entry(morning_ms, zone, "answer", "yes" if rng.random() < chance else "no", label="refreshed"))
    return tuple(sorted(_merged(lines), key=lambda line: (line.at_ms, line.kind)))


def tap_of(symptoms: float, crash: bool, at_ms: int, zone: str, rng: np.random.Generator) -> tuple[Entry, ...]:
    """The tap of the evening, "how is it now?": by complaints and a little chance; not every evening, less when ill.

    Args:
        symptoms: as the body model reads them out, 0..1.
        crash: whether they are far worse than in the days before.
        at_ms: about when.
        zone: where the person is.
        rng: source of chance.
    """
    late_ms, silence, doubt = int(rng.integers(0, 3_600_000)), rng.random(), float(rng.normal(0.0, 0.04))
    if silence < SILENT + (SILENT if crash else 0.0):
        return ()
    felt = "crash" if crash else "heavy" if symptoms + doubt > HEAVY_FROM else "fine"
    return (Entry(at_ms + late_ms, zone, "answer", felt, label="now"),)


def load_of(work: float, effort: float, at_ms: int, zone: str, rng: np.random.Generator) -> tuple[Entry, ...]:
    """What weighs today, from 0 to 10, in a few domains.

    Args:
        work: load from outside, as an input of the body model.
        effort: exertion, as an input of the body model.
        at_ms: when it was told.
        zone: where the person is.
        rng: source of chance.
    """
    weighs = {
        "work": 8.0 * work / (0.4 + work),
        "home": 3.0 + work,
        "body_effort": 12.0 * effort,
        "sensory": 2.0 + work,
    }
    told = {name: int(np.clip(round(value + rng.normal(0.0, 0.8)), 0, 10)) for name, value in weighs.items()}
    return tuple(Entry(at_ms, zone, "event", str(value), label=f"load/{name}") for name, value in told.items())


def sleep_of(segment: Segment, start_ms: int, zone: str) -> tuple[Entry, ...]:
    """The stages of a night as a watch tells them, in whole minutes; none of what is no night."""
    if segment.activity != "asleep":
        return ()
    at_s, lines = round(segment.start_s / 60) * 60, []
    for minutes, stage in itertools.cycle(STAGES):
        end_s = min(at_s + 60 * minutes, round(segment.end_s / 60) * 60)
        if end_s <= at_s:
            break
        lines.append(Entry(start_ms + 1000 * at_s, zone, "sleep", stage, start_ms + 1000 * end_s))
        at_s = end_s
    return tuple(lines)


def _told(bout: TrueBout, zone: str) -> Entry:
    return Entry(bout.span.start_ms, zone, "rest", bout.kind, bout.span.end_ms, bout.label)


def _felt(bout: TrueBout, zone: str, rng: np.random.Generator) -> Entry:
    words = ("calmer", "same", "restless")
    chances = (0.75, 0.2, 0.05) if bout.settles else (0.2, 0.55, 0.25)
    at_ms = bout.span.end_ms + FELT_AFTER_MS + int(rng.integers(0, ANSWER_SPREAD_MS))
    return Entry(at_ms, zone, "answer", words[int(rng.choice(3, p=chances))], label="felt")


def _merged(lines: Sequence[Entry]) -> list[Entry]:
    """Lines of posture that follow each other with the same value become one."""
    out: list[Entry] = []
    for line in lines:
        last = next((other for other in reversed(out) if other.kind == "posture"), None)
        if line.kind == "posture" and last is not None and last.value == line.value and last.end_ms == line.at_ms:
            out[out.index(last)] = Entry(last.at_ms, last.zone, "posture", last.value, line.end_ms)
        else:
            out.append(line)
    return out
