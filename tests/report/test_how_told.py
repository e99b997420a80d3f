"""The story in steps: six of them, every coupling in one place, and the closed part with nothing of a way back."""

from __future__ import annotations

from uitknop.body import body_model
from uitknop.body.what_if import PROTECTED_COUPLINGS
from uitknop.report.how_told import GRADE_WORDS, PROTECTED_STORY, STORY, other_couplings


def test_every_coupling_has_one_place_in_the_story() -> None:
    told = [name for step in STORY for name in step.couplings] + list(other_couplings())
    assert sorted(told) == sorted(body_model().couplings)
    assert len(STORY) == 6


def test_the_closed_story_leans_on_what_may_be_shown_and_on_no_more() -> None:
    assert {name for step in PROTECTED_STORY for name in step.couplings} == set(PROTECTED_COUPLINGS)
    assert [step.name for step in PROTECTED_STORY] == ["bucket", "limit", "later"]


def test_every_grade_of_the_model_has_words() -> None:
    assert {one.grade for one in body_model().couplings.values()} <= set(GRADE_WORDS)
