"""The card for the door and the worksheet for a talk."""

from __future__ import annotations

import pytest

from uitknop.core.errors import KnowledgeError
from uitknop.guidance.practices import practices
from uitknop.guidance.sheets import sheet


def test_the_card_says_it_and_leaves_room() -> None:
    card = sheet("resting_now")
    assert (card.title.nl, card.title.en) == ("Ik rust nu", "I am resting now")
    assert [part.id for part in card.part] == ["says", "fill_in", "let_go"]
    assert [part.room for part in card.part] == [False, True, False]


def test_the_worksheet_starts_and_the_professional_ends_with_what_settles() -> None:
    parts = {part.id: part for part in sheet("signals_worksheet").part}
    assert list(parts) == ["settles", "edge", "notice", "one_thing", "professional"]
    assert len(parts["settles"].lines.nl) >= len(parts["edge"].lines.nl)
    told = " ".join(parts["professional"].lines.nl)
    assert [word for word in ("rustig", "PEM", "trauma", "113", "112", "0800-2000") if word not in told] == []


def test_the_worksheet_says_how_little_is_known_and_belongs_to_its_practice() -> None:
    page = sheet("signals_worksheet")
    assert f"graad {practices()[page.id].grade}" in page.closing.nl
    assert f"grade {practices()[page.id].grade}" in page.closing.en


def test_there_is_no_other_page() -> None:
    with pytest.raises(KnowledgeError):
        sheet("blame")
