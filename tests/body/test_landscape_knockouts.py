"""The table of couplings: which behaviour hangs on which."""

from __future__ import annotations

import json

import pytest

from uitknop.body.landscape_knockouts import Knockouts, knockouts
from uitknop.body.landscape_targets import TARGETS
from uitknop.core.errors import ModelError

ASKED = (
    "load_threat",
    "defence_threat",
    "safety_threat",
    "exertion_debt",
    "safety_memory",
    "crash_capacity",
    "defence_capacity",
    "threat_sleep",
)


@pytest.fixture(scope="module")
def table() -> Knockouts:
    return knockouts(ASKED)


def test_the_whole_model_shows_all_that_was_asked_for(table: Knockouts) -> None:
    assert table.whole == {target.name: True for target in TARGETS}


@pytest.mark.parametrize(
    ("coupling", "gone"),
    [
        ("load_threat", "T2"),  # a full bucket that threatens nobody tips nobody
        ("defence_threat", "T3"),  # the loop that holds on to illness
        ("safety_threat", "T4"),
        ("exertion_debt", "T7"),
        ("safety_memory", "T12"),
        ("crash_capacity", "T13"),
        ("defence_capacity", "T17"),
    ],
)
def test_without_a_coupling_what_hangs_on_it_is_gone(table: Knockouts, coupling: str, gone: str) -> None:
    row = next(row for row in table.rows if row.coupling == coupling)
    assert gone in row.fails
    assert not row.shows[gone]


def test_a_coupling_that_tells_on_sleep_alone_is_needed_for_no_target(table: Knockouts) -> None:
    assert next(row for row in table.rows if row.coupling == "threat_sleep").fails == ()


def test_who_never_falls_ill_is_marked(table: Knockouts) -> None:
    assert [row.coupling for row in table.rows if not row.tips] == ["load_threat"]


def test_the_table_goes_out_as_json_in_both_languages(table: Knockouts) -> None:
    told = json.loads(json.dumps(table.to_dict()))
    assert [row["coupling"] for row in told["rows"]] == list(ASKED)
    assert set(told["targets"]["T3"]) == {"nl", "en"}


def test_a_coupling_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ModelError, match="threat_vagal"):
        knockouts(("threat_vagel",))
