"""What a figure of one bout shows."""

from __future__ import annotations

import numpy as np
import pytest

from uitknop.core import Bout, Trace
from uitknop.rest.case import open_case
from uitknop.rest.judge import judge
from uitknop.synthetic import Case, Quality, make_bout_recording


def trace_on(case: Case, seed: int, quality: Quality = "strap") -> tuple[Trace, Bout]:
    made = make_bout_recording(case, seed=seed, minutes=20.0, quality=quality)
    bout = Bout(made.truth.span, made.truth.posture, made.truth.kind)
    trace = judge(open_case(made.recording), bout)[1]
    assert trace is not None
    return trace, bout


@pytest.mark.parametrize("case", ["shift", "none", "breathing", "posture"])
@pytest.mark.parametrize("seed", range(3))
def test_a_trace_runs_from_before_the_bout_to_its_end_with_the_fit_within_its_band(case: Case, seed: int) -> None:
    trace, bout = trace_on(case, seed)
    arrays = [getattr(trace, name) for name in trace.__slots__]
    assert len({array.shape for array in arrays}) == 1
    assert np.all(np.diff(trace.t_ms) > 0)
    assert trace.t_ms[0] < bout.span.start_ms
    if case != "breathing":  # its carry-over lies after its end
        assert trace.t_ms[-1] < bout.span.end_ms
        assert trace.t_ms[-1] > bout.span.end_ms - 2 * 60_000
    for low, fit, high in (
        (trace.hr_fit_low_bpm, trace.hr_fit_bpm, trace.hr_fit_high_bpm),
        (trace.ln_fit_low, trace.ln_fit, trace.ln_fit_high),
    ):
        assert np.isfinite(fit).all()
        assert np.all(low <= fit)
        assert np.all(fit <= high)


def test_the_fit_follows_a_clear_settling() -> None:
    made = make_bout_recording("shift", seed=1, minutes=20.0, effect=(-12.0, 0.4), onset_min=4.0)
    trace = judge(open_case(made.recording), Bout(made.truth.span, "seated", "passive"))[1]
    assert trace is not None
    known = np.isfinite(trace.hr_bpm)
    assert np.median(np.abs(trace.hr_bpm - trace.hr_fit_bpm)[known]) < 3.0
    assert trace.hr_fit_bpm[0] - trace.hr_fit_bpm[-1] > 5.0


def test_without_beats_there_is_no_line_of_variation() -> None:
    trace, _ = trace_on("shift", 1, "hr_only")
    assert np.isfinite(trace.hr_bpm).any()
    for array in (trace.ln_rmssd, trace.ln_fit, trace.ln_fit_low, trace.ln_fit_high):
        assert np.isnan(array).all()
