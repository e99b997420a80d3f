"""What became of made-up people in words: shares without numbers, an effort without its end, and what diverged."""

from __future__ import annotations

from dataclasses import replace

from uitknop.body.what_if import Choices, Effort, after_effort, what_if
from uitknop.report.what_if_words import effort_lines, never_ill_line, share_lines
from uitknop.report.words import catalogue

WORDS = catalogue("en")


def test_shares_are_told_with_numbers_or_in_words_the_best_first() -> None:
    found = what_if(Choices(safety="many"))
    numbers, plain = (share_lines(found, WORDS, numbers=each) for each in (True, False))
    assert all("in 100" in line for line in numbers)
    assert plain[0] == "Nearly all of them: well, able to do as much as before."
    assert not any(sign.isdigit() for line in plain for sign in line)
    heavy = share_lines(what_if(Choices(load="heavy", safety="few")), WORDS, numbers=False)
    assert heavy[-2].endswith("not recovered yet, able to do little.")
    assert heavy[-1] == "A few of them: stayed well all along."
    assert not any("ill" in line.split() or "quarter" in line for line in heavy)
    assert len(plain) == len(numbers) == sum(share.value > 0 for share in found.shares.values())


def test_an_effort_is_told_as_it_is_felt_and_its_end_is_not() -> None:
    far, within = (after_effort(Effort(effort=effort)) for effort in ("far_over", "within"))
    later, limit = effort_lines(far, WORDS, numbers=False)
    assert "later" in later
    assert "limit lies lower" in limit
    assert "hours after it began" in effort_lines(far, WORDS, numbers=True)[0]
    assert effort_lines(within, WORDS, numbers=True) == ("Complaints hardly change.",)
    heavy = effort_lines(after_effort(Effort(load="heavy")), WORDS, numbers=False)
    assert "bucket fills up" in heavy[-1]


def test_what_left_the_range_of_the_model_is_told_as_such() -> None:
    far = after_effort(Effort())
    assert effort_lines(replace(far, bands={}, diverged=far.n), WORDS, numbers=True)[0].endswith("it says nothing.")
    assert "Of those it says nothing" in effort_lines(replace(far, diverged=3), WORDS, numbers=True)[-1]


def test_people_who_never_fell_ill_are_not_called_back() -> None:
    assert never_ill_line(what_if(Choices()), WORDS) == ""
    nobody = what_if(Choices(off=("load_threat",)))
    assert nobody.shares["never_ill"].value == 1.0 - nobody.shares["well"].value == 1.0
    assert "With this left out most of them did not become ill" in never_ill_line(nobody, WORDS)
    assert never_ill_line(replace(nobody, switched_off=()), WORDS).startswith("Most of them did not")
