"""How the body model is spoken of: always as an explanation, always about many made-up people, never about one."""

from __future__ import annotations

from uitknop.body import Ensemble
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


def outcome_name(outcome: str, words: Catalogue) -> str:
    """An outcome in words."""
    return {
        "well": words.say("well, able to do as much as before"),
        "not_fully": words.say("better, able to do less than before"),
        "mild": words.say("ill, able to do more than half"),
        "moderate": words.say("ill, able to do a quarter to half"),
        "severe": words.say("ill, able to do less than a quarter"),
        "diverged": words.say("outside the range of the model, says nothing"),
    }[outcome]


def outcome_lines(ensemble: Ensemble, words: Catalogue) -> tuple[str, ...]:
    """The share of each outcome that occurred, out of every hundred made-up people, with its interval."""
    return tuple(
        words.say(
            "{name}: {share} in 100 ({low} to {high})",
            name=outcome_name(name, words),
            share=words.number(100 * share.value),
            low=words.number(100 * share.low),
            high=words.number(100 * share.high),
        )
        for name, share in ensemble.shares.items()
        if share.value > 0
    )


def heading(ensemble: Ensemble, words: Catalogue) -> str:
    """The scenario, and how many made-up people played it."""
    return words.say("{title}: {n} made-up people", title=ensemble.title.said(words.lang), n=ensemble.n)
