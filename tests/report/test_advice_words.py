from uitknop.core import Findings, Reason
from uitknop.report.advice_words import MOST_TIPS, what_helps, why_not, worn
from uitknop.report.words import catalogue

EN = catalogue("en")


def test_there_is_always_something_that_helps_and_never_too_much(findings: Findings, lang: str) -> None:
    tips = what_helps(findings, catalogue(lang))
    assert 1 <= len(tips) <= MOST_TIPS
    assert len(set(tips)) == len(tips)


def test_what_keeps_most_moments_from_an_answer_comes_first(build) -> None:
    codes = ("artefacts", "no_before", "artefacts")
    verdicts = tuple(
        build.verdict(60.0 * place, "cannot_tell", reasons=(Reason("hr_fell"), Reason(code)))
        for place, code in enumerate(codes)
    )
    said = why_not(build.findings(verdicts, (), scale=None), EN)
    assert said[0].startswith("2 times: Too many heartbeats")
    assert said[1].startswith("1 time: There is no recording from just before")


def test_only_what_stood_in_the_way_is_a_why_not(states) -> None:
    assert not any("shifted to the calm side" in line for line in why_not(states["days_of_rest"](), EN))


def test_a_strap_is_not_advised_to_somebody_whose_beats_are_known(states) -> None:
    assert not any("chest strap" in tip for tip in what_helps(states["days_of_rest"](), EN))
    assert any("chest strap" in tip for tip in what_helps(states["heart_rate_only"](), EN))


def test_what_came_in_is_told_once_for_each_sort(states) -> None:
    assert worn(states["a_day"](), EN) == ("In 1 recording: every beat; this tells nearly everything.",)
    assert worn(states["nothing_at_all"](), EN) == ()
