"""The model as SBML, so that any simulator of the field can run, check and change it.

SBML Level 3 Version 2 Core (Hucka et al. 2019, doi:10.1515/jib-2019-0021), written from the one specification. States
have no substance and no compartment, so they are parameters with a rate rule; what formulas share is an assignment
rule; inputs are parameters that events set at the moments of a schedule. Time is in the unit of the model's rates.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

import numpy as np

from uitknop.body.dimension import dimension, dimensions
from uitknop.body.formula import Formula
from uitknop.body.mathml import MATHML, applied, mathml, number, symbol, time
from uitknop.body.nearest import unknown
from uitknop.body.people import own_values
from uitknop.body.sbml_notes import Told, add_notes, of_coupling, of_model, of_parameter
from uitknop.body.schedule import Schedule
from uitknop.body.spec import Spec, State
from uitknop.core import Phrase

NAMESPACE = "http://www.sbml.org/sbml/level3/version2/core"
UNITS = {"1": "dimensionless", "d": "day", "1/d": "per_day", "h": "hour", "1/h": "per_hour"}
SECONDS = {"day": 86_400, "hour": 3_600}


def sbml_source(
    spec: Spec,
    *,
    kind: str | None = None,
    values: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    schedule: Schedule | None = None,
    about: Told = (),
    lang: str = "en",
) -> str:
    """The model as an SBML file.

    Args:
        spec: the model.
        kind: kind of course; None for the values of the model.
        values: other values of parameters, by symbol, as they are: not checked against the plausible range.
        start: states at time zero, by name; those not named as in the specification.
        schedule: what the world does from time zero on; None for inputs as on an ordinary day.
        about: sentences about this file, in front of what is said about the model.
        lang: "nl" or "en", of titles and notes.

    Returns: XML with its declaration, to be kept as UTF-8.

    Raises:
        ModelError: a kind of course, parameter or state does not exist.

    >>> from uitknop.body.load import body_model
    >>> sbml_source(body_model()).count("<rateRule")
    17
    """
    for what, given, known in (
        (Phrase("parameter"), values or {}, spec.parameters),
        (Phrase("state"), start or {}, spec.states),
    ):
        for name in given:
            if name not in known:
                raise unknown(what, name, known)
    fixed = {**own_values(spec, kind=kind, values=None), **(values or {})}
    root = ET.Element("sbml", {"xmlns": NAMESPACE, "xmlns:sbml": NAMESPACE, "level": "3", "version": "2"})
    unit = time_unit(spec)
    model = ET.SubElement(
        root, "model", id=spec.name.replace("-", "_"), name=spec.title.said(lang), timeUnits=unit, extentUnits="item"
    )
    add_notes(model, (*about, *of_model(spec, kind, lang)))
    _units(model, unit)
    _parameters(model, spec, fixed, start or {}, schedule, lang)
    _rules(model, spec, lang)
    if schedule is not None:
        _events(model, spec, schedule, unit)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def time_unit(spec: Spec) -> str:
    """The unit of time of a model: "day", or "hour" where its rates are per hour."""
    hourly = any(parameter.unit in ("h", "1/h") for parameter in spec.parameters.values())
    return "hour" if hourly else "day"


def readout_ids(spec: Spec) -> dict[str, str]:
    """The id of each read-out in the file: its name; a read-out that is a quantity of the same name has that one's."""
    taken = {*spec.parameters, *spec.quantities}
    taken |= {state.symbol for state in spec.states.values()} | {item.symbol for item in spec.inputs.values()}
    return {
        name: f"readout_{name}" if name in taken and readout.formula.text != name else name
        for name, readout in spec.readouts.items()
    }


def _units(model: ET.Element, unit: str) -> None:
    known = ET.SubElement(model, "listOfUnitDefinitions")
    for name, exponent in ((unit, 1), (f"per_{unit}", -1)):
        defined = ET.SubElement(ET.SubElement(known, "unitDefinition", id=name), "listOfUnits")
        ET.SubElement(defined, "unit", kind="second", exponent=str(exponent), scale="0", multiplier=str(SECONDS[unit]))


