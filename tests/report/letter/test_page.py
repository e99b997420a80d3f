"""The letter as a page, in the terminal and for programs: the same parts, and the own line only where it is wanted."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import StringIO
from itertools import product

import pytest
from rich.console import Console

from uitknop.core import Findings
from uitknop.report.letter import PARTS, Dose, doses, letter_to_dict, numbered, own_line, print_letter, render_letter
from uitknop.report.letter.parts import sections
from uitknop.report.words import LANGUAGES, catalogue

KNOWN = doses()
IDS = [dose.id for dose in KNOWN]
TELLING = ("days_of_rest", "a_day", "one_bout", "no_quiet_time", "no_difference", "less_than_quiet")
SILENT = ("nothing_at_all", "nothing_found", "only_untold", "only_quiet")


class Read(HTMLParser):
    """The words between tags, and every address that is named."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())


def printed(dose: Dose, lang: str, own: tuple[str, ...] = ()) -> str:
    out = StringIO()
    print_letter(dose, Console(file=out, width=10_000, highlight=False), lang, own)
    return out.getvalue()


@pytest.mark.parametrize("dose", KNOWN, ids=IDS)
def test_page_and_terminal_hold_every_part_in_order(dose: Dose, lang: str) -> None:
    words = catalogue(lang)
    expected = [dose.title.said(words.lang), dose.about.claimed.said(words.lang)]
    for section in sections(dose, words):
        expected += [section.heading, *section.paragraphs]
    assert [section.name for section in sections(dose, words)] == list(PARTS)
    page = Read(render_letter(dose, lang))
    for told in (" ".join(page.text.split("Uitknop", 1)[1].split()), " ".join(printed(dose, lang).split())):
        place = -1
        for part in expected:
            found = told.find(part, place + 1)
            assert found > place, part
            place = found


@pytest.mark.parametrize("dose", KNOWN, ids=IDS)
def test_a_page_asks_nothing_from_outside_and_runs_nothing(dose: Dose) -> None:
    page = render_letter(dose, "nl")
    read = Read(page)
    assert read.addresses == []
    assert not {"script", "link", "img", "iframe"} & set(read.tags)
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import", page)


@pytest.mark.parametrize("dose", KNOWN, ids=IDS)
def test_the_page_names_its_study_and_how_far_it_was_checked(dose: Dose, lang: str) -> None:
    text = Read(render_letter(dose, lang)).text
    assert dose.study.cite in text
    assert dose.study.checked.said(catalogue(lang).lang) in text
    assert dose.study.cite in printed(dose, lang)


def test_a_source_that_was_not_checked_is_said_to_be_so() -> None:
    dose = next(dose for dose in KNOWN if dose.id == "cortisol")
    unchecked = [source for source in dose.about.sources if not source.verified]
    assert unchecked
    for lang, words in (("nl", "niet nagegaan"), ("en", "not checked")):
        said = unchecked[0].checked.said(catalogue(lang).lang)
        assert words in said
        assert re.search(
            rf"{re.escape(unchecked[0].cite)}[^<]*\({re.escape(said)}", Read(render_letter(dose, lang)).text
        )


def test_what_is_never_told_of_anybody_stands_there_as_a_claim_only() -> None:
    dose = next(dose for dose in KNOWN if dose.id == "adrenal_glands")
    text = Read(render_letter(dose, "en")).text
    for claim in dose.corrects:
        words = claim.claimed.said("en").split("): ", 1)[1]
        assert text.count(words) == text.count(claim.claimed.said("en")) > 0
        assert claim.claimed.said("en").startswith("Claim, grade X")


@pytest.mark.parametrize(("state", "lang"), list(product(TELLING, LANGUAGES)))
def test_the_own_line_stands_there_where_there_is_something(lang: str, findings: Findings) -> None:
    words = catalogue(lang)
    own = own_line(findings, words)
    assert own
    page = Read(render_letter(KNOWN[0], lang, findings)).text
    assert all(" ".join(sentence.split()) in page for sentence in own)
    assert all(sentence in printed(KNOWN[0], lang, own) for sentence in own)
    assert letter_to_dict(KNOWN[0], words, own)["own"] == list(own)


@pytest.mark.parametrize(("state", "lang"), list(product(SILENT, LANGUAGES)))
def test_the_own_line_is_left_out_where_there_is_nothing(lang: str, findings: Findings) -> None:
    assert own_line(findings, catalogue(lang)) == ()
    assert render_letter(KNOWN[0], lang, findings) == render_letter(KNOWN[0], lang)


def test_without_being_asked_a_letter_says_nothing_about_anybody(lang: str) -> None:
    words = catalogue(lang)
    assert 'id="own"' not in render_letter(numbered(3), lang)
    assert words.say("From your own recordings") not in printed(numbered(3), lang)
    assert "own" not in letter_to_dict(numbered(3), words)


@pytest.mark.parametrize("dose", KNOWN, ids=IDS)
def test_the_object_for_programs_holds_every_part(dose: Dose, lang: str) -> None:
    told = letter_to_dict(dose, catalogue(lang))
    assert list(told["parts"]) == list(PARTS)
    assert all(paragraphs for paragraphs in told["parts"].values())
    assert told["about"]["claim"].startswith({"nl": "Bewering", "en": "Claim"}[lang])
    assert told["study"]["verified"] is dose.study.verified
    assert [told["number"], told["id"], told["lang"]] == [dose.number, dose.id, lang]


def test_page_and_terminal_name_where_help_is(lang: str) -> None:
    for told in (Read(render_letter(numbered(4), lang)).text, printed(numbered(4), lang)):
        assert all(re.search(rf"\b{number}\b", told) for number in ("112", "113", "0800-0113"))
