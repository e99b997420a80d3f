from dataclasses import replace

from uitknop.report.numbers import numbers_of, scale_numbers
from uitknop.report.words import catalogue

EN = catalogue("en")


def test_every_estimate_stands_with_its_interval(build) -> None:
    rows = dict(numbers_of(build.verdict(840), EN))
    assert rows["change of heart rate"] == "−6.5 beats a minute (90\u00a0%: −8.3 to −4.7)"
    assert rows["came to rest"] == "probable (91\u00a0%)"


def test_heart_rate_only_has_no_line_on_ln_rmssd(build) -> None:
    names = [name for name, _ in numbers_of(build.verdict(840, grade="D"), EN)]
    assert not any("RMSSD" in name for name in names)
    assert "change of heart rate" in names


def test_what_is_not_known_is_said(build) -> None:
    assert dict(numbers_of(build.verdict(840, "cannot_tell"), EN))["came to rest"] == "not known"


def test_the_scale_says_what_it_is_based_on(states) -> None:
    rows = dict(scale_numbers(states["a_day"]().scale, EN))
    assert rows["your night, heart rate"] == "55 beats a minute"
    assert rows["based on"] == "12 days and 11 nights"
    assert scale_numbers(None, EN) == ()


def test_an_anchor_that_is_not_known_has_no_line(states) -> None:
    scale = replace(states["a_day"]().scale, night_ln_rmssd=None)
    assert "your night, ln RMSSD" not in dict(scale_numbers(scale, EN))
