"""Answers as values: their names are a contract, and unknown stays unknown."""

from __future__ import annotations

import json
from typing import get_args

from uitknop.core import KINDS, Answer, Bout, Level, Reason, Span, Verdict


def test_there_are_four_answers() -> None:
    assert set(get_args(Answer)) == {"settled", "not_settled", "cannot_tell", "breathing_only"}


def test_quiet_time_without_the_intention_to_rest_is_a_kind_of_its_own() -> None:
    assert {"quiet", "passive"} <= set(KINDS)
    assert Bout(Span(0, 1)).kind == "quiet"
    assert Bout(Span(0, 1)).posture == "unknown"


def test_a_verdict_that_knows_nothing_says_none_and_never_a_number() -> None:
    verdict = Verdict(
        Bout(Span(0, 1)), "cannot_tell", None, "cannot_tell", Level("unknown"), None, None, None, None, "D",
        (Reason("no_beats"),),
    )  # fmt: skip
    told = json.loads(json.dumps(verdict.to_dict(), allow_nan=False))
    numbers = [key for key, value in told.items() if isinstance(value, float)]
    assert numbers == []
    assert told["reasons"] == [{"code": "no_beats", "found": None, "needed": None, "unit": ""}]
