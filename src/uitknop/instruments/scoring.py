"""From answers to numbers: sums, means and percentages, each item reversed or weighted as published.

A missing item means no number, unless the publication of that scale says otherwise; a contradiction means no number
until one of the answers is changed. Published limits hold for the official wording only, so a list worded here has
none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from uitknop.core import Reason, Value
from uitknop.instruments.answers import Answers, applies, check_version
from uitknop.instruments.decisions import contradictions
from uitknop.instruments.instrument import Cutoff, Instrument, Item, Scale

_DECIMALS = 2
"""Published limits of means have two decimals; a mean is compared with them at that precision."""


@dataclass(frozen=True, slots=True)
class Score(Value):
    """The result on one scale.

    Args:
        instrument, version: of the list.
        scale: name of the scale.
        value: None when there is none; `reasons` says why.
        low, high: the smallest and largest possible result.
        n_answered, n_items: how many of the items of the scale have an answer.
        reached: the published limits on whose far side it lies.
        by_proxy: whether somebody else gave any of the answers.
        typed: whether the result was typed in from a form filled in elsewhere.
        reasons: why there is no value, or what a typed result leaves unknown.
        at_ms: the last answer that counts, or the day of the form, UTC ms; None without any.
    """

    instrument: str
    version: str
    scale: str
    value: float | None
    low: float
    high: float
    n_answered: int
    n_items: int
    reached: tuple[Cutoff, ...] = ()
    by_proxy: bool = False
    typed: bool = False
    reasons: tuple[Reason, ...] = ()
    at_ms: int | None = None


def score(instrument: Instrument, answers: Answers) -> tuple[Score, ...]:
    """The result on every scale of an instrument, in the order of its scales.

    Raises:
        Malformed: the answers belong to another list or version.
    """
    check_version(instrument, answers)
    contradicted = {item for found in contradictions(instrument, answers) for item in found.items}
    return tuple(_score_scale(instrument, scale, answers, contradicted) for scale in instrument.scales)


def reached(cutoffs: tuple[Cutoff, ...], value: float) -> tuple[Cutoff, ...]:
    """The limits on whose far side a result lies."""
    rounded = math.floor(value * 10**_DECIMALS + 0.5 + 1e-9) / 10**_DECIMALS
    beyond = {
        "at_least": lambda limit: rounded >= limit,
        "above": lambda limit: rounded > limit,
        "at_most": lambda limit: rounded <= limit,
        "below": lambda limit: rounded < limit,
    }
    return tuple(cutoff for cutoff in cutoffs if beyond[cutoff.side](cutoff.value))


def _score_scale(instrument: Instrument, scale: Scale, answers: Answers, contradicted: set[str]) -> Score:
    items = [item for item in instrument.items if item.id in scale.items]
    points = {item.id: _points(item, scale, answers) for item in items}
    there = [item for item in items if points[item.id] is not None]
    reasons = []
    if len(items) - len(there) > scale.may_miss or not there:
        reasons.append(Reason("missing_items", len(there), len(items) - scale.may_miss, "items"))
    if contradicted & set(scale.items):
        reasons.append(Reason("contradicting_answers"))
    value = None if reasons else _combine(scale, there, [points[item.id] or 0.0 for item in there])
    given = [answer for item in there if (answer := answers.of(item.id)) is not None]
    return Score(
        *(instrument.id, instrument.version, scale.id, value, scale.low, scale.high, len(there), len(items)),
        reached=() if value is None or instrument.wording == "own" else reached(scale.cutoffs, value),
        by_proxy=any(answer.by == "proxy" for answer in given),
        reasons=tuple(reasons),
        at_ms=max((answer.at_ms for answer in given), default=None),
    )


def _points(item: Item, scale: Scale, answers: Answers) -> float | None:
    value = answers.value(item.id)
    if not isinstance(value, int) or not applies(item, answers):
        return None
    return _counted(item, scale, value)


def _counted(item: Item, scale: Scale, value: int) -> float:
    """An answer as it counts on a scale: recoded, reversed, weighted."""
    low, high = item.low, item.high
    if scale.recode:
        value, low, high = scale.recode[value], min(scale.recode), max(scale.recode)
    if item.id in scale.reversed:
        value = low + high - value
    return value * (scale.weights[scale.items.index(item.id)] if scale.weights else 1.0)


def _combine(scale: Scale, items: list[Item], points: list[float]) -> float:
    total = math.fsum(points)
    if scale.how == "percent":
        lowest, highest = ends(scale, items)
        total = 100.0 * (total - lowest) / (highest - lowest)
    elif scale.how == "mean":
        total /= len(items)
    # Ten decimals: what is left beyond them is the arithmetic of the machine. Published weights are rounded themselves,
    # so that 28 * 0.8929 would pass 25.
    return min(max(round(total * scale.factor, 10), scale.low), scale.high)


def ends(scale: Scale, items: list[Item]) -> tuple[float, float]:
    """The smallest and largest sum that answers to these items can give."""
    each = [[_counted(item, scale, value) for value in item.numbers] for item in items]
    return math.fsum(min(points) for points in each), math.fsum(max(points) for points in each)
