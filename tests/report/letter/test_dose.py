"""The twelve letters that ship: what they lean on, how they read, what they leave unsaid."""

from __future__ import annotations

import hashlib
import re
import shutil
import statistics
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from never_said import not_to_be_said

from uitknop.core.errors import KnowledgeError
from uitknop.knowledge import SEEDS, fold, library, tellable
from uitknop.report.letter import PARTS, Dose, doses, numbered, read_doses
from uitknop.report.letter.parts import sections
from uitknop.report.words import catalogue

ROOT = Path(__file__).parent.parent.parent
RUNS = ROOT / "fixtures/knowledge/seed_word_runs.txt"
KNOWN = doses()
IDS = [dose.id for dose in KNOWN]
SUBJECTS = {"nl": r"(de )?bijnier(en)?", "en": r"(the )?adrenal glands?"}
MAY_NAME_ITS_SUBJECT = {"title", "background", "aim", "findings"}
"""What a letter is about may be named where the study is told, and nowhere where the reader is spoken to."""
FEWEST_WORDS, MOST_WORDS = 500, 650
"""Four minutes at 125 to 160 words a minute: aloud, or read by somebody who is tired."""


def said_of(dose: Dose, lang: str) -> Iterator[tuple[str, str]]:
    """Every text of a letter with the part it stands in."""
    yield "title", dose.title.nl if lang == "nl" else dose.title.en
    for part in PARTS:
        yield part, dose.parts[part].nl if lang == "nl" else dose.parts[part].en


# --- What they lean on ---------------------------------------------------------------------------------------------


def test_there_are_twelve_in_order() -> None:
    assert [dose.number for dose in KNOWN] == list(range(1, 13))
    assert len(set(IDS)) == 12
    assert numbered(12) is KNOWN[-1]


def test_every_seed_is_met() -> None:
    assert {dose.about.seed for dose in KNOWN} == set(SEEDS)


def test_at_least_four_correct_a_claim_that_evidence_contradicts() -> None:
    correcting = [dose.id for dose in KNOWN if dose.about.grade == "X" and dose.about in dose.corrects]
    assert correcting == [
        "adrenal_glands",
        "energy_in_cells",
        "cortisol",
        "vitamin_c",
        "better_not_as_before",
        "a_source_read_again",
    ]


def test_a_letter_leans_on_nothing_that_is_contradicted_or_never_told() -> None:
    known = library()
    for dose in KNOWN:
        assert dose.leans_on
        for leaned in dose.leans_on:
            assert leaned.grade in {"A", "B", "C"}
            assert tellable(known.claim(leaned.id)) == leaned


def test_no_letter_needs_an_answer_to_the_question_on_pem() -> None:
    known = library()
    for dose in KNOWN:
        named = (dose.about, *dose.corrects, *(known.claim(leaned.id) for leaned in dose.leans_on))
        assert [claim.id for claim in named if "pem_gate" in claim.flags] == []
    # An unknown answer counts as yes: nothing that asks for effort is offered to somebody nobody knows.
    assert {dose.practice for dose in KNOWN} & {"easy_walk", "careful_restart", "nature_time"} == set()


def test_the_study_of_every_letter_was_checked() -> None:
    assert [dose.id for dose in KNOWN if not dose.study.verified] == []


# --- How they read -------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


@pytest.mark.parametrize("dose", KNOWN, ids=IDS)
def test_both_languages_have_the_same_parts(dose: Dose) -> None:
    assert tuple(dose.parts) == PARTS
    for part in PARTS:
        text = dose.parts[part]
        assert len(paragraphs(text.nl)) == len(paragraphs(text.en)) >= 1
        assert text.nl != text.en
        assert all(one.endswith((".", "?")) for one in (*paragraphs(text.nl), *paragraphs(text.en)))
        assert re.findall(r"\d+", text.nl) == re.findall(r"\d+", text.en.replace(",", "."))


