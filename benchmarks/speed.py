"""Speed and memory of whole processes, from a warm cache: help, a day, a day with the page, and 1, 7 and 30 days.

    python benchmarks/speed.py [--runs 5] [FILE ...]

Without files a synthetic day of RR intervals is used. Prints the median of wall time, processor time and the largest
resident memory. Machines are noisy: the last rows are ratios within one run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from uitknop.synthetic import artefact_workload

COMMAND = [str(Path(sys.executable).parent / "uitknop")]


@dataclass(frozen=True)
class Cost:
    """One process: wall and processor time, s, and peak resident memory, MB."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run_once(arguments: Sequence[str]) -> Cost:
    """Run `uitknop` with its output thrown away; exit code 3 (nothing to judge) is fine.

    Compiled modules may be kept, whatever this process was told: a warm cache is what is measured.
    """
    with Path(os.devnull).open("wb") as nowhere:
        started = time.perf_counter()
        pid = os.posix_spawn(
            COMMAND[0],
            [*COMMAND, *arguments],
            {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1), (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2)],
        )
        _, status, usage = os.wait4(pid, 0)
    wall_s = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    if code not in {0, 3}:
        raise SystemExit(f"uitknop {' '.join(arguments)} ended with {code}")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Cost(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def median_cost(arguments: Sequence[str], runs: int) -> Cost:
    """The median of several runs after one that is not counted."""
    run_once(arguments)
    costs = [run_once(arguments) for _ in range(runs)]
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("wall_s", "cpu_s", "peak_mb")))


def make_days(folder: Path, days: int) -> Path:
    """RR intervals of some days; in a process of its own, whose memory must not count for what is measured."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(write_days, folder, days).result()


def write_days(folder: Path, days: int) -> Path:
    """RR intervals of some days, one per line, ms."""
    path = folder / f"{days}_days.txt"
    parts = [artefact_workload(seed=seed).dirty_rr_ms for seed in range(1, days + 1)]
    path.write_text("\n".join(f"{value:.0f}" for part in parts for value in part), encoding="ascii")
    return path


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        day = make_days(folder, 1)
        page = str(folder / "page.html")
        jobs: list[tuple[str, list[str], str]] = [
            ("help", ["--help"], "0.3 s"),
            ("a day", ["analyse", str(day)], "1.0 s, 300 MB"),
            ("a day, with the page", ["analyse", str(day), "--report", page], "3 s, 450 MB"),
            ("demo of two weeks", ["demo", "--no-browser", "--page", page], ""),
        ]
        jobs += [(path.name, ["analyse", str(path)], "") for path in options.files]
        for title, arguments, bar in jobs:
            show(title, median_cost(arguments, options.runs), bar)
        per_day = {}
        for days in (1, 7, 30):
            cost = median_cost(["analyse", str(make_days(folder, days))], max(1, options.runs // 2))
            show(f"{days} days", cost, "")
            per_day[days] = cost.wall_s / days
        print(f"per day, 7 against 1: {per_day[7] / per_day[1]:.2f}; 30 against 7: {per_day[30] / per_day[7]:.2f}")


def show(title: str, cost: Cost, bar: str) -> None:
    """One row."""
    bar = f"   (bar {bar})" if bar else ""
    print(f"{title:22} {cost.wall_s:6.2f} s wall  {cost.cpu_s:6.2f} s cpu  {cost.peak_mb:5.0f} MB{bar}", flush=True)


if __name__ == "__main__":
    main()
