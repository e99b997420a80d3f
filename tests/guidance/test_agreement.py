"""This room and those below it speak of the same claims, sources, signs and grades."""

from __future__ import annotations

from uitknop.guidance.help_actions import action_of, actions
from uitknop.guidance.practices import SEVERITIES, practices
from uitknop.guidance.red_flags import ORDER, Raised, open_flags
from uitknop.instruments import (
    Answer,
    flags,
    give,
    instrument,
    no_answers,
    official_instruments,
    own_instruments,
    sitting,
)
from uitknop.instruments import decisions as of_instruments
from uitknop.knowledge import GRADES, library, tellable

CLAIMS = {claim.id: claim for claim in library().claims}
OUTSIDE_CLAIMS = {"vancampen2020"}
"""Sources of the clinical reference that no claim leans on."""


def test_every_practice_that_a_claim_points_to_exists() -> None:
    assert {name for claim in CLAIMS.values() for name in claim.practices} <= set(practices())
    assert set(library().links.practices) == set(practices())


def test_a_practice_leans_on_claims_that_may_be_told_and_are_no_worse_than_its_grade() -> None:
    for row in practices().values():
        found = [CLAIMS[name] for name in row.claims]
        assert [claim.id for claim in found if tellable(claim) is None] == []
        if row.grade is not None and found:
            assert row.grade >= min(claim.grade for claim in found), row.id
        if "P" in row.tracks:
            assert [claim.id for claim in found if "pem_gate" in claim.flags] == []
        assert row.grade is None or row.grade in GRADES


def test_every_source_is_one_that_claims_lean_on() -> None:
    known = {source.key for claim in CLAIMS.values() for source in claim.sources} | OUTSIDE_CLAIMS
    assert [(row.id, one) for row in practices().values() for one in row.sources if one not in known] == []


def test_every_sign_that_a_list_raises_has_its_own_action_of_the_same_urgency() -> None:
    raised = {rule.id: rule.urgency for one in (*own_instruments(), *official_instruments()) for rule in one.flags}
    assert raised == {flag: action.urgency for action in actions().values() for flag in action.flags}
    assert ORDER == of_instruments.ORDER


def test_a_flag_of_an_answer_opens_as_it_is() -> None:
    signs = instrument("red_flags")
    answers = give(signs, no_answers(signs), Answer("signs", ("suicidality", "lump"), at_ms=5, by="proxy"))
    found = open_flags(flags(signs, answers), [])
    assert [(flag.id, flag.by_proxy, flag.since_ms) for flag in found] == [("suicidality", True, 5), ("lump", True, 5)]
    assert action_of(found[0].id).to_proxy is not None
    both = open_flags([*flags(signs, answers), Raised("suicidality", 9)], [])
    assert not both[0].by_proxy


def test_severity_has_the_same_words() -> None:
    assert set(SEVERITIES) == set(sitting.Severity.__args__)
