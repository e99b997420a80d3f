"""Numbers read back exactly, and no text runs in a spreadsheet."""

from __future__ import annotations

import math
import struct
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.report.export.block import encoded, slug
from uitknop.report.export.cells import number_cell, number_cells, text_cell, utc_cells


@given(st.lists(st.floats() | st.sampled_from([0.0, -0.0, 800.0, 812.5]), max_size=40))
def test_numbers_read_back_to_the_bit(values: list[float]) -> None:
    cells = number_cells(np.array(values, np.float64))
    assert cells == [number_cell(value) for value in values]
    for value, cell in zip(values, cells, strict=True):
        if math.isnan(value):
            assert cell == "NaN"
        else:
            assert struct.pack("d", float(cell)) == struct.pack("d", value)


@given(st.integers(0, 4_000_000_000_000))
def test_times_are_iso_8601_in_utc(t_ms: int) -> None:
    (cell,) = utc_cells(np.array([t_ms]))
    assert cell.endswith("Z")
    whole, rest = divmod(t_ms, 1000)
    assert datetime.fromisoformat(cell) == datetime.fromtimestamp(whole, UTC).replace(microsecond=1000 * rest)


@given(st.text())
def test_no_cell_begins_a_formula(text: str) -> None:
    cell = text_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")


@given(st.text(st.characters(categories=["Cs", "L"])))
def test_every_text_can_be_written(text: str) -> None:
    assert isinstance(encoded(text), bytes)


@pytest.mark.parametrize(("text", "word"), [("..", ""), ("Polar H10", "polar-h10"), ("x" * 99, "x" * 24)])
def test_a_slug_is_safe_in_a_file_name(text: str, word: str) -> None:
    assert slug(text) == word
