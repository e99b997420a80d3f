"""Read-only arrays for frozen values."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from uitknop.core.errors import ShapeError


def frozen(values: npt.ArrayLike, dtype: type[np.generic] | np.dtype[Any]) -> npt.NDArray[Any]:
    """`values` as a one-dimensional, contiguous, read-only array of `dtype`; no copy when it already is one.

    Raises:
        ShapeError: more than one dimension.
    """
    array = np.ascontiguousarray(values, dtype=dtype)
    if array.ndim != 1:
        raise ShapeError(f"expected one dimension, got shape {array.shape}")
    if array.flags.writeable:
        array = array.copy() if array is values or array.base is not None else array
        array.flags.writeable = False
    return array
