"""A low time, by the answers: what it holds back, and what must be asked when a total hides its question on suicide."""

from __future__ import annotations

from collections.abc import Iterator

from uitknop.core import Reason
from uitknop.core.errors import Malformed
from uitknop.guidance.red_flags import SUICIDALITY
from uitknop.instruments import Instrument, decide, instrument, official_instruments, total_from_entry
from uitknop.instruments.condition import items_of
from uitknop.instruments.instrument import Scale
from uitknop.instruments.lines import TOTAL
from uitknop.state import Diary
from uitknop.state.diary import answers_of, rounds_of
from uitknop.state.gates import mood_calm
from uitknop.state.parameters import DAY_MS, MOOD_TOTAL, MOOD_TOTAL_DAYS

SAFETY_LIMITS = {"phq9/total": float(MOOD_TOTAL), "4dkl/depression": 3.0}
"""Totals from which the question about suicide is put where the form hides it: "moderate" of each form (Kroenke 2001;
the manual of the 4DKL). Which of the published limits it is, is a choice of this project."""


def low_mood(diary: Diary) -> Reason | None:
    """That the last answers on mood fit a low time, or the last total does; None where they do not, or there are none.

    The own list counts until it is answered anew, a total for twelve weeks.
    """
    own = instrument("mood")
    low = {found.id: found.holds for found in decide(own, answers_of(diary, own))}["low_mood"] is True
    return Reason("low_mood") if low or mood_calm(diary).answer == "shut" else None


def safety_unknown(diary: Diary) -> Reason | None:
    """That a total lies beyond its limit and nobody knows what was answered about suicide; None where that is known.

    It is known once the person answered the page of red flags, or that question itself, since.
    """
    found = [told for one in official_instruments() for told in _hidden(one, diary)]
    told_ms = max((at_ms for at_ms, _ in found), default=None)
    page = answers_of(diary, instrument("red_flags")).of("signs")
    if told_ms is None or (page is not None and page.value and page.by == "self" and page.at_ms >= told_ms):
        return None
    return Reason("safety_item_unknown", *max(found)[1])


def _hidden(one: Instrument, diary: Diary) -> Iterator[tuple[int, tuple[float, float]]]:
    """Each total of a form beyond its limit with the question on suicide unanswered: when, how much, and the limit."""
    rules = [flag for flag in one.flags if flag.id == SUICIDALITY]
    asked = {item for rule in rules for item in items_of(rule.when)}
    given = [
        answer.at_ms for answer in answers_of(diary, one).given if answer.item in asked and answer.value is not None
    ]
    for scale in one.scales:
        limit = SAFETY_LIMITS.get(f"{one.id}/{scale.id}")
        if limit is not None and asked:
            for at_ms, total in (*_typed(one, scale, diary), *_half(one, scale, asked, diary)):
                lately = diary.now_ms - at_ms < MOOD_TOTAL_DAYS * DAY_MS
                if total >= limit and lately and max(given, default=at_ms - 1) < at_ms:
                    yield at_ms, (total, limit)


def _typed(one: Instrument, scale: Scale, diary: Diary) -> Iterator[tuple[int, float]]:
    for entry in diary.entries:
        if entry.kind == "event" and entry.label == f"{TOTAL}{one.id}/{scale.id}":
            try:
                yield entry.at_ms, total_from_entry(one, entry, now_ms=diary.now_ms).value or 0.0
            except Malformed:
                continue  # kept as it is; the walk says why


def _half(one: Instrument, scale: Scale, asked: set[str], diary: Diary) -> Iterator[tuple[int, float]]:
    """Rounds that were answered here without that question: what the other answers already come to."""
    for given in rounds_of(diary, one):
        if all(given.value(item) is None for item in asked):
            numbers = [value for item in scale.items if isinstance(value := given.value(item), int)]
            points = [scale.recode[value] if scale.recode else value for value in numbers]
            yield max(answer.at_ms for answer in given.given), float(sum(points))
