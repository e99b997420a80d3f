"""What one person's readings say: only numbers that were shown to be calibrated, and a clear no for the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from uitknop.body import infer
from uitknop.body.inference import Inferred
from uitknop.body.inference_bank import CANDIDATES, Bank, draw_prior, fill_bank
from uitknop.body.inference_calibration import FEWEST_EFFECTIVE, NARROWED
from uitknop.body.inference_readings import NO_TAP, TAPS, draw_readings
from uitknop.body.schedule import Schedule, hold, ramp
from uitknop.body.spec import Spec
from uitknop.core.errors import ModelError

DAYS, WL = 90, list(CANDIDATES).index("wL")


@pytest.fixture(scope="module")
def course(spec: Spec) -> Schedule:
    """Load that climbs for two months, and a month of rest."""
    return ramp(spec, 60, {"stress": 0.25}, {"stress": 1.2}).then(hold(spec, 30, {"stress": 0.15}))


@pytest.fixture(scope="module")
def people(spec: Spec, course: Schedule) -> Bank:
    """Some people with known numbers."""
    return fill_bank(spec, draw_prior(spec, 24, seed=9), course)


@pytest.fixture(scope="module")
def readings(people: Bank, course: Schedule) -> dict[str, Any]:
    """What the person would give of whom load weighs least."""
    return given_by(people, int(np.argmin(people.candidates[:, WL])), course)


def given_by(people: Bank, person: int, course: Schedule) -> dict[str, Any]:
    given = draw_readings(people.only(slice(person, person + 1)), seed=1, missing=0.2)
    taps = [None if tap == NO_TAP else TAPS[tap] for tap in given.taps[0]]
    return {"ln_rmssd": given.ln_rmssd[0], "hr_bpm": given.hr_bpm[0], "taps": taps, "schedule": course}


@pytest.fixture(scope="module")
def found(readings: dict[str, Any]) -> Inferred:
    return infer(**readings, n=1_000, seed=2)


def test_what_is_not_shown_to_be_calibrated_is_never_told(found: Inferred) -> None:
    assert set(found.learned) | set(found.cannot_tell) == set(CANDIDATES)
    assert set(found.learned) <= {"wL"}
    assert {found.cannot_tell[name].code for name in set(CANDIDATES) - {"wL"}} == {"not_identified"}
    assert found.nature == "explanatory model"
    assert found.days >= 60 <= found.taps


def test_what_is_told_was_narrowed_down_and_has_its_interval(found: Inferred, spec: Spec) -> None:
    told, item = found.learned["wL"], spec.parameters["wL"]
    assert item.low <= told.low < told.value < told.high <= item.high
    assert (told.level, told.n, told.unit) == (0.8, found.days, "")
    # Even in the logarithm, so the prior's SD is the width over the root of 12; an 80 % interval is 2.56 SD.
    prior_sd = np.log(item.high / item.low) / np.sqrt(12)
    assert np.log(told.high / told.low) / 2.56 < 1.2 * NARROWED * prior_sd


def test_readings_that_hardly_any_draw_fits_give_no_number(people: Bank, course: Schedule) -> None:
    # Of whom load weighs most: falls ill on a day that few of so small a bank share.
    found = infer(**given_by(people, int(np.argmax(people.candidates[:, WL])), course), n=1_000, seed=2)
    assert found.learned == {}
    assert found.cannot_tell["wL"].code == "too_few_draws_fit"
    assert found.effective < FEWEST_EFFECTIVE


def test_readings_that_are_like_nobody_s_in_the_model_give_no_number(readings: dict[str, Any]) -> None:
    found = infer(**{**readings, "hr_bpm": np.tile([50.0, 150.0], DAYS // 2)}, n=1_000, seed=2)
    assert found.learned == {}
    assert found.cannot_tell["wL"].code == "fits_nobody"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ln_rmssd": np.full(DAYS, np.nan)}, "At least 60 of each"),
        ({"taps": [None] * DAYS}, r"0 with a tap\. At least 60"),
        ({"taps": ["crash"] * (DAYS - 1)}, "The schedule has 90"),
        ({"hr_bpm": np.full(DAYS - 1, 60.0)}, "one reading of each kind per day"),
        ({"hr_bpm": np.full((DAYS, 1), 60.0)}, "one reading of each kind per day"),
        ({"hr_bpm": np.full(DAYS, 600.0)}, r"heart rate of day 1 must be from 25\.0 to 220"),
        ({"ln_rmssd": np.append(np.full(DAYS - 1, 3.5), np.inf)}, "ln RMSSD of day 90"),
        ({"taps": ["crashed"] * DAYS}, r"Did you mean crash\?"),
        ({"n": 999}, "give a number from 1000 to 100000"),
    ],
)
def test_what_can_not_be_is_refused(readings: dict[str, Any], change: dict[str, Any], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        infer(**{**readings, **change})
