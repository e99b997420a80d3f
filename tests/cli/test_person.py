"""A table of several people is never judged as one."""

from __future__ import annotations

import pytest

from uitknop.cli.input import of_one_person
from uitknop.core import Recording
from uitknop.core.errors import Malformed


def of(person: str) -> Recording:
    return Recording("generic_csv", f"table {person}", "UTC", None, person=person)


def test_recordings_of_one_person_stay_together() -> None:
    recordings = (of("A"), of("A"))
    assert of_one_person(recordings, None) == recordings


def test_several_people_are_refused_and_named() -> None:
    with pytest.raises(Malformed, match=r"2 people.*A, B"):
        of_one_person((of("A"), of("B"), of("A")), None)


def test_one_of_several_people_can_be_chosen() -> None:
    assert [each.person for each in of_one_person((of("A"), of("B"), of("A")), "A")] == ["A", "A"]


def test_a_person_who_is_not_there_is_told() -> None:
    with pytest.raises(Malformed, match="Nobody here is called C"):
        of_one_person((of("A"), of("B")), "C")
