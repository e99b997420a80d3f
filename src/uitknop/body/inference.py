"""Which numbers of one person could be learned from months of readings, and which could not?

Only for research on the model itself: what comes out is a number of an explanatory model under a known course of the
inputs, not anybody's biology, and it is shown on no page. Docs: "What could be learned about one person".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.inference_bank import CANDIDATES, Bank, draw_prior, fill_bank
from uitknop.body.inference_calibration import FEWEST_EFFECTIVE, INTERVAL, NARROWED, posteriors, weigh
from uitknop.body.inference_offered import offered
from uitknop.body.inference_readings import NO_TAP, TAPS, Readings, draw_readings, fit
from uitknop.body.load import body_model
from uitknop.body.nearest import unknown
from uitknop.body.people import MOST_PEOPLE
from uitknop.body.schedule import DAY_MIN, Schedule
from uitknop.core import Estimate, Phrase, Reason, Value
from uitknop.core.errors import ModelError

Floats = npt.NDArray[np.float64]

FEWEST_DAYS = 60
LN_RMSSD = (0.0, 7.0)
HR_BPM = (25.0, 220.0)
FEWEST_DRAWS = 1_000

COMPARED = 100
"""Made-up people whose readings the given ones are held against: when they fit worse than all of these, they are like
nobody's in the model. A right answer is lost in one of a hundred."""


@dataclass(frozen=True, slots=True)
class Inferred(Value):
    """What months of readings say about numbers of the model. An explanatory model: nobody's biology.

    Args:
        learned: numbers that were narrowed down, with the interval that holds 80 %; only those that were shown to be
            calibrated can stand here.
        cannot_tell: every other candidate, with the reason.
        days: days with both heart readings.
        taps: days with a tap.
        effective: how many draws from the prior the answer rests on.
    """

    learned: Mapping[str, Estimate]
    cannot_tell: Mapping[str, Reason]
    days: int
    taps: int
    effective: float
    nature: str = "explanatory model"


def infer(
    ln_rmssd: npt.ArrayLike,
    hr_bpm: npt.ArrayLike,
    taps: Sequence[str | None],
    schedule: Schedule,
    *,
    seed: int = 1,
    n: int = 30_000,
) -> Inferred:
    """Numbers of the model that fit one person's readings, from a person who was well before the schedule began.

    Args:
        ln_rmssd: one a day, NaN where missing, shape (days,); a day counts when its heart rate is there too.
        hr_bpm: resting heart rate, likewise.
        taps: "fine", "heavy", "crash" or None, one a day.
        schedule: what the world did over these days, taken as known; the past may be in it, with its readings missing.
        seed: of the draws from the prior.
        n: how many; the default takes about a minute of one core for half a year.

    Raises:
        ModelError: too few days, readings that no person gives, or a schedule of another length.
    """
    readings = _checked(ln_rmssd, hr_bpm, taps, schedule)
    if not FEWEST_DRAWS <= n <= MOST_PEOPLE:
        told = {"n": n, "least": FEWEST_DRAWS, "most": MOST_PEOPLE}
        raise ModelError(Phrase("{n} draws can't be used; give a number from {least} to {most}.", told))
    days = int((np.isfinite(readings.ln_rmssd) & np.isfinite(readings.hr_bpm)).sum())
    tapped = int((readings.taps != NO_TAP).sum())
    shown = offered()
    cannot_tell = {name: Reason("not_identified") for name in CANDIDATES if name not in shown}
    spec = body_model()
    bank = fill_bank(spec, draw_prior(spec, n, seed=seed), schedule)
    found = posteriors(bank.candidates, weigh(fit(bank, readings)))
    effective, prior_sd, learned = float(found.effective[0]), bank.candidates.std(axis=0), {}
    strange = _fits_nobody(bank, readings, seed)
    for column, (name, scale) in enumerate(CANDIDATES.items()):
        if name not in shown:
            continue
        share = float(found.sd[0, column] / prior_sd[column])
        if strange:
            cannot_tell[name] = Reason("fits_nobody")
        elif effective < FEWEST_EFFECTIVE:
            cannot_tell[name] = Reason("too_few_draws_fit", round(effective), round(FEWEST_EFFECTIVE))
        elif share > NARROWED:
            cannot_tell[name] = Reason("not_narrowed", round(share, 2), NARROWED)
        else:
            ends = np.array([part[0, column] for part in (found.middle, found.low, found.high)])
            middle, low, high = np.exp(ends) if scale == "log" else ends
            unit = "" if spec.parameters[name].unit == "1" else spec.parameters[name].unit
            learned[name] = Estimate(float(middle), float(low), float(high), INTERVAL, days, unit)
    return Inferred(learned, cannot_tell, days, tapped, effective)


