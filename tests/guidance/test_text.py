"""Words come in both languages, or not at all."""

from __future__ import annotations

import pytest

from uitknop.guidance.text import LANGUAGES, Lines, Text


def test_each_language_says_its_own() -> None:
    assert [Text("rust", "rest").said(lang) for lang in LANGUAGES] == ["rust", "rest"]
    assert [Lines(("rust",), ("rest",)).said(lang) for lang in LANGUAGES] == [("rust",), ("rest",)]


def test_words_in_one_language_only_are_none() -> None:
    with pytest.raises(ValueError, match="one language"):
        Text("rust", " ")


def test_lines_are_as_many_in_both_languages() -> None:
    with pytest.raises(ValueError, match="as many"):
        Lines(("een",), ("one", "two"))

    with pytest.raises(ValueError, match="as many"):
        Lines((), ())
