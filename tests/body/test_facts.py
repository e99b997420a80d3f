"""What the documentation says of facts that the model was not tuned to is what the model gives."""

from __future__ import annotations

import numpy as np
from body_facts import PAGE, written

from uitknop.body.facts import _share_beside, facts


def test_the_documentation_holds_the_facts_the_model_and_the_verdict() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert written(page) == page, "run scripts/body_facts.py --write"
    assert all(fact.published in page and fact.criterion in page for fact in facts().values())


def test_a_verdict_follows_from_the_numbers_of_the_fact() -> None:
    asked = {"hours": 24.0, "share": 0.11, "low": 0.07, "high": 0.17}
    hours = np.arange(100.0)
    assert _share_beside(hours * 30 / 100, "begins", asked)[1] == "agrees"  # a fifth of them from 24 h on
    assert _share_beside(hours * 20 / 100, "begins", asked)[1] == "does not agree"  # nobody
    assert _share_beside(hours, "begins", asked)[1] == "does not agree"  # most of them


def test_slow_breathing_and_hours_of_the_day_are_not_judged() -> None:
    page = PAGE.read_text(encoding="utf-8").splitlines()
    for name in ("U3", "U4"):
        (row,) = (line for line in page if line.startswith(f"| {name}: ") and facts()[name].published in line)
        assert "**can't tell**" in row
