"""Many years in one file become one recording a year, with nothing lost."""

from __future__ import annotations

import numpy as np

from uitknop.core import Entry, Phrase, Recording, Samples
from uitknop.core.timeline import parse_iso
from uitknop.sources.plausible import check
from uitknop.sources.years import in_years

DAY_MS = 86_400_000
FIRST_MS = parse_iso("2023-11-05T00:00:00Z", None)


def recording(n_days: int) -> Recording:
    t_ms = FIRST_MS + np.arange(n_days) * DAY_MS
    heart, resting = (
        Samples("heart_rate", t_ms, np.full(n_days, 61.0), "watch"),
        Samples("vendor_resting_heart_rate", t_ms[:9], np.full(9, 50.0)),
    )
    entries = tuple(Entry(int(at), "UTC", "sleep", "in_bed", int(at) + 1) for at in t_ms)
    return Recording("samsung_health", "heart.csv", "UTC", None, (heart, resting), entries, "D", (Phrase("Said."),))


def test_a_year_stays_one_recording() -> None:
    whole = recording(390)
    assert in_years(whole) == (whole,)


def test_many_years_are_one_recording_each_and_nothing_is_lost() -> None:
    whole = recording(1000)
    parts = in_years(whole)
    assert [part.name for part in parts] == ["heart.csv 2023", "heart.csv 2024", "heart.csv 2025", "heart.csv 2026"]
    t_ms = np.concatenate([series.t_ms for part in parts for series in part.samples if series.kind == "heart_rate"])
    assert t_ms.tolist() == whole.samples[0].t_ms.tolist()
    assert sum((part.entries for part in parts), ()) == whole.entries
    assert [len(part.samples) for part in parts] == [2, 1, 1, 1]
    assert [len(part.notes) for part in parts] == [1, 0, 0, 0]
    for part in parts:
        check(part)
