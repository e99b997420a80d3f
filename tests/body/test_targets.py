"""The behaviours the model was tuned to (docs/body-model.md, T1 to T17). They hold by construction: no evidence.

Each is asked as the table of couplings asks it; what stands below it goes further for the one person without spread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body.integrate import integrate
from uitknop.body.landscape_targets import PASSIVE, TARGETS, Target, World
from uitknop.body.landscape_tipping import EVENT_DAYS, TIPPED, ill_people
from uitknop.body.outcome import DEFENCE_OFF, outcomes
from uitknop.body.people import draw_people
from uitknop.body.play import settled, simulate
from uitknop.body.scenario_file import scenario
from uitknop.body.schedule import Schedule, hold, joined
from uitknop.body.spec import Spec

Floats = npt.NDArray[np.float64]
Take = Callable[[Floats, str], Floats]


@pytest.fixture(scope="module")
def world(spec: Spec) -> World:
    """The one person without spread."""

    def people(kind: str | None, values: Mapping[str, float]) -> Floats:
        return draw_people(spec, 1, spread=0.0, kind=kind, values=values)

    return World(spec, people)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.name}-{target.title.en.replace(' ', '-')}")
def test_the_model_shows(target: Target, world: World) -> None:
    assert target.asked(world).all()


def at_end(people: Floats, start: Floats, schedule: Schedule) -> Floats:
    return integrate(people, start, schedule, every_min=schedule.length_min)[:, -1]


def smallest_event(spec: Spec, person: Floats, stress: float, of: Take) -> float:
    """Smallest extra stress over two days that tips somebody settled under a chronic stress; 0 when it tips alone."""
    start = at_end(person, settled(spec, person), hold(spec, 300, {"stress": stress}))
    if of(start, "defence")[0] > TIPPED:
        return 0.0
    low, high = 0.0, 6.0
    for _ in range(8):
        middle = 0.5 * (low + high)
        event = hold(spec, EVENT_DAYS, {"stress": stress + middle}).then(hold(spec, 120, {"stress": stress}))
        tipped = of(at_end(person, start, event), "defence")[0] > TIPPED
        low, high = (low, middle) if tipped else (middle, high)
    return high


def test_t2_the_event_that_tips_shrinks_to_nothing_as_load_rises(spec: Spec, person: Floats, of: Take) -> None:
    sizes = [smallest_event(spec, person, stress, of) for stress in (0.25, 0.4, 0.55, 0.7, 0.8, 0.95)]
    assert sizes == sorted(sizes, reverse=True)
    assert 2.0 < sizes[0] < 4.0
    assert sizes[-1] == 0.0


def test_t3_without_the_event_nobody_tips_and_with_it_rest_does_not_bring_back(
    spec: Spec, world: World, of: Take
) -> None:
    def stays(name: str) -> Floats:
        return at_end(world.people, world.well, scenario(name).schedule)

    assert of(stays("chronic-load-alone"), "defence")[0] < 0.05
    ill = stays("chronic-load")
    assert of(ill, "defence")[0] > 0.5
    assert of(at_end(world.people, ill, hold(spec, 360, PASSIVE)), "defence")[0] > TIPPED


def test_t4_it_takes_weeks_not_days(world: World, of: Take) -> None:
    assert of(world.recovering, "defence")[0, 20] > 0.5


def test_t7_also_after_a_harder_bout(spec: Spec, world: World) -> None:
    def peak_h(start: Floats, levels: Mapping[str, float]) -> int:
        parts = (hold(spec, 0.5, levels), hold(spec, 0.25, {**levels, "exertion": 1.5}), hold(spec, 9.25, levels))
        courses = [
            integrate(world.people, start, each, every_min=60) for each in (joined(parts), hold(spec, 10, levels))
        ]
        rise = world.shown(courses[0], "symptoms") - world.shown(courses[1], "symptoms")
        return int(rise[0].argmax()) - 18

    assert peak_h(world.well, {}) <= 1
    assert 12 <= peak_h(world.resting[:, -1], PASSIVE) <= 48


def test_t8_once_a_restart_is_safe_it_stays_so_and_a_lighter_one_is_sooner(spec: Spec, world: World, of: Take) -> None:
    def relapses(stress: float) -> list[bool]:
        work = hold(spec, 134, {"stress": stress, "exertion": 0.35})
        ends = (at_end(world.people, world.recovering[:, day], work) for day in (10, 30, 60, 90, 150))
        return [bool(of(end, "defence")[0] > TIPPED) for end in ends]

    hard, light = relapses(0.5), relapses(0.2)
    assert hard == sorted(hard, reverse=True)
    assert sum(light) <= sum(hard)


def test_t8_the_return_in_steps_begins_on_the_same_day_and_ends_at_the_same_levels() -> None:
    at_once, in_steps = (scenario(name) for name in ("restart-too-fast", "phased-return"))
    assert at_once.open_day == in_steps.open_day <= 20
    assert np.array_equal(at_once.schedule.levels[0], in_steps.schedule.levels[0])
    assert np.array_equal(at_once.schedule.levels[-1], in_steps.schedule.levels[-1])
    assert at_once.schedule.length_min == in_steps.schedule.length_min


def test_t9_t10_the_gland_and_cortisol_hold_under_load_too(world: World, of: Take) -> None:
    loaded = world.end(world.well, scenario("chronic-load-alone").schedule)
    assert of(loaded, "adrenal")[0] > 1.05 * of(world.well, "adrenal")[0]
    assert 0.8 <= of(world.ill, "cortisol")[0] <= 1.25


def test_t17_of_many_hardly_anybody_is_as_before_and_after_some_weeks_of_illness_most_are(spec: Spec) -> None:
    found = simulate("rest-much-safety", n=64, kind="post_exertional").shares
    assert found["well"].value < 0.1
    assert found["not_fully"].value > 0.5
    people = draw_people(spec, 1, spread=0.0, kind="post_exertional")
    well = settled(spec, people)
    short = hold(spec, 20, {"stress": 2.0}).then(hold(spec, 20), scenario("rest-much-safety").schedule)
    course = integrate(people, well, short)
    assert course[0, :, list(spec.states).index("defence")].max() > TIPPED
    assert outcomes(spec, course, people, well) == ("well",)


def made_ill(spec: Spec, *, without: str | None = None, kind: str | None = None) -> tuple[Floats, Floats]:
    """Somebody, with a coupling off or of a kind, and their states after months of heavy load."""
    person = draw_people(spec, 1, spread=0.0, kind=kind, switched_off=(without,) if without else ())
    return person, ill_people(spec, person)


def after(person: Floats, ill: Floats, name: str, of: Take) -> float:
    """Defence at the end of a scenario that begins when ill."""
    return float(of(at_end(person, ill, scenario(name).schedule), "defence")[0])


# T14 to T16 hold in the person without spread; among people who differ only in a part of them (test_landscape_without).
@pytest.mark.parametrize("coupling", ["defence_threat", "inflammation_threat"])
def test_t14_t15_without_the_loop_through_threat_rest_is_enough(spec: Spec, coupling: str, of: Take) -> None:
    person, ill = made_ill(spec, without=coupling)
    assert of(ill, "defence")[0] > TIPPED
    assert after(person, ill, "passive-rest", of) < DEFENCE_OFF


def test_t16_without_safety_on_threat_safety_is_not_enough(spec: Spec, of: Take) -> None:
    assert after(*made_ill(spec, without="safety_threat"), "rest-much-safety", of) > TIPPED


def test_the_first_tuning_meets_the_same_targets_and_tells_another_story(spec: Spec, of: Take) -> None:
    person, ill = made_ill(spec, kind="defence_held")
    assert after(person, ill, "passive-rest", of) > TIPPED
    assert after(person, ill, "rest-much-safety", of) < DEFENCE_OFF
    cut = draw_people(spec, 1, spread=0.0, kind="defence_held", switched_off=("defence_threat",))
    assert after(cut, ill_people(spec, cut), "passive-rest", of) > TIPPED