@pytest.mark.parametrize("dose", KNOWN, ids=IDS)
def test_a_letter_takes_about_four_minutes(dose: Dose, lang: str) -> None:
    words = catalogue(lang)
    told = [dose.title.said(words.lang), dose.about.claimed.said(words.lang)]
    for section in sections(dose, words):
        told += [section.heading, *section.paragraphs]
    assert FEWEST_WORDS <= len(" ".join(told).split()) <= MOST_WORDS


def test_every_letter_has_one_short_lesson_and_names_its_limitation() -> None:
    for dose in KNOWN:
        for lang in ("nl", "en"):
            said = dict(said_of(dose, lang))
            assert len(said["lesson"].split()) <= 45
            assert len(said["limitation"].split()) >= 40
            assert max(len(said["readers"].split()), len(said["professionals"].split())) <= 45
        assert re.search(r"\b(niet|geen|niemand)\b", dose.parts["limitation"].nl)
        assert re.search(r"\b(not|no|nobody|nor)\b", dose.parts["limitation"].en)


def sentences(text: str) -> list[int]:
    """The number of words of each sentence."""
    return [len(part.split()) for part in re.split(r"(?<=[.!?:;])\s+", text) if part.strip()]


def syllables(word: str, lang: str) -> int:
    """By groups of vowels; an English e at the end is silent."""
    groups = len(re.findall(r"[aeiouyáéíóúëïöüè]+", word.lower()))
    if lang == "en":
        groups -= bool(re.search(r"[^aeiouyl]e$", word.lower()))
        groups -= bool(re.search(r"[^aeiouytd]ed$", word.lower()))
    return max(1, groups)


def measures(text: str, lang: str) -> tuple[float, float, float]:
    """Reading ease, words per sentence, and share of words of four syllables or more.

    Dutch: Flesch-Douma, 207 - 0.93 words per sentence - 77 syllables per word. English: Flesch, 206.835 - 1.015 and
    84.6. On both, 70 and up is easy for a child of twelve.
    """
    words = re.findall(r"[^\W\d_]+", text)
    counts = [syllables(word, lang) for word in words]
    lengths = sentences(text)
    per_sentence, per_word = len(words) / len(lengths), statistics.mean(counts)
    level, sentence, word = (207.0, 0.93, 77.0) if lang == "nl" else (206.835, 1.015, 84.6)
    return (
        level - sentence * per_sentence - word * per_word,
        per_sentence,
        sum(count >= 4 for count in counts) / len(counts),
    )


@pytest.mark.parametrize("dose", KNOWN, ids=IDS)
def test_a_letter_reads_easily(dose: Dose, lang: str) -> None:
    text = " ".join(said if said.strip()[-1] in ".?" else f"{said}." for _, said in said_of(dose, lang))
    ease, per_sentence, long_share = measures(text, lang)
    assert ease >= 80
    assert per_sentence <= 10.5
    assert max(sentences(text)) <= 22
    assert long_share <= 0.03


def test_the_measure_tells_easy_from_hard() -> None:
    assert measures("Je mag stoppen. Je mag gaan.", "nl")[0] > 80
    hard = "Multidisciplinaire ondersteuning vereist communicatieve vaardigheden van professionals."
    ease, _, long_share = measures(hard, "nl")
    assert ease < 20
    assert long_share > 0.5


# --- What they leave unsaid ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("dose", KNOWN, ids=IDS)
def test_no_letter_judges_alarms_promises_or_diagnoses(dose: Dose, lang: str) -> None:
    found = {}
    for part, text in said_of(dose, lang):
        told = re.sub(SUBJECTS[lang], "", text, flags=re.IGNORECASE) if part in MAY_NAME_ITS_SUBJECT else text
        if kinds := not_to_be_said(told, lang):
            found[part] = kinds
    assert found == {}


def test_a_subject_named_to_the_reader_is_still_caught() -> None:
    assert not_to_be_said("Je bijnieren zijn moe.", "nl")
    assert "readers" not in MAY_NAME_ITS_SUBJECT


