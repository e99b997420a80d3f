"""The published models give the numbers they are known for, within 1 %."""

from __future__ import annotations

import numpy as np
import pytest

from uitknop.body.load import published_model
from uitknop.body.published import Course, follow
from uitknop.core.errors import ModelError, ParameterOutOfRange

STRESS_DAYS, STRESS = 200.0, 5.0
BASELINE = {"crh": 1.0, "acth": 1.0, "cortisol": 0.9852, "pituitary": 1.0150, "adrenal": 0.9852}


def karin(kind: str | None) -> Course:
    """Five times the stress for 200 days, then none for 220; day 0 is the end of the stress."""
    spec = published_model("karin")
    quiet = follow(spec, [(300.0, {})], step=0.01, every=1000, kind=kind).at(300.0)
    pieces = [(STRESS_DAYS, {"stress": STRESS}), (220.0, {})]
    return follow(spec, pieces, step=0.01, every=100, kind=kind, start=quiet)


@pytest.fixture(scope="module")
def slow() -> Course:
    return karin(None)


@pytest.fixture(scope="module")
def fast() -> Course:
    return karin("fast_glands")


def relative(course: Course, day: float) -> list[float]:
    before = course.at(0.0)
    return [value / before[name] for name, value in course.at(STRESS_DAYS + day).items()]


def test_karin_rests_where_it_should(slow: Course) -> None:
    for name, value in slow.at(0.0).items():
        assert value == pytest.approx(BASELINE[name], rel=0.002), name


# In the order CRH, ACTH, cortisol, pituitary, adrenal: the table prints two decimals.
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (0, [0.97, 1.00, 3.35, 1.58, 3.34]),
        (28, [0.62, 0.60, 1.55, 1.00, 2.59]),
        (84, [0.96, 0.66, 1.04, 0.68, 1.57]),
        (120, [1.07, 0.76, 0.94, 0.71, 1.23]),
    ],
)
def test_karin_with_slow_glands_gives_its_table(slow: Course, day: float, expected: list[float]) -> None:
    assert relative(slow, day) == pytest.approx(expected, rel=0.01, abs=0.006)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (0, [1.00, 1.00, 3.30, 1.51, 3.30]),
        (28, [0.92, 0.59, 1.08, 0.64, 1.84]),
        (84, [1.06, 0.95, 0.95, 0.90, 0.99]),
    ],
)
def test_karin_with_fast_glands_gives_its_table(fast: Course, day: float, expected: list[float]) -> None:
    assert relative(fast, day) == pytest.approx(expected, rel=0.01, abs=0.006)


@pytest.mark.parametrize(("which", "first", "last"), [("fast", 27, 73), ("slow", 72, 168)])
def test_acth_stays_blunted_for_weeks_after_cortisol_is_normal(
    request: pytest.FixtureRequest, which: str, first: int, last: int
) -> None:
    course: Course = request.getfixturevalue(which)
    after = course.t >= STRESS_DAYS
    cortisol = course.states["cortisol"][after] / course.states["cortisol"][0]
    acth = course.states["acth"][after] / course.states["acth"][0]
    days = np.flatnonzero((np.abs(cortisol - 1) < 0.1) & (acth < 0.9))
    assert days[0] == pytest.approx(first, abs=1)
    assert days[-1] == pytest.approx(last, abs=2)  # ACTH creeps past 0.9 there: 0.003 in a day


def test_gupta_has_two_places_of_rest() -> None:
    spec = published_model("gupta")
    low = follow(spec, [(400.0, {})], step=0.1, every=4000).at(400.0)
    high = follow(spec, [(400.0, {})], step=0.1, every=4000, start={"receptor": 0.6, "cortisol": 0.0515}).at(400.0)
    assert (low["receptor"], low["cortisol"]) == pytest.approx((0.0809, 0.05972), rel=0.01)
    assert (low["crh"], low["acth"]) == pytest.approx((0.6261, 0.05972), rel=0.01)
    assert (high["receptor"], high["cortisol"]) == pytest.approx((0.5482, 0.05148), rel=0.01)


@pytest.mark.parametrize(("hours", "receptor"), [(1.0, 0.0809), (2.0, 0.0809), (3.0, 0.5482), (6.0, 0.5482)])
def test_gupta_switches_from_three_hours_of_stress_on(hours: float, receptor: float) -> None:
    pieces: list[tuple[float, dict[str, float]]] = [(hours, {"stress": 1.0}), (400.0, {})]
    ended = follow(published_model("gupta"), pieces, step=0.1, every=10)
    assert ended.states["receptor"][-1] == pytest.approx(receptor, rel=0.01)


def test_gupta_switches_after_five_short_pulses() -> None:
    pulses: list[tuple[float, dict[str, float]]] = [(1.0, {"stress": 1.0}), (3.0, {})] * 5
    ended = follow(published_model("gupta"), [*pulses, (400.0, {})], step=0.1, every=10)
    assert ended.states["receptor"][-1] == pytest.approx(0.5482, rel=0.01)
    assert ended.states["cortisol"][-1] == pytest.approx(0.0515, rel=0.01)


def test_what_a_published_model_does_not_know_is_refused() -> None:
    spec = published_model("karin")
    with pytest.raises(ModelError, match=r"Did you mean stress\?"):
        follow(spec, [(1.0, {"stres": 1.0})], step=0.01)
    with pytest.raises(ParameterOutOfRange, match="stress is -1"):
        follow(spec, [(1.0, {"stress": -1.0})], step=0.01)
    with pytest.raises(ModelError, match=r"Did you mean fast_glands\?"):
        follow(spec, [(1.0, {})], step=0.01, kind="fast_gland")
