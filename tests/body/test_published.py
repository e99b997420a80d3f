"""The published models give the numbers they are known for, within 1 %."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body.load import published_model
from uitknop.body.published import Course, follow, slopes_of
from uitknop.core.errors import ModelError, ParameterOutOfRange

Floats = npt.NDArray[np.float64]

STRESS_DAYS, STRESS = 200.0, 5.0
BASELINE = {"crh": 1.0, "acth": 1.0, "cortisol": 0.9852, "pituitary": 1.0150, "adrenal": 0.9852}


def karin(kind: str | None) -> Course:
    """Five times the stress for 200 days, then none for 220; day 0 is the end of the stress."""
    spec = published_model("karin")
    quiet = follow(spec, [(40.0, {})], step=0.01, every=1000, kind=kind, start=BASELINE).at(40.0)
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


@pytest.mark.parametrize(("which", "lowest", "acth", "cortisol"), [("fast", 59, 83, 87), ("slow", 152, 192, 217)])
def test_cortisol_goes_below_where_it_was_and_is_the_last_to_settle(
    request: pytest.FixtureRequest, which: str, lowest: int, acth: int, cortisol: int
) -> None:
    course: Course = request.getfixturevalue(which)
    after = course.t >= STRESS_DAYS
    share = {name: course.states[name][after] / course.states[name][0] for name in ("cortisol", "acth")}
    assert share["cortisol"].min() == pytest.approx(0.92, abs=0.005)
    assert share["cortisol"].argmin() == pytest.approx(lowest, abs=1)
    for name, day in (("acth", acth), ("cortisol", cortisol)):
        last_outside = np.flatnonzero(np.abs(share[name] - 1) > 0.05)[-1]
        assert last_outside + 1 == pytest.approx(day, abs=1), name  # from then on within 5 % for good


def receptor_slopes(changed: Mapping[str, float]) -> tuple[Floats, Floats, Floats]:
    """Cortisol, the receptor at which all else stands still, and the slope of the receptor there."""
    spec = published_model("gupta")
    slopes = slopes_of(spec, changed)
    given = {symbol: changed.get(symbol, item.value) for symbol, item in spec.parameters.items()}
    cortisol = np.linspace(0.045, 0.075, 601)
    crh = 1 / (1 + cortisol / given["ki1"]) / given["kcd"]
    receptor = given["ki2"] / cortisol * (crh / (given["kad"] * cortisol) - 1)
    rows = [slopes([c, o, r, o], {"Fx": 0.0}) for c, r, o in zip(crh, receptor, cortisol, strict=True)]
    assert np.abs(np.array(rows)[:, [0, 1, 3]]).max() < 1e-12
    return cortisol, receptor, np.array(rows)[:, 2]


def test_gupta_has_an_unstable_point_between_its_two_places_of_rest() -> None:
    cortisol, receptor, slope = receptor_slopes({})
    places = np.flatnonzero(np.diff(np.sign(slope)))
    assert receptor[places] == pytest.approx([0.5482, 0.3391, 0.0809], abs=0.01)
    assert cortisol[places] == pytest.approx([0.05148, 0.05458, 0.05972], abs=5e-5)
    spec = published_model("gupta")
    for beside, ends in ((-0.01, 0.0809), (0.01, 0.5482)):
        start = {"crh": 0.6469, "acth": 0.05458, "receptor": 0.3391 + beside, "cortisol": 0.05458}
        ended = follow(spec, [(400.0, {})], step=0.1, every=4000, start=start).at(400.0)
        assert ended["receptor"] == pytest.approx(ends, rel=0.01)


@pytest.mark.parametrize(
    ("symbol", "inside", "outside"),
    [
        ("kcr", (0.045, 0.065), (0.04, 0.07)),
        ("krd", (0.825, 0.9), (0.8, 0.925)),
        ("k", (0.00086, 0.001), (0.00079, 0.00108)),
        ("kad", (8.75, 10.0), (8.5, 10.25)),
    ],
)
def test_gupta_has_two_places_in_narrow_windows_only(
    symbol: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    for values, points in ((inside, 3), (outside, 1)):
        for value in values:
            slope = receptor_slopes({symbol: value})[2]
            assert np.flatnonzero(np.diff(np.sign(slope))).size == points, value


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
    spec = published_model("gupta")
    ended = follow(spec, [*pulses, (400.0, {})], step=0.1, every=10)
    assert ended.states["receptor"][-1] == pytest.approx(0.5482, rel=0.01)
    assert ended.states["cortisol"][-1] == pytest.approx(0.0515, rel=0.01)
    # The start of the published file lies lower: from there the same pulses nearly do, and do not.
    of_the_file = {"crh": 0.6, "acth": 0.055, "receptor": 0.01, "cortisol": 0.055}
    nearly = follow(spec, [*pulses, (400.0, {})], step=0.1, every=10, start=of_the_file)
    assert nearly.at(20.0)["receptor"] == pytest.approx(0.297, rel=0.01)
    assert nearly.states["receptor"][-1] == pytest.approx(0.0809, rel=0.01)


def test_what_a_published_model_does_not_know_is_refused() -> None:
    spec = published_model("karin")
    with pytest.raises(ModelError, match=r"Did you mean stress\?"):
        follow(spec, [(1.0, {"stres": 1.0})], step=0.01)
    with pytest.raises(ParameterOutOfRange, match="stress is -1"):
        follow(spec, [(1.0, {"stress": -1.0})], step=0.01)
    with pytest.raises(ModelError, match=r"Did you mean fast_glands\?"):
        follow(spec, [(1.0, {})], step=0.01, kind="fast_gland")
