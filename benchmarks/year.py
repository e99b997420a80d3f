"""A year of beats, day and night, in the person's file: taking it in, its size, reading a night, judging a new day.

    python benchmarks/year.py [--days 365] [--judge 70] [--judge-year]

The year is a list of RR intervals in ms, one a line, with its start given: 14 made-up days (98,000 beats each, 1.7 %
artefacts) one after the other, again and again, each time 1 ms otherwise here and there. The new day is another one.
Before it is judged, the last days of the year are (70 unless told otherwise: a new day leans on 60 before it);
--judge-year judges all of them, which takes minutes. Every step runs in a process of its own, so that time and memory
are its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from speed import run_once

from uitknop.core import Span
from uitknop.core.timeline import from_ms
from uitknop.person import agenda, judge_touched, make_file, open_file, take_in
from uitknop.person.ground import ground_of
from uitknop.person.unlock import Secret
from uitknop.synthetic import artefact_workload

START_MS = 1_735_700_400_000
"""1 January 2025, 04:00 in Amsterdam, where days are cut."""

DAY_MS = 86_400_000
NOW_MS = 1_790_000_000_000
ZONE = "Europe/Amsterdam"
PASSPHRASE = "made up for this run"
NEW_DAYS = 4
NIGHTS = 50


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--judge", type=int, default=70, help="days at the end of the year that are judged first")
    parser.add_argument("--judge-year", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder to leave the files in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(exist_ok=True)
        # As on anybody's machine: modules are compiled once.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        n = alone(write_year, folder, options.days)[0]
        share = options.days / 365
        year = folder / "year.txt"
        print(f"{n / 1e6:.1f} million beats, {year.stat().st_size / 1e6:.0f} MB of text", flush=True)
        taken, took_s, peak_mb = alone(take, folder, year, START_MS)
        show("taken in", f"{took_s:.1f} s, {peak_mb:.0f} MB", f"{60 * share:.0f} s, 300 MB")
        print(f"{'':34}{taken}")
        size_mb = sum(each.stat().st_size for each in folder.glob("person.uitknop*")) / 1e6
        show("facts on disk", f"{size_mb:.1f} MB", f"{45 * share:.0f} MB")
        nights, _, _ = alone(read_nights, folder, options.days)
        show("one night of 8 h, read", f"{nights[0]:.2f} ms, first time {nights[1]:.2f} ms", "2 ms")
        taken, took_s, _ = alone(take, folder, year, START_MS)
        show("taken in again, nothing new", f"{took_s:.2f} s", "3 s")
        judge = options.days if options.judge_year else min(options.judge, options.days)
        n_judged, took_s, peak_mb = alone(judge_last, folder, judge)
        show(f"first judging of {n_judged} days", f"{took_s:.1f} s, {peak_mb:.0f} MB", "")
        new_days(folder, options.days)


def new_days(folder: Path, days: int) -> None:
    """Whole processes that take in one more day and judge what it touches."""
    said = ["--file", str(folder / "person.uitknop"), "--passphrase-file", str(folder / "passphrase"), "--quiet"]
    # Nothing new, but the modules of the command are compiled by it: folder "compiled" was empty.
    begun = from_ms(START_MS, ZONE).isoformat()
    run_once(["import", str(folder / "year.txt"), "--start", begun, "--zone", ZONE, *said])
    costs = []
    for number in range(NEW_DAYS):
        day = folder / f"new_{number}.txt"
        alone(write_days, day, [100 + number])
        start = from_ms(START_MS + (days + number) * DAY_MS, ZONE).isoformat()
        costs.append(run_once(["import", str(day), "--start", start, "--zone", ZONE, *said]))
    for number, cost in enumerate(costs, 1):
        show(
            f"new day {number}, whole process",
            f"{cost.wall_s:.2f} s ({cost.cpu_s:.2f} s of processor), {cost.peak_mb:.0f} MB",
            "2 s",
        )


def alone(step: Callable[..., Any], *arguments: object) -> tuple[Any, float, float]:
    """Run one step in a fresh process: its answer, wall time of the step in s, peak memory of the process in MB."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(timed, step, arguments).result()


def timed(step: Callable[..., Any], arguments: tuple[object, ...]) -> tuple[Any, float, float]:
    """Within that process."""
    started = time.perf_counter()
    answer = step(*arguments)
    took_s = time.perf_counter() - started
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return answer, took_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def write_year(folder: Path, days: int) -> int:
    """The year as text, and an empty file of the person; the number of beats."""
    (folder / "passphrase").write_text(PASSPHRASE)
    make_file(folder / "person.uitknop", Secret(passphrase=PASSPHRASE), now_ms=NOW_MS)[0].close()
    return write_days(folder / "year.txt", [seed % 14 + 1 for seed in range(days)])


def write_days(path: Path, seeds: list[int]) -> int:
    """Days as text, one RR interval in ms a line; the number of beats."""
    known: dict[int, npt.NDArray[np.int64]] = {}
    rng = np.random.default_rng(1)
    n = 0
    with path.open("w", encoding="ascii") as out:
        for seed in seeds:
            if seed not in known:
                known[seed] = artefact_workload(seed=seed).dirty_rr_ms.astype(np.int64)
            # Not quite the same again: what stands twice in a list is taken for a copy.
            rr_ms = known[seed] + rng.integers(-1, 2, known[seed].size)
            n += rr_ms.size
            out.write("\n".join(map(str, rr_ms.tolist())) + "\n")
    return n


def take(folder: Path, path: Path, start_ms: int) -> str:
    """Take a file in; what became of it."""
    with opened(folder) as store:
        (taken,) = take_in(store, [path], now_ms=NOW_MS, zone=ZONE, start_ms=start_ms)
    return f"{taken.outcome}: {taken.kept.n_new:,} facts new, {taken.kept.n_known:,} known"


def read_nights(folder: Path, days: int) -> tuple[float, float]:
    """Median ms to read a night of 8 h when it was read before, and the first time."""
    cold, warm = [], []
    with opened(folder) as store:
        for number in range(min(days, NIGHTS)):
            start_ms = START_MS + (number * 7 % days) * DAY_MS + 19 * 3_600_000
            for times in (cold, warm):
                started = time.perf_counter()
                store.recordings(Span(start_ms, start_ms + 8 * 3_600_000))
                times.append(1000 * (time.perf_counter() - started))
    return statistics.median(warm), statistics.median(cold)


def judge_last(folder: Path, n: int) -> int:
    """Judge the last days and leave the others as if they had been: they have no findings; the number judged."""
    with opened(folder) as store:
        days = agenda.days_of(store.hours_since(0), ZONE)
        if n < len(days):
            agenda.look_up(store, days, ground_of(store, ()))
            agenda.keep(store, agenda.Agenda().with_days(days[-n:]))
        return len(judge_touched(store).judged)


def opened(folder: Path) -> Any:
    """The person's file."""
    return open_file(folder / "person.uitknop", Secret(passphrase=PASSPHRASE), now_ms=NOW_MS)


def show(title: str, found: str, bar: str) -> None:
    """One row."""
    bar = f"   (bar {bar})" if bar else ""
    print(f"{title:34}{found}{bar}", flush=True)


if __name__ == "__main__":
    main()
