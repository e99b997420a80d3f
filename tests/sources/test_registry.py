"""The list of sources and its page say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from uitknop.sources import Source, all_sources
from uitknop.sources.mapping import _FIELDS

PAGE = (Path(__file__).parents[2] / "docs/sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.name)
def test_a_source_is_documented_with_its_grade(source: Source) -> None:
    row = re.search(rf"^\| `{source.name}` \|[^|]*\| (\w+) \|", PAGE, flags=re.M)
    assert row is not None
    assert row[1] == source.quality.grade
    assert f"\n## `{source.name}`\n" in PAGE


def test_the_page_names_no_source_that_is_not_there() -> None:
    assert set(re.findall(r"^## `(\w+)`$", PAGE, flags=re.M)) == {source.name for source in all_sources()}


def test_every_field_of_a_mapping_is_documented() -> None:
    assert [name for name in _FIELDS if f"`{name}`" not in PAGE] == []
