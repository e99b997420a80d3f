"""How ill somebody is decides how much is asked."""

from __future__ import annotations

from typing import Any

import pytest

from uitknop.instruments import severity_of


@pytest.mark.parametrize(
    ("day", "signs", "severity"),
    [
        (None, None, "unknown"),
        (0, None, "mild"),
        (1, ("none",), "moderate"),
        (2, None, "severe"),
        (3, None, "very_severe"),
        (None, ("severely_ill",), "severe"),
        (0, ("severely_ill",), "severe"),
        (3, ("severely_ill",), "very_severe"),
        (None, ("none",), "unknown"),
    ],
)
def test_severity_is_the_heavier_of_the_two_answers(fill: Any, day: Any, signs: Any, severity: str) -> None:
    answered = {"function": fill("function", {"ordinary_day": day}), "red_flags": fill("red_flags", {"signs": signs})}
    assert severity_of(answered) == severity


def test_without_any_list_it_is_unknown() -> None:
    assert severity_of({}) == "unknown"
