"""Only what met the criterion in the calibration of the real model is offered; a small one is made again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from uitknop.body.inference_bank import CANDIDATES, Bank, draw_prior, fill_bank
from uitknop.body.inference_calibration import BINS, calibrate, uniformity
from uitknop.body.inference_offered import UNIFORM_AT, Kept, kept, markdown, meets, offered
from uitknop.body.inference_readings import draw_readings
from uitknop.body.schedule import hold, ramp
from uitknop.body.spec import Spec

WL = list(CANDIDATES).index("wL")


def changed(found: Kept, situation: int, **values: float) -> Kept:
    """The calibration with other figures for `wL` in one situation."""
    one = found.situations[situation]
    rows = tuple(replace(row, **values) if row.name == "wL" else row for row in one.rows)  # type: ignore[arg-type]
    situations = list(found.situations)
    situations[situation] = replace(one, rows=rows)
    return replace(found, situations=tuple(situations))


def test_what_is_offered_follows_from_the_calibration_that_is_kept() -> None:
    found = kept()
    assert offered() == ("wL",)
    assert (found.draws, found.people, len(found.situations), len(found.wrong)) == (30_000, 1_000, 5, 4)
    for one in found.situations:
        for row in one.rows:
            assert sum(row.ranks) == row.people > 500
            assert len(row.ranks) == BINS
            assert row.p == pytest.approx(uniformity(row.ranks))
            assert row.p >= UNIFORM_AT  # all are calibrated; what is not offered is not learned
    assert all(meets(found, name)[1] == (name == "wL") for name in CANDIDATES)


def test_a_number_that_fails_anywhere_is_not_offered() -> None:
    found = kept()
    assert offered(changed(found, 3, p=0.009)) == ()
    assert offered(changed(found, 0, contraction=0.61)) == ()
    assert offered(changed(found, 0, correlation=0.69)) == ()
    assert offered(changed(found, 1, contraction=0.99)) == ("wL",)  # learned is asked of the first only
    lost = replace(found.wrong[2], coverage={**found.wrong[2].coverage, "wL": 0.69})
    assert offered(replace(found, wrong=(*found.wrong[:2], lost, found.wrong[3]))) == ()


def test_the_table_names_every_candidate_with_its_verdict() -> None:
    lines = markdown(kept()).splitlines()
    assert [line.split("|")[1].strip(" `") for line in lines[2:]] == [*CANDIDATES, "the fit itself"]
    assert [line.split("`")[1] for line in lines if "**yes**" in line] == ["wL"]


def test_on_the_real_model_the_ranks_of_what_is_offered_are_uniform(spec: Spec) -> None:
    climbing = ramp(spec, 60, {"stress": 0.25}, {"stress": 1.2}).then(hold(spec, 30, {"stress": 0.15}))
    bank, truth = (fill_bank(spec, draw_prior(spec, n, seed=seed), climbing) for n, seed in ((1_500, 31), (200, 32)))
    readings = draw_readings(truth, seed=33, missing=0.2)
    found = calibrate(bank, truth, readings)
    assert all(sum(row.ranks) == row.people > 100 for row in found)  # the fit above all others counts too
    row = found[WL]
    assert row.p > UNIFORM_AT
    assert row.contraction < 0.6
    assert row.correlation > 0.7
    # Inference that takes the load for a fifth heavier than it was would be caught.
    heavier = np.array(truth.candidates)
    heavier[:, WL] -= np.log(1.2)
    assert calibrate(bank, Bank(heavier, truth.vagal, truth.symptoms, truth.fell_ill), readings)[WL].p < UNIFORM_AT
