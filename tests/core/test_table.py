"""Values leave Python as JSON types, tables as data frames."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Estimate, Flag, Phrase, Span, Table, Value
from uitknop.core.table import plain

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.floats(width=32).map(np.float32) | st.integers(0, 255).map(np.uint8) | st.booleans().map(np.bool_)
    | st.sampled_from(list(Flag)) | st.just(Phrase("{n} beats", {"n": 3})) | st.just(Span(0, 1))
    | st.lists(st.floats(), max_size=3).map(np.array)
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.integers() | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@dataclass(frozen=True)
class Pair(Table):
    a: npt.NDArray[np.float64]
    b: npt.NDArray[np.int64]
    c: npt.NDArray[np.int64]
    name: str


@given(TREES)
def test_plain_is_always_json_without_nan_and_stays_what_it_is(tree: Any) -> None:
    there = plain(tree)
    back = json.loads(json.dumps(there, allow_nan=False))
    assert back == there
    assert plain(there) == there


def test_nan_and_infinity_become_none_wherever_they_are() -> None:
    assert plain([math.nan, (math.inf,), {"x": -math.inf}, np.array([1.0, np.nan]), np.float64("nan")]) == [
        None, [None], {"x": None}, [1.0, None], None,
    ]  # fmt: skip


def test_phrases_become_their_english_sentence_enums_their_value_and_values_dictionaries() -> None:
    nested = MappingProxyType({1: Phrase("{n} beats", {"n": 3}), "flag": Flag.MISSED, "span": Span(0, 5)})
    assert plain(nested) == {"1": "3 beats", "flag": 5, "span": {"start_ms": 0, "end_ms": 5}}


def test_to_dict_holds_every_field_under_its_name() -> None:
    estimate = Estimate(1.0, 0.5, math.inf, 0.9, 7, "min", censored="right")
    assert estimate.to_dict() == {
        "value": 1.0, "low": 0.5, "high": None, "level": 0.9, "n": 7, "unit": "min", "censored": "right",
    }  # fmt: skip


def test_a_table_becomes_a_data_frame_of_the_arrays_of_its_length() -> None:
    frame = Pair(np.array([1.0, np.nan]), np.array([3, 4]), np.array([0, 1, 2]), "x").to_dataframe()
    expected = pd.DataFrame({"a": [1.0, np.nan], "b": [3, 4]})
    pd.testing.assert_frame_equal(frame, expected)


def test_a_value_is_no_table() -> None:
    assert not hasattr(Span(0, 1), "to_dataframe")
    assert issubclass(Table, Value)


def test_dates_are_told_as_iso_8601() -> None:
    assert plain({"day": date(2026, 3, 29)}) == {"day": "2026-03-29"}