def _parameters(
    model: ET.Element,
    spec: Spec,
    fixed: Mapping[str, float],
    start: Mapping[str, float],
    schedule: Schedule | None,
    lang: str,
) -> None:
    listed = ET.SubElement(model, "listOfParameters")
    first = schedule.levels[0] if schedule is not None else [item.usual for item in spec.inputs.values()]
    for item, level in zip(spec.inputs.values(), first, strict=True):
        _parameter(listed, item.symbol, item.title.said(lang), float(level), constant=False)
    for state in spec.states.values():
        value = float(start.get(state.name, state.start))
        _parameter(listed, state.symbol, state.title.said(lang), value, constant=False)
    for name, parameter in spec.parameters.items():
        value = float(fixed.get(name, parameter.value))
        made = _parameter(listed, name, parameter.title.said(lang), value, constant=True, units=UNITS[parameter.unit])
        add_notes(made, of_parameter(parameter, lang))
    known, unit = dimensions(spec), time_unit(spec)
    named = {0: "dimensionless", 1: unit, -1: f"per_{unit}"}
    for name in spec.quantities:
        _parameter(listed, name, name, None, constant=False, units=named.get(known[name]))
    for name, made_id in readout_ids(spec).items():
        if made_id not in spec.quantities:
            readout = spec.readouts[name]
            units = named.get(dimension(readout.formula.tree, known))
            _parameter(listed, made_id, readout.title.said(lang), None, constant=False, units=units)


def _parameter(
    listed: ET.Element,
    made_id: str,
    name: str,
    value: float | None,
    *,
    constant: bool,
    units: str | None = "dimensionless",
) -> ET.Element:
    given = {"id": made_id, "name": name, "constant": str(constant).lower()}
    if value is not None:
        given["value"] = repr(value)
    if units is not None:
        given["units"] = units
    return ET.SubElement(listed, "parameter", given)


def _rules(model: ET.Element, spec: Spec, lang: str) -> None:
    listed = ET.SubElement(model, "listOfRules")
    assigned: dict[str, Formula] = dict(spec.quantities)
    for name, made_id in readout_ids(spec).items():
        if made_id not in assigned:
            assigned[made_id] = spec.readouts[name].formula
    for name, formula in assigned.items():
        _math(ET.SubElement(listed, "assignmentRule", variable=name)).append(mathml(formula.tree))
    for state in spec.states.values():
        rule = ET.SubElement(listed, "rateRule", variable=state.symbol)
        arriving = [item for item in spec.couplings.values() if item.ends == state.name]
        add_notes(rule, tuple(line for item in arriving for line in of_coupling(item, lang)))
        _math(rule).append(_slope(state))


def _slope(state: State) -> ET.Element:
    y = symbol(state.symbol)
    if state.rate is not None:
        return applied("times", mathml(state.rate.tree), y)
    assert state.target is not None
    assert state.tau is not None
    return applied("divide", applied("minus", mathml(state.target.tree), y), mathml(state.tau.tree))


def _events(model: ET.Element, spec: Spec, schedule: Schedule, unit: str) -> None:
    listed = ET.Element("listOfEvents")
    for at_min, levels in _changes(spec, schedule):
        event = ET.SubElement(listed, "event", id=f"at_{at_min}_min", useValuesFromTriggerTime="true")
        trigger = ET.SubElement(event, "trigger", initialValue="false", persistent="true")
        moment = at_min * 60 / SECONDS[unit]
        _math(trigger).append(applied("geq", time(), number(moment, unit)))
        assignments = ET.SubElement(event, "listOfEventAssignments")
        for name, level in levels.items():
            _math(ET.SubElement(assignments, "eventAssignment", variable=name)).append(number(level))
    if len(listed):
        model.append(listed)


def _changes(spec: Spec, schedule: Schedule) -> Iterator[tuple[int, dict[str, float]]]:
    """The moments at which inputs change, in minutes, and the levels they take; the first piece is no change."""
    ends = np.cumsum(schedule.lengths_min)
    symbols = [item.symbol for item in spec.inputs.values()]
    for place in range(1, ends.size):
        before, after = schedule.levels[place - 1], schedule.levels[place]
        levels = {name: float(new) for name, old, new in zip(symbols, before, after, strict=True) if new != old}
        if levels:
            yield int(ends[place - 1]), levels


def _math(parent: ET.Element) -> ET.Element:
    return ET.SubElement(parent, "math", xmlns=MATHML)
