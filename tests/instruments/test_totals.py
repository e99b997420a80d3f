"""A total from a form filled in elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from uitknop.core.errors import Malformed
from uitknop.instruments import TypedTotal, instrument, official_instruments, take_total

NOW_MS = 1_000


def taken(name: str, scale: str, value: float, **more: Any) -> Any:
    total = TypedTotal(scale, value, more.pop("at_ms", 0), more.pop("form_version", "NL 2014"), **more)
    return take_total(instrument(name), total, now_ms=NOW_MS)


def test_a_typed_total_meets_the_published_limits() -> None:
    found = taken("sfq", "total", 18)
    assert (found.value, found.typed) == (18, True)
    assert [cutoff.meaning.en for cutoff in found.reached] == ["severe"]


@pytest.mark.parametrize("one", official_instruments(), ids=lambda one: one.id)
def test_the_ends_of_every_scale_can_be_typed_in_and_nothing_beyond_them(one: Any) -> None:
    for scale in one.scales:
        for value in (scale.low, scale.high):
            assert taken(one.id, scale.id, value).value == value
        for value in (scale.low - 1, scale.high + 1, float("nan"), float("inf")):
            with pytest.raises(Malformed, match="lies between"):
                taken(one.id, scale.id, value)


@pytest.mark.parametrize(("name", "value", "step"), [("who5", 50, "4"), ("phq9", 4.5, "1"), ("isi", 7.9, "1")])
def test_a_total_that_the_form_cannot_give_is_refused(name: str, value: float, step: str) -> None:
    with pytest.raises(Malformed, match=f"in steps of {step}"):
        taken(name, "total", value)


def test_a_mean_may_have_decimals() -> None:
    assert [cutoff.meaning.en for cutoff in taken("bat12", "total", 2.54).reached] == ["orange or more"]


def test_a_total_that_hides_the_ninth_question_says_so() -> None:
    assert [reason.code for reason in taken("phq9", "total", 3).reasons] == ["safety_item_unknown"]
    assert taken("gad7", "total", 3).reasons == ()


@pytest.mark.parametrize(
    ("name", "scale", "more", "sentence"),
    [
        ("load", "bucket", {}, "filled in here"),
        ("isi", "sum", {}, "no scale called sum; it has total"),
        ("dsq_pem", "total", {}, "it has none"),
        ("isi", "total", {"form_version": " "}, "version of the form is missing"),
        ("isi", "total", {"at_ms": NOW_MS + 1}, "lies in the future"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told_in_a_sentence(name: str, scale: str, more: Any, sentence: str) -> None:
    with pytest.raises(Malformed, match=sentence):
        taken(name, scale, 5, **more)


def test_a_total_typed_in_by_a_proxy_is_marked() -> None:
    assert taken("isi", "total", 5, by="proxy").by_proxy


def test_a_total_keeps_the_day_of_the_form() -> None:
    assert taken("sfq", "total", 18, at_ms=7).at_ms == 7
