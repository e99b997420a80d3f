"""The table of couplings: which behaviour hangs on which."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from uitknop.body.landscape_knockouts import Knockouts, knockouts
from uitknop.body.landscape_targets import TARGETS
from uitknop.body.load import body_model
from uitknop.core.errors import ModelError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def table() -> Knockouts:
    return knockouts()


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
    never = [row.coupling for row in table.rows if not row.tips]
    assert never == ["stressors_load", "load_threat", "threat_defence"]


def test_the_documentation_names_every_coupling_once_with_the_targets_that_fail(table: Knockouts) -> None:
    text = (ROOT / "docs/body-model.md").read_text(encoding="utf-8")
    part = (
        text.split("### What each hypothesis carries")[1].split("**Read as**")[0].split("|---|---|---|---|---|---|")[1]
    )
    rows = [line.split("|") for line in part.splitlines() if line.startswith("|")]
    told = [(row[1], row[-2]) for row in rows]
    told += re.findall(r"((?:`\w+`(?:, | and |,\n| and\n)?)+)[ \n]\((T[^)]*)\)", part)
    told.append((part.split("needed for no target")[1], "none"))
    found = {name: said.strip() for names, said in told for name in re.findall(r"`(\w+)`", names)}
    every = {*(target.name for target in TARGETS)}
    for row in table.rows:
        meant = " ".join(row.fails) or "none"
        if not row.tips:
            left = [name for name in every if name not in row.fails]
            meant = "nobody ill: all" + (f" but {', '.join(sorted(left))}" if left else "")
        assert found.pop(row.coupling) == meant, row.coupling
    assert found == {}


def test_the_table_goes_out_as_json_in_both_languages(table: Knockouts) -> None:
    told = json.loads(json.dumps(table.to_dict()))
    assert [row["coupling"] for row in told["rows"]] == list(body_model().couplings)
    assert set(told["targets"]["T3"]) == {"nl", "en"}


def test_a_coupling_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ModelError, match="threat_vagal"):
        knockouts(("threat_vagel",))
