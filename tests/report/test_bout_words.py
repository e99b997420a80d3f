from dataclasses import replace
from typing import get_args

import pytest

from uitknop.core import Answer, Estimate, Level, Reason
from uitknop.report.bout_words import (
    answer_sentence,
    chance_words,
    estimate_text,
    kind_name,
    level_sentence,
    main_limit,
    when,
    why,
)
from uitknop.report.words import catalogue

EN = catalogue("en")


def test_a_settled_bout_says_when_and_how_sure(build) -> None:
    said = answer_sentence(build.verdict(840), EN)
    assert "probably came to rest here, after about 9 minutes (likely between 6 and 14)" in said


def test_calm_from_the_start_has_no_minutes(build) -> None:
    calm = replace(build.verdict(840), latency_min=Estimate(0.0, 0.0, 1.0, 0.9, 20, "min", "left"))
    assert "from the first minutes" in answer_sentence(calm, EN)


def test_each_answer_has_a_sentence_of_its_own(build, lang: str) -> None:
    answers = get_args(Answer)
    assert len({answer_sentence(build.verdict(840, answer), catalogue(lang)) for answer in answers}) == 4


def test_what_moved_but_stayed_high_is_told_once(build) -> None:
    verdict = build.verdict(840, "not_settled", reasons=(Reason("moved_but_high"), Reason("hr_fell")))
    assert "stayed near your own upright day" in answer_sentence(verdict, EN)
    assert why(verdict, EN) == ("Your heart rate went down.",)


def test_a_bout_is_found_by_day_and_time(build) -> None:
    assert when(build.verdict(840).bout, "Europe/Amsterdam", catalogue("nl")) == "dinsdag 3 maart 14:00 tot 14:30"


def test_the_persons_own_word_stands_beside_ours() -> None:
    assert kind_name("nap", "sofa", EN) == "nap (sofa)"
    assert kind_name("passive", "kruik", catalogue("nl")) == "rusten met kruik"
    assert kind_name("zweefmeditatie", "", EN) == "zweefmeditatie"


def test_an_estimate_is_never_a_number_alone() -> None:
    assert estimate_text(Estimate(-4.2, -6.0, -2.4, 0.9, 20, "bpm"), "beats", EN, digits=1, signed=True) == (
        "−4.2 beats (90\u00a0%: −6.0 to −2.4)"
    )


def test_a_latency_that_was_not_seen_says_how_long_was_looked() -> None:
    assert estimate_text(Estimate(30.0, 30.0, 30.0, 0.9, 1, "min", "right"), "min", EN) == "not seen within 30 min"


def test_chance_in_words_goes_up_with_the_probability() -> None:
    assert [chance_words(p, EN) for p in (None, 0.1, 0.5, 0.9)] == ["not known", "not probable", "unsure", "probable"]


def test_the_main_limit_skips_what_was_merely_seen(build) -> None:
    verdict = build.verdict(840, "cannot_tell", reasons=(Reason("hr_fell"), Reason("artefacts"), Reason("no_before")))
    assert main_limit(verdict) == "artefacts"


def test_the_level_is_not_said_twice(build) -> None:
    verdict = build.verdict(840, reasons=(Reason("moved"), Reason("level_low", 62.0, None, "%")))
    assert why(verdict, EN) == ("Your heart shifted to the calm side during this stretch.",)
    assert level_sentence(verdict, EN) == "Your heart was close to how it is at night."


@pytest.mark.parametrize(
    ("place", "said"), [(0.45, "between your own upright day and your own night"), (0.8, "close to how it is at night")]
)
def test_only_a_place_near_the_night_is_told_so(build, place: float, said: str) -> None:
    level = Level("low", Estimate(place, place - 0.2, place + 0.2, 0.9, 5, ""))
    assert said in level_sentence(replace(build.verdict(840), level=level), EN)
