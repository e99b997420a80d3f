"""Lines of arithmetic that are compiled for a row of people say what Python says of each of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numba import njit
from numba.core import types
from numba.extending import intrinsic

from uitknop.body.vector import Rows

LANES = 4
LINES = """
a = m[0]; b = m[1]
c = _exp(a) * twice - min(a, b) / (1.0 + b * b)
m[2] = (c if a > b else max(a, -b))
m[3] = np.log(_exp(100.0 * a))
"""


def _typed(_typing: Any, m: Any) -> Any:
    def lower(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, given[0]).data
        twice = context.get_constant(types.float64, 2.0)
        Rows(builder, {"m": data}, LANES, {"twice": twice}).run(LINES)
        return context.get_dummy_value()

    return types.void(m), lower


_rows: Any = intrinsic(_typed)
rows: Any = njit(lambda m: _rows(m))


def test_a_row_is_worked_out_as_each_of_its_numbers_would_be() -> None:
    numbers = np.zeros((4, LANES))
    numbers[0] = a = np.array([-3.0, 0.7, 12.0, 0.0])
    numbers[1] = b = np.array([2.0, 0.1, 15.0, 0.0])
    rows(numbers.ravel())
    c = 2 * np.exp(a) - np.minimum(a, b) / (1 + b * b)
    assert numbers[2] == pytest.approx(np.where(a > b, c, np.maximum(a, -b)), rel=1e-11)
    assert numbers[3] == pytest.approx(np.clip(100 * a, -60, 60), rel=1e-11)


def test_what_is_no_arithmetic_is_not_compiled() -> None:
    with pytest.raises(AssertionError, match="print"):
        Rows(None, {}, LANES, {}).run("print(1)")
