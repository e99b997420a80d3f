"""What is said of one bout? Its name, its answer in one sentence, and what lies behind it."""

from __future__ import annotations

from uitknop.core import Answer, Bout, Estimate, Grade, Verdict
from uitknop.report.reason_words import phrase_of, words_of
from uitknop.report.words import N_, Catalogue

NEAR_NIGHT_FROM = 0.62
"""Place between day (0) and night (1) from which a rest is told to be close to the night."""

KIND_NAMES = {
    "passive": N_("plain rest"),
    "breathing": N_("breathing exercise"),
    "nsdr": N_("guided deep rest"),
    "nap": N_("nap"),
    "night": N_("night"),
    "quiet": N_("quiet time"),
    "task": N_("task"),
}
BESIDE_NAMES = {
    "dark_quiet": N_("darkness"),
    "warm_bottle": N_("a warm bottle"),
    "weighted_blanket": N_("a blanket"),
    "eye_mask": N_("an eye mask"),
    "cold_cloth": N_("something cool"),
    "social_safety": N_("company"),
    "nature_sounds": N_("sounds of nature"),
}
"""What was with a rest, where it was picked from the menu and is kept by the id of its practice."""

ANSWER_NAMES: dict[Answer, str] = {
    "settled": N_("came to rest"),
    "not_settled": N_("no shift seen"),
    "cannot_tell": N_("can't tell"),
    "breathing_only": N_("only during the breathing"),
}
POSTURE_NAMES = {
    "supine": N_("lying"),
    "seated": N_("sitting"),
    "standing": N_("standing"),
    "unknown": N_("posture unknown"),
}
GRADE_WORDS: dict[Grade, str] = {
    "A": N_("A (every beat from a strap, posture and breathing known)"),
    "B": N_("B (one thing unknown, such as the breathing)"),
    "C": N_("C (measured with light, or posture unknown)"),
    "D": N_("D (heart rate only)"),
}


def kind_name(kind: str, label: str, words: Catalogue) -> str:
    """What a kind of bout is called: our word, with the person's own word beside it, or only their own."""
    name = words.say(KIND_NAMES[kind]) if kind in KIND_NAMES else kind
    if not label or label == kind:
        return name
    if kind == "passive" and label == "dark_quiet":
        return words.say("rest in the dark")
    if kind == "passive":
        beside = words.say(BESIDE_NAMES[label]) if label in BESIDE_NAMES else label
        return words.say("rest with {label}", label=beside)
    return words.say("{kind} ({label})", kind=name, label=label)


def when(bout: Bout, zone: str | None, words: Catalogue) -> str:
    """Day and times of a bout: "dinsdag 3 maart 14:00 tot 14:30"."""
    between = words.between(bout.span, zone)
    return between if zone is None else f"{words.calendar_day(bout.span.start_ms, zone)} {between}"


def answer_sentence(verdict: Verdict, words: Catalogue) -> str:
    """The answer for one bout in one sentence, with how sure it is."""
    if verdict.answer == "settled":
        return _settled(verdict, words)
    if verdict.answer == "breathing_only":
        return words.say(
            "While you breathed slowly your heart changed. Of the rest itself we do not see anything that stayed."
        )
    if verdict.answer == "cannot_tell":
        return words.say("We could not see this moment well enough to say something. That says nothing about you.")
    if any(reason.code == "moved_but_high" for reason in verdict.reasons):
        return words.say("There was a shift, and your heart still stayed near your own upright day.")
    return words.say("We do not see your heart come to rest here. This is a measurement, not a verdict on your rest.")


def _settled(verdict: Verdict, words: Catalogue) -> str:
    latency = verdict.latency_min
    if latency is not None and latency.censored == "left":
        return words.say("Your heart was probably at rest here from the first minutes.")
    if latency is None or latency.censored == "right":
        return words.say("Your heart probably came to rest here.")
    return words.say(
        "Your heart probably came to rest here, after about {minutes} (likely between {low} and {high}).",
        minutes=words.count("{n} minute", "{n} minutes", max(round(latency.value), 0)),
        low=words.number(max(latency.low, 0.0)),
        high=words.number(latency.high),
    )


def level_sentence(verdict: Verdict, words: Catalogue) -> str:
    """How low the heart lay on the own scale; empty when there is no scale.

    Seated, a body counts as low well before it is as calm as in the night: only a place near the night is called so.
    """
    band, place = verdict.level.band, verdict.level.heart_rate
    if band == "unknown":
        return ""
    if band == "high":
        return words.say("Your heart was about as it is in your own upright day.")
    if place is None or place.value < NEAR_NIGHT_FROM:
        return words.say("Your heart was somewhere between your own upright day and your own night.")
    return words.say("Your heart was close to how it is at night.")


def why(verdict: Verdict, words: Catalogue) -> tuple[str, ...]:
    """The reasons of a verdict in words, in order of weight, each once; none that answer or level already say."""
    told = (reason for reason in verdict.reasons if reason.code not in {"level_low", "level_high"})
    said = dict.fromkeys(words.say(phrase_of(reason)) for reason in told)
    said.pop(answer_sentence(verdict, words), None)
    return tuple(said)


def main_limit(verdict: Verdict) -> str | None:
    """The code of the weightiest reason that stood in the way of an answer."""
    return next((reason.code for reason in verdict.reasons if words_of(reason).group == "limit"), None)


def chance_words(probability: float | None, words: Catalogue) -> str:
    """A probability in words; the figure stands beside it in the numbers."""
    if probability is None:
        return words.say("not known")
    if probability >= 0.8:
        return words.say("probable")
    if probability > 0.2:
        return words.say("unsure")
    return words.say("not probable")


def estimate_text(
    estimate: Estimate | None, unit: str, words: Catalogue, *, digits: int = 0, signed: bool = False, scale: float = 1.0
) -> str:
    """An estimate with its interval, "9 min (90 %: 6 to 14)"; never a number alone.

    Args:
        unit: said after the value; empty for none.
        digits, signed: as in `Catalogue.number`.
        scale: the estimate is multiplied by this first, 100 for per cent.
    """
    if estimate is None:
        return words.say("not known")
    value, low, high = (
        words.number(part * scale, digits, signed=signed) for part in (estimate.value, estimate.low, estimate.high)
    )
    unit = f" {unit}" if unit else ""
    if estimate.censored == "right":
        return words.say("not seen within {value}", value=f"{value}{unit}")
    if estimate.censored == "left":
        return words.say("from the start")
    return words.say(
        "{value} ({level} %: {low} to {high})",
        value=f"{value}{unit}",
        level=words.number(estimate.level * 100),
        low=low,
        high=high,
    )
