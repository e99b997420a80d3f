"""What a figure shows is read-only and has a row per epoch."""

from __future__ import annotations

import numpy as np
import pytest

from uitknop.core import Trace


def test_a_trace_is_read_only_and_a_table_with_a_row_per_epoch() -> None:
    trace = Trace(np.arange(3), *(np.full(3, float(i)) for i in range(8)))
    with pytest.raises(ValueError, match="read-only"):
        trace.hr_bpm[0] = 1.0
    frame = trace.to_dataframe()
    assert frame.shape == (3, 9)
    assert frame["t_ms"].dtype == np.int64
