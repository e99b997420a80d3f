"""What became of made-up people in a what-if, in words: with numbers, or without any."""

from __future__ import annotations

import numpy as np

from uitknop.body import Ensemble
from uitknop.body.what_if import EFFORT_DAY, EFFORT_H, LOADS
from uitknop.core import Estimate
from uitknop.report.body_words import outcome_lines, outcome_name
from uitknop.report.words import N_, Catalogue

HARDLY = 0.01
"""A rise of complaints or a fall of the limit, of 1, that is not spoken of."""

MANY = (
    (0.9, N_("Nearly all of them: {outcome}.")),
    (0.65, N_("Most of them: {outcome}.")),
    (0.35, N_("About half of them: {outcome}.")),
    (0.1, N_("Some of them: {outcome}.")),
    (0.0, N_("A few of them: {outcome}.")),
)
"""From which share on, and how it is said without a number."""


def share_lines(ensemble: Ensemble, words: Catalogue, *, numbers: bool) -> tuple[str, ...]:
    """The share of each outcome that occurred, in numbers or in words; the best first."""
    if numbers:
        return outcome_lines(ensemble, words)
    return tuple(
        words.say(_many(share), outcome=_plainly(name, words))
        for name, share in ensemble.shares.items()
        if share.value > 0
    )


def _plainly(outcome: str, words: Catalogue) -> str:
    """An outcome without a number, not even in words."""
    plain = {
        "never_ill": words.say("stayed well all along"),
        "mild": words.say("not recovered yet, able to do a fair amount"),
        "moderate": words.say("not recovered yet, able to do some things"),
        "severe": words.say("not recovered yet, able to do little"),
    }
    return plain.get(outcome) or outcome_name(outcome, words)


def effort_lines(ensemble: Ensemble, words: Catalogue, *, numbers: bool) -> tuple[str, ...]:
    """What an effort does in the first days after it: complaints, limit and bucket; nothing of how it ends.

    Args:
        ensemble: from `after_effort`, kept every hour.
    """
    if not ensemble.bands:
        return (outside_line(words),)
    at = int(np.searchsorted(ensemble.day, EFFORT_DAY))
    complaints, limit, bucket = (ensemble.bands[name].middle for name in ("symptoms", "envelope", "load"))
    later_h = int(np.argmax(complaints[at:]))
    lines = [_complaints(float(complaints[at:].max() - complaints[at]), later_h, words, numbers=numbers)]
    if limit[at] - limit[at:].min() >= HARDLY:
        lines.append(words.say("The limit lies lower meanwhile: less can be done than before."))
    if ensemble.inputs["stress"] > LOADS["light"] and bucket[-1] > bucket[0]:
        lines.append(words.say("The bucket fills up further, because the load from outside stays."))
    if ensemble.diverged:
        lines.append(words.say("Some of them left the range of the model. Of those it says nothing."))
    return tuple(lines)


def outside_line(words: Catalogue) -> str:
    """What is said when nobody stayed within the range of the model."""
    return words.say("With this all of them left the range of the model. Then it says nothing.")


def never_ill_line(ensemble: Ensemble, words: Catalogue) -> str:
    """What is said where most people did not become ill; empty where they did."""
    if ensemble.fell_ill.value >= 0.5:
        return ""
    if ensemble.switched_off:
        return words.say("With this left out most of them did not become ill at all.")
    return words.say("Most of them did not become ill at all.")


def _complaints(rise: float, later_h: int, words: Catalogue, *, numbers: bool) -> str:
    if rise < HARDLY:
        return words.say("Complaints hardly change.")
    if later_h <= EFFORT_H:
        return words.say("Complaints get worse at once.")
    if numbers:
        return words.say("Complaints get worse later: most of all about {n} hours after it began.", n=later_h)
    return words.say("Complaints get worse later: most of all a day or more after it.")


def _many(share: Estimate) -> str:
    return next(said for least, said in MANY if share.value >= least)
