from dataclasses import replace

import pytest

from uitknop.core import Findings, Reason
from uitknop.report.answer import count_settled, headline, how_sure, kind_answers, quiet_answer, standing_of
from uitknop.report.words import catalogue


def test_there_is_always_an_answer(findings: Findings, lang: str) -> None:
    words = catalogue(lang)
    assert all(headline(findings, words))
    assert len(headline(findings, words)) >= 2
    assert how_sure(findings, words)


def test_the_counts_stand_beside_those_of_quiet_time(states) -> None:
    bottle = kind_answers(states["days_of_rest"](), catalogue("en"))[0]
    said = " ".join(bottle.sentences)
    assert "In 6 of the 8 moments" in said
    assert "quiet time without resting on purpose, 2 of the 8" in said
    assert "probably more than chance" in said
    assert "felt calmer" in said
    assert "refreshed" in said


def test_a_difference_that_may_be_chance_is_called_so(states) -> None:
    findings = states["no_difference"]()
    bottle = kind_answers(findings, catalogue("en"))[0]
    assert bottle.standing == "same"
    assert "That difference may be chance." in " ".join(bottle.sentences)
    assert "no clear difference" in headline(findings, catalogue("en"))[0]


def test_rest_that_settles_less_often_is_said_without_judging(states) -> None:
    findings = states["less_than_quiet"]()
    assert kind_answers(findings, catalogue("en"))[0].standing == "less"
    assert "less often" in headline(findings, catalogue("en"))[0]


def test_few_bouts_are_too_early_whatever_the_interval_says(states, build) -> None:
    findings = states["days_of_rest"]()
    pooled = replace(findings.pooled[0], reasons=(Reason("too_few_bouts", 2.0, 8.0),))
    assert standing_of(pooled, quiet_answer(findings, catalogue("en"))) == "early"


def test_without_quiet_time_nothing_is_compared(states) -> None:
    answer = kind_answers(states["no_quiet_time"](), catalogue("en"))[0]
    assert answer.standing == "alone"
    assert "too little quiet time yet" in " ".join(answer.sentences)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("nothing_at_all", "no recording yet"),
        ("nothing_found", "no quiet moment"),
        ("only_untold", "3 quiet moments, and can't tell yet"),
        ("only_quiet", "In 2 of the 3 moments"),
        ("a_day", "too early to say"),
        ("days_of_rest", "With rest with kruik your heart probably came to rest more often"),
    ],
)
def test_the_headline_fits_the_state(states, state: str, said: str) -> None:
    assert said in " ".join(headline(states[state](), catalogue("en")))


def test_a_kind_is_never_put_above_another(states) -> None:
    findings = states["days_of_rest"]()
    turned = replace(findings, pooled=findings.pooled[::-1])
    names = [answer.name for answer in kind_answers(findings, catalogue("en"))]
    assert [answer.name for answer in kind_answers(turned, catalogue("en"))] == names[::-1]


def test_quiet_time_and_tasks_are_not_called_rest(build) -> None:
    verdicts = (build.verdict(60, kind="task"), build.verdict(120, kind="quiet"))
    findings = build.findings(verdicts, (build.pooled("task", verdicts), build.pooled("quiet", verdicts)))
    assert kind_answers(findings, catalogue("en")) == ()


def test_a_kind_nobody_tried_is_not_mentioned(states) -> None:
    names = [answer.name for answer in kind_answers(states["days_of_rest"](), catalogue("en"))]
    assert "guided deep rest" not in names


def test_an_unlabelled_kind_counts_only_what_has_no_label(build) -> None:
    verdicts = (build.verdict(60, label="kruik"), build.verdict(120, "not_settled"))
    plain = replace(build.pooled("passive", verdicts[1:]), n=1)
    assert count_settled(plain, verdicts) == 0
    assert count_settled(replace(plain, n=2), verdicts) == 1


def test_without_the_verdicts_the_count_comes_from_the_share(build) -> None:
    verdicts = tuple(build.verdict(60.0 * hour, "settled" if hour % 3 else "not_settled") for hour in range(9))
    assert count_settled(build.pooled("passive", verdicts), ()) == 6
