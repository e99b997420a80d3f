"""A scenario as SBML: the model with a start and with an event for every moment at which the world changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from uitknop.body.integrate import integrate
from uitknop.body.load import body_model
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.sbml import sbml_source
from uitknop.body.scenario_file import scenario
from uitknop.body.schedule import DAY_MIN, Schedule
from uitknop.body.spec import Title

SCENARIO = Title(nl="Scenario: {title} ({name}), {days} dagen.", en="Scenario: {title} ({name}), {days} days.")
START = Title(
    nl="Tijd nul is de eerste dag van het scenario. De beginstand is die van één persoon zonder spreiding, na wat "
    "eraan voorafging.",
    en="Time zero is the first day of the scenario. The start is that of one person without spread, after what went "
    "before.",
)


def scenario_sbml(
    name: str,
    *,
    kind: str | None = None,
    switch_off: Iterable[str] = (),
    inputs: Mapping[str, float] | None = None,
    schedule: Schedule | None = None,
    lang: str = "en",
) -> str:
    """A scenario as an SBML file: one person without spread, at the start of its first day.

    Args:
        name, kind, switch_off, inputs, schedule: as in `uitknop.body.simulate`.
        lang: "nl" or "en", of titles and notes.

    Raises:
        ModelError: a name does not exist; the nearest are offered.
        ParameterOutOfRange: a level lies outside the range of its input.

    >>> scenario_sbml("restart-too-fast").count("<event ")
    1
    """
    played, spec = scenario(name), body_model()
    course = kind or played.kind
    person = draw_people(spec, 1, spread=0.0, kind=course, switched_off=switch_off)
    start = integrate(person, settled(spec, person), played.before, every_min=played.before.length_min)[0, -1]
    happens = played.course(spec, inputs or {}, schedule)
    told = {"title": played.title.said(lang), "name": name, "days": f"{happens.length_min / DAY_MIN:g}"}
    return sbml_source(
        spec,
        kind=course,
        values={symbol: float(value) for symbol, value in zip(spec.parameters, person[0], strict=True)},
        start={state: float(value) for state, value in zip(spec.states, start, strict=True)},
        schedule=happens,
        about=(SCENARIO.said(lang).format(**told), START.said(lang)),
        lang=lang,
    )
