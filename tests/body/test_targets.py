"""The behaviours the model was tuned to (docs/body-model.md, T1 to T16). They hold by construction: no evidence."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body.integrate import integrate
from uitknop.body.outcome import readout
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.schedule import Schedule, daily, hold, joined, ramp
from uitknop.body.spec import Spec

Floats = npt.NDArray[np.float64]
Take = Callable[[Floats, str], Floats]
CHRONIC = 0.74
REST = {"stress": 0.1, "exertion": 0.1}
PASSIVE = {**REST, "safety": 0.0}


def at_end(people: Floats, start: Floats, schedule: Schedule) -> Floats:
    return integrate(people, start, schedule, every_min=schedule.length_min)[:, -1]


def envelope(spec: Spec, runs: Floats, people: Floats) -> Floats:
    return readout(spec, spec.readouts["envelope"].formula, runs, people)


def symptoms(spec: Spec, runs: Floats, people: Floats) -> Floats:
    return readout(spec, spec.readouts["symptoms"].formula, runs, people)


def smallest_event(spec: Spec, person: Floats, stress: float, of: Take) -> float:
    """Smallest extra stress over two days that tips somebody settled under a chronic stress; 0 when it tips alone."""
    start = at_end(person, settled(spec, person), hold(spec, 300, {"stress": stress}))
    if of(start, "defence")[0] > 0.3:
        return 0.0
    low, high = 0.0, 6.0
    for _ in range(8):
        middle = 0.5 * (low + high)
        event = hold(spec, 2, {"stress": stress + middle}).then(hold(spec, 120, {"stress": stress}))
        tipped = of(at_end(person, start, event), "defence")[0] > 0.3
        low, high = (low, middle) if tipped else (middle, high)
    return high


def bout(spec: Spec, person: Floats, start: Floats, levels: dict[str, float], exertion: float) -> tuple[float, int]:
    """Largest rise of symptoms by six hours of exertion, and how many hours after its end."""
    quiet = integrate(person, start, hold(spec, 10, levels), every_min=60)
    parts = (
        hold(spec, 0.5, levels),
        hold(spec, 0.25, {**levels, "exertion": exertion}),
        hold(spec, 9.25, levels),
    )
    course = integrate(person, start, joined(parts), every_min=60)
    rise = (symptoms(spec, course, person) - symptoms(spec, quiet, person))[0]
    return float(rise.max()), int(rise.argmax()) - 18


def restart(spec: Spec, person: Floats, recovering: Floats, day: int, stress: float, of: Take) -> float:
    """Defence after two weeks and then months of load from a day of recovery on."""
    burst = hold(spec, 134, {"stress": stress, "exertion": 0.35})
    return float(of(at_end(person, recovering[:, day], burst), "defence")[0])


def test_t1_two_days_of_stress_leave_no_trace(spec: Spec, person: Floats, well: Floats, of: Take) -> None:
    course = integrate(person, well, hold(spec, 2, {"stress": 1.2}).then(hold(spec, 28)), every_min=60)
    after = course[:, 48 + 72 :]
    for name in ("threat", "vagal"):
        assert np.abs(of(after, name) - of(well, name)).max() < 0.05
    assert of(course, "defence").max() < 0.05
    assert of(course, "threat")[0, 47] > 10 * of(well, "threat")[0]  # and it was stress indeed


def test_t2_the_event_that_tips_shrinks_to_nothing_as_load_rises(spec: Spec, person: Floats, of: Take) -> None:
    sizes = [smallest_event(spec, person, stress, of) for stress in (0.25, 0.4, 0.55, 0.7, 0.8, 0.95)]
    assert sizes == sorted(sizes, reverse=True)
    assert 2.0 < sizes[0] < 4.0
    assert sizes[-1] == 0.0


def test_t3_without_the_event_nobody_tips_and_with_it_rest_does_not_bring_back(
    spec: Spec, person: Floats, loaded: Floats, ill: Floats, resting: Floats, of: Take
) -> None:
    spared = at_end(person, loaded, hold(spec, 72, {"stress": CHRONIC}))
    assert of(spared, "defence")[0] < 0.05
    assert of(ill, "defence")[0] > 0.5
    assert of(resting, "defence")[0, -1] > 0.3


def test_t4_rest_with_sustained_safety_brings_back(recovering: Floats, of: Take) -> None:
    defence = of(recovering, "defence")[0]
    assert defence[200] < 0.1
    assert defence[20] > 0.5  # weeks, not days


def test_t5_safety_is_not_enough_while_the_stressor_stays(spec: Spec, person: Floats, ill: Floats, of: Take) -> None:
    year = hold(spec, 360, {"stress": CHRONIC, "safety": 0.7, "exertion": 0.1})
    assert of(at_end(person, ill, year), "defence")[0] > 0.3


def test_t6_nutrients_alone_are_not_enough(spec: Spec, person: Floats, ill: Floats, of: Take) -> None:
    year = hold(spec, 360, {**PASSIVE, "nutrients": 1.2})
    assert of(at_end(person, ill, year), "defence")[0] > 0.3


@pytest.mark.parametrize("exertion", [0.9, 1.5])
def test_t7_the_crash_comes_a_day_later_when_ill_and_at_once_when_well(
    spec: Spec, person: Floats, well: Floats, resting: Floats, exertion: float
) -> None:
    rise_well, hour_well = bout(spec, person, well, {}, exertion)
    rise_ill, hour_ill = bout(spec, person, resting[:, -1], PASSIVE, exertion)
    assert hour_well <= 1
    assert 12 <= hour_ill <= 48
    assert rise_ill > 1.5 * rise_well


def test_t8_a_restart_too_soon_relapses_and_later_it_does_not(
    spec: Spec, person: Floats, recovering: Floats, of: Take
) -> None:
    relapse = {day: restart(spec, person, recovering, day, 0.5, of) > 0.3 for day in (10, 30, 60, 90, 150)}
    assert relapse[10]
    assert not relapse[150]
    assert list(relapse.values()) == sorted(relapse.values(), reverse=True)  # once safe, it stays safe
    gentle = [restart(spec, person, recovering, day, 0.2, of) > 0.3 for day in (10, 30, 60)]
    assert sum(gentle) <= sum(relapse.values())


def test_t8_a_phased_return_does_not_relapse(spec: Spec, person: Floats, recovering: Floats, of: Take) -> None:
    begin, end = {**REST, "safety": 0.7}, {"stress": 0.45, "exertion": 0.4, "safety": 0.3}
    back = ramp(spec, 120, begin, end).then(hold(spec, 60, {**end, "exertion": 0.35}))
    assert of(at_end(person, recovering[:, 90], back), "defence")[0] < 0.1


def test_t9_the_adrenal_gland_grows_under_load_and_is_never_exhausted(
    spec: Spec, person: Floats, well: Floats, loaded: Floats, ill: Floats, resting: Floats, of: Take
) -> None:
    before = of(well, "adrenal")[0]
    years = integrate(person, well, hold(spec, 720, {"stress": 0.7}))
    assert of(years, "adrenal").min() >= 0.95 * before
    assert of(loaded, "adrenal")[0] > 1.05 * before
    assert of(ill, "adrenal")[0] > 1.05 * before
    assert of(resting, "adrenal").min() >= 0.95 * before


def test_t10_cortisol_is_near_normal_when_ill(ill: Floats, resting: Floats, of: Take) -> None:
    for states in (ill[0], resting[0, -1]):
        assert 0.8 <= of(states, "cortisol") <= 1.25


def test_t11_mild_moderate_and_severe_exist_and_last(spec: Spec) -> None:
    people = np.concatenate([draw_people(spec, 1, spread=0.0, values={"reach": reach}) for reach in (0.3, 0.6, 0.9)])
    well = settled(spec, people)
    start = at_end(people, well, hold(spec, 120, {"stress": 1.1, "safety": 0.05}))
    course = integrate(people, start, hold(spec, 400, PASSIVE))
    share = envelope(spec, course, people) / envelope(spec, well[:, None], people)
    for day in (100, 400):
        mild, moderate, severe = share[:, day]
        assert 0.5 <= mild <= 0.8
        assert 0.25 <= moderate < 0.5
        assert severe < 0.25


def test_t12_safety_is_remembered_for_days(spec: Spec, person: Floats, well: Floats, of: Take) -> None:
    none = {**PASSIVE}
    emptied = at_end(person, well, hold(spec, 30, none))
    one_day = integrate(
        person, emptied, hold(spec, 1, {**REST, "safety": 1.0}).then(hold(spec, 20, none)), every_min=60
    )
    memory = of(one_day, "safety_memory")[0]
    days = np.searchsorted(-memory[24:], -memory[24] / np.e) / 24
    assert 2.0 <= days <= 5.0
    every_day = integrate(person, emptied, daily(spec, 20, none, [(10, 1, {"safety": 1.0})]), every_min=60)
    memory = of(every_day, "safety_memory")[0]
    assert memory[11 + 24 * 9] > 2 * memory[11]


def test_t13_repeated_crashes_lower_what_a_person_can_do_for_good(spec: Spec, of: Take) -> None:
    person = draw_people(spec, 1, spread=0.0, kind="post_exertional")
    well = settled(spec, person)
    start = at_end(person, well, hold(spec, 120, {"stress": 1.1, "safety": 0.05}))
    levels = {**REST, "safety": 0.15}
    weeks = [daily(spec, 1, levels, [(10, 6, {"exertion": 0.9})] if day % 7 == 3 else []) for day in range(182)]
    crashed = integrate(person, start, joined(weeks))
    spared = integrate(person, start, hold(spec, 182, levels))
    usual = float(envelope(spec, well[:, None], person)[0, 0])
    after, instead = (float(envelope(spec, course[:, -1:], person)[0, 0]) for course in (crashed, spared))
    assert after < 0.7 * instead
    recovered = at_end(person, crashed[:, -1], hold(spec, 360, {**REST, "safety": 0.8}))
    assert of(recovered, "defence")[0] < 0.1
    assert float(envelope(spec, recovered[:, None], person)[0, 0]) < 0.9 * usual


def made_ill(spec: Spec, *, without: str | None = None, kind: str | None = None) -> tuple[Floats, Floats]:
    """Somebody, with a coupling off or of a kind, and their states after months of heavy load."""
    off = (without,) if without else ()
    person = draw_people(spec, 1, spread=0.0, kind=kind, switched_off=off)
    return person, at_end(person, settled(spec, person), hold(spec, 120, {"stress": 1.1, "safety": 0.05}))


@pytest.mark.parametrize("coupling", ["defence_threat", "inflammation_threat"])
def test_t14_t15_without_the_loop_through_threat_rest_is_enough(spec: Spec, coupling: str, of: Take) -> None:
    person, ill = made_ill(spec, without=coupling)
    assert of(ill, "defence")[0] > 0.3
    assert of(at_end(person, ill, hold(spec, 300, PASSIVE)), "defence")[0] < 0.1


def test_t16_without_safety_on_threat_safety_is_not_enough(spec: Spec, of: Take) -> None:
    person, ill = made_ill(spec, without="safety_threat")
    assert of(at_end(person, ill, hold(spec, 300, {**REST, "safety": 0.7})), "defence")[0] > 0.3


def test_the_first_tuning_meets_the_same_targets_and_tells_another_story(spec: Spec, of: Take) -> None:
    person, ill = made_ill(spec, kind="defence_held")
    assert of(at_end(person, ill, hold(spec, 300, PASSIVE)), "defence")[0] > 0.3
    assert of(at_end(person, ill, hold(spec, 300, {**REST, "safety": 0.7})), "defence")[0] < 0.1
    cut = draw_people(spec, 1, spread=0.0, kind="defence_held", switched_off=("defence_threat",))
    start = at_end(cut, settled(spec, cut), hold(spec, 120, {"stress": 1.1, "safety": 0.05}))
    assert of(at_end(cut, start, hold(spec, 300, PASSIVE)), "defence")[0] > 0.3
