"""The back: claims as claims with their grade, and sources with how far they were checked."""

from __future__ import annotations

from collections.abc import Callable

from uitknop.knowledge import library, tellable
from uitknop.report.sheet import ConsultSheet
from uitknop.report.sheet.leaned import MOST_CLAIMS

Make = Callable[..., ConsultSheet]


def test_each_claim_stands_as_a_claim_with_grade_and_sources(make: Make, who: str) -> None:
    sheet = make(who, "nl")
    assert len(sheet.leans_on) <= MOST_CLAIMS
    for one in sheet.leans_on:
        assert one.said.startswith(f"Bewering, graad {one.grade}")
        assert one.sources


def test_a_sheet_leans_only_on_claims_that_may_be_said_of_somebody(make: Make, who: str) -> None:
    for one in make(who, "nl").leans_on:
        assert tellable(library().claim(one.id)) is not None
        assert one.grade != "X"


def test_how_far_a_source_was_checked_is_said_of_each(make: Make) -> None:
    known = {source.cite: source for source in library().sources}
    told = {text for who in ("burnout", "severe", "sparse") for one in make(who, "nl").leans_on for text in one.sources}
    assert told
    for text in told:
        source = next(source for cite, source in known.items() if text.startswith(cite))
        assert source.checked.nl in text
