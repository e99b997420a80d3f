"""A next step as a value."""

from __future__ import annotations

import json

from uitknop.core import Advice, Phrase, Reason


def test_advice_leaves_as_words_gates_and_claims() -> None:
    advice = Advice(
        Phrase("Rest {n} minutes earlier.", {"n": 10}), "calm", ("no_more_load",), (Reason("x"),), {"c": "B"}
    )
    told = json.loads(json.dumps(advice.to_dict()))
    assert told["step"] == "Rest 10 minutes earlier."
    assert told["limits_applied"] == ["no_more_load"]
    assert told["claims"] == {"c": "B"}


def test_no_proposal_is_an_answer_too() -> None:
    assert Advice(None, "too early", (), (), {}).to_dict()["step"] is None
