"""Movement: did heart rate and ln RMSSD shift to the calm side in this bout, when, and by how much?

Heart rate leads. The shift must exceed the smallest worthwhile change on heart rate, and ln RMSSD must not contradict
it. Asking ln RMSSD to pass its own smallest worthwhile change as well would miss what is to be found: from mental
stress to rest it rises by 0.03 to 0.17 only, while slow breathing alone moves it by far more (docs/verdict.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Estimate, Movement, Value
from uitknop.rest.changepoint import ChannelFit, Grid, fit_channel, pull_in_tails, weights_of
from uitknop.rest.normal import normal_quantile
from uitknop.rest.parameters import LN_RMSSD, MOVED_AT, NOT_MOVED_BELOW, PRIOR_SHIFT, Channel

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Series(Value):
    """One channel around a bout, calm side up, without NaN.

    Args:
        t_min: start of each epoch, min from the start of the bout, shape (n,).
        y: value, shape (n,).
        channel: noise and prior.
        step: nuisance regressor of a known change of posture, or None.
    """

    t_min: Floats
    y: Floats
    channel: Channel
    step: Floats | None = None


@dataclass(frozen=True, slots=True)
class Shift(Value):
    """The posterior of the shift.

    Args:
        answer: moved, not moved, can't tell.
        probability: of a shift to the calm side, 0..1.
        grid, weight: onsets and time constants with their posterior weight.
        heart_rate, ln_rmssd: fit per channel; None where the channel is missing.
        epoch_min: length of an epoch, min.
        p_any: probability that there was a shift at all, in either direction, 0..1.
    """

    answer: Movement
    probability: float
    grid: Grid
    weight: Floats
    heart_rate: ChannelFit
    ln_rmssd: ChannelFit | None
    epoch_min: float
    p_any: float

    def joint_weight(self) -> Floats:
        """Probability of a shift with each pair of the grid, ln RMSSD not against it; sums to at most 1."""
        agree = np.ones(self.weight.size) if self.ln_rmssd is None else self.ln_rmssd.above(-LN_RMSSD.swc)
        return self.p_any * self.weight * agree

    def onset_quantiles_min(self, shares: tuple[float, ...]) -> tuple[float, ...]:
        """Quantiles of the onset, min from the start of the bout."""
        order = np.argsort(self.grid.onset_min, kind="stable")
        cumulated = np.cumsum(self.weight[order])
        at = np.minimum(np.searchsorted(cumulated, np.asarray(shares) - 1e-12), order.size - 1)
        return tuple(float(self.grid.onset_min[order][i]) for i in at)

    def course(self, fit: ChannelFit, t_min: Floats) -> tuple[Floats, Floats]:
        """Mean and SD of the shift at times `t_min`, calm side up, over the whole posterior."""
        shapes = self.grid.shapes(t_min, self.epoch_min)
        mean = shapes @ (self.weight * fit.mean)
        second = (shapes**2) @ (self.weight * (fit.sd**2 + fit.mean**2))
        return mean, np.sqrt(np.maximum(second - mean**2, 0.0))


def find_shift(heart_rate: Series, ln_rmssd: Series | None, grid: Grid, epoch_min: float) -> Shift:
    """The posterior over onset, time constant and size from one or two channels."""
    hr_fit = _fit(heart_rate, grid, epoch_min)
    ln_fit = None if ln_rmssd is None or ln_rmssd.y.size < 4 else _fit(ln_rmssd, grid, epoch_min)
    ln_bf = hr_fit.ln_bf if ln_fit is None else hr_fit.ln_bf + ln_fit.ln_bf
    weight, ln_evidence = weights_of(ln_bf)
    odds = PRIOR_SHIFT / (1.0 - PRIOR_SHIFT) * float(np.exp(min(ln_evidence, 50.0)))
    p_any = odds / (1.0 + odds)
    calm = hr_fit.above(heart_rate.channel.swc)
    if ln_fit is not None and ln_rmssd is not None:
        calm = calm * ln_fit.above(-ln_rmssd.channel.swc)
    probability = p_any * float(weight @ calm)
    return Shift(_answer(probability), probability, grid, weight, hr_fit, ln_fit, epoch_min, p_any)


def _fit(series: Series, grid: Grid, epoch_min: float) -> ChannelFit:
    tamed = pull_in_tails(series.y, series.channel)
    return fit_channel(series.t_min, tamed, grid, series.channel, epoch_min=epoch_min, step=series.step)


def _answer(probability: float) -> Movement:
    if probability >= MOVED_AT:
        return "moved"
    return "not_moved" if probability < NOT_MOVED_BELOW else "cannot_tell"


def change(series: Series, *, turned: bool, unit: str) -> Estimate | None:
    """Plain change from before the bout to its last two thirds, with a 90 % interval from the channel's noise.

    Args:
        turned: True when the channel was turned round (heart rate): the estimate is turned back.
        unit: unit of the estimate.
    Returns: None when either side has fewer than two epochs.
    """
    end = series.t_min[-1] if series.t_min.size else 0.0
    before = series.y[series.t_min < 0.0]
    late = series.y[series.t_min >= max(end / 3.0, 0.0)]
    if before.size < 2 or late.size < 2:
        return None
    value = float(np.median(late) - np.median(before))
    epoch_min = float(np.median(np.diff(series.t_min)))
    variance = sum(mean_variance(part.size, series.channel, epoch_min) for part in (before, late))
    reach = normal_quantile(0.95) * float(np.sqrt(variance)) * MEDIAN_INFLATION
    sign = -1.0 if turned else 1.0
    low, high = sorted((sign * (value - reach), sign * (value + reach)))
    return Estimate(sign * value, low, high, 0.9, int(before.size + late.size), unit)


MEDIAN_INFLATION = 1.2533
"""The SD of a median over that of a mean of normal values, sqrt(pi/2)."""


def mean_variance(n: int, channel: Channel, epoch_min: float = 1.0) -> float:
    """Variance of the mean of `n` neighbouring epochs of AR(1) noise, which forgets by the minute."""
    phi = channel.noise_phi**epoch_min
    k = np.arange(1, n)
    inflation = 1.0 + 2.0 * float(((1.0 - k / n) * phi**k).sum())
    return channel.noise_sd**2 * inflation / n
