"""The findings of a day come back as they were kept, or not at all."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uitknop.core import Bout, Estimate, Level, Phrase, Reason, RecordingSummary, Scale, Span, Trace, Verdict
from uitknop.core.errors import Damaged
from uitknop.walk import DayFindings


@pytest.fixture
def day() -> DayFindings:
    estimate = Estimate(12.5, 3.0, math.inf, 0.9, 21, "min", censored="right")
    verdict = Verdict(
        bout=Bout(Span(1000, 601_000), "supine", "my own kind", "éigen woord"),
        answer="settled",
        probability=0.93,
        movement="moved",
        level=Level("low", estimate),
        restorative_min=estimate,
        latency_min=None,
        hr_change_bpm=Estimate(float(np.float64(-3.25)), -5.0, -1.0, 0.9, 10, "bpm"),
        ln_rmssd_change=None,
        confidence="A",
        reasons=(Reason("low_coverage", found=28, needed=50.0, unit="%"), Reason("medication", found="x")),
    )
    numbers = np.array([61.5, np.nan, -0.0])
    trace = Trace(np.array([1000, 61_000, 121_000]), *(numbers + shift for shift in range(8)))
    note = Phrase("{n} lines: {what}", {"n": 3, "what": Phrase("odd {x}", {"x": 1.5})})
    summary = RecordingSummary("polar", "a.csv", "UTC", 5, 60.5, 71, 99.25, 0.5, "B", (note,), 61_000)
    scale = Scale(80.0, 60.0, None, None, 3, 3, None, (Reason("calibrating", 3.0, 7.0, "nights"),))
    return DayFindings(Span(0, 86_400_000), (verdict, verdict), (trace, None), (summary,), scale, ("b.csv",))


def test_a_day_comes_back_as_it_was_kept(day: DayFindings) -> None:
    back = DayFindings.from_bytes(day.to_bytes())
    assert json.dumps(back.to_dict()) == json.dumps(day.to_dict())  # whole numbers stay whole
    assert replace(back, traces=()) == replace(day, traces=())
    assert back.verdicts[0].restorative_min == day.verdicts[0].restorative_min  # infinity too
    assert back.to_bytes() == day.to_bytes()


def test_the_arrays_of_a_trace_come_back_bit_for_bit_and_stay_frozen(day: DayFindings) -> None:
    there, here = day.traces[0], DayFindings.from_bytes(day.to_bytes()).traces[0]
    assert there is not None
    assert here is not None
    for name in Trace.__slots__:
        one, other = getattr(there, name), getattr(here, name)
        assert (one.dtype, one.tobytes(), other.flags.writeable) == (other.dtype, other.tobytes(), False)


def test_notes_come_back_as_sentences_that_can_be_translated(day: DayFindings) -> None:
    (note,) = DayFindings.from_bytes(day.to_bytes()).recordings[0].notes
    assert note == day.recordings[0].notes[0]
    assert note.fields["what"] == Phrase("odd {x}", {"x": 1.5})


@pytest.mark.parametrize("hurt", [lambda b: b"", lambda b: b[:-9], lambda b: b"x" + b, lambda b: bytes(len(b))])
def test_a_damaged_day_is_refused(day: DayFindings, hurt: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Damaged, match="made again"):
        DayFindings.from_bytes(hurt(day.to_bytes()))


def test_what_has_no_word_in_the_format_is_our_fault(day: DayFindings) -> None:
    with pytest.raises(NotImplementedError, match="object"):
        replace(day, clockless=(object(),)).to_bytes()  # type: ignore[arg-type]
