"""A mapping of columns is saved and loaded without loss, and a wrong one says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core.errors import Malformed, NotRecognised, SourceError
from uitknop.sources import Mapping, dump_mapping, load_mapping
from uitknop.sources.mapping import parse_mapping, plain_name

Write = Callable[[str, str | bytes], Path]

# Any text a column can be called; surrogates are no text.
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
mappings = st.builds(
    Mapping,
    time=names,
    time_unit=st.sampled_from(["auto", "iso", "epoch_s", "epoch_ms", "s", "ms"]),
    clock=st.one_of(st.just(()), st.tuples(names, names), st.tuples(names, names, names)),
    heart_rate=names,
    rr=st.one_of(st.just(""), names),
    rr_unit=st.sampled_from(["auto", "s", "ms"]),
    acceleration_xyz=st.one_of(st.just(()), st.tuples(names, names, names)),
    subject=st.one_of(st.just(""), names),
)


@given(mapping=mappings)
@settings(max_examples=150, deadline=None)
def test_a_saved_mapping_loads_as_it_was(mapping: Mapping) -> None:
    assert parse_mapping(dump_mapping(mapping), "map.toml") == mapping


@given(text=st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_other_text_is_a_source_error(text: str) -> None:
    with pytest.raises(SourceError):
        parse_mapping(text, "map.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('heart_rate = "HR"\nheart = "x"', '"heart" is no field of a mapping. Known: time,'),
        ("heart_rate = 5", '"heart_rate" must be a column name in quotes'),
        ('heart_rate = "HR"\ntime_unit = "days"', '"time_unit" must be one of auto, iso'),
        ('heart_rate = "HR"\nclock = ["h"]', '"clock" must be a list of 2 to 3 column names'),
        ('time = "t"', 'names neither "heart_rate" nor "rr"'),
        ("heart_rate = HR", "is no TOML"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_mapping(text, "map.toml")
    assert said in str(caught.value)


def test_a_mapping_is_loaded_from_a_file(write: Write) -> None:
    assert load_mapping(write("map.toml", 'heart_rate = "HR"\n')) == Mapping(heart_rate="HR")


def test_a_mapping_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotRecognised, match=r"map\.toml can't be opened"):
        load_mapping(tmp_path / "map.toml")


@pytest.mark.parametrize(
    ("column", "plain"),
    [
        ("Heart Rate (bpm)", "heart_rate"),
        ("RR [ms] (corrected)", "rr"),
        ("a (b (c) d", "a_b_d"),
        ("(" * 300_000 + "x", "x"),  # looking for the end of each bracket would take minutes
    ],
    ids=range(4),
)
def test_a_column_is_known_without_its_unit(column: str, plain: str) -> None:
    assert plain_name(column) == plain
