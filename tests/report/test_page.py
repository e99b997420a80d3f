import re
from collections import Counter
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from uitknop.core.errors import UitknopError
from uitknop.report import render_page
from uitknop.report.words import catalogue

VOID = {"meta", "input", "br", "link", "img"}
QUESTIONS = ("which", "sure", "now", "why", "wear", "moments", "how")
NEVER = {
    "nl": r"goede?\b|slecht|gefaald|gemist|streak|badge|doel gehaald|te weinig rust|genezen|hertrain|veilig|risico",
    "en": r"\bgood\b|\bbad\b|failed|streak|badge|goal reached|\bcure|retrain|you are safe|no risk|ranking",
}


class Page(HTMLParser):
    """A page taken apart; notes what a browser would forgive."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.hrefs: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text: list[str] = []
        self.misplaced: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.ids.update(value for name, value in attrs if name == "id" and value)
        self.hrefs += [value for name, value in attrs if name == "href" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    @property
    def said(self) -> str:
        """The words of the page."""
        return " ".join(" ".join(self.text).split())


@cache
def apart(html: str) -> Page:
    """The page taken apart, once for all tests that look at it."""
    return Page(html)


def test_the_page_is_well_formed_and_says_its_language(html: str, lang: str) -> None:
    page = apart(html)
    assert html.startswith("<!doctype html>")
    assert page.open == []
    assert page.misplaced == []
    assert ("html", "lang", lang) in page.attributes
    assert [name for name, times in page.ids.items() if times > 1] == []


def test_every_question_has_an_answer_and_a_way_to_it(html: str, lang: str) -> None:
    page = apart(html)
    assert [href[1:] for href in page.hrefs if href[1:] in QUESTIONS] == list(QUESTIONS)
    assert all(page.ids[href[1:]] == 1 for href in page.hrefs)
    assert all(name in page.ids for name in QUESTIONS)


def test_nothing_comes_from_outside_and_nothing_runs(html: str, lang: str) -> None:
    page = apart(html)
    assert not re.search(r"(?:https?:)?//(?!www\.w3\.org/)", re.sub(r'xmlns(:\w+)?="[^"]*"', "", html))
    assert not {"script", "img", "link", "iframe", "form", "object", "embed"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert "@import" not in html
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", html)
    assert "default-src 'none'" in html


def test_every_figure_has_title_description_and_table(html: str, lang: str) -> None:
    figures = re.findall(r"<figure>.*?</figure>", html, flags=re.S)
    assert len(figures) == html.count("<svg")
    for figure in figures:
        assert re.search(r"<title id=[^>]+>[^<]{10,}</title>", figure)
        assert re.search(r"<desc id=[^>]+>[^<]{10,}</desc>", figure)
        assert figure.count("<tr>") >= 2
        assert 'role="img"' in figure


def test_no_judging_word_and_no_score(html: str, lang: str) -> None:
    said = apart(html).said
    assert re.findall(NEVER[lang] + "|score", said, flags=re.IGNORECASE) == []


def test_the_page_says_what_it_is_not(html: str, lang: str) -> None:
    said = apart(html).said
    assert {"nl": "geen medisch hulpmiddel", "en": "not a medical device"}[lang] in said
    assert {"nl": "huisarts", "en": "GP"}[lang] in said


def test_no_field_is_left_unfilled(html: str, lang: str) -> None:
    said = apart(html).said
    assert not re.search(r"\{\w*\}|\bNone\b|\bnan\b", said)


def test_every_bout_is_found_by_day_and_time(rendered) -> None:
    html = rendered("days_of_rest", "nl")
    assert html.count('<details class="moment"') == 32
    assert re.search(r'<h3 id="day-2026-03-03">Dinsdag 3 maart</h3>.*?14:00 tot 14:30', html, flags=re.S)


def test_single_bouts_are_one_fold_deep_and_their_numbers_two(rendered) -> None:
    html = rendered("a_day", "en")
    before, _, inside = html.partition('<details class="moment"')
    outside = re.sub(r"(?s)<(style|details|svg).*?</\1>", "", before)
    assert "−6.5 beats a minute" not in outside
    fold = inside.index("The numbers</summary>")
    assert inside.index("Tuesday 3 March 14:00") < inside.index("−6.5 beats a minute")
    assert fold < inside.index("change of heart rate")


def test_heart_rate_only_says_no_ln_rmssd_anywhere(rendered, lang: str) -> None:
    assert "RMSSD" not in apart(rendered("heart_rate_only", lang)).said


def test_a_clockless_recording_counts_from_its_start(rendered) -> None:
    said = apart(rendered("clockless", "nl")).said
    assert "0:12 tot 0:42 na het begin" in said
    assert "zonder klok" in said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("nothing_at_all", "Er is nog geen opname"),
        ("nothing_found", "geen rustig moment"),
        ("one_bout", "Te beoordelen tot nu toe: 1. Vanaf ongeveer 8"),
        ("only_untold", "3 keer: Te veel hartslagen waren verstoord"),
        ("no_quiet_time", "te weinig gewone rustige tijd om mee te vergelijken"),
        ("calibrating", "Je eigen schaal is nog in opbouw: 3 van 14"),
        ("heart_rate_only", "alleen te zien of je hartslag zakte"),
    ],
)
def test_with_little_it_says_what_it_needs(rendered, state: str, said: str) -> None:
    assert said in apart(rendered(state, "nl")).said


def test_the_same_findings_give_the_same_page(states, rendered) -> None:
    assert render_page(states["a_day"](), "nl") == rendered("a_day", "nl")


def test_a_persons_own_words_stay_words(build) -> None:
    verdicts = (build.verdict(840, label="<script>alert(1)</script>"),)
    html = render_page(
        build.findings(verdicts, (build.pooled("passive", verdicts, label="<script>alert(1)</script>"),)), "nl"
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_an_unknown_language_is_refused(states) -> None:
    with pytest.raises(UitknopError):
        render_page(states["a_day"](), "fr")


def test_no_red_in_any_theme(rendered) -> None:
    colours = re.findall(r"#([0-9a-f]{6})\b", rendered("nothing_found", "en"))
    assert colours
    for colour in colours:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
        assert red <= max(green, blue) + 24, colour


def test_a_recording_with_breaks_tells_its_last_day_and_only_the_hours_recorded(states) -> None:
    findings = states["a_day"]()
    (recording, *_) = findings.recordings
    later_ms = recording.start_ms + 40 * 86_400_000
    months = replace(findings, recordings=(replace(recording, duration_s=20 * 3600.0, end_ms=later_ms),))
    assert "20 hours recorded" in render_page(months, "en")
    assert catalogue("en").dated(later_ms, findings.zone) in render_page(months, "en")
    assert catalogue("en").dated(later_ms, findings.zone) not in render_page(findings, "en")
