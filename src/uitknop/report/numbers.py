"""The numbers of a bout and of the own scale, for the reader who asks for them: always with interval and unit."""

from __future__ import annotations

from uitknop.core import Scale, Verdict
from uitknop.report.bout_words import GRADE_WORDS, POSTURE_NAMES, chance_words, estimate_text
from uitknop.report.findings_json import has_beats
from uitknop.report.words import N_, Catalogue

Rows = tuple[tuple[str, str], ...]

MOVEMENT_NAMES = {
    "moved": N_("a shift to the calm side"),
    "not_moved": N_("no shift to the calm side"),
    "cannot_tell": N_("can't tell"),
}


def numbers_of(verdict: Verdict, words: Catalogue) -> Rows:
    """The numbers behind one verdict as pairs of name and value; heart rate only gives no line on ln RMSSD."""
    minutes, beats = words.say("min"), words.say("beats a minute")
    rows = [
        (words.say("came to rest"), _probability(verdict, words)),
        (words.say("within this stretch"), words.say(MOVEMENT_NAMES[verdict.movement])),
        (
            words.say("change of heart rate"),
            estimate_text(verdict.hr_change_bpm, beats, words, digits=1, signed=True),
        ),
    ]
    if has_beats(verdict):
        rows.append(
            (words.say("change of ln RMSSD"), estimate_text(verdict.ln_rmssd_change, "", words, digits=2, signed=True))
        )
    rows += [
        (words.say("time until at rest"), estimate_text(verdict.latency_min, minutes, words)),
        (words.say("minutes on the calm side"), estimate_text(verdict.restorative_min, minutes, words)),
        *_level(verdict, words),
        (words.say("posture"), words.say(POSTURE_NAMES[verdict.bout.posture])),
        (words.say("how sure at most"), words.say(GRADE_WORDS[verdict.confidence])),
    ]
    return tuple(rows)


def _probability(verdict: Verdict, words: Catalogue) -> str:
    if verdict.probability is None:
        return chance_words(None, words)
    return words.say(
        "{words} ({percent} %)",
        words=chance_words(verdict.probability, words),
        percent=words.number(100 * verdict.probability),
    )


def _level(verdict: Verdict, words: Catalogue) -> Rows:
    rows = [(words.say("place between day (0) and night (1), heart rate"), verdict.level.heart_rate)]
    if has_beats(verdict):
        rows.append((words.say("place between day (0) and night (1), ln RMSSD"), verdict.level.ln_rmssd))
    return tuple((name, estimate_text(place, "", words, digits=1)) for name, place in rows if place is not None)


def scale_numbers(scale: Scale | None, words: Catalogue) -> Rows:
    """The person's own scale as pairs of name and value; empty when there is none."""
    if scale is None:
        return ()
    beats = words.say("beats a minute")
    parts = [
        (words.say("your upright day, heart rate"), scale.day_hr_bpm, 0, beats),
        (words.say("your night, heart rate"), scale.night_hr_bpm, 0, beats),
        (words.say("your upright day, ln RMSSD"), scale.day_ln_rmssd, 2, ""),
        (words.say("your night, ln RMSSD"), scale.night_ln_rmssd, 2, ""),
    ]
    rows = [
        (name, f"{words.number(value, digits)} {unit}".strip())
        for name, value, digits, unit in parts
        if value is not None
    ]
    if scale.hr_trend_bpm_per_week is not None:
        unit = words.say("beats a minute per week")
        trend = estimate_text(scale.hr_trend_bpm_per_week, unit, words, digits=1, signed=True)
        rows.append((words.say("change of your night over the weeks"), trend))
    days = words.count("{n} day", "{n} days", scale.n_days)
    nights = words.count("{n} night", "{n} nights", scale.n_nights)
    rows.append((words.say("based on"), words.say("{first} and {last}", first=days, last=nights)))
    return tuple(rows)
