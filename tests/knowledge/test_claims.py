"""The claims that ship: all of them, with the grades and flags of the review, and none in anybody else's words."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from uitknop.knowledge import GRADES, Library, Text, fold

RUNS = Path(__file__).parent.parent / "fixtures/knowledge/seed_word_runs.txt"
LONGEST_RUN = 6
BY_SEED = {
    "s0": (2, 3, 7, 9, 5),
    "s1": (7, 8, 15, 20, 10),
    "s2": (2, 7, 17, 6, 5),
    "s3": (4, 8, 20, 9, 1),
    "s4": (2, 6, 6, 4, 0),
}
CONTRADICTED = """C008 C010 C016 C021 C026 C035 C039 C043 C059 C060 C061 C070 C072 C075 C085 C088 C095 C100 C108 C115
C138"""
FLAGGED = {
    "never_tell_user": """C001 C003 C008 C010 C013 C016 C026 C035 C039 C052 C059 C060 C070 C072 C074 C075 C085 C092 C095
    C101 C108 C115 C139 C175 C176 C183""",
    "pem_gate": "C002 C025 C077 C111 C112 C119 C120 C123",
    "safety": """C002 C015 C026 C031 C039 C045 C047 C051 C066 C070 C072 C073 C074 C075 C076 C077 C079 C104 C112 C116
    C156 C159 C161 C165 C178""",
    "commercial": "C022 C044 C050 C061 C068 C069 C082 C085 C092 C115",
    "citation_error": "C138 C144 C152",
}


def test_there_are_183_claims_without_a_hole(known: Library) -> None:
    assert [claim.id for claim in known.claims] == [f"C{n:03}" for n in range(1, 184)]


@pytest.mark.parametrize("seed", BY_SEED)
def test_each_seed_has_the_grades_of_the_review(seed: str, known: Library) -> None:
    counted = Counter(claim.grade for claim in known.claims if claim.seed == seed)
    assert tuple(counted[grade] for grade in GRADES) == BY_SEED[seed]


def test_all_together_have_the_grades_of_the_review(known: Library) -> None:
    assert Counter(claim.grade for claim in known.claims) == {"A": 17, "B": 32, "C": 65, "D": 48, "X": 21}


def test_the_contradicted_claims_are_those_of_the_review(known: Library) -> None:
    assert [claim.id for claim in known.claims if claim.grade == "X"] == CONTRADICTED.split()


@pytest.mark.parametrize("flag", FLAGGED)
def test_the_flagged_claims_are_those_of_the_review(flag: str, known: Library) -> None:
    assert [claim.id for claim in known.claims if flag in claim.flags] == FLAGGED[flag].split()


def test_a_claim_without_a_source_is_never_graded_as_supported(known: Library) -> None:
    # "None found" is shown for these; a good grade without a source would be an opinion of ours.
    assert [claim.id for claim in known.claims if not claim.sources and claim.grade not in {"D", "C"}] == []


def test_what_is_unsupported_is_told_as_hearsay(known: Library) -> None:
    # Dutch "zou" and English "is said to" mark what a text says and evidence does not; a thing to do is only named.
    plain = [
        claim.id
        for claim in known.claims
        if claim.grade in {"D", "X"}
        and claim.kind not in {"practice", "symptom"}
        and not (re.search(r"\bzou(den)?\b", claim.claimed._words.nl) and "said" in claim.claimed._words.en)
    ]
    assert plain == ["C071"]  # what a tradition believes is told as what it believes
    settled = [claim.id for claim in known.claims if claim.grade == "A" and "said to" in claim.claimed._words.en]
    assert settled == []


def test_every_source_belongs_to_a_claim(known: Library) -> None:
    used = {source.key for claim in known.claims for source in claim.sources}
    assert {source.key for source in known.sources} - used == set()


def test_a_source_says_how_far_it_was_checked(known: Library) -> None:
    unchecked = {source.checked.en for source in known.sources if not source.verified}
    assert unchecked == {"not checked"}
    assert all("checked against" in s.checked.en or "in part" in s.checked.en for s in known.sources if s.verified)


def test_a_doi_looks_like_one(known: Library) -> None:
    assert [s.key for s in known.sources if s.doi is not None and not re.fullmatch(r"10\.\d{4,}/\S+", s.doi)] == []


# --- Words ---------------------------------------------------------------------------------------------------------


def runs_of(text: str) -> list[str]:
    """Every run of one word more than may be shared."""
    words = re.findall(r"\w+", fold(text))
    return [" ".join(words[n : n + LONGEST_RUN + 1]) for n in range(len(words) - LONGEST_RUN)]


def test_no_text_shares_a_run_of_words_with_a_seed(texts: list[tuple[str, str, Text]]) -> None:
    # The fixture holds salted digests of every run of seven words in the seeds, not the words.
    salt, *known_runs = RUNS.read_text(encoding="utf-8").splitlines()
    kept = set(known_runs)
    assert len(kept) > 5_000
    digest = lambda run: hashlib.sha256(f"{salt} {run}".encode()).hexdigest()[:12]  # noqa: E731
    shared = [(name, part) for name, part, text in texts for run in runs_of(text.nl) if digest(run) in kept]
    assert shared == []


def test_the_digests_do_catch_a_run_of_a_seed() -> None:
    # Names of authors that a seed cites; so the fixture is known to be made in the same way.
    salt, *kept = RUNS.read_text(encoding="utf-8").splitlines()
    run = "crosswell a d mayer s e whitehurst"
    assert hashlib.sha256(f"{salt} {run}".encode()).hexdigest()[:12] in kept


def test_both_languages_are_there_and_differ(texts: list[tuple[str, str, Text]]) -> None:
    same = {text.nl for _, part, text in texts if text.nl == text.en and part != "term"}
    assert same <= {"NSDR"}
    dutch = re.compile(r"\b(het|een|niet|geen|wordt|deze|zijn)\b")
    assert [name for name, _, text in texts if dutch.search(text.en)] == []


def test_texts_are_short_and_end_like_sentences(texts: list[tuple[str, str, Text]]) -> None:
    sentences = [(n, t) for n, part, t in texts if part in {"claim", "comment", "meaning", "short", "point"}]
    assert len(sentences) > 400
    assert [n for n, t in sentences if not t.nl.endswith((".", "?")) or not t.en.endswith((".", "?"))] == []
    assert [n for n, t in sentences if max(len(t.nl), len(t.en)) > 330] == []


def test_a_claim_and_its_comment_speak_to_nobody(texts: list[tuple[str, str, Text]]) -> None:
    # A claim about "you" would be a claim about the reader.
    you = re.compile(r"\b(je|jij|jou|jouw|jullie|u|uw|you|your|yours)\b", flags=re.IGNORECASE)
    about = [(n, t) for n, part, t in texts if part in {"claim", "comment", "meaning", "one", "other", "resolution"}]
    assert [n for n, t in about if you.search(t.nl) or you.search(t.en)] == []


SUPPLEMENT = (
    r"(vitamin\w*|vitamine|magnesium|ashwagandha|rhodiola|brahmi|bacopa|kruid\w*|herbs?|supplement\w*|ascorb\w*)"
)
ORDER_NL = rf"\b(neem|slik|gebruik|koop|probeer|vul)\b[^.]*\b{SUPPLEMENT}"
ORDER_EN = rf"(^|\. |: )(take|use|buy|try|swallow)\b[^.]*\b{SUPPLEMENT}"


def test_no_text_tells_anyone_to_take_anything(texts: list[tuple[str, str, Text]]) -> None:
    assert re.search(ORDER_NL, "Neem elke dag magnesium.", flags=re.IGNORECASE)
    assert re.search(ORDER_EN, "Take magnesium daily.", flags=re.IGNORECASE)
    told = [
        name
        for name, _, text in texts
        if re.search(ORDER_NL, text.nl, flags=re.IGNORECASE) or re.search(ORDER_EN, text.en, flags=re.IGNORECASE)
    ]
    assert told == []
