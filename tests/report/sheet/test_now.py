"""Heading 5: where somebody stands, what fits with its grade, and questions: the person's own first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.guidance import practices, said_step
from uitknop.guidance.steps import Kind
from uitknop.report.sheet import ConsultSheet, sheet_of
from uitknop.report.sheet.now import LONGEST_QUESTION, MOST_FITS, MOST_QUESTIONS, cut
from uitknop.walk import standing

Make = Callable[..., ConsultSheet]


def now_of(sheet: ConsultSheet) -> list[str]:
    return [line.text for section in sheet.sections if section.part == "now" for line in section.lines]


def test_phase_and_track_are_told_in_words(make: Make) -> None:
    assert "Waar ik sta: tot rust komen (fase 1)." in now_of(make("burnout", "nl"))
    assert "Waar ik sta: eerst nagaan of er iets voor de dokter is (fase 0)." in now_of(make("nothing", "nl"))


def test_with_pem_more_is_only_ever_the_persons_own_wish(make: Make) -> None:
    more = "Meer doen: alleen als ik het zelf vraag, na vier weken zonder crash, en terug zodra het te veel is."
    assert more in now_of(make("severe", "nl"))
    assert more not in now_of(make("burnout", "nl"))


def test_what_fits_stands_with_its_grade_and_is_few(make: Make, who: str) -> None:
    sheet = make(who, "nl")
    fits = [line.text for section in sheet.sections for line in section.lines if line.field == "fits"]
    known = {f"{one.name.nl} ({one.grade})" for one in practices().values() if one.grade}
    for text in fits:
        named = text.partition("prettig is: ")[2].rstrip(".").split("; ")
        assert set(named) <= known
        assert 1 <= len(named) <= MOST_FITS


def test_with_an_open_red_flag_nothing_is_proposed_and_rest_still_fits(make: Make) -> None:
    told = now_of(make("flagged", "nl"))
    assert "Geen voorstel om meer te doen." in told
    assert not [line for line in told if line.startswith("Voorstel van het programma")]
    assert any("gewone stille rust" in line for line in told)


def test_with_pem_or_unknown_nothing_on_the_sheet_is_for_track_b_only(make: Make) -> None:
    only_b = [one.name.nl for one in practices().values() if one.tracks == ("B",)]
    assert only_b
    for who in ("severe", "sparse", "nothing", "flagged"):
        assert not [name for name in only_b for line in now_of(make(who, "nl")) if name in line]


def test_own_questions_come_first_and_are_few(make: Make) -> None:
    sheet = make("burnout", "nl", questions=("Mag ik fietsen?", " ", "Mag ik fietsen?"))
    asked = [line.text for line in sheet.questions]
    assert asked[0] == "Mag ik fietsen?"
    assert asked[1].startswith("Hoe zeg ik op mijn werk")
    assert len(asked) == len(set(asked)) <= MOST_QUESTIONS


def test_the_state_gives_reason_to_ask(make: Make) -> None:
    asked = {who: " ".join(line.text for line in make(who, "nl").questions) for who in ("burnout", "severe", "sparse")}
    assert "stemming" in asked["burnout"]
    assert "buiten het bereik" in asked["burnout"]
    assert "PEM" in asked["severe"]
    assert "korte stukken, of thuis" in asked["severe"]
    assert "na inspanning zieker" in asked["sparse"]


@given(st.text(max_size=400))
def test_a_question_is_one_line_of_bounded_length(text: str) -> None:
    shown = cut(text)
    assert len(shown) <= LONGEST_QUESTION
    assert "\n" not in shown
    if len(" ".join(text.split())) <= LONGEST_QUESTION:
        assert shown == " ".join(text.split())


def test_a_high_total_that_hides_its_question_on_suicide_asks_for_it_first(at: SimpleNamespace) -> None:
    for total, asked in ((24, True), (3, False)):
        entries = [at.line("event", f"{total} | nl", "total/phq9/total", days=3)]
        entries += [at.line("event", f"vraag {n}", "question") for n in range(6)]
        stands = standing(entries, (), now_ms=at.now_ms, zone=at.zone)
        first = sheet_of(stands, "nl", entries=entries).questions[0].text
        assert first.startswith("Wilt u vragen of ik nog wil leven?") == asked
        assert "wil leven" not in str(sheet_of(stands, "nl", entries=entries, left_out=("lists",)).to_dict())


@pytest.mark.parametrize("kind", ["talk", "rest"])
def test_what_somebody_spoke_of_is_never_told_by_the_proposal(at: SimpleNamespace, kind: Kind) -> None:
    stands = standing([*at.answers("red_flags", {"signs": "none"}), *at.pem(False)], now_ms=at.now_ms, zone=at.zone)
    assert stands.guided is not None
    assert said_step(stands.guided, "nl")
    told = now_of(sheet_of(replace(stands, guided=replace(stands.guided, kind=kind)), "nl"))
    assert [line for line in told if line.startswith("Voorstel van het programma")] == told[1:2] * (kind == "rest")
    assert ("Geen voorstel om meer te doen." in told) == (kind == "talk")


def test_after_a_sign_that_was_discussed_nothing_on_paper_tells_of_it(at: SimpleNamespace) -> None:
    entries = [
        *at.answers("red_flags", {"signs": "suicidality"}, days=3),
        at.line("event", "discussed", "flag/suicidality", days=2),
        *at.pem(False),
    ]
    stands = standing(entries, now_ms=at.now_ms, zone=at.zone)
    assert stands.guided is not None
    assert stands.guided.step == "talk_after_help"
    for lang in ("nl", "en"):
        told = str(sheet_of(stands, lang, entries=entries).to_dict())
        assert not [
            word for word in ("praat", "vertrouwt", "talked", "trust", "pagina Hulp", "page Help") if word in told
        ]
