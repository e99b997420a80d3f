"""The kernel against a solver of the field at a tolerance of 1e-10, on the equations as they are meant."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from uitknop.body.evaluate import evaluate
from uitknop.body.integrate import Noise, integrate
from uitknop.body.load import body_model
from uitknop.body.outcome import diverged
from uitknop.body.people import draw_people
from uitknop.body.play import noise_seeds, settled
from uitknop.body.schedule import DAY_MIN, Schedule, daily, hold, joined
from uitknop.body.slope import slope
from uitknop.body.spec import Spec

Floats = npt.NDArray[np.float64]
TOLERANCE = 1e-4


def reference(parameters: Floats, start: Floats, schedule: Schedule) -> Floats:
    """One person with LSODA, piece by piece, a value per day."""
    y, kept, at_min, change = start.copy(), [start], 0, np.empty(start.size)

    def f(_t: float, states: Floats, levels: Floats) -> Floats:
        slope(states, parameters, levels, change)
        return change.copy()

    for length_min, levels in zip(schedule.lengths_min, schedule.levels, strict=True):
        days = DAY_MIN * np.arange(at_min // DAY_MIN + 1, (at_min + length_min) // DAY_MIN + 1) - at_min
        moments = np.unique(np.append(days, length_min)) / DAY_MIN
        span = (0.0, length_min / DAY_MIN)
        found = solve_ivp(f, span, y, "LSODA", moments, args=(levels.copy(),), rtol=1e-10, atol=1e-12)
        kept += list(found.y.T[: days.size])
        y = found.y[:, -1]
        at_min += int(length_min)
    return np.array(kept)


def error(course: Floats, exact: Floats) -> float:
    return float((np.abs(course - exact) / (1 + np.abs(exact))).max())


def test_weeks_of_days_and_nights_are_right_to_the_fourth_digit(spec: Spec) -> None:
    people = draw_people(spec, 2, seed=3, spread=0.1)
    start = np.tile([state.start for state in spec.states.values()], (2, 1))
    day = daily(spec, 60, {"stress": 0.7, "exertion": 0.1}, [(7, 4, {"exertion": 0.3}), (12, 6, {"exertion": 0.45})])
    courses = integrate(people, start, day)
    for person in range(2):
        assert error(courses[person], reference(people[person], start[person], day)) < TOLERANCE


@settings(max_examples=15)
@given(seed=st.integers(0, 1000), stress=st.floats(0, 1.2), exertion=st.floats(0, 0.8), safety=st.floats(0, 1))
def test_anybody_under_any_load_is_right(seed: int, stress: float, exertion: float, safety: float) -> None:
    spec = body_model()
    people = draw_people(spec, 1, seed=seed, spread=0.15)
    start = settled(spec, people)
    levels = {"stress": stress, "exertion": exertion, "safety": safety}
    course = joined((hold(spec, 20, levels), hold(spec, 0.3, {"infection": 2.0}), hold(spec, 9.7, {"stress": 0.1})))
    found = integrate(people, start, course)
    assume(not diverged(spec, found)[0])
    assert error(found[0], reference(people[0], start[0], course)) < TOLERANCE


def test_the_kernel_and_the_formulas_say_the_same_slope(spec: Spec, person: Floats, ill: Floats) -> None:
    levels = np.array([item.usual for item in spec.inputs.values()])
    compiled = np.empty(len(spec.states))
    slope(ill[0], person[0], levels, compiled)
    values = {state.symbol: float(y) for state, y in zip(spec.states.values(), ill[0], strict=True)}
    values |= dict(zip(spec.parameters, person[0], strict=True))
    values |= {item.symbol: item.usual for item in spec.inputs.values()}
    for place, state in enumerate(spec.states.values()):
        if state.rate is not None:
            meant = evaluate(state.rate, values, spec.quantities) * values[state.symbol]
        else:
            assert state.target is not None
            assert state.tau is not None
            gap = evaluate(state.target, values, spec.quantities) - values[state.symbol]
            meant = gap / evaluate(state.tau, values, spec.quantities)
        assert compiled[place] == pytest.approx(meant, rel=1e-9, abs=1e-12), state.name


def test_a_person_is_the_same_in_any_company(spec: Spec) -> None:
    for noise_sd in (0.0, 0.2):
        runs = []
        for n in (3, 21):
            people = draw_people(spec, n, seed=5)
            noise = Noise(noise_sd, noise_seeds(n, 5)) if noise_sd else None
            runs.append(integrate(people, settled(spec, people), hold(spec, 40, {"stress": 0.6}), noise=noise)[2])
        assert np.array_equal(runs[0], runs[1])


def test_noise_has_the_spread_and_memory_that_were_asked_for(spec: Spec) -> None:
    # The bucket is a filter of the noise with its own time: its variance follows from both.
    people = draw_people(spec, 64, spread=0.0, switched_off=("sensitisation_load",))
    noise = Noise(0.2, noise_seeds(64, 1))
    bucket = integrate(people, settled(spec, people), hold(spec, 400, {"stress": 2.0}), noise=noise)[:, 100:, 8]
    assert list(spec.states)[8] == "load"
    expected = 0.2**2 * 0.25 / (0.25 + 2.5)
    assert bucket.var() == pytest.approx(expected, rel=0.1)
    assert bucket.mean() == pytest.approx(2.0, abs=0.01)


def test_every_person_has_an_own_seed() -> None:
    assert np.unique(noise_seeds(1000, 1)).size == 1000
    assert noise_seeds(5, 1)[4] == noise_seeds(50, 1)[4]
