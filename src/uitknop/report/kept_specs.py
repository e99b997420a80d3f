"""Every specification that is kept in `specs/`, and the text it is kept as."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from uitknop.report import body_charts, charts

SPECS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "bout": charts.bout_spec,
    "kinds": charts.kinds_spec,
    "ensemble": body_charts.ensemble_spec,
    "bands": body_charts.bands_spec,
    "effort": body_charts.effort_spec,
    "bifurcation": body_charts.bifurcation_spec,
    "story": body_charts.story_spec,
    "crash": body_charts.crash_spec,
    "relapse": body_charts.relapse_spec,
    "fates": body_charts.fates_spec,
}


def spec_text(name: str) -> str:
    """A specification as it is kept in `specs/`."""
    return json.dumps(SPECS[name](), indent=1, sort_keys=True) + "\n"
