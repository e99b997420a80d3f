"""The person's file at work: size on disk, adding in pieces of a day, adding the same again, reading one night.

    python benchmarks/store.py [--days 30] [--beats-per-day 98630]

Beats are made up: intervals of an AR(1) process with SD 41 ms, recorded 24 h a day (36 million beats in 365 days).
Prints the figures of this run and, for fewer days than a year, the size of a year in proportion.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from uitknop.core import Beats, Recording, Span
from uitknop.store import Origin, create_store, open_store

START_MS = 1_735_700_400_000
"""1 January 2025, 03:00 UTC: a day of pieces starts at 04:00 in Amsterdam."""

MEMORY = 0.9
"""Correlation of one interval with the next."""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--beats-per-day", type=int, default=98_630)
    options = parser.parse_args()
    days = [make_day(number, options.beats_per_day) for number in range(options.days)]
    n = sum(len(day) for day in days)
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "person.uitknop", os.urandom(32)
        with create_store(path, key, now_ms=START_MS) as store:
            show("added, pieces of a day", add(store, days, "1"), f"{n / 1e6:.1f} million beats; bar: a year in 20 s")
            show("the same again as known", add(store, days, "2"), "")
        size_mb = path.stat().st_size / 1e6
        year_mb = size_mb * 365 / options.days
        print(f"{'size on disk':28} {size_mb:9.1f} MB   a year: {year_mb:.1f} MB (bar 45)")
        with open_store(path, key, read_only=True) as store:
            nights = [night_ms(store, number) for number in range(min(options.days, 30))]
            night = f"{statistics.median(nights):9.2f} ms   (bar 2; median over nights of the best of ten)"
            print(f"{'a night of 8 h, warm':28} {night}")
            started = time.perf_counter()
            store.dump_sha256()
            show("logical dump, hashed", time.perf_counter() - started, "")
            started = time.perf_counter()
            store.check()
            show("check of every page", time.perf_counter() - started, "")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(f"{'peak memory':28} {peak_mb:9.0f} MB   (the made-up beats included: {n * 25 / 1e6:.0f} MB)")


def make_day(number: int, n: int) -> Beats:
    """A day of beats in whole ms; mean such that they fill the day."""
    rng = np.random.default_rng(number)
    noise = rng.normal(0.0, 41.0 * np.sqrt(1.0 - MEMORY**2), n)
    deviation = np.empty(n)
    before = 0.0
    for i, step in enumerate(noise.tolist()):
        before = MEMORY * before + step
        deviation[i] = before
    rr_ms = np.rint(86_400_000 / n + deviation)
    return Beats.from_rr_ms(rr_ms, start_ms=START_MS + number * 86_400_000, tick_ms=1.0, source="rr_text")


def add(store, days: list[Beats], name: str) -> float:  # type: ignore[no-untyped-def]
    """Add all days in one batch; s."""
    started = time.perf_counter()
    with store.batch(Origin(name, name, "rr_text", "1", "", START_MS)) as batch:
        for beats in days:
            batch.add(Recording("rr_text", name, "Europe/Amsterdam", beats))
    return time.perf_counter() - started


def night_ms(store, number: int) -> float:  # type: ignore[no-untyped-def]
    """Read one night ten times; ms of the quickest, which the machine's other work disturbed least."""
    start_ms = START_MS + number * 86_400_000 + 19 * 3_600_000
    span = Span(start_ms, start_ms + 8 * 3_600_000)
    took_s = []
    for _ in range(10):
        started = time.perf_counter()
        store.recordings(span)
        took_s.append(time.perf_counter() - started)
    return 1000 * min(took_s)


def show(title: str, took_s: float, remark: str) -> None:
    """One row."""
    print(f"{title:28} {took_s:9.2f} s    {remark}", flush=True)


if __name__ == "__main__":
    main()
