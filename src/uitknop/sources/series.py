"""Series of samples: fillers out, in order of time. A heart rate stays a series and never becomes beats."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from uitknop.core import SampleKind, Samples

_FILLERS = (0.0, 255.0, 65535.0)


def series_of(
    kind: SampleKind, t_ms: npt.NDArray[np.int64], value: npt.NDArray[np.float64], device: str = ""
) -> Samples | None:
    """Samples in order of time without missing values, shape (m,), m <= n; None when nothing is left.

    A heart rate of 0, 255 or 65535 means "none" to devices.
    """
    keep = np.isfinite(value)
    if kind == "heart_rate":
        keep &= ~np.isin(value, _FILLERS)
    if not bool(keep.any()):
        return None
    order = np.argsort(t_ms[keep], kind="stable")
    return Samples(kind, t_ms[keep][order], value[keep][order], device)
