"""The foot: no diagnosis, and every lack said as plainly as a finding."""

from __future__ import annotations

from collections.abc import Callable

from uitknop.report.sheet import ConsultSheet

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
