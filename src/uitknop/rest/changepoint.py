"""Did the series shift within the bout, when, and by how much? A change-point posterior, in closed form.

Each channel is `y(t) = b + D g(t) + noise`, with `g(t) = 1 - exp(-(t - t0)/tau)` from the onset t0 on and 0 before.
The noise is AR(1) plus a slow random walk, so that drift alone is not taken for a shift. D has a normal prior; the
level b (and a known step of posture, where there is one) is left free and projected out. Everything is then Gaussian
and the evidence of each (t0, tau) has a closed form.

Source: Bayesian change-point regression with conjugate priors, as in Bishop 2006, "Pattern Recognition and Machine
Learning", 3.3-3.4; shape, grid and priors are this project's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Table, Value
from uitknop.rest.normal import normal_cdf
from uitknop.rest.parameters import Channel

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grid(Table):
    """The onsets and time constants that are tried, one entry per pair.

    Args:
        onset_min: t0 of each pair, min from the start of the bout, shape (k,).
        tau_min: time constant of each pair, min, shape (k,).
    """

    onset_min: Floats
    tau_min: Floats

    @classmethod
    def over(
        cls, last_onset_min: float, step_min: float, taus_min: tuple[float, ...], *, first_onset_min: float = 0.0
    ) -> Grid:
        """Every onset from the first to the last in steps, with every time constant."""
        onsets = np.arange(first_onset_min, max(last_onset_min, first_onset_min) + 1e-9, step_min)
        onset, tau = np.meshgrid(onsets, np.asarray(taus_min), indexing="ij")
        return cls(onset.ravel(), tau.ravel())

    def shapes(self, t_min: Floats, epoch_min: float) -> Floats:
        """g(t) for each pair: minutes `t_min` (starts of epochs, 0 = start of the bout) by pairs, shape (n, k)."""
        since = t_min[:, None] - self.onset_min[None, :] + epoch_min / 2
        return np.where(
            t_min[:, None] >= self.onset_min[None, :] - 1e-9, -np.expm1(-np.maximum(since, 0.0) / self.tau_min), 0.0
        )


@dataclass(frozen=True, slots=True)
class ChannelFit(Value):
    """What one channel says of each pair of the grid, shape (k,).

    `ln_bf` is the log evidence against no shift; `mean` and `sd` describe D given the pair, in the channel's unit,
    calm side up.
    """

    ln_bf: Floats
    mean: Floats
    sd: Floats

    def above(self, size: float) -> Floats:
        """Probability that D is above `size`, per pair."""
        return normal_cdf((self.mean - size) / self.sd)


def noise_covariance(t_min: Floats, channel: Channel) -> Floats:
    """Covariance of the noise at times `t_min`, shape (n, n): AR(1) by distance in minutes, plus a random walk."""
    distance = np.abs(t_min[:, None] - t_min[None, :])
    steady = channel.noise_sd**2 * channel.noise_phi**distance
    since_first = (t_min - t_min[0]) / 60.0
    walk = channel.drift_sd**2 * np.minimum(since_first[:, None], since_first[None, :])
    return np.asarray(steady + walk)


def fit_channel(
    t_min: Floats,
    y: Floats,
    grid: Grid,
    channel: Channel,
    *,
    epoch_min: float = 1.0,
    step: Floats | None = None,
) -> ChannelFit:
    """Posterior of the shift on one channel.

    Args:
        t_min: start of each epoch, min from the start of the bout (before it: negative), shape (n,).
        y: the channel, calm side up, no NaN, shape (n,).
        grid: the pairs that are tried.
        channel: noise and prior.
        epoch_min: length of an epoch, min.
        step: a nuisance regressor (a known change of posture), shape (n,).
    Returns: a `ChannelFit` over the grid; with fewer than 4 epochs it says nothing (ln_bf 0, D as in the prior).
    """
    k = grid.onset_min.size
    if y.size < 4:
        return ChannelFit(np.zeros(k), np.zeros(k), np.full(k, channel.prior_sd))
    nuisance = [np.ones_like(y)] if step is None else [np.ones_like(y), step]
    root = np.linalg.cholesky(noise_covariance(t_min, channel))
    white = np.linalg.solve(root, np.column_stack([*nuisance, y, grid.shapes(t_min, epoch_min)]))
    basis, r = np.linalg.qr(white[:, : len(nuisance)])
    basis = basis[:, np.abs(np.diag(r)) > 1e-9]
    free = white[:, len(nuisance) :]
    free = free - basis @ (basis.T @ free)
    y_free, shapes = free[:, 0], free[:, 1:]
    information = np.einsum("ij,ij->j", shapes, shapes)
    seen = information > 1e-9
    variance = np.where(seen, 1.0 / np.where(seen, information, 1.0), np.inf)
    estimate = np.where(seen, (y_free @ shapes) * np.where(seen, variance, 0.0), 0.0)
    prior = channel.prior_sd**2
    shrink = np.where(seen, prior / (variance + prior), 0.0)
    ln_bf = 0.5 * np.log1p(-shrink) + np.where(seen, 0.5 * estimate**2 * shrink * information, 0.0)
    sd = np.sqrt(np.where(seen, shrink / np.where(seen, information, 1.0), prior))
    return ChannelFit(ln_bf, shrink * estimate, sd)


def pull_in_tails(y: Floats, channel: Channel, width: int = 5) -> Floats:
    """`y` with values far from the running median brought to the edge, so that one odd minute decides nothing.

    Args:
        y: shape (n,), no NaN.
        channel: its `tail_sd` and `noise_sd` say what is far.
        width: length of the running median, epochs.
    """
    if y.size < width:
        return y
    padded = np.pad(y, width // 2, mode="reflect")  # an odd first or last minute is not its own witness
    middle = np.median(np.lib.stride_tricks.sliding_window_view(padded, width), axis=1)
    reach = channel.tail_sd * channel.noise_sd
    return np.clip(y, middle - reach, middle + reach)


def weights_of(ln_bf: Floats) -> tuple[Floats, float]:
    """Posterior weights over the grid, and the log of the mean evidence."""
    top = float(ln_bf.max())
    raw = np.exp(ln_bf - top)
    return raw / raw.sum(), top + math.log(float(raw.mean()))
