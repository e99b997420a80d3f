"""How many courses of half a year per second, beside the tools of the field, on the same model and the same people.

    python benchmarks/sim_peers.py [--n 2048]

Every person has own parameters (10 % spread), 180 days, a value per day, and exertion that changes over the day. Ours
takes the day in hours, and in six parts; the others get the hours as their own tools like them best. The error is the
largest |dy| / (1 + |y|) against LSODA at a tolerance of 1e-10. libroadrunner and COPASI run when they are installed.
Last come the things a person waits for. Per second of one core, time that others had is left out.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from uitknop.body.integrate import integrate
from uitknop.body.landscape_diagram import landscape
from uitknop.body.load import body_model
from uitknop.body.people import draw_people
from uitknop.body.play import simulate
from uitknop.body.sbml import sbml_source
from uitknop.body.schedule import DAY_MIN, Schedule
from uitknop.body.slope import slope
from uitknop.body.what_if import Choices, what_if

DAYS = 180
STRESS = 0.6
SPEC = body_model()
START = np.array([state.start for state in SPEC.states.values()])
USUAL = np.array([item.usual for item in SPEC.inputs.values()])
CHECKED = 3


def exertion(hour: float) -> float:
    return 0.25 + 0.15 * float(np.cos(2 * np.pi * hour / 24))


def schedule(parts: int) -> Schedule:
    """Days in which exertion follows a wave, in this many parts."""
    width = 24 / parts
    day = np.tile(USUAL, (parts, 1))
    day[:, 0] = STRESS
    day[:, 2] = [exertion((part + 0.5) * width) for part in range(parts)]
    return Schedule(np.full(parts * DAYS, DAY_MIN // parts), np.tile(day, (DAYS, 1)))


def by_scipy(parameters: Any, course: Schedule, *, rtol: float, atol: float) -> Any:
    """One person with LSODA on compiled slopes, piece by piece."""
    y, kept, done, change = START.copy(), [START], 0, np.empty(START.size)

    def f(_t: float, states: Any, levels: Any) -> Any:
        slope(states, parameters, levels, change)
        return change

    for length, levels in zip(course.lengths_min, course.levels, strict=True):
        found = solve_ivp(f, (0.0, length / DAY_MIN), y, "LSODA", args=(levels.copy(),), rtol=rtol, atol=atol)
        y, done = found.y[:, -1], done + int(length)
        if done % DAY_MIN == 0:
            kept.append(y)
    return np.array(kept)


def by_scipy_whole(parameters: Any, *, rtol: float = 1e-6, atol: float = 1e-8) -> Any:
    """One person with LSODA in one go, the wave as it is: the kindest form for SciPy."""
    levels, change = USUAL.copy(), np.empty(START.size)
    levels[0] = STRESS

    def f(t: float, states: Any) -> Any:
        levels[2] = exertion(24 * t)
        slope(states, parameters, levels, change)
        return change

    moments = np.arange(DAYS + 1.0)
    return solve_ivp(f, (0, DAYS), START, "LSODA", moments, rtol=rtol, atol=atol).y.T


def error(courses: Any, exact: Any) -> float:
    return float(max((np.abs(c - e) / (1 + np.abs(e))).max() for c, e in zip(courses, exact, strict=False)))


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the clock, seconds of work of all cores together, and what came of it."""
    begun, worked = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - begun, time.process_time() - worked, found


def best(work: Callable[[], Any], times: int = 5) -> tuple[float, float, Any]:
    """The least seconds on the clock and the least of work of several runs: on a busy machine they differ widely."""
    runs = [timed(work) for _ in range(times)]
    return min(run[0] for run in runs), min(run[1] for run in runs), runs[0][2]


def show(name: str, n: int, taken: tuple[float, float, Any], said: str) -> None:
    print(f"{name:48s} {n / taken[0]:8.1f} /s {n / taken[1]:8.1f} per second of one core   {said}", flush=True)


def ours(people: Any, parts: int, exact: Any) -> None:
    course = schedule(parts)
    start = np.tile(START, (people.shape[0], 1))
    integrate(people[:8], start[:8], course)
    taken = best(lambda: integrate(people, start, course))
    what = f"Uitknop, {os.cpu_count()} cores, day in {parts} parts"
    show(what, people.shape[0], taken, f"error {error(taken[2][:CHECKED], exact):.1e}")


