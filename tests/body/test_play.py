"""An ensemble: the same seed gives the same people, nothing hides, and names that do not exist are refused."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from uitknop.body.outcome import OUTCOMES, diverged, shares
from uitknop.body.play import simulate
from uitknop.body.scenario_file import scenarios
from uitknop.body.schedule_table import read_schedule
from uitknop.body.spec import Spec
from uitknop.core.errors import ModelError, ParameterOutOfRange


@pytest.mark.parametrize("name", list(scenarios()))
def test_every_scenario_plays_and_every_person_has_an_outcome(name: str) -> None:
    found = simulate(name, n=16, seed=4)
    assert len(found.outcomes) == 16
    assert sum(share.value for share in found.shares.values()) == pytest.approx(1.0)
    assert set(found.shares) == set(OUTCOMES)
    assert found.nature == "explanatory model"
    for band in found.bands.values():
        assert np.all(band.low <= band.middle)
        assert np.all(band.middle <= band.high)
        assert band.middle.size == found.day.size


def test_the_same_seed_gives_the_same_ensemble_and_another_seed_another() -> None:
    first, again, other = (simulate("chronic-load", n=12, seed=s, noise_sd=0.1).to_dict() for s in (1, 1, 2))
    assert first == again
    assert first["bands"] != other["bands"]


def test_an_ensemble_can_be_written_as_json() -> None:
    told = json.loads(json.dumps(simulate("acute-stress", n=8).to_dict(), allow_nan=False))
    assert told["title"]["nl"] == "Twee zware dagen"
    assert told["shares"]["well"]["n"] == 8
    assert len(told["bands"]["defence"]["middle"]) == len(told["day"])


def test_what_is_switched_off_has_no_effect() -> None:
    off = simulate("delayed-crash", n=8, spread=0.0, switch_off="exertion_debt")
    assert off.bands["debt"].high.max() == 0.0
    assert simulate("delayed-crash", n=8, spread=0.0).bands["debt"].high.max() > 0.5
    assert off.switched_off == ("exertion_debt",)


def test_a_what_if_changes_nothing_before_its_day() -> None:
    usual, milder = simulate("chronic-load", n=8), simulate("chronic-load", n=8, inputs={"stress": 0.2})
    before = usual.day <= 220
    assert np.array_equal(usual.bands["defence"].middle[before], milder.bands["defence"].middle[before])
    assert milder.bands["defence"].middle[-1] < 0.1 < usual.bands["defence"].middle[-1]


def test_who_never_fell_ill_is_not_called_well_again() -> None:
    rest, load = (simulate(name, n=8, switch_off=["stressors_load"]) for name in ("passive-rest", "chronic-load"))
    assert (rest.shares["never_ill"].value, rest.shares["well"].value, rest.fell_ill.value) == (1.0, 0.0, 0.0)
    assert (load.shares["well"].value, load.fell_ill.value) == (1.0, 0.0)  # nobody should be ill when it begins
    assert simulate("passive-rest", n=8, spread=0.0).fell_ill.value == 1.0


def test_an_own_course_of_the_inputs_stands_in_what_is_found(spec: Spec) -> None:
    own = read_schedule(spec, "own.csv", "from_day,to_day,stress\n0,2,0.4\n")
    found = simulate("acute-stress", n=2, schedule=own, inputs={"safety": 0.3})
    memory = found.bands["safety_memory"].middle
    assert memory[1] > memory[0]  # held from the first day on, not from that of the scenario
    told = found.to_dict()
    assert (told["schedule"]["name"], told["schedule"]["lengths_min"]) == ("own.csv", [2880])
    assert (told["kind"], told["inputs"]) == ("overload", {"safety": 0.3})
    assert simulate("acute-stress", n=2).schedule is None


def test_the_crash_comes_later_when_ill_and_not_when_well() -> None:
    for name, first, last in (("exertion-when-well", 0, 1), ("delayed-crash", 12, 48)):
        found = simulate(name, n=40)
        course = found.bands["symptoms"].middle
        end_h = 30
        assert first <= int(np.argmax(course[end_h:])) <= last
        assert course[end_h:].max() > course[23] + 0.02


def test_what_early_exercise_costs_is_told_at_the_end_of_its_months_and_no_longer_after_the_year() -> None:
    hard, calm = (simulate(name, n=64) for name in ("early-exercise", "rest-much-safety"))
    assert [end.day for end in hard.phases] == [end.day for end in calm.phases] == [90]
    assert hard.phases[0].shares["well"].high < calm.phases[0].shares["well"].low
    assert hard.shares["well"].value == pytest.approx(calm.shares["well"].value, abs=0.05)
    assert sum(share.value for share in hard.phases[0].shares.values()) == pytest.approx(1.0)
    assert simulate("passive-rest", n=1).phases == ()


def test_an_own_start_takes_the_place_of_the_past() -> None:
    ill = simulate("rest-much-safety", n=8)
    started = simulate("rest-much-safety", n=8, start={"defence": 0.2})
    assert started.bands["defence"].middle[0] == 0.2
    assert started.bands["defence"].middle[-1] < 0.1
    assert ill.bands["defence"].middle[0] > 0.5


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "chronic-lod"}, r"Did you mean chronic-load"),
        ({"switch_off": ["sensation_treat"]}, r"Did you mean sensation_threat"),
        ({"kind": "overlod"}, r"Did you mean overload\?"),
        ({"inputs": {"exersion": 0.4}}, r"Did you mean exertion\?"),
        ({"start": {"defense": 0.4}}, r"Did you mean defence"),
        ({"start": {"defence": 4.0}}, "from 0.0 to 1.0"),
        ({"start": {"defence": math.nan}}, "from 0.0 to 1.0"),
        ({"noise_sd": -1.0}, "Noise"),
        ({"noise_sd": None}, "Noise of None"),
        ({"n": 0}, "can't be run"),
        ({"n": 2.5}, "give a whole number from 1 to"),
        ({"seed": -1}, "seed of -1"),
        ({"seed": None}, "seed of None"),
        ({"spread": "much"}, "spread of much"),
        ({"start": {"defence": "high"}}, "must be from"),
        ({"switch_off": "safety_thret"}, r"Did you mean safety_threat"),
    ],
)
def test_what_does_not_exist_or_can_not_be_is_refused(asked: dict[str, object], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        simulate(**{"name": "acute-stress", "n": 2, **asked})  # type: ignore[arg-type]


def test_a_level_out_of_range_is_refused() -> None:
    with pytest.raises(ParameterOutOfRange, match="safety is 2"):
        simulate("passive-rest", n=2, inputs={"safety": 2.0})
    with pytest.raises(ParameterOutOfRange, match="safety is much"):
        simulate("passive-rest", n=2, inputs={"safety": "much"})  # type: ignore[dict-item]


def test_a_course_that_leaves_the_range_is_told_and_kept_out_of_the_bands(spec: Spec) -> None:
    runs = np.tile([state.start for state in spec.states.values()], (3, 5, 1))
    runs[1, 3, 0] = math.nan
    runs[2, 4, 1] = 99.0
    assert list(diverged(spec, runs)) == [False, True, True]
    told = shares(("well", "diverged", "diverged"))
    assert told["diverged"].value == pytest.approx(2 / 3)


def test_intervals_of_shares_hold_the_share_and_stay_inside_one() -> None:
    for k in range(21):
        found = shares(("mild",) * k + ("well",) * (20 - k))["mild"]
        assert 0 <= found.low <= found.value <= found.high <= 1
        assert found.high - found.low > 0.1
