"""Search finds a claim whatever the case, the accents and the language, and filters add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.knowledge import FLAGS, GRADES, KINDS, SEEDS, Library, find_claims, fold, library


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["MITOCHONDRIEN"], "C006"),
        (["mitochondriën"], "C006"),
        (["mitochondria"], "C006"),
        (["één proef", "twaalf"], "C004"),
        (["naviaux"], "C005"),
        (["c039"], "C039"),
        (["adem", "vijf minuten"], "C179"),
        (["breathe", "five minutes"], "C179"),
    ],
)
def test_words_are_found_in_either_language(words: list[str], expected: str, known: Library) -> None:
    assert expected in [claim.id for claim in find_claims(known.claims, words)]


def test_an_id_finds_that_claim_alone(known: Library) -> None:
    # C095 is named in no other place than its own; C039 also in the comment of C095.
    assert [claim.id for claim in find_claims(known.claims, ["C095"])] == ["C095"]


def test_words_that_nothing_holds_find_nothing(known: Library) -> None:
    assert find_claims(known.claims, ["xylophone"]) == ()


def test_no_word_and_no_filter_is_everything(known: Library) -> None:
    assert find_claims(known.claims) == known.claims
    assert find_claims(known.claims, ["", "  "]) == known.claims


@pytest.mark.parametrize(("name", "values"), [("seed", SEEDS), ("grade", GRADES), ("kind", KINDS)])
def test_a_filter_parts_the_claims(name: str, values: tuple[str, ...], known: Library) -> None:
    parts = [find_claims(known.claims, **{name: value}) for value in values]
    assert all(parts)
    assert sorted(claim.id for part in parts for claim in part) == [claim.id for claim in known.claims]


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_filters(flag: str, known: Library) -> None:
    found = find_claims(known.claims, flag=flag)  # type: ignore[arg-type]
    assert found
    assert all(flag in claim.flags for claim in found)


@given(
    words=st.lists(st.sampled_from(["stress", "rust", "brain", "cortisol", "ME", "été"]), max_size=3),
    more=st.sampled_from(["slaap", "vagus", "C1"]),
    grade=st.none() | st.sampled_from(GRADES),
)
def test_a_further_word_never_finds_more(words: list[str], more: str, grade: str | None) -> None:
    claims = library().claims
    found = find_claims(claims, words, grade=grade)  # type: ignore[arg-type]
    fewer = find_claims(claims, [*words, more], grade=grade)  # type: ignore[arg-type]
    assert {claim.id for claim in fewer} <= {claim.id for claim in found}


@given(st.text(alphabet="aeiouÀÉïöçñ xyz"))
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