def roadrunner_peer(people: Any, exact: Any) -> None:
    try:
        import roadrunner
    except ImportError:
        print("libroadrunner is not installed")
        return
    model = roadrunner.RoadRunner(with_wave(sbml_source(SPEC)))
    model.timeCourseSelections = ["time", *(state.symbol for state in SPEC.states.values())]
    model.integrator.relative_tolerance, model.integrator.absolute_tolerance = 1e-6, 1e-8
    model.integrator.setValue("maximum_num_steps", 200_000)

    def one(parameters: Any) -> Any:
        model.resetToOrigin()
        for symbol, value in zip(SPEC.parameters, parameters, strict=True):
            model[symbol] = value
        model["s"] = STRESS
        return np.array(model.simulate(0, DAYS, DAYS + 1))[:, 1:]

    one(people[0])
    taken = timed(lambda: [one(parameters) for parameters in people[:32]])
    show("libroadrunner, CVODE 1e-6", 32, taken, f"error {error(taken[2][:CHECKED], exact):.1e}")


def copasi_peer(people: Any) -> None:
    try:
        import basico
    except ImportError:
        print("COPASI (copasi-basico) is not installed")
        return
    basico.load_model_from_string(with_wave(sbml_source(SPEC)))
    changed = list(SPEC.parameters)[:5]

    def one(parameters: Any) -> None:
        for symbol, value in zip(changed, parameters, strict=False):
            basico.set_parameters(symbol, exact=True, initial_value=float(value))
        basico.run_time_course(0, DAYS, DAYS, r_tol=1e-6, a_tol=1e-8)

    one(people[0])
    taken = timed(lambda: [one(parameters) for parameters in people[:8]])
    show("COPASI, LSODA 1e-6 (five parameters set)", 8, taken, "")


def with_wave(sbml: str) -> str:
    """The model with exertion as a wave of time, as an assignment rule."""
    time_symbol = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">time</csymbol>'
    wave = (
        '<assignmentRule variable="ex"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><plus/><cn>0.25</cn>'
        f"<apply><times/><cn>0.15</cn><apply><cos/><apply><times/><cn>{2 * np.pi!r}</cn>{time_symbol}"
        "</apply></apply></apply></apply></math></assignmentRule>"
    )
    return sbml.replace("<listOfRules>", f"<listOfRules>\n{wave}", 1)


OFF = iter(SPEC.couplings)
PAGES: dict[str, Callable[[], Any]] = {
    "200 people, a year, with their past and the shares": lambda: simulate("rest-much-safety", n=200),
    "what-if, 200 people, a year, a coupling off that was on": lambda: what_if(Choices(off=(next(OFF),))),
    "a bifurcation diagram, load from outside 0 to 1.5": lambda: landscape("stress"),
}
"""What a person waits for, apart from drawing it."""


def main() -> None:
    """Prints one line per tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=2048, help="people")
    n = parser.parse_args().n
    print(f"{len(SPEC.states)} states, {DAYS} days, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    people = draw_people(SPEC, n, seed=0, spread=0.1)
    for parts in (24, 6, 3):
        exact = [by_scipy(parameters, schedule(parts), rtol=1e-10, atol=1e-12) for parameters in people[:CHECKED]]
        ours(people, parts, exact)
    whole = [by_scipy_whole(parameters, rtol=1e-10, atol=1e-12) for parameters in people[:CHECKED]]
    by_scipy_whole(people[0])
    taken = timed(lambda: [by_scipy_whole(parameters) for parameters in people[:8]])
    show("SciPy solve_ivp LSODA 1e-6, compiled slopes", 8, taken, f"error {error(taken[2][:CHECKED], whole):.1e}")
    roadrunner_peer(people, whole)
    copasi_peer(people)
    for name, work in PAGES.items():
        work()
        taken = best(work)
        print(f"{name}: {taken[0]:.2f} s ({taken[1]:.2f} s of one core)", flush=True)
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
