"""What is worded here: both languages, the label, no name of an official list, and no forbidden words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from never_said import not_to_be_said

from uitknop.instruments import instrument, official_instruments, own_instruments
from uitknop.instruments.catalogue import FIRST
from uitknop.instruments.text import LANGUAGES, OWN_WORDING, Language, Text

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "src/uitknop/instruments"
OWN = own_instruments()
ITEMS = [(one, item) for one in OWN for item in one.items]


def sentences(value: Any) -> Iterator[dict[str, str]]:
    """Every pair of sentences in a data file."""
    if isinstance(value, dict):
        if isinstance(value.get("nl"), str):
            yield {lang: value[lang] for lang in LANGUAGES}
        for inner in value.values():
            yield from sentences(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner)


SENTENCES = [
    (path.name, pair)
    for path in sorted(DATA.rglob("*.toml"))
    for pair in sentences(tomllib.loads(path.read_text(encoding="utf-8")))
]


def test_the_lists_of_the_plan_are_there() -> None:
    wanted = {"red_flags", "pem_screen", "complaints", "early_signs", "patterns", "load", "rest_feel", "sensory"}
    wanted |= {"signals", "energy", "function", "work", "mood", "effort_diary"}
    assert {one.id for one in OWN} == wanted
    assert tuple(one.id for one in OWN)[: len(FIRST)] == FIRST


@pytest.mark.parametrize(("one", "item"), ITEMS, ids=lambda value: value.id)
def test_every_question_carries_the_label_and_has_both_languages(one: Any, item: Any) -> None:
    assert item.label is OWN_WORDING
    assert one.label is OWN_WORDING
    assert one.wording == one.licence == "own"
    texts: list[Text] = [item.text, one.title, one.about, *(option.text for option in item.options)]
    for text in texts:
        assert text.nl.strip()
        assert text.en.strip()


def test_dutch_is_dutch_and_english_english() -> None:
    dutch = re.compile(r"\b(het|een|niet|geen|wordt|mijn|hoe|wat|ik|je)\b", re.IGNORECASE)
    english = re.compile(r"\b(the|are|my|not|how|with|you|and)\b", re.IGNORECASE)
    wrong = [pair for _, pair in SENTENCES if dutch.search(pair["en"]) or english.search(pair["nl"])]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_the_data_judges_alarms_promises_or_diagnoses(lang: Language) -> None:
    assert len(SENTENCES) > 300
    assert {(name, pair[lang]) for name, pair in SENTENCES if not_to_be_said(pair[lang], lang)} == set()


NAMES = (
    r"phq|gad|who_?5|dsq|funcap|cbi|olbi|\bbat|mbi|ubos|4dkl|4dsq|pss|isi\b|psqi|cis|sfq|vvv|fss|cfq|chalder|promis|"
    r"compass|vbba|req\b|wai\b|nasa|nhg"
)


def test_no_identifier_or_text_of_ours_names_an_official_list() -> None:
    said = []
    for one in OWN:
        said += [one.id, *one.title.to_dict().values(), *one.about.to_dict().values()]
        said += [scale.id for scale in one.scales] + [decision.id for decision in one.decisions]
        for item in one.items:
            said += [item.id, item.text.nl if item.text else "", item.text.en if item.text else ""]
            said += [part for option in item.options for part in (option.key, option.text.nl, option.text.en)]
    assert [text for text in said if re.search(NAMES, text, re.IGNORECASE)] == []
    assert {one.id for one in OWN} & {one.id for one in official_instruments()} == set()


def test_the_search_for_names_would_find_one() -> None:
    assert re.search(NAMES, "phq_mood")
    assert re.search(NAMES, "bat_12")


def test_questions_are_short_in_dutch() -> None:
    # B1: short sentences, each of at most 18 words.
    long = [
        (item.id, part)
        for _, item in ITEMS
        if item.text
        for part in re.split(r"[.?:]\s*", item.text.nl)
        if len(part.split()) > 18
    ]
    assert long == []


@pytest.mark.parametrize(
    ("topic", "nl"),
    [
        ("gut", "darm"),
        ("food", "eten"),
        ("muscle tension", "gespannen spieren"),
        ("memory", "vergeten"),
        ("waking tired", "moe wakker"),
        ("tired yet on", "aan"),
        ("fog", "mist"),
        ("reading", "lezen"),
        ("heart", "hartkloppingen"),
        ("flatness", "vlak"),
        ("less stress borne", "spanning"),
        ("shallow breath", "oppervlakkig"),
        ("infections", "verkouden"),
        ("startle", "schrikken"),
        ("blood sugar", "trillerig"),
    ],
)
def test_every_complaint_of_the_texts_can_be_picked(topic: str, nl: str) -> None:
    offered = " ".join(option.text.nl for item in instrument("complaints").items for option in item.options)
    assert nl in offered, topic


def test_load_has_every_domain_of_the_bucket() -> None:
    domains = {item.id for item in instrument("load").items}
    assert {"work", "money", "relations", "illness", "sensory"} <= domains


def test_patterns_ask_after_the_three_of_the_texts() -> None:
    assert [scale.id for scale in instrument("patterns").scales] == ["bar", "others", "away"]


def test_everything_of_a_page_can_be_left_with_one_tap() -> None:
    for _, item in ITEMS:
        if item.kind == "many":
            assert item.keys[-1] == "none"


def test_work_says_that_the_employer_does_not_get_it() -> None:
    assert "werkgever krijgt dit niet" in instrument("work").about.nl
