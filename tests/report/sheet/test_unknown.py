"""The foot: no diagnosis, and every lack said as plainly as a finding."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from uitknop.report.sheet import ConsultSheet, sheet_of
from uitknop.walk import standing

Make = Callable[..., ConsultSheet]


def test_every_sheet_says_it_is_no_diagnosis_and_not_validated(make: Make, who: str) -> None:
    said = " ".join(make(who, "nl").unknown)
    assert "geen diagnose en geen medisch oordeel" in said
    assert "niet gevalideerd" in said


def test_a_sensor_is_named_only_where_there_was_one(make: Make) -> None:
    assert "hartsensor" in " ".join(make("burnout", "nl").unknown)
    assert "hart" not in " ".join(make("severe", "nl").unknown)


def test_days_and_moments_that_are_unknown_are_counted(make: Make) -> None:
    assert "Van 22 van de laatste 28 dagen is niets bekend. Ze tellen nergens mee." in make("sparse", "nl").unknown
    assert "Bij 2 van de 32 momenten was niet te zeggen wat het hart deed." in make("burnout", "nl").unknown


def test_of_nothing_at_all_it_is_said_first(make: Make) -> None:
    assert make("nothing", "nl").unknown[0].startswith("Er is nog niets ingevuld en niets gemeten.")


def test_two_ages_at_once_are_asked_about(at: SimpleNamespace) -> None:
    for signs, said in (("under_18,new_headache", True), ("new_headache", False), ("under_18", False)):
        entries = at.answers("red_flags", {"signs": signs})
        stands = standing(entries, (), now_ms=at.now_ms, zone=at.zone)
        for gone in ((), ("signs",)):
            told = sheet_of(stands, "nl", entries=entries, left_out=gone).unknown
            assert any("jonger ben dan 18" in line for line in told) == (said and not gone)
