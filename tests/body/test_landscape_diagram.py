"""Fixed points, folds and stability: what is said of a place is what happens there."""

from __future__ import annotations

import json
import math

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body.integrate import integrate
from uitknop.body.landscape_diagram import Landscape, field_of, fixed_points, hysteresis, landscape
from uitknop.body.people import draw_people
from uitknop.body.schedule import hold
from uitknop.body.spec import Spec
from uitknop.core.errors import ModelError, ParameterOutOfRange

Floats = npt.NDArray[np.float64]
SAFE = {"safety": 0.7, "exertion": 0.1}


@pytest.fixture(scope="module")
def daily() -> Landscape:
    """The chronic load varied, on ordinary days."""
    return landscape("stress")


@pytest.fixture(scope="module")
def safe() -> Landscape:
    """The same with much safety, where both folds lie in the range."""
    return landscape("stress", inputs=SAFE)


def after(spec: Spec, person: Floats, states: Floats, days: float, levels: dict[str, float]) -> Floats:
    course = hold(spec, days, levels)
    return integrate(person, states[None, :], course, every_min=course.length_min)[0, -1]


def test_nothing_moves_on_a_branch(spec: Spec, safe: Landscape) -> None:
    field = field_of(spec, "stress", SAFE, None)
    for branch in safe.branches:
        points = np.array([*branch.states.values(), branch.level]).T
        assert max(np.abs(field.slopes(x)).max() for x in points) < 1e-7


def test_points_follow_each_other_closely_from_one_end_of_the_range_to_the_other(safe: Landscape) -> None:
    (branch,) = safe.branches
    assert {branch.level[0], branch.level[-1]} == {safe.low, safe.high}
    jumps = np.abs(np.diff(np.array([*branch.states.values(), branch.level]), axis=1)).max()
    assert jumps < 0.1
    assert safe.low <= branch.level.min() <= branch.level.max() <= safe.high


@pytest.mark.parametrize("stress", [0.2, 0.5, 0.7])
def test_a_stable_place_is_come_back_to_and_an_unstable_one_is_left(spec: Spec, person: Floats, stress: float) -> None:
    points = fixed_points({"stress": stress})
    assert [point.stable for point in points] == [True, False, True]
    defence = list(spec.states).index("defence")
    for point in points:
        place = np.array(list(point.states.values()))
        for push in (-0.01, 0.01):
            pushed = place.copy()
            pushed[defence] = np.clip(pushed[defence] + push, 0, 1)
            moved = np.abs(after(spec, person, pushed, 300, {"stress": stress}) - place).max()
            assert moved < 0.01 if point.stable else moved > 0.1


def test_stability_changes_at_the_folds_and_nowhere_else(safe: Landscape) -> None:
    (branch,) = safe.branches
    changes = np.flatnonzero(np.diff(branch.stable.astype(int)))
    assert changes.size == len(safe.folds) == 2
    for place in changes:
        assert min(abs(branch.level[place] - fold.level) for fold in safe.folds) < 0.02


def test_beyond_the_first_fold_the_ill_get_well_and_beyond_the_second_the_well_fall_ill(
    spec: Spec, person: Floats, safe: Landscape
) -> None:
    low, high = safe.fold("ill"), safe.fold("well")
    assert low is not None
    assert high is not None
    assert low < high
    defence = list(spec.states).index("defence")
    both = [np.array(list(point.states.values())) for point in fixed_points({**SAFE, "stress": 0.5 * (low + high)})]
    for level, start, ends_ill in (
        (low - 0.02, both[2], False),
        (low + 0.02, both[2], True),
        (high - 0.02, both[0], False),
        (high + 0.02, both[0], True),
    ):
        end = after(spec, person, start, 1500, {**SAFE, "stress": level})
        assert (end[defence] > 0.3) == ends_ill, level


def test_at_a_fold_two_places_meet(safe: Landscape) -> None:
    for fold in safe.folds:
        inward = 0.01 if fold.ends == "ill" else -0.01
        assert len(fixed_points({**SAFE, "stress": fold.level + inward})) == 3
        assert len(fixed_points({**SAFE, "stress": fold.level - inward})) == 1


def test_with_more_safety_both_folds_lie_at_a_higher_load() -> None:
    found = hysteresis("safety", (0.15, 0.5, 0.7), {"exertion": 0.1})
    tips, returns = ([item.tips for item in found], [item.returns or -math.inf for item in found])
    assert tips == sorted(item for item in tips if item is not None)
    assert returns == sorted(returns)
    assert all(item.returns is None or (item.tips is not None and item.returns < item.tips) for item in found)


def test_without_safety_one_can_stay_ill_without_any_load() -> None:
    assert landscape("stress", inputs={"safety": 0.0, "exertion": 0.1}).fold("ill") is None
    assert [point.stable for point in fixed_points({"stress": 0.0, "safety": 0.0})] == [True, False, True]


def test_safety_can_be_varied_too_and_ends_being_ill() -> None:
    found = landscape("safety", inputs={"stress": 0.1, "exertion": 0.1})
    assert [fold.ends for fold in found.folds] == ["ill"]


def test_another_person_has_another_landscape_or_none(spec: Spec, daily: Landscape) -> None:
    other = draw_people(spec, 2, seed=4, spread=0.1)[1]
    assert landscape("stress", person=other).fold("well") != daily.fold("well")
    never = draw_people(spec, 1, spread=0.0, switched_off=("threat_defence",))[0]
    assert landscape("stress", high=0.6, person=never).folds == ()


def test_the_curve_goes_on_round_a_corner_where_a_limit_is_reached(spec: Spec) -> None:
    # With these numbers a curve turns back in a point, not in a bend, and there is a milder place to be ill.
    found = landscape("stress", person=draw_people(spec, 2, seed=9, spread=0.2)[1])
    (branch,) = found.branches
    assert (branch.level[0], branch.level[-1]) == (found.low, found.high)
    assert np.count_nonzero(np.diff(branch.stable.astype(int))) == len(found.folds) == 4
    ill, well = found.fold("ill"), found.fold("well")
    assert well == max(fold.level for fold in found.folds)
    assert ill is not None
    assert ill < well


def test_a_landscape_goes_out_as_json(daily: Landscape) -> None:
    told = json.loads(json.dumps(daily.to_dict()))
    assert told["nature"] == "explanatory model"
    assert len(told["branches"][0]["states"]["defence"]) == len(told["branches"][0]["level"])
    assert "stress" not in told["inputs"]


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"vary": "stres"}, ModelError, "Did you mean stress"),
        ({"low": 0.5, "high": 0.5}, ModelError, "is empty"),
        ({"high": 9.0}, ParameterOutOfRange, "must be from 0.0 to 8.0"),
        ({"low": math.nan}, ParameterOutOfRange, "must be from"),
        ({"inputs": {"safety": 1.2}}, ParameterOutOfRange, "must be from 0.0 to 1.0"),
        ({"inputs": {"safty": 0.2}}, ModelError, r"Did you mean safety\?"),
    ],
)
def test_what_can_not_be_looked_at_is_refused(asked: dict[str, object], kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        landscape(**{"vary": "stress", **asked})  # type: ignore[arg-type]
