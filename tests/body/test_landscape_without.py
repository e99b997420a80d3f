"""What a coupling carries among people who differ: less than one person without spread makes believe."""

from __future__ import annotations

import json

import pytest

from uitknop.body.landscape_knockouts import knockouts
from uitknop.body.landscape_without import FatesWithout, fates_without
from uitknop.body.load import body_model
from uitknop.core.errors import ModelError

ASKED = ("defence_threat", "inflammation_threat", "safety_threat", "vagal_defence", "nutrients_energy")


@pytest.fixture(scope="module")
def found() -> FatesWithout:
    return fates_without(ASKED, n=48)


def of(found: FatesWithout, coupling: str, fate: str) -> float:
    return next(row for row in found.rows if row.coupling == coupling).shares[fate].value


def test_only_those_who_live_the_story_are_asked_and_each_has_one_fate(found: FatesWithout) -> None:
    assert 35 <= found.n < found.drawn == 48
    for row in found.rows:
        assert sum(each.value for each in row.shares.values()) == pytest.approx(1.0)
        assert all(each.n == found.n for each in row.shares.values())
    assert of(found, "nutrients_energy", "story") == 1.0  # on ordinary food it changes nothing


def test_what_one_person_shows_without_exception_holds_for_a_part_of_many(found: FatesWithout) -> None:
    assert "T4" in knockouts(("safety_threat",)).rows[0].fails
    assert 0.3 < of(found, "safety_threat", "not_back") < 0.75
    assert 0.5 < of(found, "inflammation_threat", "rest_alone") < 0.85
    assert 0.2 < of(found, "vagal_defence", "not_back") < 0.6  # and nothing of that in the one person
    assert of(found, "defence_threat", "rest_alone") > 0.95


def test_the_table_goes_out_as_json(found: FatesWithout) -> None:
    told = json.loads(json.dumps(found.to_dict()))
    assert [row["coupling"] for row in told["rows"]] == list(ASKED)
    assert told["rows"][0]["title"] == body_model().couplings[ASKED[0]].title.to_dict()


def test_a_coupling_that_does_not_exist_is_refused_and_so_is_nobody() -> None:
    with pytest.raises(ModelError, match="threat_vagal"):
        fates_without(("threat_vagel",), n=1)
    with pytest.raises(ModelError, match="Draw more of them"):
        fates_without(("threat_vagal",), n=1, seed=3)
