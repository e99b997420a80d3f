"""What we say ourselves: terms, contradictions with their resolution, and five answers that lean on claims."""

from __future__ import annotations

import re

import pytest

from uitknop.knowledge import Library

QUESTIONS = ["tired_or_burnt_out", "brain", "sport", "load", "work"]
PRACTICES = {
    *("slow_breathing", "cyclic_sighing", "nsdr", "quiet_rest", "cold_cloth", "warm_bottle", "weighted_blanket"),
    *("eye_mask", "dark_quiet", "say_resting", "phone_away", "soft_scent", "nature_sounds", "nature_time", "easy_walk"),
    *("social_safety", "pacing", "careful_restart", "day_rhythm", "limits_at_work", "problem_solving"),
    *("signals_worksheet", "work_talk", "consult_sheet"),
}
SCREENS = {
    *("red_flags", "pem_screen", "complaints", "early_signs", "patterns", "load", "rest_feel", "sensory", "signals"),
    *("energy", "function", "work", "mood", "labs", "supplements"),
}


def test_the_five_questions_are_answered(known: Library) -> None:
    assert [question.id for question in known.questions] == QUESTIONS
    assert all(q.question.nl.endswith("?") and q.question.en.endswith("?") for q in known.questions)
    assert all(3 <= len(question.points) <= 5 for question in known.questions)


def test_no_answer_is_graded_above_the_claims_it_leans_on(known: Library) -> None:
    # Where a step corrects or adds a fact of the guideline it may differ; it is never better than its best claim.
    better = [
        (question.id, n)
        for question in known.questions
        for n, point in enumerate(question.points, 1)
        if point.leans_on and point.grade < min(claim.grade for claim in point.leans_on)
    ]
    assert better == []


def test_no_answer_leans_on_what_is_contradicted(known: Library) -> None:
    leant = [claim for question in known.questions for point in question.points for claim in point.leans_on]
    assert leant
    assert [claim.id for claim in leant if claim.grade == "X"] == []


def test_what_is_never_told_stands_only_where_it_is_corrected(known: Library) -> None:
    leant = {claim.id for question in known.questions for point in question.points for claim in point.leans_on}
    never = {claim.id for claim in known.claims if "never_tell_user" in claim.flags}
    assert leant & never == set()


def test_the_answer_on_sport_starts_with_pem(known: Library) -> None:
    sport = next(question for question in known.questions if question.id == "sport")
    assert "PEM" in sport.short.nl
    assert "PEM" in sport.short.en
    assert "onbekend" in sport.short.nl


def test_no_answer_decides_for_a_person(known: Library) -> None:
    decided = re.compile(r"\b(u moet|je moet|u mag wel|stop met werken|you must|you should|stop working now)\b", re.I)
    texts = [text for q in known.questions for text in (q.short, *(point.words for point in q.points))]
    assert [text.en for text in texts if decided.search(text.nl) or decided.search(text.en)] == []


def test_the_fourteen_contradictions_are_resolved(known: Library) -> None:
    assert [row.id for row in known.contradictions] == [f"K{n:02}" for n in range(1, 15)]
    assert all(row.seeds and row.claims for row in known.contradictions)


def test_a_contradiction_names_claims_of_its_own_seeds(known: Library) -> None:
    strangers = {row.id: [c.id for c in row.claims if c.seed not in row.seeds] for row in known.contradictions}
    assert {name: ids for name, ids in strangers.items() if ids} == {}


@pytest.mark.parametrize(
    ("name", "claims"), [("K01", {"C112", "C124"}), ("K02", {"C026"}), ("K06", {"C035", "C039"}), ("K13", {"C123"})]
)
def test_a_contradiction_names_the_claims_it_is_about(name: str, claims: set[str], known: Library) -> None:
    row = next(row for row in known.contradictions if row.id == name)
    assert claims <= {claim.id for claim in row.claims}


def test_terms_are_unique_and_in_order(known: Library) -> None:
    names = [term.id for term in known.terms]
    assert len(names) > 30
    assert names == sorted(names)
    assert len({term.term.nl.casefold() for term in known.terms}) == len(names)


@pytest.mark.parametrize("term", ["pem", "hrv", "rmssd", "grade", "claim", "off_switch", "cell_danger", "bucket"])
def test_a_word_of_the_page_is_explained(term: str, known: Library) -> None:
    assert term in {entry.id for entry in known.terms}


def test_the_links_are_those_agreed_with_the_other_rooms(known: Library) -> None:
    assert set(known.links.practices) == PRACTICES
    assert set(known.links.screens) == SCREENS
    assert len(known.links.couplings) > 25


def test_claims_point_to_what_they_are_about(known: Library) -> None:
    linked = [c.id for c in known.claims if c.practices or c.screens or c.couplings]
    assert len(linked) > 140
    assert "slow_breathing" in known.claim("C160").practices
    assert "red_flags" in known.claim("C045").screens
    assert "exertion_debt" in known.claim("C025").couplings


def test_what_waits_for_the_question_on_pem_points_to_it(known: Library) -> None:
    gated = [claim for claim in known.claims if "pem_gate" in claim.flags]
    assert gated
    assert [claim.id for claim in gated if "pem_screen" not in claim.screens] == []
