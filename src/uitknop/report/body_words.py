"""How the body model is spoken of: always as an explanation, always about many made-up people, never about one."""

from __future__ import annotations

from uitknop.body import Ensemble, body_model, scenarios
from uitknop.body.ensemble import PhaseEnd
from uitknop.body.people import USUAL_KIND
from uitknop.body.spec import Title
from uitknop.core import Estimate
from uitknop.report.words import Catalogue


def disclaimer(words: Catalogue) -> str:
    """What stands with everything the model shows."""
    return words.say(
        "Explanatory model, made to show what the texts tell. It is nobody's body, and it does not know how your "
        "course will go."
    )


def nature(words: Catalogue) -> str:
    """The label inside every figure."""
    return words.say("explanatory model, not about you")


def ranged(middle: float, low: float, high: float, digits: int, words: Catalogue) -> str:
    """A number with its range."""
    value, first, last = (words.number(each, digits) for each in (middle, low, high))
    return words.say("{value} ({low} to {high})", value=value, low=first, high=last)


def in_hundred(share: Estimate, words: Catalogue) -> str:
    """A share with its interval, out of every hundred."""
    return ranged(100 * share.value, 100 * share.low, 100 * share.high, 0, words)


def in_hundred_words(share: Estimate, words: Catalogue) -> str:
    """A share with its interval, that says itself that it is out of a hundred."""
    return words.say(
        "{share} in 100 ({low} to {high})",
        share=words.number(100 * share.value),
        low=words.number(100 * share.low),
        high=words.number(100 * share.high),
    )


def outcome_name(outcome: str, words: Catalogue) -> str:
    """An outcome in words."""
    return {
        "well": words.say("well, able to do as much as before"),
        "not_fully": words.say("better, able to do less than before"),
        "mild": words.say("ill, able to do more than half"),
        "moderate": words.say("ill, able to do a quarter to half"),
        "severe": words.say("ill, able to do less than a quarter"),
        "never_ill": words.say("never ill, stayed well all along"),
        "diverged": words.say("outside the model, says nothing"),
    }[outcome]


def outcome_lines(found: Ensemble | PhaseEnd, words: Catalogue) -> tuple[str, ...]:
    """The share of each outcome that occurred, out of every hundred made-up people, with its interval."""
    return tuple(
        f"{outcome_name(name, words)}: {in_hundred_words(share, words)}"
        for name, share in found.shares.items()
        if share.value > 0
    )


def moment_line(day: float, words: Catalogue, title: Title | None = None) -> str:
    """When the shares that follow were counted: the last day of a phase, or of all."""
    if title is None:
        return words.say("In the end, day {day}:", day=words.number(day))
    return words.say("After “{phase}”, day {day}:", phase=title.said(words.lang), day=words.number(day))


def ill_line(ensemble: Ensemble, words: Catalogue) -> str:
    """The share that was ill at any moment."""
    return words.say("Ill at some moment: {share}", share=in_hundred_words(ensemble.fell_ill, words))


def heading(ensemble: Ensemble, words: Catalogue) -> str:
    """The scenario, whether anything in it was changed, and how many made-up people played it."""
    title = ensemble.title.said(words.lang)
    if _played(ensemble) and change_lines(ensemble, words):
        return words.say("{title}, with changes: {n} made-up people", title=title, n=ensemble.n)
    return words.say("{title}: {n} made-up people", title=title, n=ensemble.n)


def change_lines(ensemble: Ensemble, words: Catalogue) -> tuple[str, ...]:
    """What is not as in the scenario, or not the usual kind of course; one line for each kind of change."""
    spec, found = body_model(), []
    if ensemble.kind != USUAL_KIND:
        found.append(words.say("Kind of course: {kind}", kind=spec.kinds[ensemble.kind].title.said(words.lang)))
    if ensemble.schedule is not None:
        file = ensemble.schedule.name
        found.append(
            words.say("Inputs from {file}", file=file) if file else words.say("Inputs from a course of its own")
        )
    if ensemble.inputs and _played(ensemble):
        found.append(_held(ensemble, words))
    if ensemble.switched_off:
        titles = [spec.couplings[name].title.said(words.lang) for name in ensemble.switched_off]
        found.append(words.say("Left out: {coupling}", coupling="; ".join(titles)))
    return tuple(found)


def _held(ensemble: Ensemble, words: Catalogue) -> str:
    levels = [
        words.say("{input} {level}", input=body_model().inputs[name].title.said(words.lang), level=float(level))
        for name, level in ensemble.inputs.items()
    ]
    day = scenarios()[ensemble.scenario].open_day
    if day > 0 and ensemble.schedule is None:
        return words.say("Held from day {day} on: {levels}", day=words.number(day), levels=words.listed(levels))
    return words.say("Held all the time: {levels}", levels=words.listed(levels))


def _played(ensemble: Ensemble) -> bool:
    """Whether it is one of the scenarios, which a what-if is not: that has choices of its own."""
    return ensemble.scenario in scenarios()
