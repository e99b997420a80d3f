"""The SBML that is written, run by libroadrunner: another reader, another solver, the same courses."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import roadrunner

from uitknop.body.integrate import integrate
from uitknop.body.load import body_model, published_model
from uitknop.body.outcome import diverged
from uitknop.body.people import draw_people
from uitknop.body.play import settled, simulate
from uitknop.body.published import follow
from uitknop.body.sbml import NAMESPACE, readout_ids, sbml_source
from uitknop.body.sbml_scenario import scenario_sbml
from uitknop.body.scenario_file import scenarios
from uitknop.body.schedule import DAY_MIN, Schedule, hold, joined
from uitknop.body.spec import Spec
from uitknop.core.errors import ModelError

Floats = npt.NDArray[np.float64]
CAMPAIGN = os.environ.get("HYPOTHESIS_PROFILE") == "campaign"
PEOPLE = 50 if CAMPAIGN else 10
MANY_EVENTS = 1000
SCENARIOS = [name for name, item in scenarios().items() if CAMPAIGN or item.schedule.lengths_min.size < MANY_EVENTS]
TOLERANCE = 1e-4
IN = {"s": NAMESPACE}


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """libroadrunner writes notices to the error stream of the process."""
    before = roadrunner.Logger.getLevel()
    roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
    yield
    roadrunner.Logger.setLevel(before)


@pytest.fixture(scope="module", autouse=True)
def plainly_compiled() -> Iterator[None]:
    """It compiles each model anew, and with its usual settings that takes ten times as long as the course itself."""
    config = roadrunner.Config
    plain = {config.LLVM_BACKEND: config.LLJIT, config.LLJIT_OPTIMIZATION_LEVEL: config.NONE}
    before = {key: config.getValue(key) for key in plain}
    for key, value in plain.items():
        config.setValue(key, value)
    yield
    for key, value in before.items():
        config.setValue(key, value)


def loaded(text: str) -> roadrunner.RoadRunner:
    runner = roadrunner.RoadRunner(text)
    runner.integrator.relative_tolerance = 1e-8
    runner.integrator.absolute_tolerance = 1e-10
    runner.integrator.maximum_time_step = 0.25  # without it, it now and then stalls where a slope has a corner
    return runner


def course(runner: roadrunner.RoadRunner, symbols: list[str], end: float, kept: int) -> Floats:
    runner.selections = symbols
    return np.array(runner.simulate(0, end, kept))


def error(found: Floats, other: Floats) -> float:
    assert found.shape == other.shape
    return float((np.abs(found - other) / (1 + np.abs(other))).max())


def symbols_of(spec: Spec) -> list[str]:
    return [state.symbol for state in spec.states.values()]


@pytest.fixture(scope="module")
def months() -> Schedule:
    """Load, a fever, a hard day, and then rest with safety."""
    spec = body_model()
    return joined(
        (
            hold(spec, 60, {"stress": 0.9, "safety": 0.1}),
            hold(spec, 5, {"infection": 1.0, "sleep": 0.7}),
            hold(spec, 0.25, {"exertion": 0.9}),
            hold(spec, 60.75, {"stress": 0.1, "exertion": 0.1, "safety": 0.7, "nutrients": 1.1}),
        )
    )


def test_other_people_take_the_same_course_in_another_simulator(spec: Spec, months: Schedule) -> None:
    people = draw_people(spec, 2 * PEOPLE, seed=11, spread=0.15)
    start = settled(spec, people)
    courses = integrate(people, start, months)
    inside = np.flatnonzero(~diverged(spec, courses))[:PEOPLE]
    assert inside.size == PEOPLE
    runner = loaded(sbml_source(spec, schedule=months))
    for person in inside:
        runner.resetAll()
        for symbol, value in zip([*spec.parameters, *symbols_of(spec)], [*people[person], *start[person]], strict=True):
            runner.setValue(symbol, float(value))
        found = course(runner, symbols_of(spec), months.length_min / DAY_MIN, courses.shape[1])
        assert error(courses[person], found) < TOLERANCE


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_takes_the_same_course_in_another_simulator(spec: Spec, name: str) -> None:
    played = simulate(name, n=1, spread=0.0)
    ids = {state.name: state.symbol for state in spec.states.values()} | readout_ids(spec)
    runner = loaded(scenario_sbml(name))
    found = course(runner, [ids[item] for item in played.bands], float(played.day[-1]), played.day.size)
    for place, band in enumerate(played.bands.values()):
        assert error(band.middle, found[:, place]) < TOLERANCE


def test_what_is_changed_in_a_scenario_is_changed_in_the_file_too(spec: Spec) -> None:
    changes: dict[str, Any] = {"switch_off": ("threat_vagal", "slow_off"), "inputs": {"sleep": 0.8}}
    played = simulate("acute-stress", n=1, spread=0.0, **changes)
    found = course(loaded(scenario_sbml("acute-stress", **changes)), symbols_of(spec), 30, 31)
    assert error(np.array([played.bands[state].middle for state in spec.states]).T, found) < TOLERANCE
    assert np.ptp(found[:, list(spec.states).index("vagal")]) < 0.01
    assert found[-1, list(spec.states).index("sleep_debt")] > 0.1


@pytest.mark.parametrize(("name", "end", "step"), [("karin", 20.0, 0.004), ("gupta", 20.0, 0.02)])
def test_a_published_model_takes_the_same_course_in_another_simulator(name: str, end: float, step: float) -> None:
    spec, stress = published_model(name), 3.0
    ours = follow(spec, [(end, {"stress": stress})], step=step, every=round(end / 20 / step))
    runner = loaded(sbml_source(spec))
    runner.setValue(spec.inputs["stress"].symbol, stress)
    found = course(runner, symbols_of(spec), end, 21)
    assert error(np.array(list(ours.states.values())).T, found) < TOLERANCE


def test_the_checks_of_sbml_find_nothing_amiss_not_even_in_a_unit(spec: Spec, months: Schedule) -> None:
    text = sbml_source(spec, schedule=months)
    for check in ("GENERAL", "IDENTIFIER", "MATHML", "UNITS", "OVERDETERMINED", "MODELING_PRACTICE"):
        assert roadrunner.validateSBML(text, getattr(roadrunner, f"VALIDATE_{check}")) == "", check


def test_the_checks_of_sbml_do_find_a_wrong_unit(spec: Spec) -> None:
    wrong = sbml_source(spec).replace('value="0.08" units="day"', 'value="0.08" units="per_day"')
    assert wrong != sbml_source(spec)
    assert "units" in roadrunner.validateSBML(wrong, roadrunner.VALIDATE_UNITS)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_file_tells_what_it_is_and_on_which_claims_it_rests(spec: Spec, lang: str) -> None:
    text = sbml_source(spec, kind="post_exertional", lang=lang)
    root = ET.fromstring(text.encode())
    told = " ".join("".join(part.itertext()) for part in root.iterfind(".//s:notes", IN))
    assert {"nl": "niemands lichaam, en geen voorspelling", "en": "nobody's biology, and no forecast"}[lang] in told
    assert spec.kinds["post_exertional"].title.said(lang) in told
    for coupling in spec.couplings.values():
        assert f"{coupling.name}: {coupling.title.said(lang)}" in told
        assert all(claim in told for claim in coupling.claims)
    assert {item.get("name") for item in root.iterfind(".//s:parameter", IN)} >= {
        item.title.said(lang) for item in (*spec.states.values(), *spec.parameters.values(), *spec.inputs.values())
    }
    assert "twin" not in told.lower()


def test_a_kind_of_course_sets_its_values_and_own_values_come_before_it(spec: Spec) -> None:
    text = sbml_source(spec, kind="post_exertional", values={"kC": 0.07})
    root = ET.fromstring(text.encode())
    value = {item.get("id"): item.get("value") for item in root.iterfind(".//s:parameter", IN)}
    assert value["tauC"] == "3650.0"
    assert value["kC"] == "0.07"


def test_an_event_stands_at_every_change_and_nowhere_else(spec: Spec) -> None:
    twice = joined((hold(spec, 1), hold(spec, 1), hold(spec, 0.5, {"exertion": 0.9}), hold(spec, 1)))
    root = ET.fromstring(sbml_source(spec, schedule=twice).encode())
    assert [item.get("id") for item in root.iterfind(".//s:event", IN)] == ["at_2880_min", "at_3600_min"]
    assert [item.get("variable") for item in root.iterfind(".//s:eventAssignment", IN)] == ["ex", "ex"]
    assert ET.fromstring(sbml_source(spec, schedule=hold(spec, 3)).encode()).find(".//s:event", IN) is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"values": {"tauDD": 3.0}}, "Did you mean tauD"),
        ({"start": {"treat": 0.5}}, "Did you mean threat"),
        ({"kind": "post_exertion"}, r"Did you mean post_exertional\?"),
    ],
)
def test_a_name_that_does_not_exist_is_refused(spec: Spec, asked: dict[str, object], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        sbml_source(spec, **asked)  # type: ignore[arg-type]
