"""A sentence in both languages."""

from __future__ import annotations

from uitknop.instruments.text import LANGUAGES, OWN_WORDING, Text


def test_a_text_is_said_in_the_language_that_is_asked_for() -> None:
    assert [Text("rust", "rest").said(lang) for lang in LANGUAGES] == ["rust", "rest"]


def test_the_label_of_own_wording_is_the_agreed_one() -> None:
    said = [OWN_WORDING.said(lang) for lang in LANGUAGES]
    assert said == ["eigen formulering, niet gevalideerd", "own wording, not validated"]
