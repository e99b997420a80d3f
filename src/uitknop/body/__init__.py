"""The body model: the system the texts describe, as open mathematics that explains and predicts nobody's course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.body.ensemble import Band as Band
    from uitknop.body.ensemble import Ensemble as Ensemble
    from uitknop.body.inference import Inferred as Inferred
    from uitknop.body.inference import infer as infer
    from uitknop.body.landscape_diagram import Landscape as Landscape
    from uitknop.body.landscape_diagram import landscape as landscape
    from uitknop.body.load import body_model as body_model
    from uitknop.body.load import published_model as published_model
    from uitknop.body.play import simulate as simulate
    from uitknop.body.sbml_scenario import scenario_sbml as scenario_sbml
    from uitknop.body.scenario_file import Scenario as Scenario
    from uitknop.body.scenario_file import scenario as scenario
    from uitknop.body.scenario_file import scenarios as scenarios
    from uitknop.body.schedule import Schedule as Schedule
    from uitknop.body.schedule_table import read_schedule as read_schedule
    from uitknop.body.spec import Spec as Spec

_HOMES = {
    "Band": "uitknop.body.ensemble",
    "Ensemble": "uitknop.body.ensemble",
    "Inferred": "uitknop.body.inference",
    "Landscape": "uitknop.body.landscape_diagram",
    "Scenario": "uitknop.body.scenario_file",
    "Schedule": "uitknop.body.schedule",
    "Spec": "uitknop.body.spec",
    "body_model": "uitknop.body.load",
    "infer": "uitknop.body.inference",
    "landscape": "uitknop.body.landscape_diagram",
    "published_model": "uitknop.body.load",
    "read_schedule": "uitknop.body.schedule_table",
    "scenario": "uitknop.body.scenario_file",
    "scenario_sbml": "uitknop.body.sbml_scenario",
    "scenarios": "uitknop.body.scenario_file",
    "simulate": "uitknop.body.play",
}

__all__ = sorted(_HOMES)
__getattr__ = on_demand(__name__, _HOMES)
