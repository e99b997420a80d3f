"""Quiet, moving, unknown."""

import numpy as np

from uitknop.core import Samples
from uitknop.signals import Activity, activity_of, make_epochs


def test_either_witness_of_movement_is_enough_and_none_is_unknown() -> None:
    heart_rate = Samples("heart_rate", np.arange(0, 240_000, 1000), np.full(240, 70.0))
    steps = Samples("steps", [60_000, 120_000, 180_000, 240_000], [0, 50, 0, 0])
    moving = np.r_[np.zeros(120), np.tile([-60.0, 60.0], 30)]
    acceleration = Samples("acceleration", np.arange(0, 180_000, 1000), 1000 + moving)
    both = activity_of(make_epochs(None, (heart_rate, steps, acceleration)))
    assert both.tolist() == [Activity.QUIET, Activity.MOVING, Activity.MOVING, Activity.QUIET]
    assert activity_of(make_epochs(None, (heart_rate,))).tolist() == [Activity.UNKNOWN] * 4


def test_the_limit_can_be_set() -> None:
    heart_rate = Samples("heart_rate", np.arange(0, 60_000, 1000), np.full(60, 70.0))
    shaking = Samples("acceleration", np.arange(0, 60_000, 1000), 1000 + np.tile([-20.0, 20.0], 30))
    epochs = make_epochs(None, (heart_rate, shaking))
    assert activity_of(epochs).tolist() == [Activity.MOVING]
    assert activity_of(epochs, quiet_mg=30).tolist() == [Activity.QUIET]
