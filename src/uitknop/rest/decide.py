"""The table that brings movement and level together, read with probabilities."""

from __future__ import annotations

import math

import numpy as np

from uitknop.core import Answer, Movement
from uitknop.rest.level import Place
from uitknop.rest.movement import Shift
from uitknop.rest.parameters import (
    CALIBRATION_OFFSET,
    CALIBRATION_SLOPE,
    INFORMATIVE_SD_BPM,
    NOT_SETTLED_BELOW,
    PROTOCOL_SETTLED_AT,
    SETTLED_AT,
)
from uitknop.rest.surroundings import Contrast


def decide(shift: Shift, where: Place, around: Contrast | None, *, comparable: bool) -> tuple[float, Answer, Movement]:
    """Probability that the body settled, the answer, and the movement that goes with it.

    Args:
        shift: movement within the bout.
        where: level on the own scale.
        around: contrast with the surroundings, for spans of a protocol; it then answers alone.
        comparable: there were minutes before in the same posture. Without them and without a scale a body that was
            calm from the start looks like one that never settled.
    """
    if around is not None:
        return around.probability, _answer(around.probability, PROTOCOL_SETTLED_AT), "cannot_tell"
    moved = shift.probability
    probability = moved
    if where.known:
        probability = moved * (where.p_low + where.p_between) + (1.0 - moved) * where.p_low_throughout
    probability = calibrated(probability)
    answer = _answer(probability)
    seen_still = comparable and shift.answer == "not_moved" and _looked_closely(shift)
    if answer == "not_settled" and not where.known and not seen_still:
        return probability, "cannot_tell", "cannot_tell"
    return probability, answer, shift.answer


def calibrated(probability: float) -> float:
    """The probability as told: log odds stretched and shifted as made-up people with a known truth ask for.

    >>> round(calibrated(0.5), 2), round(calibrated(0.95), 2)
    (0.35, 0.97)
    """
    p = min(max(probability, 1e-6), 1.0 - 1e-6)
    odds = CALIBRATION_SLOPE * math.log(p / (1.0 - p)) + CALIBRATION_OFFSET
    return 1.0 / (1.0 + math.exp(-odds))


def _answer(probability: float, settled_at: float = SETTLED_AT) -> Answer:
    if probability >= settled_at:
        return "settled"
    return "not_settled" if probability < NOT_SETTLED_BELOW else "cannot_tell"


def _looked_closely(shift: Shift) -> bool:
    """Whether the data could have shown a shift, had there been one."""
    return float(np.median(shift.heart_rate.sd)) <= INFORMATIVE_SD_BPM