def test_no_letter_tells_anyone_to_take_anything() -> None:
    stuff = r"(vitamin\w*|vitamine\w*|magnesium|supplement\w*|potje|jar|tablet\w*|kruid\w*|herbs?)"
    order = re.compile(rf"(^|[.:?] )(neem|slik|koop|probeer|take|use|buy|try|swallow)\b[^.?]*\b{stuff}", re.IGNORECASE)
    assert order.search("Dat is waar. Neem elke dag een tablet.")
    told = [
        (d.id, part) for d in KNOWN for lang in ("nl", "en") for part, text in said_of(d, lang) if order.search(text)
    ]
    assert told == []


def test_no_letter_sells_anything_or_counts_days() -> None:
    shop = re.compile(r"\b(gratis|korting|e-?book|coach\w*|webshop|nieuwsbrief|free trial|book now|discount)\b", re.I)
    assert [d.id for d in KNOWN for lang in ("nl", "en") for _, t in said_of(d, lang) if shop.search(t)] == []


def test_no_letter_shares_a_run_of_seven_words_with_a_seed() -> None:
    # The fixture holds salted digests of every run of seven words in the seeds, not the words.
    salt, *kept = RUNS.read_text(encoding="utf-8").splitlines()
    runs = set(kept)
    assert len(runs) > 5_000
    shared = []
    for dose in KNOWN:
        for part, text in said_of(dose, "nl"):
            words = re.findall(r"\w+", fold(text))
            for n in range(len(words) - 6):
                run = " ".join(words[n : n + 7])
                if hashlib.sha256(f"{salt} {run}".encode()).hexdigest()[:12] in runs:
                    shared.append((dose.id, part, run))
    assert shared == []


def test_what_the_reader_may_try_can_always_be_left() -> None:
    # Each practice says itself that less, or nothing, is fine, or when to stop.
    leave = {
        "nl": r"\b(stop|laat|mag|hoeft|minder|niets|korter|overslaan|sla dit over)\b",
        "en": r"\b(stop|leave|fine|may|no need|not needed|nothing|shorter|skip)\b",
    }
    for dose in KNOWN:
        for lang, words in leave.items():
            assert re.search(words, dict(said_of(dose, lang))["practice"])


# --- The reader is strict ------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    with resources.as_file(resources.files("uitknop.report.letter").joinpath("doses")) as folder:
        return Path(shutil.copytree(folder, tmp_path / "doses"))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('about = "C166"', 'about = "C999"', "C999"),
        ('study = "crosswell2024"', 'study = "nobody1999"', "nobody1999"),
        ('leans_on = ["C166"', 'leans_on = ["C013"', "leans_on"),
        ('leans_on = ["C166"', 'leans_on = ["C025"', "leans_on"),
        ('about = "C166"', 'about = "C175"', "corrects"),
        ('corrects = ["C168"', 'corrects = ["C002"', "corrects"),
        ('offers = "quiet_rest"', 'offers = "ice_bath"', "ice_bath"),
        ("[limitation]", "[limits]", "limitation"),
        ("title_en =", "title_fr =", "title_en"),
        ('id = "deep_rest"', 'id = "deep_rest"\nmood = "fine"', "mood"),
        ('id = "deep_rest"', 'id = "five_minutes"', "five_minutes"),
        ('id = "deep_rest"', "id = deep rest", "01_deep_rest.toml"),
    ],
)
def test_a_wrong_field_is_named(old: str, new: str, named: str, copy: Path) -> None:
    path = copy / "01_deep_rest.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(named)):
        read_doses(copy, library())


def test_a_file_that_is_no_text_is_named(copy: Path) -> None:
    (copy / "02_adrenal_glands.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnowledgeError, match=r"02_adrenal_glands\.toml"):
        read_doses(copy, library())


@pytest.mark.parametrize("number", [0, 13, -1])
def test_a_number_without_a_letter_is_refused(number: int) -> None:
    with pytest.raises(KnowledgeError, match="from 1 to 12"):
        numbered(number)
