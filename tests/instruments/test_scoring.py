"""Golden vectors, each worked by hand from the published rule, and the laws that hold for every scale."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core.errors import Malformed
from uitknop.instruments import Answer, give, instrument, no_answers, official_instruments, own_instruments, score
from uitknop.instruments.condition import Within
from uitknop.instruments.instrument import Cutoff, Scale
from uitknop.instruments.scoring import reached
from uitknop.instruments.text import Text

DISTRESS = [str(number) for number in (17, 19, 20, 22, 25, 26, 29, 31, 32, 36, 37, 38, 39, 41, 47, 48)]

# (instrument, scale, answers in the order of the form, result, limits reached). A comment shows the sum.
GOLDEN: list[tuple[str, str, Any, float, list[str]]] = [
    ("phq9", "total", 0, 0, []),
    ("phq9", "total", 3, 27, ["mild", "moderate", "moderately severe", "severe"]),
    ("phq9", "total", [1, 1, 1, 1, 0, 0, 0, 0, 0], 4, []),
    ("phq9", "total", [1, 1, 1, 1, 1, 0, 0, 0, 0], 5, ["mild"]),
    ("phq9", "total", [1, 1, 1, 1, 1, 1, 1, 1, 1], 9, ["mild"]),
    ("phq9", "total", [2, 1, 1, 1, 1, 1, 1, 1, 1], 10, ["mild", "moderate"]),
    ("phq9", "total", [2, 2, 2, 2, 2, 1, 1, 1, 1], 14, ["mild", "moderate"]),
    ("phq9", "total", [2, 2, 2, 2, 2, 2, 1, 1, 1], 15, ["mild", "moderate", "moderately severe"]),
    ("phq9", "total", [3, 2, 2, 2, 2, 2, 2, 2, 2], 19, ["mild", "moderate", "moderately severe"]),
    ("phq9", "total", [3, 3, 2, 2, 2, 2, 2, 2, 2], 20, ["mild", "moderate", "moderately severe", "severe"]),
    ("phq2", "total", 0, 0, []),
    ("phq2", "total", [1, 1], 2, []),
    ("phq2", "total", [2, 1], 3, ["ask further"]),
    ("phq2", "total", 3, 6, ["ask further"]),
    ("gad7", "total", 0, 0, []),
    ("gad7", "total", [1, 1, 1, 1, 0, 0, 0], 4, []),
    ("gad7", "total", [1, 1, 1, 1, 1, 0, 0], 5, ["mild"]),
    ("gad7", "total", [2, 2, 1, 1, 1, 1, 1], 9, ["mild"]),
    ("gad7", "total", [2, 2, 2, 1, 1, 1, 1], 10, ["mild", "moderate"]),
    ("gad7", "total", [2, 2, 2, 2, 2, 2, 2], 14, ["mild", "moderate"]),
    ("gad7", "total", [3, 2, 2, 2, 2, 2, 2], 15, ["mild", "moderate", "severe"]),
    ("gad7", "total", 3, 21, ["mild", "moderate", "severe"]),
    ("gad2", "total", [0, 2], 2, []),
    ("gad2", "total", [3, 0], 3, ["ask further"]),
    ("phq15", "women", 0, 0, []),
    ("phq15", "women", 2, 30, ["low", "medium", "high"]),
    ("phq15", "women", [1, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 4, []),
    ("phq15", "women", [1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 5, ["low"]),
    ("phq15", "men", [1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 3, []),  # item 4 does not count
    ("phq15", "men", [1, 1, 1, None, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0], 10, ["low", "medium"]),
    ("phq15", "men", 2, 28, ["low", "medium", "high"]),
    ("who5", "total", 0, 0, ["low well-being", "fits depression"]),
    ("who5", "total", [1, 1, 1, 2, 2], 28, ["low well-being", "fits depression"]),  # 7 * 4
    ("who5", "total", [2, 2, 2, 1, 1], 32, ["low well-being"]),  # 8 * 4
    ("who5", "total", [3, 3, 2, 2, 2], 48, ["low well-being"]),  # 12 * 4
    ("who5", "total", [3, 3, 3, 2, 2], 52, []),  # 13 * 4
    ("who5", "total", 5, 100, []),
    ("dsq_sf", "symptom_1", 0, 0, []),
    ("dsq_sf", "symptom_14", 4, 100, []),
    ("dsq_sf", "symptom_1", {"1f": 2, "1s": 3}, 62.5, []),  # (2 + 3) / 2 * 25
    ("funcap27", "total", 0, 0, []),
    ("funcap27", "total", [6] * 9 + [0] * 18, 2, []),  # 54 / 27
    ("funcap55", "total", 6, 6, []),
    ("funcap55", "total", [6] * 11 + [1] * 44, 2, []),  # (66 + 44) / 55
    ("cbi", "personal", 0, 0, []),
    ("cbi", "personal", [100] * 6 + [0] * 13, 100, ["high"]),
    ("cbi", "personal", [50, 50, 50, 50, 50, 25] + [0] * 13, 45.83, []),  # 275 / 6
    ("cbi", "personal", [50] * 6 + [0] * 13, 50, ["high"]),
    ("cbi", "work", 0, 100 / 7, []),  # the last of the seven is turned round: 0 counts 100
    ("cbi", "work", 100, 600 / 7, ["high"]),
    ("cbi", "work", [0] * 6 + [100] * 6 + [0] + [0] * 6, 100, ["high"]),
    ("cbi", "client", [0] * 13 + [25, 50, 75, 50, 50, 50], 50, ["high"]),  # 300 / 6
    # 1 = fully agree. All "fully agree": 2, 4, 8, 12 count 5 - 1 = 4, the other four 1: 20 / 8.
    ("olbi", "exhaustion", 1, 2.5, []),
    ("olbi", "exhaustion", [4 if n in (5, 10, 14, 16) else 1 for n in range(1, 17)], 4, []),
    ("olbi", "exhaustion", [1 if n in (5, 10, 14, 16) else 4 for n in range(1, 17)], 1, []),
    ("olbi", "disengagement", [4 if n in (1, 7, 13, 15) else 1 for n in range(1, 17)], 4, []),
    ("olbi", "disengagement", [2 if n in (1, 7, 13, 15) else 4 for n in range(1, 17)], 1.5, []),  # (4*2 + 4*1) / 8
    ("olbi_agree_high", "exhaustion", [1 if n in (5, 10, 14, 16) else 4 for n in range(1, 17)], 4, []),
    ("olbi_agree_high", "disengagement", [1 if n in (1, 7, 13, 15) else 4 for n in range(1, 17)], 4, []),
    ("bat23", "total", 1, 1, ["green"]),
    ("bat23", "total", 5, 5, ["orange or more", "red"]),
    ("bat23", "total", [3] * 13 + [2] * 10, 2.57, ["green"]),  # 59 / 23 = 2.565
    ("bat23", "total", [3] * 14 + [2] * 9, 2.61, ["orange or more"]),  # 60 / 23 = 2.609
    ("bat23", "total", [3] * 23, 3, ["orange or more"]),
    ("bat23", "total", [4] + [3] * 22, 3.04, ["orange or more", "red"]),  # 70 / 23 = 3.043
    ("bat23", "exhaustion", [5] * 8 + [1] * 15, 5, []),
    ("bat23", "mental_distance", [1] * 8 + [4] * 5 + [1] * 10, 4, []),
    ("bat23", "cognitive", [1] * 13 + [3] * 5 + [1] * 5, 3, []),
    ("bat23", "emotional", [1] * 18 + [2, 2, 2, 2, 3], 2.2, []),
    ("bat12", "total", [3] * 6 + [2] * 6, 2.5, ["green"]),
    ("bat12", "total", [3] * 7 + [2] * 5, 2.58, ["orange or more"]),  # 31 / 12
    ("bat12", "total", [3] * 11 + [2], 2.92, ["orange or more"]),  # 35 / 12
    ("bat12", "total", [3] * 12, 3, ["orange or more", "red"]),
    ("bat12", "exhaustion", [5, 5, 2] + [1] * 9, 4, []),
    ("bat12", "mental_distance", [1] * 3 + [2, 3, 4] + [1] * 6, 3, []),
    ("bat12", "cognitive", [1] * 6 + [5, 3, 1] + [1] * 3, 3, []),
    ("bat12", "emotional", [1] * 9 + [5, 4, 3], 4, []),
    ("4dkl", "distress", 0, 0, []),
    ("4dkl", "distress", 4, 32, ["moderate", "high"]),
    ("4dkl", "distress", 1, 16, ["moderate"]),
    (
        "4dkl",
        "distress",
        dict.fromkeys(DISTRESS[:11], 0) | dict.fromkeys(DISTRESS[11:], 2),
        10,
        [],
    ),
    (
        "4dkl",
        "distress",
        dict.fromkeys(DISTRESS[:10], 0) | dict.fromkeys(DISTRESS[11:], 3) | {"37": 1},
        11,
        ["moderate"],
    ),
    ("4dkl", "depression", {"28": 1, "30": 1, "33": 0, "34": 0, "35": 0, "46": 0}, 2, []),
    ("4dkl", "depression", {"28": 4, "30": 1, "33": 0, "34": 0, "35": 0, "46": 0}, 3, ["moderate"]),
    ("4dkl", "depression", {"28": 2, "30": 3, "33": 4, "34": 0, "35": 0, "46": 0}, 6, ["moderate", "high"]),
    ("4dkl", "anxiety", 0, 0, []),
    ("4dkl", "anxiety", 1, 12, ["moderate", "high"]),
    ("4dkl", "somatisation", [1] * 10 + [0] * 40, 10, []),
    ("4dkl", "somatisation", [2] * 10 + [1] + [0] * 39, 21, ["moderate", "high"]),
    ("pss10", "total", 0, 16, []),  # four reversed items count 4 each
    ("pss10", "total", 4, 24, []),  # six count 4, four count 0
    ("pss10", "total", [4, 4, 4, 0, 0, 4, 0, 0, 4, 4], 40, []),
    ("pss10", "total", [0, 0, 0, 4, 4, 0, 4, 4, 0, 0], 0, []),
    ("isi", "total", [1] * 7, 7, []),
    ("isi", "total", [2, 1, 1, 1, 1, 1, 1], 8, ["below the threshold"]),
    ("isi", "total", [2] * 7, 14, ["below the threshold", "threshold in the community"]),
    ("isi", "total", [3, 2, 2, 2, 2, 2, 2], 15, ["below the threshold", "threshold in the community", "moderate"]),
    ("isi", "total", [3] * 7, 21, ["below the threshold", "threshold in the community", "moderate"]),
    ("isi", "total", [4] * 7, 28, ["below the threshold", "threshold in the community", "moderate", "severe"]),
    ("psqi", "total", [1, 1, 1, 1, 1, 0, 0], 5, []),
    ("psqi", "total", [1, 1, 1, 1, 1, 1, 0], 6, ["above the limit"]),
    ("psqi", "total", 3, 21, ["above the limit"]),
    # All 1: five reversed items count 7, three count 1.
    ("cis20r", "fatigue", 1, 38, ["severe"]),
    (
        "cis20r",
        "fatigue",
        [1 if n in (1, 4, 9, 14, 16) else 7 for n in range(1, 21)],
        56,
        ["severe", "limit in ME research"],
    ),
    ("cis20r", "fatigue", [7 if n in (1, 4, 9, 14, 16) else 1 for n in range(1, 21)], 8, []),
    # 5 * (8 - 4) + 5 * 3 = 35
    ("cis20r", "fatigue", [4 if n in (1, 4, 9, 14, 16) else 5 for n in range(1, 21)], 35, ["severe"]),
    ("cis20r", "total", 4, 80, ["limit at work"]),
    ("cis20r", "total", 1, 86, ["limit at work"]),  # 11 * 7 + 9 * 1
    ("cis20r", "concentration", 7, 17, []),  # 3 * 1 + 2 * 7
    ("cis20r", "motivation", 7, 22, []),  # 3 * 7 + 1
    ("cis20r", "activity", 7, 9, []),  # 7 + 1 + 1
    ("sfq", "total", [1, 1, 7, 1], 28, ["severe"]),
    ("sfq", "total", [7, 7, 1, 7], 4, []),
    ("sfq", "total", [4, 4, 5, 4], 17, []),  # 3 * 4 + 5
    ("sfq", "total", [4, 4, 6, 4], 18, ["severe"]),
    ("fss", "total", 1, 1, []),
    ("fss", "total", [4] * 8 + [3], 3.89, []),
    ("fss", "total", [4] * 9, 4, ["severe"]),
    ("cfq11", "total", 3, 33, []),
    ("cfq11", "total", 1, 11, []),
    ("cfq11", "bimodal", 1, 0, []),
    ("cfq11", "bimodal", [2, 2, 3] + [1] * 8, 3, []),
    ("cfq11", "bimodal", [2, 2, 3, 2] + [1] * 7, 4, ["fatigued"]),
    ("compass31", "total", 0, 0, []),
    ("compass31", "total", [10, 6, 7, 28, 9, 15], 100, []),
    ("compass31", "orthostatic", [5, 0, 0, 0, 0, 0], 20, []),
    ("compass31", "total", [5, 3, 0, 14, 0, 0], 35, []),  # 20 + 2.5 + 12.5
    ("need_for_recovery", "count", 0, 1, []),  # item 4 counts when it is answered with no
    ("need_for_recovery", "count", [1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0], 5, []),
    ("need_for_recovery", "count", [1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0], 6, ["high"]),
    ("need_for_recovery", "percent", [1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1], 100, []),
    ("need_for_recovery", "percent", [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], 300 / 11, []),
    ("req", "detachment", [5, 4, 3, 2] + [1] * 12, 3.5, []),
    ("req", "relaxation", [1] * 4 + [5] * 4 + [1] * 8, 5, []),
    ("req", "mastery", [1] * 8 + [2, 2, 3, 3] + [1] * 4, 2.5, []),
    ("req", "control", [1] * 12 + [4, 4, 4, 5], 4.25, []),
    ("wai", "total", [0, 2, 1, 1, 1, 1, 1], 7, ["low"]),
    ("wai", "total", [8, 4, 3, 3, 3, 4, 2], 27, ["low"]),
    ("wai", "total", [8, 5, 3, 3, 3, 4, 2], 28, ["moderate"]),
    ("wai", "total", [8, 8, 5, 5, 4, 4, 3], 37, ["moderate", "good"]),
    ("wai", "total", [10, 10, 7, 6, 5, 7, 4], 49, ["moderate", "good", "excellent"]),
]


@pytest.mark.parametrize(("name", "scale", "values", "expected", "limits"), GOLDEN)
def test_a_scale_gives_what_the_published_rule_gives(
    fill: Any, name: str, scale: str, values: Any, expected: float, limits: list[str]
) -> None:
    answers = fill(name, values)
    (found,) = [one for one in score(instrument(name), answers) if one.scale == scale]
    assert found.value == pytest.approx(expected, abs=0.006)  # the table above has two decimals
    assert [cutoff.meaning.en for cutoff in found.reached] == limits


def test_every_scale_of_every_official_instrument_has_a_golden_vector() -> None:
    made = {(name, scale) for name, scale, *_ in GOLDEN}
    every = {(one.id, scale.id) for one in official_instruments() for scale in one.scales}
    repeated = {(one, scale) for one, scale in every if one == "dsq_sf" or (one == "compass31" and scale != "total")}
    assert every - made - repeated == set()


@pytest.mark.parametrize("number", range(1, 15))
def test_each_symptom_of_the_short_form_has_its_own_two_answers(fill: Any, number: int) -> None:
    found = {
        one.scale: one.value for one in score(instrument("dsq_sf"), fill("dsq_sf", {f"{number}f": 4, f"{number}s": 1}))
    }
    assert found[f"symptom_{number}"] == 62.5  # (4 + 1) / 2 * 25
    assert [name for name, value in found.items() if value is not None] == [f"symptom_{number}"]


@pytest.mark.parametrize(
    ("domain", "raw", "expected"),
    [
        ("orthostatic", 10, 40),
        ("vasomotor", 6, 5),
        ("secretomotor", 7, 15),
        ("gastrointestinal", 28, 25),
        ("bladder", 9, 10),
        ("pupil", 15, 5),
    ],
)
def test_each_autonomic_domain_reaches_its_published_weight(fill: Any, domain: str, raw: int, expected: float) -> None:
    found = {one.scale: one.value for one in score(instrument("compass31"), fill("compass31", {domain: raw}))}
    assert found[domain] == pytest.approx(expected, abs=0.001)  # weights have four decimals
    assert found["total"] is None


EVERY = [*own_instruments(), *official_instruments()]
SCALES = [(one, scale) for one in EVERY for scale in one.scales]


@pytest.mark.parametrize(("one", "scale"), SCALES, ids=lambda value: value.id)
@settings(max_examples=15)
@given(data=st.data())
def test_there_is_never_a_result_with_an_answer_missing(one: Any, scale: Any, data: st.DataObject) -> None:
    missing = data.draw(st.sampled_from(scale.items))
    answers = no_answers(one)
    for item in one.items:
        if item.id != missing and item.kind != "many":
            answers = give(one, answers, Answer(item.id, item.numbers[-1], 0))
    if data.draw(st.booleans()):
        answers = give(one, answers, Answer(missing, None, 0))  # passed over is missing too
    (found,) = [result for result in score(one, answers) if result.scale == scale.id]
    assert found.value is None
    assert [reason.code for reason in found.reasons] == ["missing_items"]
    assert found.n_answered == found.n_items - 1


@pytest.mark.parametrize("one", [one for one in EVERY if one.scales], ids=lambda one: one.id)
@settings(max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_answers_does_not_matter_and_a_result_lies_within_its_range(one: Any, seed: int) -> None:
    chance = random.Random(seed)
    given_answers = [Answer(item.id, chance.choice(item.numbers), 0) for item in one.items if item.kind != "many"]
    forward, shuffled = no_answers(one), no_answers(one)
    for answer in given_answers:
        forward = give(one, forward, answer)
    chance.shuffle(given_answers)
    for answer in given_answers:
        shuffled = give(one, shuffled, answer)
    assert forward == shuffled
    results = score(one, forward)
    assert results == score(one, shuffled)
    for result in results:
        assert result.value is not None
        assert result.low <= result.value <= result.high


@pytest.mark.parametrize("one", [one for one in own_instruments() if one.scales], ids=lambda one: one.id)
def test_no_published_limit_stands_on_our_own_words(fill: Any, one: Any) -> None:
    assert [
        result.reached for result in score(one, fill(one, {i.id: i.high for i in one.items if i.kind != "many"}))
    ] == [()] * len(one.scales)


@pytest.mark.parametrize(("n_missing", "expected"), [(0, 2.25), (1, 2.0), (2, None)])
def test_a_mean_may_miss_as_many_as_its_publication_allows(fill: Any, n_missing: int, expected: float | None) -> None:
    one = instrument("fss")
    allowing = replace(one, scales=(replace(one.scales[0], items=("1", "2", "3", "4"), may_miss=1),))
    answers = fill(allowing, {"1": 1, "2": 2, "3": 3, "4": 3} if n_missing == 0 else {"1": 1, "2": 2, "3": 3})
    if n_missing == 2:
        answers = fill(allowing, {"1": 1, "2": 2})
    (found,) = score(allowing, answers)
    assert found.value == expected


def test_without_any_answer_there_is_no_mean_however_many_may_miss() -> None:
    one = instrument("fss")
    allowing = replace(one, scales=(replace(one.scales[0], items=("1", "2"), may_miss=2),))
    assert score(allowing, no_answers(allowing))[0].value is None


def test_an_answer_to_a_question_that_is_no_longer_asked_does_not_count(fill: Any) -> None:
    one = instrument("load")
    money = replace(one.items[1], needs=Within("work", 1, 10))
    leaning = replace(one, items=(one.items[0], money), scales=(replace(one.scales[0], items=("work", "money")),))
    answers = fill(leaning, {"work": 4, "money": 6})
    assert score(leaning, answers)[0].value == 5
    changed = give(leaning, answers, Answer("work", 0, 1))
    assert score(leaning, changed)[0].value is None
    assert changed.value("money") == 6


def test_published_limits_do_not_hold_for_own_words(fill: Any) -> None:
    one = instrument("fss")
    own = replace(one, wording="own")
    assert score(one, fill(one, 7))[0].reached != ()
    assert score(own, fill(own, 7))[0].reached == ()


def test_a_contradiction_means_no_result_until_one_answer_is_changed(fill: Any) -> None:
    one = instrument("dsq_pem")
    both = Scale("both", Text("a", "a"), ("1f", "1s"), "sum", 0, 8)
    (found,) = score(replace(one, scales=(both,)), fill(one, {"1f": 0, "1s": 3}))
    assert found.value is None
    assert [reason.code for reason in found.reasons] == ["contradicting_answers"]


def test_answers_of_a_proxy_are_marked_on_the_result(fill: Any) -> None:
    assert score(instrument("sfq"), fill("sfq", 4, by="proxy"))[0].by_proxy
    assert not score(instrument("sfq"), fill("sfq", 4))[0].by_proxy


def test_answers_to_another_list_are_not_scored(fill: Any) -> None:
    with pytest.raises(Malformed, match="belong to the list sfq"):
        score(instrument("fss"), fill("sfq", 4))


@pytest.mark.parametrize(
    ("side", "at", "beyond"), [("at_least", 5, True), ("above", 5, False), ("at_most", 5, True), ("below", 5, False)]
)
def test_a_limit_itself_counts_only_where_it_says_so(side: Any, at: float, beyond: bool) -> None:
    cutoff = Cutoff(side, 5, Text("a", "a"), "", "", True)
    assert (reached((cutoff,), at) == (cutoff,)) is beyond


def test_a_score_says_when_the_last_answer_that_counts_was_given(fill: Any) -> None:
    one = instrument("function")
    answers = fill(one, {"washing": 3, "walking": 2}, at_ms=5)
    later = give(one, answers, Answer("ordinary_day", 0, 9))  # no item of the scale
    assert score(one, later)[0].at_ms == 5
    assert score(one, no_answers(one))[0].at_ms is None
