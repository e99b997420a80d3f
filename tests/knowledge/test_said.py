"""The data files obey the rules of every sentence of this project: no verdict, no promise, no blame, no game."""

from __future__ import annotations

import re

import pytest
from never_said import not_to_be_said

from uitknop.knowledge import Text

SUBJECTS = {
    "nl": r"gevaar(reactie|stand)( van (de )?cel(len)?)?|acuut gevaar|(de )?bijnier(en)?|perfectionis\w+",
    "en": r"danger (response|state)|acute danger|adrenal glands?|perfectionis\w+",
}
"""What a claim is about may be named in it, in this form and no other; about people it stays unsaid."""
MAY_NAME_ITS_SUBJECT = {"claim", "comment", "one", "other", "term", "meaning", "seeds"}


def said(text: str, part: str, lang: str) -> str:
    return re.sub(SUBJECTS[lang], "", text, flags=re.IGNORECASE) if part in MAY_NAME_ITS_SUBJECT else text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_text_judges_alarms_promises_or_diagnoses(lang: str, texts: list[tuple[str, str, Text]]) -> None:
    found = {
        (name, part): kinds
        for name, part, text in texts
        if (kinds := not_to_be_said(said(getattr(text, lang), part, lang), lang))
    }
    assert found == {}


@pytest.mark.parametrize(("lang", "text"), [("nl", "Uw bijnieren zijn uitgeput"), ("en", "Your cells are in danger")])
def test_a_subject_named_about_a_person_is_still_caught(lang: str, text: str) -> None:
    assert not_to_be_said(said(text, "point", lang), lang)


def test_no_text_sells_or_promises_what_the_seeds_sell(texts: list[tuple[str, str, Text]]) -> None:
    shop = re.compile(
        r"\b(gratis|kennismakingsgesprek|e-?book|free trial|book now|coach|webshop|shop)\b", re.IGNORECASE
    )
    assert [name for name, _, text in texts if shop.search(text.nl) or shop.search(text.en)] == []
