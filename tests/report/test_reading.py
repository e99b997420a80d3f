"""Everything that is given to read keeps within the bars of easy words and short sentences; so do made sheets."""

from __future__ import annotations

import pytest
from reading import measures, texts_of


@pytest.mark.parametrize("name", [name for name, _ in texts_of("nl")])
def test_a_page_reads_easily(name: str, lang: str) -> None:
    found = measures(dict(texts_of(lang))[name], lang)
    assert found.easy, found


def test_the_measure_tells_easy_from_hard(lang: str) -> None:
    easy = {"nl": "Je mag stoppen. Je mag gaan.", "en": "You may stop. You may go."}[lang]
    hard = {
        "nl": "Multidisciplinaire ondersteuning vereist communicatieve vaardigheden van professionals.",
        "en": "Multidisciplinary rehabilitation necessitates communicative capabilities of professionals.",
    }[lang]
    assert measures((easy,), lang).easy
    assert not measures((hard,), lang).easy
    assert measures((hard,), lang).ease < 20
