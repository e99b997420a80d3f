"""The guided rest: ten minutes, the same in both languages, easy to hear, and nothing that pushes or promises."""

from __future__ import annotations

import re
import statistics

import pytest

from uitknop.guidance.limits import within_limits
from uitknop.guidance.nsdr import Script, guided_rest

SCRIPTS = [guided_rest("nl"), guided_rest("en")]
BY_LANGUAGE = pytest.mark.parametrize("script", SCRIPTS, ids=["nl", "en"])

HYPNOSIS = (
    r"hypno\w*|trance|suggesti\w+|dieper|deeper|onderbewust\w*|subconscious|slaap|inslapen|sleep|oogleden|eyelids"
    r"|zwaarder|heavier|steeds|aftellen|count down|mijn stem|my voice"
)
FAITH = (
    r"chakra\w*|prana|sankalpa|yoga|nidra|ziel|soul|spiri\w+|god\w*|divine|univers\w+|aura|healing|energie|energy"
    r"|licht|light"
)
PROMISE = (
    r"zult|zul|will (?:feel|be|become)|wordt (?:rustig|kalm|beter)|beter|better|herstel\w*|recover\w*|genees\w*"
    r"|heal\w*|werkt|works"
)
PUSH = r"moet\w*|must|should|probeer|try|ontspan|relax|concentreer\w*|focus|goed zo|well done|blijf stil|do not move"


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def length_at(script: Script, words_per_min: float) -> float:
    """The length when the voice has another pace and the silences stay as they are, s."""
    return sum(60 * part.n_words / words_per_min + part.pause_s for part in script.parts)


@BY_LANGUAGE
def test_it_lasts_ten_minutes(script: Script) -> None:
    assert script.length_s == 600
    assert length_at(script, script.words_per_min) == pytest.approx(600, abs=2)  # pauses are given in tenths
    assert within_limits("nsdr_min", script.length_s / 60)


@BY_LANGUAGE
def test_a_voice_a_little_slower_or_faster_stays_near_ten_minutes(script: Script) -> None:
    assert length_at(script, 100) == pytest.approx(600, rel=0.05)
    assert length_at(script, 110) == pytest.approx(600, rel=0.05)


@BY_LANGUAGE
def test_each_part_ends_where_the_next_begins(script: Script) -> None:
    ends = [*(part.start_s for part in script.parts[1:]), script.length_s]
    assert script.parts[0].start_s == 0
    for part, end_s in zip(script.parts, ends, strict=True):
        said_s = 60 * part.n_words / script.words_per_min
        assert part.start_s + said_s + part.pause_s == pytest.approx(end_s, abs=0.06)


@BY_LANGUAGE
def test_the_words_fit_their_seconds_with_silence_left(script: Script) -> None:
    ends = [*(part.start_s for part in script.parts[1:]), script.length_s]
    for part, end_s in zip(script.parts, ends, strict=True):
        assert part.pause_s >= 4
        assert end_s - part.start_s - 60 * part.n_words / 100 >= 4


@BY_LANGUAGE
def test_half_of_it_is_silence(script: Script) -> None:
    assert 0.4 <= sum(part.pause_s for part in script.parts) / script.length_s <= 0.6


def test_both_languages_have_the_same_parts_at_the_same_time() -> None:
    nl, en = ([(part.section, part.start_s) for part in script.parts] for script in SCRIPTS)
    assert nl == en


@BY_LANGUAGE
def test_sentences_are_short(script: Script) -> None:
    lengths = [len(sentence.split()) for part in script.parts for sentence in sentences(part.words)]
    assert statistics.mean(lengths) <= 10
    assert max(lengths) <= 16


@BY_LANGUAGE
@pytest.mark.parametrize("words", [HYPNOSIS, FAITH, PROMISE, PUSH], ids=["hypnosis", "faith", "promise", "push"])
def test_it_neither_pulls_promises_nor_pushes(script: Script, words: str) -> None:
    told = " ".join(part.words for part in script.parts)
    assert re.findall(rf"\b(?:{words})\b", told, re.IGNORECASE) == []


def test_it_gives_leave_again_and_again() -> None:
    for script, leave in zip(SCRIPTS, (r"\b(mag|mogen|hoeft|hoeven)\b", r"\b(may|need not|fine)\b"), strict=True):
        giving = [part for part in script.parts if re.search(leave, part.words)]
        assert len(giving) >= len(script.parts) / 2


def test_what_the_practice_asks_for_is_said() -> None:
    nl, en = (" ".join(part.words for part in script.parts) for script in SCRIPTS)
    for told in ("Je mag op elk moment stoppen", "Je ogen mogen open blijven", "Sla over wat je wilt"):
        assert told in nl
    for told in ("You may stop at any moment", "Your eyes may stay open", "Skip what you like"):
        assert told in en
    assert "ga dan het eerste kwartier niet rijden" in nl
    assert "do not drive for the first fifteen minutes" in en


@BY_LANGUAGE
def test_ground_comes_before_the_body(script: Script) -> None:
    order = list(dict.fromkeys(part.section for part in script.parts))
    assert order == ["start", "ground", "breath", "body", "quiet", "back"]


@BY_LANGUAGE
def test_without_the_body_nothing_else_is_lost(script: Script) -> None:
    shorter = guided_rest(script.lang, body=False)
    assert [part.words for part in shorter.parts] == [part.words for part in script.parts if part.section != "body"]
    ends = [*(part.start_s for part in shorter.parts[1:]), shorter.length_s]
    for part, end_s in zip(shorter.parts, ends, strict=True):
        assert part.start_s + 60 * part.n_words / shorter.words_per_min + part.pause_s == pytest.approx(end_s, abs=0.06)
    assert shorter.length_s < script.length_s
