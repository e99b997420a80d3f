"""Level: how low did the person come, between the own upright day (0) and the own night floor (1)?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Estimate, Level, LevelBand, Posture, Scale, Value
from uitknop.rest.movement import MEDIAN_INFLATION, mean_variance
from uitknop.rest.normal import normal_cdf, normal_quantile
from uitknop.rest.parameters import (
    ANCHOR_SD_BPM,
    ANCHOR_SD_LN,
    CALIBRATED_NIGHTS,
    HEART_RATE,
    LEVEL_HIGH_BELOW,
    LEVEL_LOW_FROM,
    LN_RMSSD,
    Channel,
)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place(Value):
    """The level, and the probability of each band (0 when unknown).

    Args:
        level: of the last third of the bout.
        p_low, p_between: probability that the last third lay in that band, 0..1.
        p_low_throughout: probability that the bout as a whole lay low, 0..1: what a body that was calm from the start
            shows, and all of its minutes tell of.
        tells: False when the bout was picked for its low heart rate: then its level is a fact, and no evidence.
    """

    level: Level
    p_low: float
    p_between: float
    p_low_throughout: float
    tells: bool = True

    @property
    def known(self) -> bool:
        """Whether the scale could place the bout, and its place is evidence."""
        return self.tells and self.level.band != "unknown"


UNKNOWN = Place(Level("unknown"), 0.0, 0.0, 0.0)


def place(
    hr_bpm: Floats,
    ln_rmssd: Floats,
    scale: Scale | None,
    posture: Posture = "unknown",
    *,
    noise: float = 1.0,
    epoch_min: float = 1.0,
) -> Place:
    """Where a bout, and above all its last third, lies on the person's own scale.

    Args:
        hr_bpm: heart rate of the bout's epochs, NaN allowed, shape (n,).
        ln_rmssd: the same epochs, NaN allowed, shape (n,).
        scale: the person's scale, or None.
        posture: lying by itself brings a person nearer to the night, so "low" asks for more there.
        noise: the person's own noise of heart rate, 1 as usual.
        epoch_min: length of an epoch, min.
    Returns: the band follows heart rate; ln RMSSD is told beside it. `UNKNOWN` without anchors or without data.
    """
    if scale is None or scale.day_hr_bpm is None or scale.night_hr_bpm is None:
        return UNKNOWN
    fewest = round(3 / epoch_min)
    late = slice(hr_bpm.size - max(hr_bpm.size // 3, fewest) if hr_bpm.size > fewest else 0, None)
    channel = HEART_RATE.noisier(noise)
    fewer = math.sqrt(max(1.0, CALIBRATED_NIGHTS / max(scale.n_nights, 1)))
    ends = scale.day_hr_bpm, scale.night_hr_bpm, channel, fewer * ANCHOR_SD_BPM, epoch_min
    hr, throughout = _on_scale(hr_bpm[late], *ends), _on_scale(hr_bpm, *ends)
    if hr is None or throughout is None:
        return UNKNOWN
    estimate, sd = hr
    ln = None
    if scale.day_ln_rmssd is not None and scale.night_ln_rmssd is not None:
        found = _on_scale(
            ln_rmssd[late], scale.day_ln_rmssd, scale.night_ln_rmssd, LN_RMSSD, fewer * ANCHOR_SD_LN, epoch_min
        )
        ln = found[0] if found else None
    low_from = LEVEL_LOW_FROM[posture]
    p_low, p_low_throughout = (
        float(1.0 - normal_cdf((low_from - found.value) / found_sd)) for found, found_sd in (hr, throughout)
    )
    p_high = float(normal_cdf((LEVEL_HIGH_BELOW - estimate.value) / sd))
    level = Level(_band(estimate.value, low_from), estimate, ln)
    return Place(level, p_low, max(0.0, 1.0 - p_low - p_high), p_low_throughout)


def _on_scale(
    values: Floats, day: float, night: float, channel: Channel, anchor_sd: float, epoch_min: float
) -> tuple[Estimate, float] | None:
    """The median of `values` as a place from day (0) to night (1), and its SD; None with fewer than two values."""
    finite = values[np.isfinite(values)]
    if finite.size < 2:
        return None
    value = (day - float(np.median(finite))) / (day - night)
    own = mean_variance(finite.size, channel, epoch_min) * MEDIAN_INFLATION**2
    sd = math.sqrt(own + anchor_sd**2) / abs(day - night)
    reach = normal_quantile(0.95) * sd
    return Estimate(value, value - reach, value + reach, 0.9, int(finite.size), ""), sd


def _band(value: float, low_from: float) -> LevelBand:
    if value >= low_from:
        return "low"
    return "high" if value < LEVEL_HIGH_BELOW else "between"
