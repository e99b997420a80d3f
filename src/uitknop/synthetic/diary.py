"""What a synthetic person writes down: rests, postures, effort, how a rest felt, whether the next day felt fresh."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from uitknop.core import Entry
from uitknop.synthetic.people import Person
from uitknop.synthetic.segments import Segment
from uitknop.synthetic.truth import TrueBout

FELT_AFTER_MS = 120_000
ANSWER_SPREAD_MS = 45_000
"""Answers come after a rest, not at once."""


def diary_of(
    person: Person,
    segments: Sequence[Segment],
    truth: Sequence[TrueBout],
    start_ms: int,
    zone: str,
    rng: np.random.Generator,
) -> tuple[Entry, ...]:
    """Lines of one recording, in order of time.

    Rests are tagged ("rest", value = kind, label = safety signal) and answered ("answer", label "felt": calmer, same
    or restless; label "refreshed" in the morning: yes or no); exercise is told ("exertion"); posture comes from a
    strap all day long, from a watch only as the posture of a tagged rest.
    """
    lines = [_told(bout, zone) for bout in truth if bout.tagged]
    lines += [_felt(bout, zone, rng) for bout in truth if bout.tagged]
    for segment in segments:
        span_ms = (start_ms + round(1000 * segment.start_s), start_ms + round(1000 * segment.end_s))
        tagged = segment.truth is not None and segment.truth.tagged
        if person.quality == "strap" or tagged:
            lines.append(Entry(span_ms[0], zone, "posture", segment.posture, span_ms[1]))
        if segment.activity == "exercise":
            lines.append(Entry(span_ms[0], zone, "exertion", "exercise", span_ms[1]))
    rests = [bout for bout in truth if bout.tagged]
    chance = 0.25 + 0.5 * float(np.mean([bout.settles for bout in rests])) if rests else 0.4
    morning_ms = start_ms + round(1000 * segments[-1].start_s)
    lines.append(Entry(morning_ms, zone, "answer", "yes" if rng.random() < chance else "no", label="refreshed"))
    return tuple(sorted(_merged(lines), key=lambda line: (line.at_ms, line.kind)))


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
