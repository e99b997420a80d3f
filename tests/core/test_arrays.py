"""Frozen arrays: read-only, one-dimensional, and out of reach of whoever made them."""

from __future__ import annotations

import numpy as np
import pytest

from uitknop.core.arrays import frozen
from uitknop.core.errors import ShapeError


@pytest.mark.parametrize("given", [[1, 2, 3], np.arange(3), np.arange(6.0)[::2], np.arange(6.0)[:3]])
def test_the_result_is_read_only_contiguous_and_of_the_type(given: object) -> None:
    array = frozen(given, np.float64)  # type: ignore[arg-type]
    assert array.dtype == np.float64
    assert array.flags.c_contiguous
    assert not array.flags.writeable


@pytest.mark.parametrize("cut", [slice(None), slice(0, 4)])
def test_changing_the_original_afterwards_changes_nothing(cut: slice) -> None:
    original = np.arange(6.0)
    array = frozen(original[cut], np.float64)
    original[:] = -1.0
    assert array[:4].tolist() == [0.0, 1.0, 2.0, 3.0]
    assert original.flags.writeable


def test_an_array_that_is_frozen_already_is_not_copied() -> None:
    array = frozen([1.0, 2.0], np.float64)
    assert frozen(array, np.float64) is array


def test_two_dimensions_are_refused() -> None:
    with pytest.raises(ShapeError, match="one dimension"):
        frozen(np.zeros((2, 2)), np.float64)
