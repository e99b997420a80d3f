"""The scenarios: complete, in both languages, tied to claims, and strict about faults."""

from __future__ import annotations

import numpy as np
import pytest

from uitknop.body.scenario_file import read_scenarios, scenario, scenarios
from uitknop.body.schedule import DAY_MIN
from uitknop.body.spec import Spec
from uitknop.core.errors import KnowledgeError, ModelError
from uitknop.knowledge import library

SMALL = """
[before.well]
[[before.well.piece]]
from_day = 0
to_day = 1
[scenario.one]
nl = "een"
en = "one"
before = "well"
open_day = 2
claims = []
[[scenario.one.piece]]
from_day = 0
to_day = 2
[[scenario.one.piece]]
from_day = 2
to_day = 9
stress = 0.5
weekly = [{ on_day = 2, at_hour = 10, hours = 1, exertion = 0.9 }]
"""


def test_what_the_texts_tell_can_be_played() -> None:
    assert {
        "acute-stress",
        "chronic-load",
        "passive-rest",
        "rest-much-safety",
        "safety-under-load",
        "restart-too-fast",
        "phased-return",
        "delayed-crash",
        "early-exercise",
        "infection",
        "nutrients-only",
        "light-work-kept",
    } <= set(scenarios())


def test_every_claim_of_a_scenario_exists() -> None:
    known = {claim.id for claim in library().claims}
    assert {claim for item in scenarios().values() for claim in item.claims} <= known
    assert [item.name for item in scenarios().values() if not item.claims] == []


def test_everything_that_shows_a_recovery_says_so() -> None:
    # Those are closed to people with crashes after exertion.
    closed = {name for name, item in scenarios().items() if item.way_back}
    told = ("rest", "safety", "return", "nutrients", "work", "hour", "restart", "early", "story")
    assert {name for name in scenarios() if any(word in name.split("-") for word in told)} == closed


def test_a_scenario_that_does_not_exist_is_refused_and_the_nearest_offered() -> None:
    with pytest.raises(ModelError, match=r"Did you mean passive-rest"):
        scenario("pasive-rest")


def test_bouts_come_back_each_week(spec: Spec) -> None:
    found = read_scenarios("small.toml", SMALL, spec)["one"]
    assert found.schedule.length_min == 9 * DAY_MIN
    exertion = found.schedule.levels[:, 2]
    assert list(exertion).count(0.9) == 1
    assert found.every_min == DAY_MIN


@pytest.mark.parametrize(
    ("change", "instead", "said"),
    [
        ("from_day = 2\n", "from_day = 3\n", "from_day should be 2, and to_day later"),
        ("from_day = 2\n", "from_day = 1\n", "no gaps, no overlap"),
        ("to_day = 9\n", "to_day = 1\n", "no gaps, no overlap"),
        ("from_day = 0\nto_day = 2", "from_day = -1\nto_day = 2", "from_day should be from 0"),
        ("stress = 0.5", "stress = nan", "stress should be a number"),
        ("stress = 0.5", "stress = 99.0", "it must be from 0.0 to 8.0"),
        ("stress = 0.5", "stres = 0.5", "stres is not known"),
        ('before = "well"', 'before = "wel"', r"Did you mean well\?"),
        ("open_day = 2", "open_day = 20", "open_day should be"),
        ("on_day = 2", "on_day = 8", "on_day should be from 1 to 7"),
    ],
)
def test_a_fault_is_named(spec: Spec, change: str, instead: str, said: str) -> None:
    assert change in SMALL
    with pytest.raises(KnowledgeError, match=said):
        read_scenarios("small.toml", SMALL.replace(change, instead, 1), spec)


def test_the_phases_of_a_story_begin_where_the_inputs_change() -> None:
    told = scenario("the-story")
    changes = {0, *np.cumsum(told.schedule.lengths_min)}
    assert {round(day * DAY_MIN) for phase in told.phases for day in (phase.from_day, phase.to_day)} <= changes
    assert told.phases[-1].to_day * DAY_MIN == told.schedule.length_min


@pytest.mark.parametrize("to_day", [8, 10])
def test_phases_that_do_not_fill_the_scenario_are_refused(to_day: int, spec: Spec) -> None:
    phase = f'[[scenario.one.phase]]\nfrom_day = 0\nto_day = {to_day}\nnl = "a"\nen = "b"\n'
    with pytest.raises(KnowledgeError, match=r"one.*(phase|to_day)"):
        read_scenarios("small.toml", SMALL + phase, spec)
