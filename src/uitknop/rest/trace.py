"""What a figure of one bout shows: the measured course, the fitted settling and its interval."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from uitknop.core import Bout, Trace
from uitknop.rest.changepoint import ChannelFit
from uitknop.rest.movement import Series, Shift, mean_variance
from uitknop.rest.normal import normal_quantile
from uitknop.rest.setting import Setting

Floats = npt.NDArray[np.float64]


def trace_of(setting: Setting, shift: Shift | None, bout: Bout) -> Trace:
    """The trace of one bout on the epochs of its setting; without a fitted course where no shift was looked for."""
    t_min = setting.t_min
    middle_ms = bout.span.start_ms + np.rint((t_min + setting.epoch_min / 2) * 60_000).astype(np.int64)
    nothing = (np.full(t_min.size, np.nan),) * 3
    hr = nothing if shift is None else _fitted(setting.heart_rate(), shift, shift.heart_rate, t_min)
    variation, ln = setting.variation(), nothing
    if shift is not None and variation is not None and shift.ln_rmssd is not None:
        ln = _fitted(variation, shift, shift.ln_rmssd, t_min)
    return Trace(
        t_ms=middle_ms,
        hr_bpm=setting.hr_bpm,
        ln_rmssd=setting.ln_rmssd,
        hr_fit_bpm=-hr[0],
        hr_fit_low_bpm=-hr[2],
        hr_fit_high_bpm=-hr[1],
        ln_fit=ln[0],
        ln_fit_low=ln[1],
        ln_fit_high=ln[2],
    )


def _fitted(series: Series, shift: Shift, fit: ChannelFit, t_min: Floats) -> tuple[Floats, Floats, Floats]:
    """Fitted course with the ends of its 90 % interval, calm side up; the level from the epochs that count."""
    if series.y.size == 0:
        return (np.full(t_min.size, np.nan),) * 3
    at_series, _ = shift.course(fit, series.t_min)
    level = float(np.median(series.y - at_series))
    mean, sd = shift.course(fit, t_min)
    # the level itself is an estimate too: its own uncertainty keeps the band from closing before the onset
    level_variance = mean_variance(series.y.size, series.channel, shift.epoch_min)
    reach = normal_quantile(0.95) * np.sqrt(sd**2 + level_variance)
    return level + mean, level + mean - reach, level + mean + reach
