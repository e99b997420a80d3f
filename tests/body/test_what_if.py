"""What if: names in, an ensemble out; what the choices do in the model, and nothing for names that are not there."""

from __future__ import annotations

import numpy as np
import pytest

from uitknop.body import body_model
from uitknop.body.what_if import (
    EFFORT_DAY,
    PROTECTED_COUPLINGS,
    Choices,
    Effort,
    after_effort,
    what_if,
)
from uitknop.core.errors import ModelError


def well(**chosen: str) -> float:
    return what_if(Choices(**chosen)).shares["well"].value


def test_it_tells_the_story_in_shares_of_made_up_people() -> None:
    assert well(safety="few") < 0.2  # rest alone does it for some
    assert well(safety="few") < well(safety="some") < well(safety="many")
    assert well(safety="many", load="heavy") < 0.1  # while the load stays, safety changes little
    early, steps, late = (well(safety="many", restart=restart) for restart in ("early", "steps", "late"))
    assert early < steps < late


def test_a_year_is_kept_once_a_week_and_the_same_question_is_answered_once() -> None:
    found = what_if(Choices(safety="many"))
    assert found.day.tolist() == [7.0 * week for week in range(53)]
    assert found.n == 200
    assert sum(each.value for each in found.shares.values()) == pytest.approx(1)
    assert what_if(Choices(safety="many")) is found


def test_without_a_hypothesis_of_the_loop_rest_alone_is_enough() -> None:
    assert what_if(Choices(safety="few", off=("defence_threat",))).shares["well"].value > 0.9
    assert what_if(Choices()).fell_ill.value > 0.9


def test_couplings_count_once_and_in_the_order_of_the_model() -> None:
    assert Choices(off=("threat_vagal", "load_threat", "threat_vagal")).off == (
        "load_threat",
        "threat_vagal",
    )


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"load": "ligt"}, "light"),
        ({"rest": "mch"}, "much"),
        ({"safety": "manny"}, "many"),
        ({"restart": "step"}, "steps"),
        ({"off": ("threat_vagel",)}, "threat_vagal"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_the_nearest(chosen: dict[str, str], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        Choices(**chosen)  # type: ignore[arg-type]


def test_an_effort_is_felt_later_when_ill_and_hardly_within_the_limit() -> None:
    rises = {}
    for effort in ("within", "over", "far_over"):
        found = after_effort(Effort(effort=effort))
        start = 24 * EFFORT_DAY
        symptoms = found.bands["symptoms"].middle
        rises[effort] = float(symptoms.max() - symptoms[start])
        if effort == "far_over":
            assert 12 <= int(np.argmax(symptoms)) - start <= 48
            assert float(found.bands["envelope"].middle.min()) < float(found.bands["envelope"].middle[start])
    assert rises["within"] < 0.01 < rises["over"] < rises["far_over"]
    assert found.scenario == "delayed-crash"
    assert set(found.inputs) == {"stress", "exertion"}


def test_what_is_shown_where_effort_may_harm_exists_and_leaves_the_loop_out() -> None:
    couplings = body_model().couplings
    assert set(PROTECTED_COUPLINGS) <= set(couplings)
    assert not any("safety" in name or "threat" in name for name in PROTECTED_COUPLINGS)
