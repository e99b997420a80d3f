"""The words of pages: in both languages with the same fields, and nothing that is never said."""

from __future__ import annotations

from pathlib import Path

import pytest
from never_said import not_to_be_said

from uitknop.core.errors import KnowledgeError
from uitknop.report.paper.told import Words, checked_words, page_words
from uitknop.report.words import catalogue

TESTS = Path(__file__).parent.parent.parent


def test_nothing_is_said_that_is_never_said(lang: str) -> None:
    found = {key: kinds for key, said in page_words().items() if (kinds := not_to_be_said(said[lang], lang))}
    assert found == {}


def test_no_text_has_a_long_dash_or_an_order_to_take_something(lang: str) -> None:
    texts = [said[lang] for said in page_words().values()]
    assert not [text for text in texts if "\N{EM DASH}" in text or "\N{EN DASH}" in text]


@pytest.mark.parametrize(
    "text",
    [
        "[a]\nnl = 'x'\n",
        "[a]\nnl = 'x {n}'\nen = 'x'\n",
        "[a]\nnl = 'x'\nen = 'x'\nfr = 'x'\n",
        "[a]\nnl = 1\nen = 2\n",
        "a = 'x'\n",
        "[a\n",
    ],
)
def test_a_text_that_breaks_the_form_is_refused(text: str) -> None:
    with pytest.raises(KnowledgeError, match=r"words\.toml"):
        checked_words(text)


def test_a_list_says_how_many_more_there_are() -> None:
    words = Words(catalogue("nl"))
    assert words.some(["a", "b"], 2) == "a; b"
    assert words.some(["a", "b", "c", "d"], 2) == "a; b; en nog 2"


def test_every_text_is_used_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (TESTS.parent / "src/uitknop/report").rglob("*.py"))
    built = (
        "heading_",
        "pem_",
        "phase_",
        "envelope_",
        "more_",
        "less_",
        "feeling_",
        "rest_",
        "day_",
        "crash_",
        "need_",
        "inside",
        "outside",
    )
    unused = [key for key in page_words() if f'"{key}"' not in code and not key.startswith(built)]
    assert unused == []
