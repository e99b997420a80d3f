"""Quiet or moving, epoch by epoch, from acceleration or steps."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from uitknop.signals.epochs import Epochs

QUIET_MG = 13.0
"""Most deviation of the acceleration's length in a quiet epoch; common in actigraphy, to be tuned."""
QUIET_STEPS_PER_MIN = 1.0
"""Below this an epoch counts as without steps: counters share theirs over minutes and make single ones up."""


class Activity(IntEnum):
    """What an epoch's movement was."""

    UNKNOWN = 0
    QUIET = 1
    MOVING = 2


def activity_of(
    epochs: Epochs, *, quiet_mg: float = QUIET_MG, quiet_steps_per_min: float = QUIET_STEPS_PER_MIN
) -> npt.NDArray[np.uint8]:
    """`Activity` of each epoch, uint8, shape (n,).

    Moving when either acceleration or steps say so; quiet when one of them is known and neither does.

    Args:
        epochs: from `make_epochs`.
        quiet_mg: most deviation of a quiet epoch, mg.
        quiet_steps_per_min: steps a minute from which an epoch is moving.
    """
    steps_per_min = epochs.steps * (60 / epochs.epoch_s)
    known = np.isfinite(steps_per_min) | np.isfinite(epochs.acceleration_mg)
    moving = (steps_per_min >= quiet_steps_per_min) | (epochs.acceleration_mg > quiet_mg)
    return np.where(moving, Activity.MOVING, np.where(known, Activity.QUIET, Activity.UNKNOWN)).astype(np.uint8)
