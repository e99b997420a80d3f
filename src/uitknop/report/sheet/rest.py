"""Heading 2: worse after effort or not, energy, what the heart did at rest, how rest feels, and what is too much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uitknop.core import Findings
from uitknop.core.timeline import from_ms
from uitknop.report.answer import KindAnswer, kind_answers, quiet_answer
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import SheetLine
from uitknop.report.sheet.picked import Picked, lowered, raised
from uitknop.state import TrackNow

MOST_KINDS = 3
MOST_FEELS = 3
MOST_HELPS = 4
MOST_STIMULI = 5
OFTEN = 2
"""From "often too much" on, in the list of stimuli."""
PEM_CLAIMS = ("C124",)
HEART_CLAIMS = ("C102",)


def rest_lines(
    track: TrackNow,
    findings: Findings | None,
    picked: Picked,
    words: Words,
    *,
    after: Sequence[str] = (),
    hides_heart: bool = False,
) -> Iterator[SheetLine]:
    """What stands under "rest and stimuli"; `after` are the answers to how a rest felt."""
    yield SheetLine("pem", words.told(f"pem_{track.pem.answer}"), () if track.pem.answer == "negative" else PEM_CLAIMS)
    if (energy := _energy(picked, words)) is not None:
        yield SheetLine("energy", energy)
    yield from (SheetLine("heart", text, claims) for text, claims in _heart(findings, words, hides_heart))
    yield from _felt(picked, words, after)


def _energy(picked: Picked, words: Words) -> str | None:
    energy, sleep = (picked.number("energy", item) for item in ("energy", "sleep_refreshing"))
    day = picked.day("energy")
    if energy is None or day is None:
        return None
    if sleep is None:
        return words.told("energy_only", energy=energy, date=words.day(day))
    return words.told("energy", energy=energy, sleep=sleep, date=words.day(day))


def _heart(findings: Findings | None, words: Words, hidden: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    if hidden:
        yield words.told("heart_hidden"), ()
        return
    if findings is None or not findings.recordings:
        yield words.told("heart_none"), ()
        return
    judged = [one for one in kind_answers(findings, words.catalogue) if one.judged]
    for one in sorted(judged, key=lambda one: -one.judged)[:MOST_KINDS]:
        yield _kind(one, words), HEART_CLAIMS
    quiet = quiet_answer(findings, words.catalogue)
    if judged and quiet is not None and quiet.judged:
        yield words.told("heart_beside", settled=quiet.settled, n=quiet.judged), ()
    if not judged:
        yield words.told("heart_untold"), ()
    yield _basis(findings, words), ()


def _basis(findings: Findings, words: Words) -> str:
    """From when to when, and how long in all."""
    hours = words.number(max(sum(one.duration_s for one in findings.recordings) / 3600, 1))
    dated = [one for one in findings.recordings if one.clock is not None]
    if findings.zone is None or not dated:
        return words.told("heart_hours", hours=hours)
    first = min(one.start_ms for one in dated)
    last = max(one.end_ms or one.start_ms + round(one.duration_s * 1000) for one in dated)
    first_day, last_day = (words.day(from_ms(moment, findings.zone).date()) for moment in (first, last))
    if first_day == last_day:
        return words.told("heart_day", day=first_day, hours=hours)
    return words.told("heart_basis", first=first_day, last=last_day, hours=hours)


def _kind(one: KindAnswer, words: Words) -> str:
    name = raised(one.name)
    if one.judged == 1 or one.share is None:
        return words.told("heart_once" if one.settled else "heart_once_not", kind=name)
    low, high = (words.number(end * 10) for end in (one.share.low, one.share.high))
    return words.told("heart", kind=name, settled=one.settled, n=one.judged, low=low, high=high)


def _felt(picked: Picked, words: Words, after: Sequence[str]) -> Iterator[SheetLine]:
    feels, helps = (picked.options("rest_feel", item) for item in ("feels", "helps"))
    stimuli = [lowered(name) for name in picked.items_at_least("sensory", OFTEN)]
    if feels:
        yield SheetLine("resting", words.told("feels", feels=words.some(feels, MOST_FEELS)))
    if helps:
        yield SheetLine("resting", words.told("helps", helps=words.some(helps, MOST_HELPS)))
    if stimuli:
        yield SheetLine("stimuli", words.told("stimuli", stimuli=words.some(stimuli, MOST_STIMULI)))
    if after and not feels:
        times = sum(one == "calmer" for one in after)
        yield SheetLine("resting", words.told("rest_felt", times=times, n=len(after)))
    if not (feels or helps or stimuli or after):
        yield SheetLine("resting", words.told("rest_none"))