def _fits_nobody(bank: Bank, readings: Readings, seed: int) -> bool:
    """Whether the readings are less expected than those of people in the bank, on the same days."""
    made_up, rest = bank.only(slice(COMPARED)), bank.only(slice(COMPARED, None))
    drawn = draw_readings(made_up, seed=seed, missing=0.0)
    alike = Readings(
        np.where(np.isfinite(readings.ln_rmssd), drawn.ln_rmssd, np.nan),
        np.where(np.isfinite(readings.hr_bpm), drawn.hr_bpm, np.nan),
        np.where(readings.taps == NO_TAP, NO_TAP, drawn.taps).astype(np.int8),
    )
    # The constants that `fit` leaves out hang on the number of days only, and so are the same for all.
    expected, own = (_log_mean(fit(rest, part)) for part in (alike, readings))
    return bool(own[0] < expected.min())


def _log_mean(log_values: Floats) -> Floats:
    highest = log_values.max(axis=0)
    return np.asarray(highest + np.log(np.exp(log_values - highest).mean(axis=0)))


def _checked(
    ln_rmssd: npt.ArrayLike, hr_bpm: npt.ArrayLike, taps: Sequence[str | None], schedule: Schedule
) -> Readings:
    length = schedule.length_min // DAY_MIN
    columns = [np.array(values, dtype=np.float64, ndmin=1) for values in (ln_rmssd, hr_bpm)]
    if schedule.length_min % DAY_MIN or any(column.shape != (length,) for column in columns) or len(taps) != length:
        told = {
            "days": round(schedule.length_min / DAY_MIN, 2),
            "ln": columns[0].size,
            "hr": columns[1].size,
            "taps": len(taps),
        }
        raise ModelError(
            Phrase(
                "The schedule has {days} days, and there are {ln}, {hr} and {taps} daily readings. "
                "Give whole days, and one reading of each kind per day.",
                told,
            )
        )
    for column, (low, high), name in zip(
        columns, (LN_RMSSD, HR_BPM), (Phrase("ln RMSSD"), Phrase("heart rate")), strict=True
    ):
        odd = np.flatnonzero(~(np.isnan(column) | ((column >= low) & (column <= high))))
        if odd.size:
            where = {"name": name, "day": int(odd[0]) + 1, "low": low, "high": high}
            raise ModelError(Phrase("The {name} of day {day} must be from {low} to {high}, or missing.", where))
    codes = []
    for tap in taps:
        if tap is not None and tap not in TAPS:
            raise unknown(Phrase("tap"), tap, TAPS)
        codes.append(NO_TAP if tap is None else TAPS.index(tap))
    both, tapped = int(np.isfinite(columns[0] + columns[1]).sum()), sum(code != NO_TAP for code in codes)
    if both < FEWEST_DAYS or tapped < FEWEST_DAYS:
        told = {"both": both, "tapped": tapped, "least": FEWEST_DAYS}
        raise ModelError(
            Phrase(
                "There are {both} days with both heart readings and {tapped} with a tap. "
                "At least {least} of each are needed to learn anything.",
                told,
            )
        )
    return Readings(columns[0][None], columns[1][None], np.array([codes], dtype=np.int8))
