"""What can be left out: every heading and every field, by one name each."""

from __future__ import annotations

import pytest

from uitknop.core.errors import Malformed
from uitknop.report.sheet import FIELDS, PARTS, fields_without
from uitknop.report.sheet.consult import ALL_FIELDS, SheetLine


def test_every_field_stands_under_one_heading() -> None:
    assert list(FIELDS) == list(PARTS)
    assert sum(map(len, FIELDS.values())) == len(ALL_FIELDS)


def test_a_name_means_a_heading_or_a_field_and_not_two_things() -> None:
    assert {name for name in ALL_FIELDS if name in PARTS} == {"signs"}
    assert FIELDS["signs"] == ("signs",)


def test_leaving_out_is_for_headings_and_fields_alike() -> None:
    assert fields_without(()) == ALL_FIELDS
    assert fields_without(("labs", "pem")) == ALL_FIELDS - {"values", "supplements", "conditions", "pem"}
    assert fields_without(PARTS) == frozenset()


def test_a_name_that_is_neither_is_refused() -> None:
    with pytest.raises(Malformed, match="employer"):
        fields_without(("employer",))


def test_a_line_stays_only_with_everything_it_tells_of() -> None:
    line = SheetLine("questions", "?", tells_of=("pem",))
    assert line.kept(frozenset({"questions", "pem"}))
    assert not line.kept(frozenset({"questions"}))
    assert not line.kept(frozenset({"pem"}))
